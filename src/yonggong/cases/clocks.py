"""The dates of a case: by when it is to be filed, how late it came, by when it is to be decided.

Every date of a case is reckoned here, for one form and for a workbook's columns alike, so that page
and workbook can never disagree. Working days as the province's policy has them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from yonggong.policy import Event as LegalEvent
from yonggong.policy import Policy


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
