"""Looks that stand out: many, many in an hour, at night, outside one's own agency; found by the policy's
standards, once, and looked into by somebody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tests.contracts.making import Hall
from yonggong import policy
from yonggong.accounts.models import AccessEntry, User
from yonggong.registry.models import Agency
from yonggong.secrecy import actions, unusual
from yonggong.secrecy.models import UnusualLooking

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 19)
STANDARD = policy.of("220000", DAY).secrecy
NOW = datetime(2026, 11, 20, 2, 40, tzinfo=ZoneInfo("Asia/Shanghai"))


def look(user: User, count: int, *, hour: int = 9, apart: int = 0, what: str = "试用 1") -> None:
    """So many looks from an hour of the day on, so many seconds apart."""
    start = datetime(DAY.year, DAY.month, DAY.day, hour, tzinfo=ZoneInfo("Asia/Shanghai"))
    rows = AccessEntry.objects.bulk_create(
        AccessEntry(kind="personal", subject=what, user=user) for _ in range(count)
    )
    for number, row in enumerate(rows):
        AccessEntry.objects.filter(pk=row.pk).update(at=start + timedelta(seconds=apart * number))


def found() -> set[tuple[int, str, int]]:
    unusual.find(DAY, now=NOW)
    return set(UnusualLooking.objects.values_list("user", "rule", "count"))


def test_many_in_an_hour_stand_out_though_they_are_not_many_for_a_day(hall: Hall) -> None:
    """Any sixty minutes count, not those of the clock."""
    look(hall.reviewer, STANDARD.many_an_hour, hour=9, apart=59)
    assert found() == {(hall.reviewer.pk, "hour", STANDARD.many_an_hour)}


def test_the_same_number_spread_over_the_day_does_not(hall: Hall) -> None:
    look(hall.reviewer, STANDARD.many_an_hour, hour=9, apart=120)
    assert found() == set()


def test_many_a_day_stand_out(hall: Hall) -> None:
    look(hall.reviewer, STANDARD.many_a_day, hour=8, apart=170)
    assert found() == {(hall.reviewer.pk, "day", STANDARD.many_a_day)}


@pytest.mark.parametrize(("hour", "night"), [(22, True), (5, True), (6, False), (21, False)])
def test_looks_at_night_stand_out(hall: Hall, hour: int, night: bool) -> None:
    look(hall.reviewer, STANDARD.many_at_night, hour=hour)
    assert found() == ({(hall.reviewer.pk, "night", STANDARD.many_at_night)} if night else set())


def test_looks_outside_one_s_agency_stand_out(hall: Hall, make_user: Any, agency: Any) -> None:
    """Of the two who looked, the case lies with one's agency; a person's file is weighed likewise."""
    elsewhere = Agency.objects.create(
        name="宽城区劳动关系科", level=Agency.Level.COUNTY, region_code="220103"
    )
    far = make_user("reviewer", agency=elsewhere, region_code="220103")
    case = hall.filed()
    half = STANDARD.many_elsewhere // 2
    for user in (far, hall.reviewer):
        look(user, half, apart=61, what=case.reference)
        look(
            user, STANDARD.many_elsewhere - half, apart=61, what=f"人员档案 {case.filing.worker_id}"
        )
    assert found() == {(far.pk, "elsewhere", STANDARD.many_elsewhere)}


def test_an_employer_s_own_people_and_other_days_are_not_measured(hall: Hall) -> None:
    look(hall.operator, STANDARD.many_a_day)
    look(hall.reviewer, STANDARD.many_a_day)
    assert unusual.find(DAY - timedelta(days=1), now=NOW) == 0
    assert {user for user, _, _ in found()} == {hall.reviewer.pk}


def test_it_is_written_once_however_often_the_job_runs(hall: Hall) -> None:
    look(hall.reviewer, STANDARD.many_at_night, hour=23)
    assert unusual.find(DAY, now=NOW) == 1
    assert unusual.find(DAY, now=NOW) == 0


@pytest.fixture
def row(hall: Hall) -> UnusualLooking:
    look(hall.reviewer, STANDARD.many_at_night, hour=23)
    unusual.find(DAY, now=NOW)
    return UnusualLooking.objects.get()


def test_an_auditor_looks_into_it_and_that_is_recorded(
    hall: Hall, row: UnusualLooking, make_user: Any, at_screen: Callable[[Any], Client]
) -> None:
    auditor = make_user("auditor", region_code="220000")
    screen = at_screen(auditor)
    page = screen.get(reverse("admin:unusual")).content.decode()
    assert "夜间查看个人信息 5 次，标准为 5 次" in page and "待核实" in page
    assert (
        hall.reviewer.username
        in screen.get(reverse("admin:unusual-one", args=[row.pk])).content.decode()
    )
    sent = {"finding": "asked", "remark": "值班查看，已要求书面说明"}
    conclude = reverse("admin:unusual-conclude", args=[row.pk])
    assert (
        "请填写核实说明"
        in screen.post(conclude, {"finding": "asked"}, follow=True).content.decode()
    )
    assert "已保存核实结果" in screen.post(conclude, sent, follow=True).content.decode()
    row.refresh_from_db()
    assert (row.finding, row.by) == ("asked", auditor)
    entry = AccessEntry.objects.get(kind="unusual")
    assert entry.about == hall.reviewer and "值班查看" in entry.detail


def test_the_neighbouring_province_and_who_was_found_see_nothing(
    hall: Hall, row: UnusualLooking, make_user: Any, at_screen: Callable[[Any], Client]
) -> None:
    far = at_screen(make_user("auditor", region_code="150000"))
    assert hall.reviewer.username not in far.get(reverse("admin:unusual")).content.decode()
    assert far.get(reverse("admin:unusual-one", args=[row.pk])).status_code == 404
    assert far.post(reverse("admin:unusual-conclude", args=[row.pk])).status_code == 404
    with pytest.raises(UnusualLooking.DoesNotExist):
        actions.conclude(
            looking=row.pk, finding="work", remark="试", by=hall.reviewer, now=NOW, address=None
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        UnusualLooking.objects.filter(pk=row.pk).update(finding="work", by=hall.reviewer, at=NOW)
