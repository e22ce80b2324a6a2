"""撤回 on the pages: the next case is shown with a bar that says what was decided; only the office
knows of it until it counts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.contracts.making import Hall
from tests.portals.test_bureau_review import send
from yonggong.cases.models import Case, HeldDecision

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ten_seconds(settings: Any) -> None:
    settings.UNDO_SECONDS = 10


def pass_ten_seconds() -> None:
    """Move what is held back ten seconds into the past."""
    for held in HeldDecision.objects.all():
        held.decided_at -= timedelta(seconds=10)
        held.carry_out_at -= timedelta(seconds=10)
        held.save()


def state_of(case: Case) -> str:
    return Case.objects.values_list("state", flat=True).get(pk=case.pk)


def test_the_next_case_opens_with_a_bar_that_takes_the_last_decision_back(
    desk: Client, hall: Hall
) -> None:
    case, other = hall.filed(), hall.filed()
    answer = send(desk, case, "approve")
    assert answer.redirect_chain[-1][0] == reverse("bureau:case", args=[other.pk])
    page = answer.content.decode()
    held = HeldDecision.objects.get()
    assert f"已决定：{case.subject_name}" in page and "秒内可以撤回" in page
    undo = reverse("bureau:decision-undo", args=[held.pk])
    assert undo in page
    assert state_of(case) == "pending"
    back = desk.post(undo, follow=True)
    assert back.redirect_chain[-1][0] == reverse("bureau:case", args=[case.pk])
    assert "已撤回您的决定" in back.content.decode()
    pass_ten_seconds()
    desk.get(reverse("bureau:queue"))
    assert state_of(case) == "pending"


def test_after_ten_seconds_whoever_comes_to_the_office_finds_it_done(
    desk: Client, hall: Hall, at_screen: Any, make_user: Any
) -> None:
    case = hall.filed()
    send(desk, case, "return", opinion="请补正")
    pass_ten_seconds()
    at_screen(make_user("bureau_supervisor", region_code="220104")).get(reverse("bureau:cases"))
    assert state_of(case) == "returned"
    late = desk.post(reverse("bureau:decision-undo", args=[1]), follow=True)
    assert "不能撤回" in late.content.decode()


def test_the_case_held_back_offers_no_second_decision(desk: Client, hall: Hall) -> None:
    case = hall.filed()
    send(desk, case, "approve")
    page = desk.get(reverse("bureau:case", args=[case.pk])).content.decode()
    assert "秒内可以撤回" in page
    assert reverse("bureau:case-decide", args=[case.pk]) not in page
    assert "您已对该办件作出决定" in send(desk, case, "approve").content.decode()


def test_the_applicant_is_told_nothing_of_what_was_taken_back(
    desk: Client, hall: Hall, at_screen: Any
) -> None:
    case = hall.filed()
    before = at_screen(hall.operator).get(reverse("employer:case", args=[case.pk]))
    send(desk, case, "return", opinion="不能外传的意见")
    desk.post(reverse("bureau:decision-undo", args=[HeldDecision.objects.get().pk]))
    after = at_screen(hall.operator).get(reverse("employer:case", args=[case.pk]))
    for page in (before, after):
        said = page.content.decode()
        assert "撤回本人决定" not in said and "不能外传的意见" not in said
    assert "撤回本人决定" in desk.get(reverse("bureau:case", args=[case.pk])).content.decode()


def test_what_could_not_be_carried_out_is_told_until_it_is_noted(desk: Client, hall: Hall) -> None:
    from yonggong.cases import actions as case_actions

    case = hall.filed()
    send(desk, case, "approve")
    case_actions.void(case=case, by=hall.operator, now=hall.now, address=None)
    pass_ten_seconds()
    page = desk.get(reverse("bureau:queue")).content.decode()
    assert "没有生效" in page and "已作废" in page
    noted = reverse("bureau:decision-dismiss", args=[HeldDecision.objects.get().pk])
    assert noted in page
    assert "没有生效" not in desk.post(noted, follow=True).content.decode()


@pytest.mark.parametrize("name", ["decision-undo", "decision-dismiss"])
def test_another_persons_decision_is_out_of_reach(
    desk: Client, hall: Hall, at_screen: Any, make_user: Any, agency: Any, name: str
) -> None:
    send(desk, hall.filed(), "approve")
    address = reverse(f"bureau:{name}", args=[HeldDecision.objects.get().pk])
    for person in (hall.operator, make_user("counter_clerk", agency=agency, region_code="220104")):
        assert at_screen(person).post(address).status_code == 404
    at_screen(make_user("reviewer", agency=agency, region_code="220104")).post(address)
    assert HeldDecision.objects.filter(failure="").count() == 1


def test_where_nobody_comes_by_the_job_of_that_moment_or_of_each_minute_does_it(
    desk: Client, hall: Hall
) -> None:
    from procrastinate.contrib.django import app

    from yonggong.portals import tasks

    first, second = hall.filed(), hall.filed()
    for case in (first, second):
        send(desk, case, "approve")
    assert {tasks.carry_out.name, tasks.carry_out_due.name} <= set(app.tasks)
    held = HeldDecision.objects.get(case=first)
    tasks.carry_out(held=held.pk)
    assert state_of(first) == "pending"  # not due yet
    pass_ten_seconds()
    tasks.carry_out(held=held.pk)
    assert (state_of(first), state_of(second)) == ("approved", "pending")
    tasks.carry_out_due(timestamp=0)
    assert state_of(second) == "approved"
