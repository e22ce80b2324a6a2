"""Retirement: State Council Measures 1–3 and their four annexes, month by month."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yonggong.law.calculators import statutory_retirement
from yonggong.law.retirement import (
    MEN,
    TRACKS,
    WOMEN_50,
    WOMEN_55,
    contribution_months_required,
    delay_months,
    flexible_range,
    original_date,
    statutory_date,
)
from yonggong.law.tables import rows

PUBLISHED = [(track, row) for track in TRACKS for row in rows(track.name)]


@pytest.mark.parametrize(
    ("track", "row"),
    PUBLISHED,
    ids=lambda value: value["birth_month"] if isinstance(value, dict) else value.name,
)
def test_the_formula_agrees_with_the_schedule_for_every_birth_month(track, row):
    year, month = map(int, row["birth_month"].split("-"))
    for day in (1, 28):
        born = date(year, month, day)
        retires = statutory_date(born, track)
        assert delay_months(born, track) == int(row["delay_months"])
        assert retires.strftime("%Y-%m") == row["retire_month"]
        assert retires.day == day
        assert track.original + delay_months(born, track) == (
            int(row["age_years"]) * 12 + int(row["age_months"])
        )


@pytest.mark.parametrize(
    ("track", "months"), [(MEN, 144), (WOMEN_55, 144), (WOMEN_50, 120)], ids=lambda v: str(v)[:20]
)
def test_the_schedules_have_every_month_of_the_transition(track, months):
    months_given = [row["birth_month"] for row in rows(track.name)]
    assert len(months_given) == len(set(months_given)) == months


@pytest.mark.parametrize(
    ("track", "born", "age", "retires"),
    [
        pytest.param(
            MEN, date(1964, 12, 31), (60, 0), date(2024, 12, 31), id="RM1 before the rise"
        ),
        pytest.param(MEN, date(1965, 1, 1), (60, 1), date(2025, 2, 1), id="RM1 first delayed man"),
        pytest.param(
            MEN, date(1965, 4, 30), (60, 1), date(2025, 5, 30), id="RM1 last of the first"
        ),
        pytest.param(MEN, date(1965, 5, 1), (60, 2), date(2025, 7, 1), id="RM1 second step"),
        pytest.param(MEN, date(1976, 8, 31), (62, 11), date(2039, 7, 31), id="RM1 last but one"),
        pytest.param(MEN, date(1976, 9, 1), (63, 0), date(2039, 9, 1), id="RM1 sixty-three"),
        pytest.param(MEN, date(1976, 12, 1), (63, 0), date(2039, 12, 1), id="RM1 end of the table"),
        pytest.param(MEN, date(1990, 6, 1), (63, 0), date(2053, 6, 1), id="RM1 after the table"),
        pytest.param(
            WOMEN_55, date(1969, 12, 1), (55, 0), date(2024, 12, 1), id="RM1 woman 55 before"
        ),
        pytest.param(
            WOMEN_55, date(1970, 1, 1), (55, 1), date(2025, 2, 1), id="RM1 woman 55 first"
        ),
        pytest.param(
            WOMEN_55, date(1981, 8, 1), (57, 11), date(2039, 7, 1), id="RM1 woman 55 57/11"
        ),
        pytest.param(
            WOMEN_55, date(1981, 9, 1), (58, 0), date(2039, 9, 1), id="RM1 woman 55 at 58"
        ),
        pytest.param(
            WOMEN_50, date(1974, 12, 1), (50, 0), date(2024, 12, 1), id="RM1 woman 50 before"
        ),
        pytest.param(
            WOMEN_50, date(1975, 1, 1), (50, 1), date(2025, 2, 1), id="RM1 woman 50 first"
        ),
        pytest.param(
            WOMEN_50, date(1975, 3, 1), (50, 2), date(2025, 5, 1), id="RM1 woman 50 second"
        ),
        pytest.param(
            WOMEN_50, date(1984, 10, 1), (54, 11), date(2039, 9, 1), id="RM1 woman 50 54/11"
        ),
        pytest.param(
            WOMEN_50, date(1984, 11, 1), (55, 0), date(2039, 11, 1), id="RM1 woman 50 at 55"
        ),
    ],
)
def test_the_turning_points_of_the_published_schedules(track, born, age, retires):
    assert statutory_date(born, track) == retires
    assert divmod(track.original + delay_months(born, track), 12) == age


def test_a_day_that_the_month_lacks_becomes_its_last_day():
    assert statutory_date(date(1965, 1, 31), MEN) == date(2025, 2, 28)


@pytest.mark.parametrize(
    ("year", "months"),
    [(2024, 180), (2029, 180), (2030, 186), (2031, 192), (2038, 234), (2039, 240), (2050, 240)],
)
def test_the_least_contribution_rises_by_six_months_a_year_from_2030(year, months):
    assert contribution_months_required(year) == months


@pytest.mark.parametrize(
    ("track", "born", "earliest", "latest"),
    [
        pytest.param(
            MEN, date(1964, 12, 1), date(2024, 12, 1), date(2024, 12, 1), id="RM3 before the rise"
        ),
        pytest.param(
            MEN, date(1966, 3, 15), date(2026, 3, 15), date(2029, 7, 15), id="RM3 original age"
        ),
        pytest.param(
            MEN, date(1980, 1, 1), date(2040, 1, 1), date(2046, 1, 1), id="RM3 three years early"
        ),
        pytest.param(
            WOMEN_50, date(1990, 1, 1), date(2042, 1, 1), date(2048, 1, 1), id="RM3 not before 52"
        ),
    ],
)
def test_flexible_retirement_is_three_years_either_way(track, born, earliest, latest):
    assert flexible_range(born, track) == (earliest, latest)


@given(st.dates(date(1940, 1, 1), date(2010, 12, 31)), st.sampled_from(TRACKS))
def test_nobody_retires_before_the_original_age_or_more_than_the_longest_delay_after(born, track):
    assert 0 <= delay_months(born, track) <= track.longest_delay
    earliest, latest = flexible_range(born, track)
    assert original_date(born, track) <= earliest <= statutory_date(born, track) <= latest


@given(st.dates(date(1940, 1, 1), date(2010, 12, 1)), st.sampled_from(TRACKS))
def test_who_is_born_later_never_retires_at_a_lower_age(born, track):
    later = date(born.year + (born.month == 12), born.month % 12 + 1, 1)
    assert delay_months(later, track) >= delay_months(born, track)


def test_the_calculator_shows_its_steps_with_articles():
    result = statutory_retirement(birth_on=date(1966, 3, 15), sex="male")
    assert result.statutory_on == date(2026, 7, 15)
    assert (result.age_months, result.delay_months) == (724, 4)
    assert (result.earliest_on, result.latest_on) == (date(2026, 3, 15), date(2029, 7, 15))
    assert result.contribution_months == 180
    assert [str(step.article) for step in result.steps][:1] == [
        "《渐进式延迟法定退休年龄办法》第一条"
    ]
    assert "法定退休年龄 60 岁 4 个月" in result.steps[2].text


def test_a_woman_must_name_her_kind_of_post():
    with pytest.raises(ValueError, match="岗位类别"):
        statutory_retirement(birth_on=date(1980, 1, 1), sex="female")
