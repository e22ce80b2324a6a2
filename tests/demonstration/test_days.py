"""The demonstration can be loaded on every day there is."""

from __future__ import annotations

from datetime import date, timedelta

from yonggong.demonstration.relations import eighteen_years_before
from yonggong.relations.health_checks import adult_on


def test_a_minor_comes_of_age_on_every_day_of_a_leap_year_too() -> None:
    for place in range(366):
        day = date(2028, 1, 1) + timedelta(days=place)
        assert day - adult_on(eighteen_years_before(day)) <= timedelta(days=1)
        assert adult_on(eighteen_years_before(day)) <= day
