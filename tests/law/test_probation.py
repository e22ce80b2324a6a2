"""Probation: Labour Contract Law 19, 70."""

from datetime import date

import pytest

from yonggong.law import ContractFacts, check_contract
from yonggong.law.rules.probation import longest_probation

ON = date(2026, 11, 2)
START = date(2026, 1, 1)


def rules_of(facts: ContractFacts) -> set[str]:
    return {finding.rule for finding in check_contract(facts, ON)}


@pytest.mark.parametrize(
    ("term_type", "start_on", "end_on", "longest"),
    [
        pytest.param("fixed", START, date(2026, 3, 30), 0, id="LCL19(3) a day under 3 months"),
        pytest.param("fixed", START, date(2026, 3, 31), 1, id="LCL19(1) 3 months"),
        pytest.param("fixed", START, date(2026, 12, 30), 1, id="LCL19(1) a day under a year"),
        pytest.param("fixed", START, date(2026, 12, 31), 2, id="LCL19(1) a year"),
        pytest.param("fixed", START, date(2028, 12, 30), 2, id="LCL19(1) a day under 3 years"),
        pytest.param("fixed", START, date(2028, 12, 31), 6, id="LCL19(1) 3 years"),
        pytest.param("open", START, None, 6, id="LCL19(1) open-ended"),
        pytest.param("task", START, None, 0, id="LCL19(3) task term"),
        pytest.param("fixed", START, None, None, id="end not known"),
        pytest.param(
            "fixed", date(2024, 2, 29), date(2025, 2, 28), 2, id="LCL19(1) a year from a leap day"
        ),
    ],
)
def test_the_longest_probation_follows_the_term(term_type, start_on, end_on, longest):
    assert longest_probation(term_type, start_on, end_on) == longest


@pytest.mark.parametrize(
    ("end_on", "months", "speaks"),
    [
        pytest.param(date(2026, 12, 30), 1, False, id="LCL19(1) 1 month under a year"),
        pytest.param(date(2026, 12, 30), 2, True, id="LCL19(1) 2 months under a year"),
        pytest.param(date(2027, 12, 31), 2, False, id="LCL19(1) 2 months of 2 years"),
        pytest.param(date(2027, 12, 31), 3, True, id="LCL19(1) 3 months of 2 years"),
        pytest.param(date(2028, 12, 31), 6, False, id="LCL19(1) 6 months of 3 years"),
        pytest.param(date(2028, 12, 31), 7, True, id="LCL19(1) 7 months of 3 years"),
    ],
)
def test_a_probation_over_the_limit_is_found(end_on, months, speaks):
    facts = ContractFacts(term_type="fixed", start_on=START, end_on=end_on, probation_months=months)
    assert ("probation-length" in rules_of(facts)) is speaks


@pytest.mark.parametrize(
    ("until", "speaks"),
    [
        pytest.param(date(2026, 2, 28), False, id="LCL19(1) last day of 2 months"),
        pytest.param(date(2026, 3, 1), True, id="LCL19(1) a day over 2 months"),
    ],
)
def test_a_probation_given_by_its_end_is_measured_by_days(until, speaks):
    facts = ContractFacts(
        term_type="fixed", start_on=START, end_on=date(2027, 12, 31), probation_end_on=until
    )
    assert ("probation-length" in rules_of(facts)) is speaks


def test_the_message_carries_the_numbers_and_the_article():
    facts = ContractFacts(
        term_type="fixed", start_on=START, end_on=date(2027, 12, 31), probation_months=4
    )
    (finding,) = check_contract(facts, ON)
    assert finding.message == "试用期约定为 4 个月，合同期限 2 年的试用期最长 2 个月"
    assert finding.basis == "《劳动合同法》第十九条第一款"
    assert finding.field == "probation_months"
    assert finding.numbers["longest"] == 2


@pytest.mark.parametrize(
    ("facts", "speaks"),
    [
        pytest.param({"term_type": "task", "probation_months": 1}, True, id="LCL19(3) task term"),
        pytest.param(
            {"term_type": "fixed", "end_on": date(2026, 3, 30), "probation_months": 1},
            True,
            id="LCL19(3) under 3 months",
        ),
        pytest.param(
            {"term_type": "fixed", "end_on": date(2026, 3, 31), "probation_months": 1},
            False,
            id="LCL19(3) 3 months",
        ),
        pytest.param({"term_type": "task"}, False, id="LCL19(3) task term, none agreed"),
    ],
)
def test_some_contracts_have_no_probation(facts, speaks):
    assert ("probation-none" in rules_of(ContractFacts(start_on=START, **facts))) is speaks


@pytest.mark.parametrize(
    ("form", "months", "speaks"),
    [
        pytest.param("part_time", 1, True, id="LCL70 part-time with probation"),
        pytest.param("part_time", 0, False, id="LCL70 part-time, zero months"),
        pytest.param("part_time", None, False, id="LCL70 part-time without"),
        pytest.param("full_time", 1, False, id="LCL70 full-time"),
    ],
)
def test_part_time_has_no_probation(form, months, speaks):
    facts = ContractFacts(employment_form=form, probation_months=months)
    assert ("probation-part-time" in rules_of(facts)) is speaks
