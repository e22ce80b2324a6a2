"""How long a dispatch licence holds, until when its extension is applied for."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from yonggong.law.periods import ONE_DAY
from yonggong.relations.licence_terms import issued_on

DAYS = st.dates(date(2013, 7, 1), date(2090, 1, 1))


@given(DAYS)
def test_it_holds_three_years_with_the_day_it_is_granted(day: date) -> None:
    term = issued_on(day)
    after = term.ends + ONE_DAY
    assert (after.year - day.year, after.month) == (3, day.month) or day.month == 2
    assert term.extendable_until + timedelta(days=60) == term.ends


@given(DAYS)
def test_extended_it_holds_on_without_a_gap(day: date) -> None:
    term = issued_on(day)
    more = term.extended
    assert more.begins == term.begins
    assert more.ends == issued_on(term.ends + ONE_DAY).ends
