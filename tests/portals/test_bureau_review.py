"""Reviewing one case after another: the order, colleagues at the same case, what may be seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.contracts.making import Hall, answers
from tests.files import PNG
from tests.portals.deciding import choose, confirmed
from yonggong.cases import actions as case_actions
from yonggong.cases import materials, queues
from yonggong.cases import queries as case_queries
from yonggong.cases.models import Case, Material, Version
from yonggong.registry.models import Agency

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(make_user: Callable[..., Any], agency: Any) -> Any:
    return make_user("reviewer", agency=agency, region_code="220104")


def send(desk: Client, case: Case, ask: str, **more: Any) -> Any:
    """What the page of the case sends, everything on it looked at."""
    case.refresh_from_db()
    address = reverse("bureau:case-decide", args=[case.pk])
    said = {
        "seen": case.filed_at.isoformat() if case.filed_at else "",
        "looked": [material.name for material in case.materials.all()],
        "acknowledged": [finding["rule"] for finding in case.version.findings],
    }
    return desk.post(address, {"ask": ask, **said, **more}, follow=True)


def with_material(hall: Hall) -> Material:
    """A filing with a paper the operator added after it had been returned."""
    case = hall.return_(hall.filed())
    wanted = case_queries.required_materials(case)[0]
    return materials.upload(
        case=case,
        name=wanted.name,
        file_name="合同.png",
        content=PNG,
        by=hall.operator,
        now=hall.now,
        address=None,
    )


def test_the_next_case_is_the_one_due_after_this_one(hall: Hall) -> None:
    first, second, third = hall.filed(), hall.filed(), hall.filed()
    after = [_next(hall.reviewer, case) for case in (first, second, third)]
    assert after == [second, third, first]
    assert queues.more_to_hand_out(hall.reviewer, third)


def _next(user: Any, case: Case) -> Case | None:
    """The case that the reviewer is handed after this one."""
    found = (some.first() for some in queues.to_hand_out(user, behind=case))
    return next((one for one in found if one is not None), None)


def test_the_last_one_has_none_after_it(hall: Hall, colleague: Any) -> None:
    last, other = hall.filed(), hall.filed()
    case_actions.assign(case=other, by=colleague, now=hall.now, address=None)
    assert not queues.more_to_hand_out(hall.reviewer, last)


def test_a_case_that_a_colleague_has_taken_is_passed_over(hall: Hall, colleague: Any) -> None:
    first, second, third = hall.filed(), hall.filed(), hall.filed()
    case_actions.assign(case=second, by=colleague, now=hall.now, address=None)
    assert _next(hall.reviewer, first) == third
    assert _next(colleague, first) == second


def test_who_comes_second_is_told_who_was_first_and_where_to_go_on(
    desk: Client, hall: Hall, colleague: Any
) -> None:
    case, other = hall.filed(), hall.filed()
    case_actions.approve(case=case, seen=case.filed_at, by=colleague, now=hall.now, address=None)
    answer = send(desk, case, "return", opinion="请补正")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert f"{colleague.name}已于" in page and "您本次的操作没有生效" in page
    onward = desk.post(reverse("bureau:hand-out"), {"behind": case.pk})
    assert reverse("bureau:hand-out") in page
    assert onward["Location"] == reverse("bureau:case", args=[other.pk])
    case.refresh_from_db()
    assert case.state == "approved"


def test_a_version_filed_since_is_not_approved_unseen(desk: Client, hall: Hall) -> None:
    case = hall.filed()
    seen = case.filed_at.isoformat() if case.filed_at else ""
    hall.return_(case)
    hall.now = hall.now.replace(microsecond=(hall.now.microsecond + 1) % 1_000_000)
    hall.file("new", answers(today=hall.today), case=case)
    page = send(desk, case, "approve", seen=seen).content.decode()
    assert "已修改并重新提交" in page
    case.refresh_from_db()
    assert case.state == "pending"


def test_the_page_sends_the_version_it_shows(desk: Client, hall: Hall) -> None:
    case = hall.filed()
    case.refresh_from_db()
    page = desk.get(reverse("bureau:case", args=[case.pk])).content.decode()
    assert case.filed_at is not None
    assert f'name="seen" value="{case.filed_at.isoformat()}"' in page
    send(desk, case, "approve", seen=case.filed_at.isoformat())
    case.refresh_from_db()
    assert case.state == "approved"


def test_a_fault_in_one_of_several_leaves_the_others_done(desk: Client, hall: Hall) -> None:
    broken, good = hall.filed(), hall.filed()
    chosen = choose(desk, [broken, good])
    Version.objects.filter(case=broken).update(data={})
    assert "系统故障，本件未办理" in confirmed(desk, chosen)
    states = dict(Case.objects.values_list("pk", "state"))
    assert states == {broken.pk: "pending", good.pk: "approved"}


@pytest.mark.parametrize("ids", ["x", "-1", "9" * 30, "٣"])
def test_keys_that_are_none_choose_nothing(desk: Client, hall: Hall, ids: str) -> None:
    answer = desk.post(reverse("bureau:approve-many"), {"ids": [ids]}, follow=True)
    assert "没有选择等待审核的办件" in answer.content.decode()


@pytest.mark.parametrize("role", ["bureau_supervisor", "counter_clerk"])
def test_without_the_power_papers_with_personal_data_do_not_open(
    at_screen: Callable[[Any], Client], make_user: Callable[..., Any], hall: Hall, role: str
) -> None:
    material = with_material(hall)
    browser = at_screen(make_user(role, region_code="220104"))
    page = browser.get(reverse("bureau:case", args=[material.case_id])).content.decode()
    assert "不能查看含个人信息的材料" in page and "查看完整信息" not in page
    for name, args in (
        ("case-material", [material.case_id, material.name]),
        ("document-pdf", [hall.roster(hall.approved()).pk]),
    ):
        assert browser.get(reverse(f"bureau:{name}", args=args)).status_code == 404, name


def test_the_reviewer_sees_papers_in_place_and_every_look_is_recorded(
    desk: Client, hall: Hall
) -> None:
    from yonggong.accounts.models import AccessEntry

    material = with_material(hall)
    address = reverse("bureau:case-material", args=[material.case_id, material.name])
    shown, saved = desk.get(address), desk.get(f"{address}?download=1")
    assert shown["Content-Type"] == "image/png" and shown["X-Content-Type-Options"] == "nosniff"
    assert shown["Content-Disposition"].startswith("inline")
    assert saved["Content-Disposition"].startswith("attachment")
    kinds = AccessEntry.objects.filter(user=hall.reviewer).order_by("pk").values_list("kind")
    assert [kind for (kind,) in kinds] == ["sign_in", "personal", "download"]


def test_an_operator_does_not_look_through_the_bureaus_window(
    at_screen: Callable[[Any], Client], hall: Hall
) -> None:
    case = hall.filed()
    answer = at_screen(hall.operator).post(reverse("bureau:case-whole", args=[case.pk]))
    assert answer.status_code == 404


def test_an_opinion_keeps_its_lines_and_nothing_invisible(desk: Client, hall: Hall) -> None:
    """A page counts a line's end as one character, and sends two."""
    case = hall.filed()
    lines = ["一、请补正\x00合同起始日期。", "二、" + "请补正。" * 121]
    send(desk, case, "return", opinion="\r\n".join(lines))
    case.refresh_from_db()
    assert case.opinion == "一、请补正合同起始日期。\n" + lines[1]


@pytest.mark.parametrize("ask", ["approve", "return"])
@pytest.mark.parametrize("seen", ["2026-11-21T10:00:00", "yesterday", "\x00", ""])
def test_who_does_not_say_which_version_they_saw_decides_nothing(
    desk: Client, hall: Hall, seen: str, ask: str
) -> None:
    case = hall.filed()
    page = send(desk, case, ask, seen=seen, opinion="请补正").content.decode()
    assert "本次审核没有生效" in page
    case.refresh_from_db()
    assert case.state == "pending"


def test_several_are_approved_only_as_they_were_chosen(desk: Client, hall: Hall) -> None:
    case = hall.filed()
    chosen = choose(desk, [case])
    Case.objects.filter(pk=case.pk).update(filed_at=hall.now + timedelta(minutes=1))
    confirmed(desk, chosen)
    case.refresh_from_db()
    assert case.state == "pending"


def test_a_material_must_have_been_looked_at_before_approval(desk: Client, hall: Hall) -> None:
    material = with_material(hall)
    case = hall.file("new", answers(today=hall.today), case=material.case)
    page = send(desk, case, "approve", looked=[]).content.decode()
    assert "尚未查看材料" in page
    case.refresh_from_db()
    assert case.state == "pending"
    send(desk, case, "approve")
    case.refresh_from_db()
    assert case.state == "approved"


def test_a_warning_must_have_been_acknowledged_before_approval(desk: Client, hall: Hall) -> None:
    case = hall.filed()
    warned = {
        "rule": "probation-too-long", "severity": "warn", "message": "试用期超过法定期限",
        "remedy": "请核对", "field": "probation_months", "articles": ["劳动合同法第十九条"],
        "explanation": "双方约定",
    }  # fmt: skip
    Version.objects.filter(case=case).update(findings=[warned])
    assert (
        "尚未核对：试用期超过法定期限"
        in send(desk, case, "approve", acknowledged=[]).content.decode()
    )
    send(desk, case, "approve")
    case.refresh_from_db()
    assert case.state == "approved"


def test_a_case_a_colleague_has_is_taken_over_only_with_a_reason(
    desk: Client, hall: Hall, colleague: Any
) -> None:
    case = hall.filed()
    case_actions.assign(case=case, by=colleague, now=hall.now, address=None)
    assert "请先接手" in send(desk, case, "approve").content.decode()
    assert "请写明原因" in send(desk, case, "assign").content.decode()
    case.refresh_from_db()
    assert (case.state, case.assigned_to) == ("pending", colleague)
    send(desk, case, "assign", reason="同事休假")
    event = case.events.filter(action="assign").latest("pk")
    assert event.by == hall.reviewer and "同事休假" in event.opinion
    assert colleague.name in event.opinion
    send(desk, case, "approve")
    case.refresh_from_db()
    assert case.state == "approved"


def test_a_case_is_given_back_by_who_has_it(desk: Client, hall: Hall, colleague: Any) -> None:
    case = hall.filed()
    case_actions.assign(case=case, by=colleague, now=hall.now, address=None)
    assert "不是由您受理" in send(desk, case, "give-back").content.decode()
    case_actions.give_back(case=case, by=colleague, now=hall.now, address=None)
    case.refresh_from_db()
    assert case.assigned_to is None
    assert case.events.latest("pk").action == "give_back"


def test_the_next_case_is_assigned_as_it_is_handed_out(desk: Client, hall: Hall) -> None:
    first, second = hall.filed(), hall.filed()
    send(desk, first, "approve")
    second.refresh_from_db()
    assert second.assigned_to == hall.reviewer


def test_a_case_is_transferred_whatever_its_reason_holds(
    desk: Client, hall: Hall, make_user: Callable[..., Any]
) -> None:
    case = hall.filed()
    city = Agency.objects.create(name="市局", level="prefecture", region_code="220100")
    make_user("reviewer", agency=city, region_code="220100")
    address = reverse("bureau:case-transfer", args=[case.pk])
    desk.post(address, {"agency": city.pk, "reason": "属市级\x00管辖"})
    assert case.events.get(action="transfer").opinion == "转交市局：属市级管辖"


def test_an_opinion_of_nothing_visible_is_none(desk: Client, hall: Hall) -> None:
    case = hall.filed()
    send(desk, case, "return", opinion=" \u200b\x00\r\n")
    case.refresh_from_db()
    assert case.state == "pending"
