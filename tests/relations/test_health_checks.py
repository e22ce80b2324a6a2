"""未成年工特殊保护规定, 6: when a worker under 18 is to be examined."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yonggong.law.periods import add_months, age_on
from yonggong.relations.health_checks import adult_on, next_due, of_age_on

BORN = date(2010, 3, 1)  # 16 on 2026-03-01, 18 on 2028-03-01
BEGAN = date(2026, 4, 1)


@pytest.mark.parametrize(
    ("examined", "due"),
    [
        ([], BEGAN),
        (["2026-04-02"], BEGAN),
        (["2026-04-01"], date(2027, 4, 1)),
        (["2026-04-01", "2027-03-31"], date(2027, 4, 1)),
        (["2026-04-01", "2027-04-01"], date(2028, 3, 1)),
        (["2026-04-01", "2027-08-31"], date(2028, 3, 1)),
        (["2026-04-01", "2027-09-01"], None),
    ],
)
def test_before_work_after_a_year_and_at_eighteen(examined: list[str], due: date | None) -> None:
    days = [date.fromisoformat(day) for day in examined]
    found = next_due(birth_on=BORN, begins_on=BEGAN, examined=days)
    assert (found.on if found else None) == due


def test_who_is_eighteen_within_the_year_has_no_check_after_it() -> None:
    began = date(2027, 8, 1)
    found = next_due(birth_on=BORN, begins_on=began, examined=[began])
    assert found is not None and found.on == date(2028, 3, 1)
    assert (
        next_due(birth_on=BORN, begins_on=began, examined=[date(2027, 8, 1), BORN.replace(2028)])
        is None
    )


@given(st.dates(date(1990, 1, 1), date(2080, 1, 1)))
def test_the_birthdays_are_the_first_days_of_that_age(born: date) -> None:
    for day, age in ((of_age_on(born), 16), (adult_on(born), 18)):
        assert age_on(born, day) == age
        assert age_on(born, date.fromordinal(day.toordinal() - 1)) == age - 1


@given(
    st.dates(date(1990, 1, 1), date(2080, 1, 1)),
    st.integers(0, 23),
    st.lists(st.integers(-10, 40), max_size=4),
)
def test_done_when_it_is_due_it_is_not_due_again(
    born: date, months: int, offsets: list[int]
) -> None:
    begins = add_months(of_age_on(born), months)
    examined = [add_months(begins, offset) for offset in offsets]
    seen = []
    while (due := next_due(birth_on=born, begins_on=begins, examined=examined)) is not None:
        seen.append(due.on)
        examined.append(due.on)
    assert len(seen) <= 3 and seen == sorted(set(seen))
