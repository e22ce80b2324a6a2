"""Lengths of time as the law counts them: by calendar months and years, both ends included.

Civil Code 202: a period by months or years ends on the corresponding day, or on the last day
of the month that has none. Civil Code 1259: 以上, 以内, 届满 include the number itself.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from yonggong.codes.calendar import add_months

__all__ = [
    "ONE_DAY",
    "add_months",
    "age_on",
    "full_months",
    "full_on",
    "last_day",
    "lasts_months",
    "say_age",
    "say_months",
    "say_span",
]

ONE_DAY = timedelta(days=1)


# Of a batch most rows begin on few days.
@lru_cache(maxsize=4096)
def last_day(start: date, months: int) -> date:
    """Give the last day of a period of ``months`` that begins on ``start`` and counts it.

    2026-01-01 and 12 months → 2026-12-31. Where the month has no corresponding day the period
    lasts to the month's end: 2026-01-31 and one month → 2026-02-28.
    """
    after = add_months(start, months)
    return after - ONE_DAY if after.day == start.day else after


def full_on(start: date, months: int) -> date:
    """Give the first day on which ``months`` since ``start`` are behind: the day after the last.

    2026-03-01 and one month → 2026-04-01; 2026-01-31 and one month → 2026-03-01.
    """
    return last_day(start, months) + ONE_DAY


def full_months(start: date, last: date) -> int:
    """Count the whole months in start–last, both days included; never below 0.

    2026-01-01 to 2026-12-31 → 12; to 2026-12-30 → 11.
    """
    after = last + ONE_DAY
    months = (after.year - start.year) * 12 + after.month - start.month
    if months > 0 and last < last_day(start, months):
        months -= 1
    return max(months, 0)


@lru_cache(maxsize=4096)
def lasts_months(start: date, last: date, months: int) -> bool:
    """Say whether start–last, both days included, is ``months`` long or longer."""
    after = last + ONE_DAY
    between = (after.year - start.year) * 12 + after.month - start.month
    if between != months:
        return between > months
    return last >= last_day(start, months)


def age_on(birth_on: date, day: date) -> int:
    """Give full years of age; a year is full on the birthday itself (29 Feb: on 1 March)."""
    years = day.year - birth_on.year
    if (day.month, day.day) < (birth_on.month, birth_on.day):
        years -= 1
    return years


def say_months(months: int) -> str:
    """Say a number of months as people do: 24 → 2 年, 30 → 2 年 6 个月, 5 → 5 个月."""
    years, rest = divmod(months, 12)
    if not years:
        return f"{rest} 个月"
    return f"{years} 年" + (f" {rest} 个月" if rest else "")


def say_age(months: int) -> str:
    """Say an age given in months: 724 → 60 岁 4 个月."""
    years, rest = divmod(months, 12)
    return f"{years} 岁" + (f" {rest} 个月" if rest else "")


def say_span(start: date, last: date) -> str:
    """Say how long start–last is, both days included: 2 年, 2 年多, 1 年 11 个多月, 17 天."""
    whole = full_months(start, last)
    if not whole:
        return f"{(last - start).days + 1} 天"
    said = say_months(whole)
    if last_day(start, whole) == last:
        return said
    return said.removesuffix("个月") + "个多月" if said.endswith("个月") else said + "多"
