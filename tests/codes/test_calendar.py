"""Working days of the published calendar; periods as the Civil Code counts them."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yonggong.codes import calendar
from yonggong.codes.holidays import holidays, statutory_days_off

days = st.dates(date(2004, 1, 1), date(2026, 12, 31))
far_days = st.dates(date(1990, 1, 1), date(2060, 12, 31))
counts = st.integers(-400, 400)


@given(days)
def test_working_days_are_those_published(day):
    assert calendar.is_working_day(day) == chinese_calendar.is_workday(day)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2025, 1, 26), True),  # a Sunday worked for Spring Festival
        (date(2025, 1, 28), False),  # New Year's Eve, a day off since 2025
        (date(2025, 5, 2), False),
        (date(2025, 9, 28), True),  # a Sunday worked for National Day
        (date(2025, 10, 8), False),
        (date(2025, 10, 9), True),
        (date(2030, 10, 1), False),  # not published yet: the regulation holds for any year
        (date(2030, 10, 4), True),  # a Friday that only a notice can free
        (date(2030, 10, 5), False),
    ],
)
def test_days_off_and_days_made_up(day, working):
    assert calendar.is_working_day(day) is working


# Regulation on days off (2024), article 2; 2027 in full, by the lunar calendar of GB/T 33661.
_STATUTORY = {
    2025: "01-01 01-28 01-29 01-30 01-31 04-04 05-01 05-02 05-31 10-01 10-02 10-03 10-06",
    2026: "01-01 02-16 02-17 02-18 02-19 04-05 05-01 05-02 06-19 09-25 10-01 10-02 10-03",
    2027: "01-01 02-05 02-06 02-07 02-08 04-05 05-01 05-02 06-09 09-15 10-01 10-02 10-03",
    2028: "01-01 01-25 01-26 01-27 01-28 04-04 05-01 05-02 05-28 10-01 10-02 10-03",
    2033: "01-01 01-30 01-31 02-01 02-02 04-04 05-01 05-02 06-01 09-08 10-01 10-02 10-03",
}


@pytest.mark.parametrize(("year", "days"), _STATUTORY.items())
def test_the_regulation_fixes_days_off_in_any_year(year, days):
    assert [f"{day:%m-%d}" for day in sorted(statutory_days_off(year))] == days.split()
    assert not any(map(calendar.is_working_day, statutory_days_off(year)))


@pytest.mark.parametrize("year", [2025, 2026])
def test_published_years_hold_every_statutory_day_and_make_up_what_they_move(year):
    """What a notice moves: the weekdays it frees are paid back on weekends, but for the holidays
    that fell on a weekend (article 6: made up on a working day)."""
    first = date(year, 1, 1)
    days = [first + timedelta(days=n) for n in range(365)]
    statutory = statutory_days_off(year)
    assert all(not chinese_calendar.is_workday(day) for day in statutory)
    freed = [d for d in days if d.weekday() < 5 and not calendar.is_working_day(d)]
    worked = [d for d in days if d.weekday() >= 5 and calendar.is_working_day(d)]
    made_up = [day for day in statutory if day.weekday() >= 5]
    assert len([d for d in freed if d not in statutory]) == len(worked) + len(made_up)


@given(st.integers(2027, 2099))
def test_an_open_year_has_weekends_and_statutory_days_off_and_no_others(year):
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    for day in days:
        off = day.weekday() >= 5 or day in statutory_days_off(year)
        assert calendar.is_working_day(day) is not off


@given(st.integers(2000, 2099))
def test_festivals_lie_where_the_lunar_calendar_can_put_them(year):
    """New Year between 21 January and 20 February, and in published years on its day off."""
    by_title = {one.title: one.in_year(year) for one in holidays()}
    spring = by_title["春节"][1]
    assert date(year, 1, 21) <= spring <= date(year, 2, 21)
    assert 110 <= (by_title["端午节"][0] - spring).days <= 155
    assert 205 <= (by_title["中秋节"][0] - spring).days <= 260
    assert date(year, 4, 4) <= by_title["清明节"][0] <= date(year, 4, 6)


@pytest.mark.parametrize("year", range(2008, 2027))
def test_festivals_are_those_of_every_notice_so_far(year):
    for title in ("春节", "清明节", "端午节", "中秋节"):
        one = next(holiday for holiday in holidays() if holiday.title == title)
        day = one.in_year(year)[one.days.index(0)]
        assert chinese_calendar.get_holiday_detail(day)[0], (title, day)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([date(2026, 12, 31)], ""),
        ([date(2027, 1, 4)], "2027 年放假安排尚未公布"),
        ([date(2026, 12, 20), date(2027, 1, 8)], "2027 年放假安排尚未公布"),
        ([date(2026, 12, 20), date(2029, 1, 8)], "2027 至 2029 年放假安排尚未公布"),
        ([date(1999, 5, 1)], ""),
    ],
)
def test_a_date_in_an_open_year_is_said_to_be_open(days, said):
    found = calendar.caution(*days)
    assert found.startswith(said) and bool(found) is bool(said)
    assert not said or "按法定节假日和周末推算" in found


def test_a_time_limit_over_an_open_new_year_passes_over_its_holidays():
    assert calendar.add_working_days(date(2027, 2, 4), 1) == date(2027, 2, 9)
    assert calendar.to_working_day(date(2027, 10, 1)) == date(2027, 10, 4)


def test_years_not_published_are_said_to_be_uncertain():
    assert calendar.certain(date(2024, 12, 31), date(2025, 1, 5))
    assert not calendar.certain(date(2026, 12, 31), date(2060, 1, 5))
    assert not calendar.certain(date(2003, 12, 31))


@pytest.mark.parametrize(
    ("day", "count", "due"),
    [
        (date(2025, 9, 29), 1, date(2025, 9, 30)),
        (date(2025, 9, 30), 1, date(2025, 10, 9)),
        (date(2025, 9, 30), 3, date(2025, 10, 11)),  # the Saturday is worked
        (date(2025, 10, 3), 1, date(2025, 10, 9)),  # taken in on a holiday
        (date(2025, 12, 31), 1, date(2026, 1, 4)),
        (date(2025, 10, 9), -1, date(2025, 9, 30)),
        (date(2025, 10, 3), 0, date(2025, 10, 3)),
    ],
)
def test_working_days_are_added_from_the_day_after(day, count, due):
    assert calendar.add_working_days(day, count) == due


@given(far_days, st.integers(1, 400))
def test_a_day_reached_is_a_working_day_and_the_count_comes_back(day, count):
    due = calendar.add_working_days(day, count)
    assert calendar.is_working_day(due)
    assert calendar.working_days_between(day, due) == count


@given(far_days, far_days)
def test_counting_backwards_is_counting_forwards_negated(start, end):
    forwards = calendar.working_days_between(start, end)
    assert calendar.working_days_between(end, start) == -forwards
    assert abs(forwards) <= abs((end - start).days)


@given(days, st.integers(0, 40))
def test_the_count_is_that_of_looking_at_each_day(start, length):
    end = start + timedelta(days=length)
    each = [start + timedelta(days=step) for step in range(1, length + 1)]
    assert calendar.working_days_between(start, end) == sum(map(calendar.is_working_day, each))


@pytest.mark.parametrize(
    ("day", "months", "due"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),  # Civil Code 202: no such day, the last one
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2025, 2, 28), 1, date(2025, 3, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 11, 15), 14, date(2026, 1, 15)),
        (date(2024, 1, 15), -1, date(2023, 12, 15)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
    ],
)
def test_a_period_of_months_ends_on_the_corresponding_day(day, months, due):
    assert calendar.add_months(day, months) == due


@given(far_days, st.integers(0, 240))
def test_the_corresponding_day_is_in_the_right_month(day, months):
    due = calendar.add_months(day, months)
    assert (due.year - day.year) * 12 + due.month - day.month == months
    assert due.day <= day.day


def test_a_period_of_days_begins_the_day_after():
    assert calendar.days_after(date(2025, 9, 1), 30) == date(2025, 10, 1)


@pytest.mark.parametrize(
    ("last", "extended"),
    [
        (date(2025, 10, 1), date(2025, 10, 9)),  # Civil Code 203
        (date(2025, 9, 28), date(2025, 9, 28)),
        (date(2025, 11, 1), date(2025, 11, 3)),
    ],
)
def test_a_period_that_ends_on_a_day_off_ends_on_the_next_working_day(last, extended):
    assert calendar.to_working_day(last) == extended
