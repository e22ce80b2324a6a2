# ruff: noqa: E501 -- one case a line, so that the table reads against the law
"""What is owed at the end: N, N+1, 2N, on both sides of each boundary."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from yonggong.law import ContractFacts, EndingFacts, check_ending
from yonggong.law.owing import Sum, owed_at_end

END = date(2026, 10, 31)
# fmt: off
YEARS: dict[str, Any] = {"ended_on": END, "service_start_on": date(2020, 11, 1), "average_pay": Decimal("6000.00")}
FULL = ContractFacts(employment_form="full_time")
PART = ContractFacts(employment_form="part_time")
PUBLIC = ContractFacts(employment_form="full_time", public_welfare_post=True)


def day(text: str) -> date:
    return date.fromisoformat(text)


OWED: list[tuple[str, dict[str, Any], dict[str, str | None]]] = [
    ("LCL46(2): six years to the day", {"ground": "3601"}, {"severance_paid": "36000.00"}),
    ("LCL47(1): a day more is half a month", {"ground": "3601", "service_start_on": day("2020-10-31")}, {"severance_paid": "39000.00"}),
    ("LCL47(1): six months more are one", {"ground": "3601", "service_start_on": day("2020-05-01")}, {"severance_paid": "42000.00"}),
    ("REG10: four years taken over", {"ground": "3601", "service_start_on": day("2016-11-01")}, {"severance_paid": "60000.00"}),
    ("REG10: four years taken over and paid for", {"ground": "3601", "service_start_on": day("2016-11-01"), "severance_start_on": day("2020-11-01")}, {"severance_paid": "36000.00"}),
    ("LCL46: the worker's own wish", {"ground": "3701"}, {"severance_paid": "0.00"}),
    ("LCL46: the worker's wish, pay not known", {"ground": "3701", "average_pay": None}, {"severance_paid": "0.00"}),
    ("LCL46(5): expiry", {"ground": "4401"}, {"severance_paid": "36000.00"}),
    ("LCL46(5): better terms refused", {"ground": "4403"}, {"severance_paid": "0.00"}),
    ("pay not known", {"ground": "4401", "average_pay": None}, {"severance_paid": None}),
    ("LCL47(2): above three times the average", {"ground": "4401", "average_pay": Decimal("20000"), "local_average_pay": Decimal("6000")}, {"severance_paid": "108000.00"}),
    ("LCL47(2): three times the average", {"ground": "4401", "average_pay": Decimal("18000"), "local_average_pay": Decimal("6000")}, {"severance_paid": "108000.00"}),
    ("LCL71: part-time", {"ground": "4401", "contract": PART}, {"severance_paid": "0.00"}),
    ("REG12: a post of public welfare", {"ground": "4401", "contract": PUBLIC}, {"severance_paid": "0.00"}),
    ("LCL40: 29 days of notice", {"ground": "4002", "notice_on": day("2026-10-02"), "last_month_pay": Decimal("6500.00")}, {"severance_paid": "36000.00", "notice_pay": "6500.00"}),
    ("LCL40: 30 days of notice", {"ground": "4002", "notice_on": day("2026-10-01"), "last_month_pay": Decimal("6500.00")}, {"severance_paid": "36000.00"}),
    ("LCL40: last month's pay not known", {"ground": "4002", "notice_on": END}, {"severance_paid": "36000.00", "notice_pay": None}),
    ("LCL41 owes no pay instead of notice", {"ground": "4102", "notice_on": END}, {"severance_paid": "36000.00"}),
    ("LCL87: unlawful", {"ground": "4002", "unlawful": True}, {"severance_paid": "0.00", "damages_paid": "72000.00"}),
    ("LCL87: unlawful, pay not known", {"ground": "4002", "unlawful": True, "average_pay": None}, {"severance_paid": "0.00", "damages_paid": None}),
    ("no ground", {"ground": None}, {}),
    ("no day", {"ground": "4401", "ended_on": None}, {}),
    ("ended before it began", {"ground": "4401", "service_start_on": day("2026-11-01")}, {}),
]
# fmt: on


def found(changed: dict[str, Any]) -> tuple[Sum, ...]:
    return owed_at_end(EndingFacts(**({"contract": FULL} | YEARS | changed)))


@pytest.mark.parametrize(("said", "changed", "expected"), OWED, ids=[case[0] for case in OWED])
def test_what_is_owed(said: str, changed: dict[str, Any], expected: dict[str, str | None]) -> None:
    sums = found(changed)
    assert {item.fact: item.amount for item in sums} == {
        name: None if amount is None else Decimal(amount) for name, amount in expected.items()
    }
    for item in sums:
        assert item.steps and any(step.article for step in item.steps)
        assert (item.amount is None) <= bool(item.wants)


def test_without_the_local_average_the_cap_is_said_to_be_left_out() -> None:
    [item] = found({"ground": "4401"})
    assert any("没有作三倍封顶比较" in step.text for step in item.steps)


def test_the_rules_judge_what_was_paid_by_the_same_reckoning() -> None:
    [owed] = found({"ground": "4401"})
    assert owed.amount is not None
    for paid, blamed in ((owed.amount, False), (owed.amount - Decimal("0.01"), True)):
        facts = EndingFacts(**({"contract": FULL} | YEARS), ground="4401", severance_paid=paid)
        rules = {finding.rule for finding in check_ending(facts, END)}
        assert ("severance-amount" in rules) is blamed
