# ruff: noqa: E501 -- one case a line, so that the tables read against the law
"""Every rule on endings speaks on the filing that breaks it, and on no clean one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contracts.making import Hall, ending_answers
from tests.contracts.speaking import (
    ENDING,
    EXPIRED,
    INJURED,
    LONG_AGO,
    NOTICED,
    PAID,
    Speaks,
    in_force,
    person,
    rules_of,
    verdicts,
)
from yonggong.cases.kinds import get_kind
from yonggong.contracts.ending.form import ENDING_FORM

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("case", ENDING, ids=lambda case: case.id)
def test_a_rule_speaks_on_an_ending(hall: Hall, case: Speaks) -> None:
    contract = in_force(hall, case)
    raw = ending_answers(on=hall.today, **case.says)
    spoken = [item for item in verdicts(hall, "ending", raw, contract) if item.rule == case.rule]
    assert spoken
    assert case.article in spoken[0].articles
    assert spoken[0].field in ENDING_FORM.fields_by_name


# fmt: off
CLEAN = [
    ("resigned with notice", {}, {}),
    ("dismissed with all that is owed", PAID | NOTICED | {"end_reason": "4002", "trained_or_transferred": "true", "union_notified": "true", "certificate_on": "2026-11-20"}, LONG_AGO),
    ("paid for the notice", PAID | {"end_reason": "4002", "notice_on": "2026-11-20", "notice_pay": "6000.00", "last_month_pay": "6000.00"}, LONG_AGO),
    ("ran out, the worker did not want to stay", {"end_reason": "4403"}, EXPIRED),
    ("ran out after the first term", {"end_reason": "4401", "average_pay": "6000.00", "severance_paid": "18000.00"}, EXPIRED),
    ("retired at the statutory age", {"end_reason": "4406"}, person("1966-03-15") | LONG_AGO),
    ("retired early as agreed", {"end_reason": "4405", "flexible_retirement_requested_on": "2026-08-20", "contribution_months": "180"}, person("1966-11-01") | LONG_AGO),
    ("retired early from special work", {"end_reason": "4406", "special_work": "true"}, person("1971-03-10") | LONG_AGO),
    ("injured, asked to go", INJURED | {"end_reason": "3602", "disability_grade": "5", "worker_agrees": "true"}, LONG_AGO),
    ("unlawful, damages paid", PAID | {"end_reason": "3902", "unlawful": "true", "damages_paid": "72000.00"}, LONG_AGO),
]
# fmt: on


@pytest.mark.parametrize(("says", "held"), [case[1:] for case in CLEAN], ids=[c[0] for c in CLEAN])
def test_nothing_is_said_of_a_clean_ending(
    hall: Hall, says: dict[str, Any], held: dict[str, Any]
) -> None:
    contract = in_force(hall, Speaks("", "", {}, held=held))
    raw = ending_answers(on=hall.today, **says)
    assert ENDING_FORM.clean(raw).problems == ()
    assert verdicts(hall, "ending", raw, contract) == []


def test_a_first_term_that_runs_out_is_no_second_one(hall: Hall) -> None:
    contract = in_force(hall, Speaks("", "", {}, held=EXPIRED))
    raw = ending_answers(on=hall.today, end_reason="4401", severance_paid="20000.00")
    assert "expiry-after-two-terms" not in rules_of(verdicts(hall, "ending", raw, contract))


def test_service_counts_from_years_taken_over(hall: Hall) -> None:
    """Regulations, article 10: three years here and seven before are ten years' severance."""
    held = EXPIRED | {"service_start_on": "2016-11-21"}
    contract = in_force(hall, Speaks("", "", {}, held=held))
    paid = {"end_reason": "3601", "average_pay": "6000.00", "severance_paid": "18000.00"}
    found = verdicts(hall, "ending", ending_answers(on=hall.today, **paid), contract)
    [short] = [item for item in found if item.rule == "severance-amount"]
    assert "60000.00 元" in short.message


def test_a_ground_outside_the_law_is_not_offered(hall: Hall) -> None:
    contract = in_force(hall, Speaks("", "", {}))
    raw = ending_answers(on=hall.today, end_reason="末位淘汰")
    problems = get_kind("contract.ending").form.clean(raw).problems
    assert [problem.field for problem in problems] == ["end_reason"]
    assert verdicts(hall, "ending", raw, contract) == []
