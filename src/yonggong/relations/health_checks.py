"""When a worker under 18 is to be examined. Pure.

《未成年工特殊保护规定》第六条: before a post is assigned; after a full year of work; when 18 is reached and
the last examination is more than half a year ago.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from yonggong.law.periods import add_months

LEAST_AGE, ADULT_AGE = 16, 18
_HALF_YEAR = 6


@dataclass(frozen=True, slots=True)
class Due:
    """A health check: the day on which it is due, and why."""

    on: date
    why: str


def adult_on(birth_on: date) -> date:
    """The day on which 18 is reached; born on 29 February, on 1 March where the year has none."""
    return _birthday(birth_on, ADULT_AGE)


def of_age_on(birth_on: date) -> date:
    """The day from which somebody may be hired at all."""
    return _birthday(birth_on, LEAST_AGE)


def _birthday(birth_on: date, age: int) -> date:
    try:
        return birth_on.replace(year=birth_on.year + age)
    except ValueError:
        return date(birth_on.year + age, 3, 1)


def next_due(*, birth_on: date, begins_on: date, examined: Sequence[date]) -> Due | None:
    """The first health check that is due and was not done, past ones too; None where none is left."""
    return next(_open(birth_on, begins_on, examined), None)


def _open(birth_on: date, begins_on: date, examined: Sequence[date]) -> Iterator[Due]:
    if not any(day <= begins_on for day in examined):
        yield Due(begins_on, "安排工作岗位之前")
    year_on, grown_on = add_months(begins_on, 12), adult_on(birth_on)
    if year_on < grown_on and not any(day >= year_on for day in examined):
        yield Due(year_on, "工作满一年")
    if not any(add_months(day, _HALF_YEAR) >= grown_on for day in examined):
        yield Due(grown_on, "年满十八周岁，距前一次体检已超过半年")
