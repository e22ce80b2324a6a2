"""登录监控: who is signed in where, what is unusual of it, and what the security officer does (SX-5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.conftest import SHANGHAI
from yonggong.accounts import watching
from yonggong.accounts.actions import recover_password
from yonggong.accounts.administering import administer
from yonggong.accounts.models import AccessEntry, OpenSession, User

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 11, 20, 10, 0, tzinfo=SHANGHAI)
IN, FAILED = AccessEntry.Kind.SIGN_IN, AccessEntry.Kind.SIGN_IN_FAILED


@pytest.fixture
def officer(make_user: Callable[..., Any]) -> Any:
    return make_user("security_officer", region_code="220100")


def enter(user: User, at: datetime, kind: str = IN, address: str = "192.0.2.1") -> AccessEntry:
    """A line of the log as of a moment, which the clock of the database gives otherwise."""
    line = AccessEntry.objects.create(
        user=user, kind=kind, subject=f"账号 {user.username}", address=address
    )
    AccessEntry.objects.filter(pk=line.pk).update(at=at)
    return line


def said_of(officer: User, line: AccessEntry) -> str:
    return watching.unusual_of(watching.sign_ins_watched_by(officer).get(pk=line.pk))


def test_by_day_from_a_known_address_nothing_is_unusual(officer: Any, reviewer: Any) -> None:
    first, second = enter(reviewer, DAY), enter(reviewer, DAY + timedelta(days=1))
    assert (said_of(officer, first), said_of(officer, second)) == ("", "")


@pytest.mark.parametrize(("hour", "said"), [(6, ""), (21, ""), (22, "夜间登录"), (5, "夜间登录")])
def test_at_night(officer: Any, reviewer: Any, hour: int, said: str) -> None:
    assert said_of(officer, enter(reviewer, DAY.replace(hour=hour))) == said


def test_from_an_address_not_used_for_ninety_days(officer: Any, reviewer: Any) -> None:
    enter(reviewer, DAY)
    assert said_of(officer, enter(reviewer, DAY, address="192.0.2.9")) == "新的来源地址"
    enter(reviewer, DAY + timedelta(days=80), address="192.0.2.9")
    late = enter(reviewer, DAY + timedelta(days=91))
    assert said_of(officer, late) == "新的来源地址"


@pytest.mark.parametrize(("times", "said"), [(4, ""), (5, "多次失败后登录")])
def test_after_failures(officer: Any, reviewer: Any, times: int, said: str) -> None:
    for _ in range(times):
        enter(reviewer, DAY, FAILED)
    assert said_of(officer, enter(reviewer, DAY + timedelta(minutes=59))) == said


def test_other_regions_are_not_watched(
    officer: Any, reviewer: Any, make_user: Callable[..., Any]
) -> None:
    elsewhere = make_user("bureau_supervisor", region_code="150302")
    for user in (reviewer, elsewhere):
        enter(user, DAY)
    assert {line.user for line in watching.sign_ins_watched_by(officer)} == {reviewer}


def test_only_who_has_neither_left_nor_been_ended_is_signed_in(
    officer: Any,
    reviewer: Any,
    second: Any,
    make_user: Callable[..., Any],
    at_screen: Callable[[Any], Client],
) -> None:
    at_screen(reviewer)
    at_screen(second).post("/sign-out/")
    idle = timezone.now() - timedelta(seconds=settings.SESSION_IDLE_SECONDS + 1)
    third = make_user("reviewer", region_code="220104")
    at_screen(third)
    OpenSession.objects.filter(user=third).update(seen_at=idle)

    def present() -> set[Any]:
        sessions = watching.signed_in_now(officer, now=timezone.now())
        return {session.user for session in sessions} - {officer}

    assert present() == {reviewer}
    screen, place = at_screen(officer), reverse("admin:watching-act", args=[reviewer.pk])
    page = screen.get(reverse("admin:watching")).content.decode()
    assert place in page and second.username in page
    screen.post(place, {"ask": "end", "reason": "地址陌生"})
    assert present() == set()
    reviewer.refresh_from_db()
    assert (reviewer.session_epoch, reviewer.state) == (1, "active")
    screen.post(place, {"ask": "freeze", "reason": "口令泄露"})
    reviewer.refresh_from_db()
    assert reviewer.state == "frozen"
    details = AccessEntry.objects.filter(about=reviewer).values_list("detail", flat=True)
    assert list(details.order_by("pk")) == ["强制退出：地址陌生", "紧急冻结：口令泄露"]


def test_an_account_that_has_left_is_frozen_by_its_name(
    officer: Any, reviewer: Any, make_user: Callable[..., Any], at_screen: Callable[[Any], Client]
) -> None:
    """What was unusual at night is read in the morning."""
    elsewhere = make_user("reviewer", region_code="220202")
    screen, place = at_screen(officer), reverse("admin:watching-named")
    assert place in screen.get(reverse("admin:watching")).content.decode()
    for account, said in ((reviewer, "已办理"), (elsewhere, "本辖区没有该账号")):
        sent = {"username": account.username.upper(), "ask": "freeze", "reason": "夜间登录"}
        assert said in screen.post(place, sent, follow=True).content.decode()
    reviewer.refresh_from_db(), elsewhere.refresh_from_db()
    assert (reviewer.state, elsewhere.state) == ("frozen", "active")


@pytest.mark.parametrize("by", ["code", "factors", "oneself"])
def test_whose_sessions_ended_in_another_way_is_not_signed_in(
    officer: Any, reviewer: Any, make_user: Any, at_screen: Callable[[Any], Client], by: str
) -> None:
    here, elsewhere = at_screen(reviewer), at_screen(reviewer)
    if by == "code":
        recover_password(user=reviewer, password="Changchun#2027")
    elif by == "factors":
        administrator = make_user("system_administrator", region_code="220000")
        administer(account=reviewer, act="factors", by=administrator)
    else:
        new = "Changchun#2027"
        here.post("/password/", {"old": "Yonggong-2026", "new": new, "again": new})
    open_here = [client.get("/account/").status_code == 200 for client in (here, elsewhere)]
    listed = watching.signed_in_now(officer, now=timezone.now())
    assert open_here == [by == "oneself", False]
    assert len(listed) == sum(open_here), "the list and the sessions agree"


def test_an_account_of_another_region_cannot_be_acted_on(
    officer: Any, make_user: Callable[..., Any], at_screen: Callable[[Any], Client]
) -> None:
    elsewhere = make_user("reviewer", region_code="220202")
    place = reverse("admin:watching-act", args=[elsewhere.pk])
    for ask in ("end", "freeze"):
        answer = at_screen(officer).post(place, {"ask": ask, "reason": "试"})
        assert answer.status_code == 404
