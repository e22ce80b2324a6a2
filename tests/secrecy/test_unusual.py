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
from yonggong.cases.models import Case
from yonggong.cases.sharing_models import StandIn
from yonggong.registry.models import Agency
from yonggong.reminders.todos import todos_of
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


def test_looks_at_what_a_colleague_handles_stand_out(
    hall: Hall, make_user: Any, agency: Any
) -> None:
    """Of a case and of a person's file: not what oneself decided, nor what nobody has taken yet, and
    not of whoever supervises."""
    colleague = make_user("reviewer", agency=agency, region_code=agency.region_code)
    supervisor = make_user("reviewer", agency=agency, region_code=agency.region_code)
    supervisor.grants.create(role="bureau_supervisor", region_code=agency.region_code)
    theirs, nobodys = hall.approved(), hall.filed()
    half = STANDARD.many_of_others // 2
    for user in (colleague, supervisor, hall.reviewer):
        look(user, half, apart=90, what=theirs.reference)
        file = f"人员档案 {theirs.filing.worker_id}"
        look(user, STANDARD.many_of_others - half, apart=90, what=file)
    taking = make_user("reviewer", agency=agency, region_code=agency.region_code)
    for what in (nobodys.reference, f"人员档案 {nobodys.filing.worker_id}"):
        look(taking, half, apart=90, what=what)
    assert found() == {(colleague.pk, "others", STANDARD.many_of_others)}


def test_whoever_stands_in_for_a_colleague_looks_at_theirs(
    hall: Hall, make_user: Any, agency: Any
) -> None:
    colleague = make_user("reviewer", agency=agency, region_code=agency.region_code)
    case = hall.filed()
    Case.objects.filter(pk=case.pk).update(assigned_to=hall.reviewer)
    StandIn.objects.create(
        agency=agency, reviewer=hall.reviewer, stand_in=colleague, from_on=DAY, until_on=DAY,
        reason="年休假", by=colleague, at=NOW,
    )  # fmt: skip
    look(colleague, STANDARD.many_of_others, apart=90, what=case.reference)
    assert found() == set()


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

    def waits() -> list[str]:
        return [todo.topic for todo in todos_of(auditor, today=DAY)]

    assert waits() == ["unusual"]
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
    assert (row.finding, row.by) == ("asked", auditor) and waits() == []
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
