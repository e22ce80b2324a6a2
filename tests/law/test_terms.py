"""The term of a contract and its dates: Labour Contract Law 12–14, 17."""

from datetime import date

import pytest

from yonggong.law import ContractFacts, check_contract

ON = date(2026, 11, 2)
START = date(2026, 1, 1)


def rules_of(**facts: object) -> set[str]:
    return {finding.rule for finding in check_contract(ContractFacts(**facts), ON)}


@pytest.mark.parametrize(
    ("facts", "speaks"),
    [
        pytest.param({"start_on": START, "end_on": START}, False, id="LCL17(1)(3) same day"),
        pytest.param(
            {"start_on": START, "end_on": date(2025, 12, 31)}, True, id="LCL17(1)(3) a day before"
        ),
        pytest.param(
            {"work_start_on": date(2026, 2, 1), "end_on": date(2026, 1, 31)},
            True,
            id="LCL17(1)(3) ends before work starts",
        ),
        pytest.param({"end_on": START}, False, id="start not known"),
        pytest.param({"start_on": START}, False, id="end not known"),
    ],
)
def test_dates_are_in_order(facts, speaks):
    assert ("dates-order" in rules_of(**facts)) is speaks


@pytest.mark.parametrize(
    ("term_type", "end_on", "found"),
    [
        pytest.param("fixed", None, {"fixed-term-end"}, id="LCL13 fixed without an end"),
        pytest.param("fixed", date(2026, 12, 31), set(), id="LCL13 fixed with an end"),
        pytest.param("open", date(2026, 12, 31), {"open-ended-no-end"}, id="LCL14 open with end"),
        pytest.param("open", None, set(), id="LCL14 open without an end"),
        pytest.param("task", None, set(), id="LCL15 task without an end"),
        pytest.param(None, None, set(), id="term type not known"),
    ],
)
def test_the_end_fits_the_kind_of_term(term_type, end_on, found):
    assert rules_of(term_type=term_type, start_on=START, end_on=end_on) == found
