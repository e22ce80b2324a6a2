"""What employers owe once a year (NMG-11, SX-1)."""

from datetime import date

import pytest

from yonggong import policy


def duty(region: str, on: date) -> policy.AnnualDuty:
    (found,) = policy.of(region, on).annual_duties
    return found


def test_inner_mongolia_wants_pay_by_the_end_of_march_as_of_the_year_before() -> None:
    found = duty("150102", date(2026, 11, 20))
    assert found.name == "annual.pay"
    assert found.due_on(2027) == date(2027, 3, 31)
    assert found.as_of_in(2027) == date(2026, 12, 31)
    assert "操作程序" in found.source


@pytest.mark.parametrize(
    ("nature", "bound"),
    [("10", True), ("70", True), ("50", True), ("40", True), ("20", False), ("30", False)],
)
def test_organs_and_institutions_are_exempt_from_pay_data(nature: str, bound: bool) -> None:
    assert duty("150102", date(2026, 11, 20)).binds(nature) is bound


@pytest.mark.parametrize(
    ("on", "due"),
    [
        (date(2023, 12, 31), date(2023, 12, 31)),
        (date(2024, 1, 1), date(2024, 6, 30)),
        (date(2026, 11, 20), date(2026, 6, 30)),
    ],
)
def test_shanxi_wants_the_return_by_june_but_for_2022_by_december(on: date, due: date) -> None:
    found = duty("140105", on)
    assert found.name == "annual.return"
    assert found.due_on(on.year) == due
    assert found.binds("20")


def test_jilin_has_no_annual_duty() -> None:
    assert policy.of("220104", date(2026, 11, 20)).annual_duties == ()
