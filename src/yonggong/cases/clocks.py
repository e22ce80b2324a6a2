"""The dates of a case: by when it is to be filed, how late it came, by when it is to be decided.

Every date of a case is reckoned here, for one form and for a workbook's columns alike, so that page
and workbook can never disagree. Working days as the province's policy has them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from yonggong.codes import calendar
from yonggong.policy import Event as LegalEvent
from yonggong.policy import Period, Policy


def review_due(rules: Policy, kind: str, filed_on: date) -> date:
    """The day by which a case of `kind` that came in on `filed_on` is to be decided."""
    return rules.review_limit(kind).due(filed_on)


def file_by(rules: Policy, deadline: LegalEvent | None, happened_on: date | None) -> date | None:
    """The last day to file what happened on a day; None where no limit holds, or no day is known."""
    if deadline is None or happened_on is None:
        return None
    return rules.deadline(deadline).due(happened_on)


def days_late(due: date | None, came_in_on: date) -> int:
    """By how many calendar days a limit was missed; 0 where none holds."""
    return 0 if due is None else max(0, (came_in_on - due).days)


def lateness_of_days(
    rules: Policy,
    deadline: LegalEvent | None,
    happened: Iterable[date | None],
    came_in_on: date,
) -> list[tuple[date | None, int]]:
    """`file_by` and `days_late` of many days, reckoned once a distinct day."""
    known: dict[date | None, tuple[date | None, int]] = {}
    result = []
    for day in happened:
        if day not in known:
            due = file_by(rules, deadline, day)
            known[day] = (due, days_late(due, came_in_on))
        result.append(known[day])
    return result


def days_left(period: Period, due: date, today: date) -> int:
    """How many of a limit's own days (working or natural) are left; negative where it is past."""
    if period.kind == "working":
        return calendar.working_days_between(today, due)
    return (due - today).days


def run_on(period: Period, left: int, today: date) -> date:
    """The day on which a limit of which `left` of its own days were left ends, counted from today:
    what `days_left` gave, taken up again."""
    if period.kind == "working":
        return calendar.add_working_days(today, left)
    return calendar.to_working_day(calendar.days_after(today, left))
