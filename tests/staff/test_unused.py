"""Accounts of offices that nobody uses for ninety days are frozen: told before, recorded, never the last of
a kind (SX-5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.contracts.making import Hall
from yonggong import policy
from yonggong.accounts import administering
from yonggong.accounts.models import AccessEntry, User
from yonggong.cases import actions as case_actions
from yonggong.cases.models import Case
from yonggong.reminders.models import Message
from yonggong.staff import unused

pytestmark = pytest.mark.django_db


@pytest.fixture
def now() -> datetime:
    return timezone.localtime().replace(hour=3)


@pytest.fixture
def made(make_user: Callable[..., Any], now: datetime) -> Callable[..., User]:
    """Somebody last seen so many days ago, in a province with two of each administrator."""
    for role in ("system_administrator", "business_administrator"):
        make_user(role, region_code="220000")

    def make(role: str, days: int | None, **where: Any) -> User:
        user: User = make_user(role, **({"region_code": "220104"} | where))
        seen = None if days is None else now - timedelta(days=days)
        User.objects.filter(pk=user.pk).update(
            last_login=seen, created_at=now - timedelta(days=400)
        )
        return user

    return make


def state_of(user: User) -> str:
    return User.objects.get(pk=user.pk).state


def week(now: datetime) -> None:
    """The job of eight nights; the log's clock is the database's, so its lines are put on theirs."""
    for night in range(8):
        moment = now + timedelta(days=night)
        last = AccessEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        unused.run(now=moment)
        AccessEntry.objects.filter(pk__gt=last).update(at=moment)


def test_ninety_days_is_the_policy_and_not_a_law() -> None:
    assert policy.of("220104", timezone.localdate()).reminders.account_unused_days == 90


@pytest.mark.parametrize("days", [84, 91, 400, None])
def test_it_is_told_first_and_frozen_a_week_later(
    made: Callable[..., User], now: datetime, days: int | None
) -> None:
    user = made("reviewer", days)
    unused.run(now=now)
    assert state_of(user) == "active"
    assert Message.objects.filter(user=user, title__contains="长期未使用").count() == 1
    week(now)
    assert state_of(user) == "frozen"
    last = AccessEntry.objects.filter(about=user).latest("pk")
    assert (last.detail, last.user) == ("连续90日未使用，系统冻结", None)
    assert Message.objects.filter(user=user, title__contains="长期未使用").count() == 1


def test_who_comes_in_between_stays(made: Callable[..., User], now: datetime) -> None:
    user, seen = made("reviewer", 89), made("bureau_supervisor", 82)
    unused.run(now=now)
    User.objects.filter(pk=user.pk).update(last_login=now)
    assert not Message.objects.filter(user=seen).exists()
    week(now)
    assert state_of(user) == "active"


def test_the_last_of_a_kind_stays(made: Callable[..., User], now: datetime) -> None:
    last, one, two = (
        made("auditor", 200), made("security_officer", 200), made("security_officer", 200),
    )  # fmt: skip
    unused.run(now=now)
    week(now)
    assert state_of(last) == "active"
    assert sorted([state_of(one), state_of(two)]) == ["active", "frozen"]


def test_an_employer_s_operator_comes_once_a_year(
    made: Callable[..., User], employer: Any, now: datetime
) -> None:
    user = made("employer_operator", 300, employer=employer, region_code="")
    User.objects.filter(pk=user.pk).update(region_code="220104")
    unused.run(now=now)
    week(now)
    assert state_of(user) == "active"


def test_unfrozen_in_the_usual_way_its_time_counts_anew(
    made: Callable[..., User], now: datetime
) -> None:
    user = made("reviewer", 200)
    unused.run(now=now)
    week(now)
    system = User.objects.filter(grants__role="system_administrator").latest("pk")
    administering.administer(account=user, act="unfreeze", by=system)
    week(now + timedelta(days=8))
    assert state_of(user) == "active"


def test_what_lay_with_it_goes_back_to_the_queue(
    made: Callable[..., User], employer: Any, operator: Any, agency: Any, now: datetime
) -> None:
    user = made("reviewer", 200, agency=agency)
    hall = Hall(employer=employer, operator=operator, reviewer=user, now=now)
    case = case_actions.assign(case=hall.filed(), by=user, now=now, address=None)
    unused.run(now=now)
    week(now)
    assert state_of(user) == "frozen" and Case.objects.get(pk=case.pk).assigned_to is None
