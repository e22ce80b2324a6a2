"""Working days and the counting of periods.

Working days follow the yearly notice of the State Council's General Office (through
`chinese_calendar`). For years without a notice yet, weekends alone are days off; `certain` tells.
Periods are counted as the Civil Code, articles 200 to 204, has it: the first day does not count.
"""

import calendar
from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from functools import cache

import chinese_calendar

_PUBLISHED_YEARS = frozenset(day.year for day in chinese_calendar.holidays)


def certain(*days: date) -> bool:
    """Whether the calendar has been published for every year from the first to the last of `days`.

    Where it is not, a page that shows a due date says that it may still move.
    """
    years = [day.year for day in days]
    return all(year in _PUBLISHED_YEARS for year in range(min(years), max(years) + 1))


def is_working_day(day: date) -> bool:
    working = _working_days(day.year)
    return working[bisect_left(working, day.toordinal()) % len(working)] == day.toordinal()


def add_working_days(day: date, count: int) -> date:
    """The working day `count` after `day`, which itself does not count; negative counts back.

    A count of 0 gives `day` itself. Check `certain(day, result)` before promising it.
    """
    if count == 0:
        return day
    year, ordinal = day.year, day.toordinal()
    working = _working_days(year)
    if count > 0:
        place = bisect_right(working, ordinal) + count - 1
        while place >= len(working):
            place -= len(working)
            year += 1
            working = _working_days(year)
    else:
        place = bisect_left(working, ordinal) + count
        while place < 0:
            year -= 1
            working = _working_days(year)
            place += len(working)
    return date.fromordinal(working[place])


def working_days_between(start: date, end: date) -> int:
    """How many working days lie after `start` up to and with `end`; negative if `end` is earlier.

    `working_days_between(day, add_working_days(day, n)) == n`.
    """
    if end < start:
        return -working_days_between(end, start)
    total = -bisect_right(_working_days(start.year), start.toordinal())
    total += sum(len(_working_days(year)) for year in range(start.year, end.year))
    return total + bisect_right(_working_days(end.year), end.toordinal())


def add_months(day: date, months: int) -> date:
    """The corresponding day `months` later (or earlier), the month's last day where there is none.

    Civil Code, article 202. Thirteen months after 31 January is 28 or 29 February.
    """
    month = day.year * 12 + day.month - 1 + months
    year, month = divmod(month, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def days_after(day: date, count: int) -> date:
    """The last day of a period of `count` natural days that begins the day after `day`.

    Civil Code, article 201. Not moved off holidays: see `to_working_day`.
    """
    return day + timedelta(days=count)


def to_working_day(day: date) -> date:
    """`day`, or the next working day if it is a day off.

    Civil Code, article 203: a period that would end on a holiday ends on the day after it.
    """
    return day if is_working_day(day) else add_working_days(day, 1)


@cache
def _working_days(year: int) -> tuple[int, ...]:
    """The ordinals of the year's working days, ascending."""
    first, after = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1
    if year not in _PUBLISHED_YEARS:
        return tuple(ordinal for ordinal in range(first, after) if (ordinal - 1) % 7 < 5)
    return tuple(
        ordinal
        for ordinal in range(first, after)
        if chinese_calendar.is_workday(date.fromordinal(ordinal))
    )
