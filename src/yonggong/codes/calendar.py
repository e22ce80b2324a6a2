"""Working days and the counting of periods.

Working days follow the yearly notice of the State Council's General Office: those known to
`chinese_calendar`, and those that an administrator has loaded (`hold_notices`). In years without a
notice yet, weekends and the holidays that the regulation on days off fixes for any year are days
off; what the notice will move is open, which `certain` tells and `caution` says.
Periods are counted as the Civil Code, articles 200 to 204, has it: the first day does not count.
"""

import calendar
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date, timedelta

import chinese_calendar

from yonggong.codes.holidays import statutory_days_off
from yonggong.codes.notices import Notice

_SHIPPED_YEARS = frozenset(day.year for day in chinese_calendar.holidays)


class _Notices:
    """The notices loaded, and the working days of the years worked out under them."""

    def __init__(self, notices: Iterable[Notice]) -> None:
        loaded = sorted(notices, key=lambda notice: notice.year)
        self.years = frozenset(notice.year for notice in loaded)
        self._off = frozenset(day for notice in loaded for day in notice.off)
        self._worked = frozenset(day for notice in loaded for day in notice.worked)
        self._working: dict[int, tuple[int, ...]] = {}

    def is_published(self, year: int) -> bool:
        return year in self.years or year in _SHIPPED_YEARS

    def working_days(self, year: int) -> tuple[int, ...]:
        """The ordinals of the year's working days, ascending."""
        found = self._working.get(year)
        if found is None:
            first, after = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1
            days = map(date.fromordinal, range(first, after))
            found = tuple(day.toordinal() for day in days if self._is_worked(day))
            self._working[year] = found
        return found

    def _is_worked(self, day: date) -> bool:
        if day in self._worked:
            return True
        if day in self._off:
            return False
        if day.year in _SHIPPED_YEARS and day.year not in self.years:
            return bool(chinese_calendar.is_workday(day))
        return day.weekday() < 5 and day not in statutory_days_off(day.year)


_held = _Notices(())


def hold_notices(notices: Iterable[Notice]) -> None:
    """Count by these notices from now on, beside those that come with the package.

    They replace the ones held before; a year of theirs goes before the package's.
    """
    global _held
    _held = _Notices(notices)


def published_years() -> tuple[int, int]:
    """The first and the last year whose notice is known."""
    years = _SHIPPED_YEARS | _held.years
    return min(years), max(years)


def certain(*days: date) -> bool:
    """Whether the calendar has been published for every year from the first to the last of `days`.

    Where it is not, a page that shows a due date says that it may still move: see `caution`.
    """
    years = [day.year for day in days]
    return all(map(_held.is_published, range(min(years), max(years) + 1)))


def caution(*days: date) -> str:
    """What a reader of a date reckoned from the calendar is told; empty where nothing is open.

    Speaks of the years from the first to the last of `days` whose notice is still to come.
    """
    years = [day.year for day in days]
    span = range(max(min(years), min(_SHIPPED_YEARS)), max(years) + 1)
    open_years = [str(year) for year in span if not _held.is_published(year)]
    if not open_years:
        return ""
    named = open_years[0] if len(open_years) == 1 else f"{open_years[0]} 至 {open_years[-1]}"
    return f"{named} 年放假安排尚未公布，按法定节假日和周末推算，公布后可能变动"


def is_working_day(day: date) -> bool:
    working = _held.working_days(day.year)
    return working[bisect_left(working, day.toordinal()) % len(working)] == day.toordinal()


def add_working_days(day: date, count: int) -> date:
    """The working day `count` after `day`, which itself does not count; negative counts back.

    A count of 0 gives `day` itself. Check `certain(day, result)` before promising it.
    """
    if count == 0:
        return day
    year, ordinal = day.year, day.toordinal()
    working = _held.working_days(year)
    if count > 0:
        place = bisect_right(working, ordinal) + count - 1
        while place >= len(working):
            place -= len(working)
            year += 1
            working = _held.working_days(year)
    else:
        place = bisect_left(working, ordinal) + count
        while place < 0:
            year -= 1
            working = _held.working_days(year)
            place += len(working)
    return date.fromordinal(working[place])


def working_days_between(start: date, end: date) -> int:
    """How many working days lie after `start` up to and with `end`; negative if `end` is earlier.

    `working_days_between(day, add_working_days(day, n)) == n`.
    """
    if end < start:
        return -working_days_between(end, start)
    total = -bisect_right(_held.working_days(start.year), start.toordinal())
    total += sum(len(_held.working_days(year)) for year in range(start.year, end.year))
    return total + bisect_right(_held.working_days(end.year), end.toordinal())


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
