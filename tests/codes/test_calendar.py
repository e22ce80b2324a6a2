"""Working days of the published calendar; periods as the Civil Code counts them."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yonggong.codes import calendar

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
        (date(2030, 10, 1), True),  # not published yet: a Tuesday like any other
        (date(2030, 10, 5), False),
    ],
)
def test_days_off_and_days_made_up(day, working):
    assert calendar.is_working_day(day) is working


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
