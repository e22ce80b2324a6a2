"""人员调动: whoever leaves hands over first: to a named colleague of the agency, or to the queue; recorded, and
refused otherwise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.contracts.making import Hall
from tests.telling import titles
from yonggong.accounts import administering, granting, leaving
from yonggong.accounts.actions import AccountProblem
from yonggong.accounts.models import AccessEntry, User
from yonggong.accounts.queries import users_visible_to
from yonggong.cases import actions as case_actions
from yonggong.cases import handing_over, held_back
from yonggong.cases.life import Action
from yonggong.cases.models import Case, HeldDecision

pytestmark = pytest.mark.django_db


@pytest.fixture
def now() -> datetime:
    return timezone.localtime()


@pytest.fixture
def system(make_user: Callable[..., Any]) -> User:
    found: User = make_user("system_administrator", region_code="220000")
    return found


def held_by(hall: Hall) -> Case:
    return case_actions.assign(case=hall.filed(), by=hall.reviewer, now=hall.now, address=None)


def decided_by(hall: Hall) -> Case:
    """A case whose decision is held back."""
    case = hall.filed()
    held_back.decide(
        case=case, step=None, decision=Action.APPROVE, opinion="", marked=(), answers={},
        seen=case.filed_at, by=hall.reviewer, now=hall.now, address=None,
    )  # fmt: skip
    return case


def hand_over(hall: Hall, to: User | None, by: User) -> int:
    return handing_over.hand_over(
        account=hall.reviewer, to=to, reason="调离岗位", by=by, now=hall.now, address=None
    )


@pytest.mark.parametrize("act", ["freeze", "cancel"])
def test_an_account_with_open_cases_neither_freezes_nor_ends(
    hall: Hall, system: User, act: str
) -> None:
    held_by(hall)
    with pytest.raises(AccountProblem, match="1 件未办结的办件"):
        administering.administer(account=hall.reviewer, act=act, by=system)
    hand_over(hall, None, system)
    administering.administer(account=hall.reviewer, act=act, by=system)


def test_nor_does_it_lose_its_role_there(
    hall: Hall, make_user: Callable[..., Any], system: User
) -> None:
    business = make_user("business_administrator", region_code="220000")
    held_by(hall)
    grant = hall.reviewer.grants.get()
    with pytest.raises(AccountProblem, match="未办结"):
        granting.revoke(grant=grant, by=business)
    hand_over(hall, None, system)
    granting.revoke(grant=grant, by=business)
    assert not hall.reviewer.grants.exists()


def test_in_an_emergency_nobody_waits_for_that(hall: Hall, make_user: Callable[..., Any]) -> None:
    held_by(hall)
    officer = make_user("security_officer", region_code="220000")
    administering.freeze_in_emergency(account=hall.reviewer, reason="口令泄露", by=officer)


@pytest.mark.parametrize("lies", [held_by, decided_by])
def test_the_administrator_is_told_of_who_was_frozen_so_with_work(
    hall: Hall,
    make_user: Callable[..., Any],
    system: User,
    settings: Any,
    lies: Callable[[Hall], Case],
) -> None:
    settings.UNDO_SECONDS = 10
    lies(hall)
    left = users_visible_to(system).filter(leaving.left_behind())
    assert not left.exists()
    officer = make_user("security_officer", region_code="220000")
    administering.freeze_in_emergency(account=hall.reviewer, reason="口令泄露", by=officer)
    assert left.get() == hall.reviewer
    hand_over(hall, None, system)
    assert not left.exists()


def test_it_goes_to_a_colleague_with_a_line_in_its_history(
    hall: Hall, second: User, system: User
) -> None:
    case = held_by(hall)
    assert hand_over(hall, second, system) == 1
    case.refresh_from_db()
    event = case.events.latest("pk")
    assert (case.assigned_to, event.action, event.by) == (second, Action.ASSIGN, system)
    assert "调离岗位" in event.opinion and hall.reviewer.name in event.opinion
    said = AccessEntry.objects.filter(about=hall.reviewer).latest("pk").detail
    assert said == f"移交 1 件未办结的工作给{second.name}：调离岗位"
    assert titles(second) == [f"{hall.reviewer.name}未办结的 1 件工作移交给您"]


def test_what_the_colleague_filed_goes_to_the_queue(hall: Hall, second: User, system: User) -> None:
    case = held_by(hall)
    Case.objects.filter(pk=case.pk).update(filed_by=second)
    hand_over(hall, second, system)
    case.refresh_from_db()
    assert case.assigned_to is None and case.events.latest("pk").action == Action.GIVE_BACK


def test_a_decision_held_back_is_taken_back_with_it(
    hall: Hall, second: User, system: User, settings: Any
) -> None:
    settings.UNDO_SECONDS = 10
    case = decided_by(hall)
    assert handing_over.open_work(hall.reviewer).count() == 1
    hand_over(hall, second, system)
    case.refresh_from_db()
    assert not HeldDecision.objects.exists() and (case.state, case.assigned_to) == (
        "pending", second,
    )  # fmt: skip


def test_nobody_of_another_agency_takes_it(
    hall: Hall, system: User, make_user: Callable[..., Any]
) -> None:
    held_by(hall)
    stranger = make_user("bureau_supervisor", region_code="220104")
    with pytest.raises(AccountProblem, match="同一机构"):
        hand_over(hall, stranger, system)


def test_on_the_page_of_the_account(
    hall: Hall, second: User, system: User, at_screen: Callable[[Any], Client]
) -> None:
    case, screen = held_by(hall), at_screen(system)
    page = screen.get(reverse("admin:users-show", args=[hall.reviewer.pk])).content.decode()
    assert "未办结的办件（1 件）" in page and second.username in page
    place = reverse("admin:users-hand-over", args=[hall.reviewer.pk])
    sent = {"work": "cases", "to": second.pk, "reason": "调离"}
    told = screen.post(place, sent | {"reason": ""}, follow=True).content.decode()
    assert "请填写移交的原因" in told
    screen.post(place, sent)
    case.refresh_from_db()
    assert case.assigned_to == second
