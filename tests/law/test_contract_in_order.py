"""A contract in order: no rule has anything to say of it."""

from datetime import date
from decimal import Decimal

from yonggong.law import ContractFacts, check_contract

GOOD = ContractFacts(
    id_number="000000199003070138",
    birth_on=date(1990, 3, 7),
    sex="male",
    employment_form="full_time",
    term_type="fixed",
    signed_on=date(2026, 10, 9),
    work_start_on=date(2026, 10, 9),
    start_on=date(2026, 10, 9),
    end_on=date(2029, 10, 8),
    probation_months=3,
    probation_pay=Decimal("4500.00"),
    had_probation=False,
    base_pay=Decimal("5000.00"),
    performance_pay=Decimal("500.00"),
    pay_period_days=30,
    minimum_monthly_wage=Decimal("2120.00"),
    hours_system="standard",
    daily_hours=Decimal("8"),
    weekly_hours=Decimal("40"),
    is_dispatch=False,
    prior_terms=(),
)


def test_a_contract_in_order_has_no_findings():
    assert check_contract(GOOD, date(2026, 11, 2)) == []
