"""Table 1's arithmetic (SX-2), as a table and for any numbers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yonggong.annual.arithmetic import (
    FIGURES,
    figures_of,
    rate,
    service_years,
    term_of,
    wrong,
)
from yonggong.annual.printing import PRINTED

FIGURES_THAT_HOLD = {
    "staff": 10, "men": 6, "women": 4, "on_post": 9, "off_post": 1, "rural": 5,
    "should_sign": 9, "signed": 8, "task": 1, "short": 2, "middle": 4, "long": 1, "rate": 89,
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "name", "code"),
    [
        ({"men": 5}, "staff", "not_the_sum"),
        ({"off_post": 2}, "staff", "not_the_sum"),
        ({"middle": 5}, "signed", "not_the_sum"),
        ({"staff": 8, "men": 4, "off_post": -1}, "on_post", "more_than"),
        ({"rural": 10}, "rural", "more_than"),
        ({"should_sign": 11}, "should_sign", "more_than"),
        ({"signed": 10, "middle": 6}, "signed", "more_than"),
        ({"rate": 88}, "rate", "not_the_rate"),
    ],
)
def test_each_sum_of_table_1_is_held(changed: dict[str, int], name: str, code: str) -> None:
    found = {(one.name, one.code) for one in wrong(FIGURES_THAT_HOLD | changed)}
    assert (name, code) in found


def test_what_adds_up_is_not_spoken_of_nor_what_is_not_given() -> None:
    assert not list(wrong(FIGURES_THAT_HOLD))
    assert not list(wrong({}))
    for name in FIGURES:
        assert not [one.name for one in wrong(FIGURES_THAT_HOLD | {name: None}) if one.name == name]


@pytest.mark.parametrize(
    ("begun", "as_of", "years"),
    [
        ("2025-12-31", "2025-12-31", 1),  # part of a year is a year
        ("2025-01-01", "2025-12-31", 1),
        ("2024-12-31", "2025-12-31", 1),  # twelve months and a day: counted in months
        ("2024-12-01", "2025-12-31", 2),  # thirteen months
        ("2015-07-01", "2025-12-31", 11),
    ],
)
def test_service_is_counted_in_months_and_part_of_a_year_is_one(
    begun: str, as_of: str, years: int
) -> None:
    assert service_years(date.fromisoformat(begun), date.fromisoformat(as_of)) == years


@given(st.dates(date(1960, 1, 1), date(2025, 12, 31)), st.integers(0, 20_000))
def test_more_service_is_never_fewer_years(begun: date, days: int) -> None:
    earlier = begun + timedelta(days=days)
    assert 1 <= service_years(begun, earlier) <= service_years(begun, earlier + timedelta(days=40))
    assert service_years(begun, earlier) <= days / 365 + 2


@pytest.mark.parametrize(
    ("term_type", "start", "end", "found"),
    [
        ("1", "2023-01-01", "2025-12-30", "short"),
        ("1", "2023-01-01", "2025-12-31", "middle"),  # three years belong to 3–10
        ("1", "2016-01-01", "2025-12-31", "middle"),  # so do ten
        ("1", "2016-01-01", "2026-01-01", "long"),
        ("2", "2016-01-01", None, "long"),
        ("3", "2016-01-01", None, "task"),
        (None, "2016-01-01", "2020-01-01", None),
    ],
)
def test_a_contract_counts_under_one_of_four(
    term_type: str | None, start: str, end: str | None, found: str | None
) -> None:
    until = date.fromisoformat(end) if end else None
    assert term_of(term_type, date.fromisoformat(start), until) == found


@given(st.integers(0, 100_000), st.integers(0, 100_000))
def test_the_signing_rate_is_a_whole_percent_nearest_to_the_share(signed: int, more: int) -> None:
    should = signed + more
    found = rate(signed, should)
    assert 0 <= found <= 100
    if should:
        assert abs(found * should - signed * 100) * 2 <= should
    else:
        assert found == 100


_ROW = st.fixed_dictionaries(
    {
        "sex": st.sampled_from("12"),
        "rural": st.booleans() | st.none(),
        "on_post": st.booleans(),
        "should_sign": st.booleans(),
        "term_type": st.sampled_from(["1", "2", "3", None]),
        "start_on": st.dates(date(1990, 1, 1), date(2025, 12, 31)).map(date.isoformat),
        "end_on": st.dates(date(2026, 1, 1), date(2060, 1, 1)).map(date.isoformat) | st.none(),
    }
)


@given(st.lists(_ROW, max_size=40))
def test_what_table_2_comes_to_always_adds_up(rows: list[dict[str, Any]]) -> None:
    names = ("sex", "rural", "on_post", "should_sign", "term_type", "start_on", "end_on")
    columns = {name: [row[name] for row in rows] for name in names}
    figures = figures_of(columns)
    assert figures["staff"] == len(rows)
    assert set(figures) == set(FIGURES)
    assert not list(wrong(figures))


def test_table_1_can_be_counted_from_what_stands_on_paper_of_table_2() -> None:
    assert figures_of({name: [] for name in PRINTED["persons"]})["staff"] == 0
