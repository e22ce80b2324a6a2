"""Dispatch licences that run out or owe their yearly report; health checks of minors that are due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from yonggong.relations import licences, register
from yonggong.relations.licence_models import DispatchLicence
from yonggong.relations.licence_terms import Term
from yonggong.reminders.notes import Note, by_owner, listed

# So many days before the last one for applying, and on it.
_EXTENSION_AHEAD = (30, 0)
_CHECK_AHEAD = (15, 0)
# 《劳务派遣行政许可实施办法》第二十二条: by 31 March; told at the month's beginning.
_REPORT_TOLD, _REPORT_DUE = (3, 1), (3, 31)
_MOST_MINORS_AGE = timedelta(days=366 * 3)


def due(day: date) -> Iterator[Note]:
    """What becomes due, to each employer."""
    yield from _extensions(day)
    if (day.month, day.day) == _REPORT_TOLD:
        yield from _reports(day)
    yield from _health_checks(day)


def _extensions(day: date) -> Iterator[Note]:
    held = DispatchLicence.objects.filter(ended_on=None, valid_until__gte=day)
    for licence in held.only("employer", "number", "valid_from", "valid_until"):
        last = Term(licence.valid_from, licence.valid_until).extendable_until
        if (last - day).days in _EXTENSION_AHEAD:
            yield Note(
                f"licence-{licence.pk}",
                f"劳务派遣经营许可证将于 {licence.valid_until} 到期",
                f"许可证 {licence.number} 需要延续的，最迟于 {last} 提出延续申请，"
                "逾期的按新申请办理。",
                party=licence.employer_id,
            )


def _reports(day: date) -> Iterator[Note]:
    """Who was licensed at the end of the year before and has not reported of it."""
    owing = DispatchLicence.objects.filter(licences.owing(day.year - 1))
    for employer in set(owing.values_list("employer", flat=True)):
        yield Note(
            "dispatch-report",
            f"{day.year - 1} 年度劳务派遣经营情况报告于 {date(day.year, *_REPORT_DUE)} 截止",
            "请于 3 月 31 日前在“其他事项”中办理劳务派遣年度经营情况报告。",
            party=employer,
        )


def _health_checks(day: date) -> Iterator[Note]:
    minors = register.on_record().filter(adult_on__gte=day - _MOST_MINORS_AGE, left=False)
    ahead: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for minor in minors.select_related("worker").prefetch_related("health_checks"):
        check = minor.next_check
        if check is not None and (left := (check.on - day).days) in _CHECK_AHEAD:
            ahead[left].append((minor.employer_id, minor.worker.name))
    for left, rows in ahead.items():
        for employer, names in by_owner(rows).items():
            yield Note(
                f"minor-check-{left}",
                f"{len(names)} 名未成年工应当做健康检查",
                f"{listed(names)}应于 {day + timedelta(days=left)} 做健康检查，"
                "检查后在“其他事项”中以“定期健康检查”补报。",
                party=employer,
            )
