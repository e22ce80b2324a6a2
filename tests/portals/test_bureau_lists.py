"""The bureau's lists and its first page: what is found, and what is counted."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from itertools import combinations_with_replacement
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.contracts.making import Hall
from yonggong.cases import workload
from yonggong.cases.models import Case
from yonggong.contracts.models import Filing
from yonggong.listings import finding

pytestmark = pytest.mark.django_db


def found(desk: Client, name: str, **asked: Any) -> set[int]:
    """The cases a list leads to."""
    page = desk.get(reverse(f"bureau:{name}"), asked).content.decode()
    return {
        case.pk
        for case in Case.objects.all()
        if f'href="{reverse("bureau:case", args=[case.pk])}"' in page
    }


def test_the_queue_shows_what_waits_and_nothing_else(desk: Client, hall: Hall) -> None:
    waiting = [hall.filed(), hall.filed()]
    hall.approved()
    hall.return_(hall.filed())
    assert found(desk, "queue") == {case.pk for case in waiting}


def test_a_case_is_found_by_the_number_people_quote(desk: Client, hall: Hall) -> None:
    wanted, _ = hall.filed(), hall.filed()
    spaced = f" {wanted.number[:8]} {wanted.number[8:]} "
    assert found(desk, "queue", number=wanted.number) == {wanted.pk}
    assert found(desk, "cases", number=spaced) == {wanted.pk}


@pytest.mark.parametrize("typed", ["x", "12", "2026112100000000", "9" * 40])
def test_what_is_no_number_finds_nothing(desk: Client, hall: Hall, typed: str) -> None:
    hall.filed()
    assert found(desk, "cases", number=typed) == set()


def test_where_more_match_than_are_counted_a_range_of_days_still_finds_its_cases(
    desk: Client, hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A case is due and decided no earlier than it was filed; lists begin to look from there."""
    monkeypatch.setattr(finding, "COUNT_LIMIT", 1)
    decided, waiting = [hall.approved(), hall.approved()], [hall.filed(), hall.filed()]
    every = {case.pk for case in (*decided, *waiting)}
    last = max(case.due_on for case in Case.objects.all() if case.due_on)
    assert found(desk, "cases", due_to=last.isoformat()) == every
    assert found(desk, "cases", due_to=(last + timedelta(days=9)).isoformat()) == every
    today = hall.today.isoformat()
    assert found(desk, "cases", decided_from=today, decided_to=today) == {
        case.pk for case in decided
    }


@pytest.mark.parametrize("field", ["filed_on", "signed_on", "start_on", "end_on"])
def test_where_more_match_than_are_counted_days_far_back_lose_no_contract(
    desk: Client, hall: Hall, monkeypatch: pytest.MonkeyPatch, field: str
) -> None:
    """The newest filings that no index block knows the days of are passed over, no others."""
    monkeypatch.setattr(finding, "COUNT_LIMIT", 1)
    days = [hall.today - timedelta(days=back) for back in (900, 40, 500, 500, 3, 700, 0, 0)]
    of_day = {hall.filed().pk: day for day in days}
    for key, day in of_day.items():
        Filing.objects.filter(pk=key).update(**{field: day})
    for first, last in combinations_with_replacement(sorted(set(days)), 2):
        wanted = {key for key, day in of_day.items() if first <= day <= last}
        asked = {f"{field}_from": first.isoformat(), f"{field}_to": last.isoformat()}
        assert found(desk, "contracts", **asked) == wanted


def test_days_far_back_are_found_without_meeting_what_was_filed_since(
    desk: Client, hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "COUNT_LIMIT", 1)
    old = [hall.filed().pk for _ in range(2)]
    Filing.objects.filter(pk__in=old).update(filed_on=hall.today - timedelta(days=900))
    since = [hall.filed().pk for _ in range(4)]
    day = (hall.today - timedelta(days=900)).isoformat()
    with CaptureQueriesContext(connection) as captured:
        assert found(desk, "contracts", filed_on_to=day) == set(old)
    (bound,) = re.findall(r'"case_id" <= (\d+)\) ORDER BY', str([q["sql"] for q in captured]))
    assert max(old) <= int(bound) < min(since)


def test_ones_own_decisions_of_today_are_found_and_counted(
    desk: Client, hall: Hall, make_user: Callable[..., Any], agency: Any
) -> None:
    mine = hall.approved()
    other = make_user("reviewer", agency=agency, region_code="220104")
    Case.objects.filter(pk=hall.approved().pk).update(decided_by=other)
    today = timezone.localdate().isoformat()
    assert found(desk, "cases", decider=hall.reviewer.pk, decided_from=today) == {mine.pk}
    figures = desk.get(reverse("bureau:home")).context["figures"]
    assert {figure["title"]: figure["count"] for figure in figures}["今日已审核"] == 1


def test_the_first_page_counts_the_queue_by_urgency(desk: Client, hall: Hall) -> None:
    late, soon, far, taken = (hall.filed() for _ in range(4))
    today = timezone.localdate()
    for case, due in (
        (late, today - timedelta(days=1)),
        (soon, today + timedelta(days=1)),
        (far, today + timedelta(days=60)),
        (taken, today + timedelta(days=60)),
    ):
        Case.objects.filter(pk=case.pk).update(due_on=due)
    Case.objects.filter(pk=taken.pk).update(assigned_to=hall.reviewer)
    answer = desk.get(reverse("bureau:home"))
    counted = {figure["title"]: figure["count"] for figure in answer.context["figures"]}
    assert counted == {
        "待审核": 4,
        "已超期": 1,
        "3 个工作日内到期": 1,
        "本人已受理": 1,
        "今日已审核": 0,
    }
    case, words, clock = answer.context["first"][0]
    assert case == late and "超期" in words and clock.tone == "bad"


def test_a_supervisor_sees_the_load_of_the_region(
    hall: Hall, make_user: Callable[..., Any]
) -> None:
    waiting, overdue = hall.filed(), hall.filed()
    today = timezone.localdate()
    Case.objects.filter(pk=overdue.pk).update(due_on=today - timedelta(days=3))
    hall.approved()
    Case.objects.filter(pk=hall.approved().pk).update(late_days=12)
    hall.return_(hall.filed())
    since = timezone.now() - timedelta(days=30)
    supervisor = make_user("bureau_supervisor", region_code="220100")
    (load,) = workload.of_regions(supervisor, today=today, since=since).agencies
    assert (load.waiting, load.overdue, load.decided, load.late, load.worst) == (2, 1, 3, 1, 12)
    assert load.first_due_on == today - timedelta(days=3)
    (person,) = workload.of_regions(supervisor, today=today, since=since).reviewers
    assert (person.name, person.approved, person.returned) == (hall.reviewer.name, 2, 1)
    assert waiting.state == "pending"


def test_what_was_decided_before_the_period_does_not_count(
    hall: Hall, make_user: Callable[..., Any]
) -> None:
    Case.objects.filter(pk=hall.approved().pk).update(
        decided_at=timezone.now() - timedelta(days=40)
    )
    since = timezone.now() - timedelta(days=30)
    supervisor = make_user("bureau_supervisor", region_code="220100")
    assert workload.of_regions(supervisor, today=timezone.localdate(), since=since).reviewers == []


@pytest.mark.parametrize(
    ("role", "region"), [("bureau_supervisor", "150000"), ("reviewer", "220104")]
)
def test_the_load_of_a_region_is_its_supervisors_business(
    hall: Hall, make_user: Callable[..., Any], role: str, region: str
) -> None:
    hall.filed()
    user = make_user(role, region_code=region)
    assert workload.of_regions(user, today=hall.today, since=hall.now).agencies == []


def test_a_supervisors_first_page_shows_agencies_and_reviewers(
    at_screen: Callable[[Any], Client], make_user: Callable[..., Any], hall: Hall
) -> None:
    hall.approved()
    supervisor = at_screen(make_user("bureau_supervisor", region_code="220100"))
    page = supervisor.get(reverse("bureau:home")).content.decode()
    assert "各机构办理情况" in page and hall.reviewer.name in page
    assert "最先到期的办件" not in page
