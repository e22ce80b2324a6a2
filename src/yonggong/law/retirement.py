"""Statutory retirement age: the gradual rise from 2025, flexible retirement, contribution years.

Measures of the State Council on gradually raising the statutory retirement age (in force
2025-01-01), articles 1–3. The annexed schedules stand in ``tables/retirement_*.csv`` and
``tables/contribution_years.csv``; the formula here gives the same for every month in them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from yonggong.law.facts import PostCategory, Sex
from yonggong.law.periods import add_months
from yonggong.law.tables import rows

REFORM_ON = date(2025, 1, 1)
FLEXIBLE_MONTHS = 36


@dataclass(frozen=True, slots=True)
class Track:
    """One of the three schedules.

    ``original`` and ``longest_delay`` are months; ``first_birth`` is the first birth month that
    is delayed, as year × 12 + month; one month is added for every ``step`` birth months.
    """

    name: str
    title: str
    original: int
    first_birth: int
    step: int
    longest_delay: int


MEN = Track("retirement_men", "男职工", 60 * 12, 1965 * 12 + 1, 4, 36)
WOMEN_55 = Track(
    "retirement_women_55", "原法定退休年龄五十五周岁的女职工", 55 * 12, 1970 * 12 + 1, 4, 36
)
WOMEN_50 = Track(
    "retirement_women_50", "原法定退休年龄五十周岁的女职工", 50 * 12, 1975 * 12 + 1, 2, 60
)
TRACKS = (MEN, WOMEN_55, WOMEN_50)


def track_of(sex: Sex | None, post: PostCategory | None) -> Track | None:
    """Give the schedule a person follows; None when sex, or a woman's post, is not known."""
    if sex == "male":
        return MEN
    if sex == "female" and post is not None:
        return WOMEN_55 if post == "management_technical" else WOMEN_50
    return None


def delay_months(birth_on: date, track: Track) -> int:
    """Give the months by which retirement is put off, 0 for those retired under the old ages."""
    born = birth_on.year * 12 + birth_on.month - track.first_birth
    if born < 0:
        return 0
    return min(born // track.step + 1, track.longest_delay)


def statutory_date(birth_on: date, track: Track) -> date:
    """Give the day on which the statutory retirement age is reached.

    Where the month has no such day it is the month's last day.
    """
    return add_months(birth_on, track.original + delay_months(birth_on, track))


def original_date(birth_on: date, track: Track) -> date:
    """Give the day on which the retirement age of before 2025 is reached."""
    return add_months(birth_on, track.original)


def flexible_range(birth_on: date, track: Track) -> tuple[date, date]:
    """Give the earliest and the latest day of flexible retirement (article 3).

    At most three years either way, never before the original age; none for those whose statutory
    day came before 2025.
    """
    statutory = statutory_date(birth_on, track)
    if statutory < REFORM_ON:
        return statutory, statutory
    earliest = max(original_date(birth_on, track), add_months(statutory, -FLEXIBLE_MONTHS))
    return earliest, add_months(statutory, FLEXIBLE_MONTHS)


@cache
def _contribution_table() -> dict[int, int]:
    return {int(row["year"]): int(row["months"]) for row in rows("contribution_years")}


def contribution_months_required(year: int) -> int:
    """Give the least months of contributions for a monthly pension in a year (article 2).

    180 through 2029, six more each year from 2030, 240 from 2039.
    """
    table = _contribution_table()
    return table[min(max(year, min(table)), max(table))]
