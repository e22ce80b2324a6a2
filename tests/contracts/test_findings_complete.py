"""No rule of law is left out: each speaks on a filing, or it is said here why it cannot."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contracts import test_exclusive as exclusive_tests
from tests.contracts import test_findings_contract as contract_tests
from tests.contracts import test_findings_workforce as workforce_tests
from tests.contracts.ending import test_findings as ending_tests
from tests.contracts.making import answers, ending_answers, part_time_answers
from tests.contracts.speaking import ENDING, NEW, RENEWAL
from tests.relations.dispatch_licence import test_licence as licence_tests
from tests.relations.layoffs import test_layoffs as layoff_tests
from tests.relations.special_hours import test_on_contracts as permit_tests
from yonggong import law
from yonggong.contracts.ending.form import ENDING_FORM
from yonggong.contracts.forms import NEW_FORM
from yonggong.law.facts import ContractFacts, EndingFacts

# Rules of a year's filing speak in `tests/annual`, those on labour relations in `tests/relations`.
_SUBJECTS = frozenset({"contract", "ending", "workforce"})
BY_TABLE = {case.rule for case in (*NEW, *RENEWAL, *ENDING)}
# What must happen before, or elsewhere, does not fit into a table.
BY_A_TEST_OF_ITS_OWN = {
    "other-full-time": contract_tests.test_a_second_full_time_contract_is_against_the_law_too,
    "other-full-time-ran-out": exclusive_tests.test_a_contract_run_out_elsewhere_refuses_nobody,
    "probation-once": contract_tests.test_the_probation_of_an_earlier_contract_was_the_only_one,
    "layoff-threshold": workforce_tests.test_a_tenth_of_the_staff_laid_off_without_a_report,
    "layoff-below-threshold": (workforce_tests.test_less_than_a_tenth_does_not_reach_the_threshold),
    "layoff-in-parts": workforce_tests.test_agreements_that_add_up_look_like_a_layoff,
    "rehire-after-layoff": workforce_tests.test_whoever_was_laid_off_is_asked_back_first,
    "dispatch-share": (workforce_tests.test_dispatched_workers_are_at_most_a_tenth_of_those_used),
    # What is on record of the items of labour relations.
    "dispatch-licence-on-record": (
        licence_tests.test_a_dispatcher_without_a_licence_on_the_day_is_told_so
    ),
    "special-hours-on-record": (
        permit_tests.test_without_a_permit_it_is_told_and_with_one_it_is_not
    ),
    "layoff-preference": layoff_tests.test_the_law_speaks_of_the_days_and_of_each_person,
    # Of no single filing: seen on the pages of the employer and of its bureau.
    "without-contract": (
        workforce_tests.test_a_contract_run_out_over_a_month_ago_is_seen_on_the_employers_page
    ),
}
# The form itself refuses what these rules are against: no such answer reaches the law. They
# speak where facts come from elsewhere (calculators, the interface).
REFUSED_BY_THE_FORM = {
    "open-ended-no-end": "an open-ended contract has no field for an end",
    "probation-part-time": "part-time work has no field for a probation",
    "ending-ground": "only the grounds of the law are offered",
}


def test_every_rule_speaks_or_cannot() -> None:
    named = [*BY_TABLE, *BY_A_TEST_OF_ITS_OWN, *REFUSED_BY_THE_FORM]
    of_contracts = [rule.name for rule in law.rules() if rule.subject in _SUBJECTS]
    assert sorted(named) == sorted(of_contracts)


def test_a_table_holds_each_rule_once_with_an_article_of_its_own() -> None:
    cases = (*NEW, *RENEWAL, *ENDING)
    assert len(cases) == len(BY_TABLE)
    for case in cases:
        assert case.article in {article.cited for article in law.rule(case.rule).articles}


@pytest.mark.parametrize(
    ("form", "raw", "field", "code"),
    [
        (NEW_FORM, {"term_type": "2", "end_on": "2029-01-01"}, "end_on", "not_applicable"),
        (
            NEW_FORM,
            {"employment_form": "2", "probation_end_on": "2026-12-01"},
            "probation_end_on",
            "not_applicable",
        ),
        (ENDING_FORM, {"end_reason": "末位淘汰"}, "end_reason", "choice.unknown"),
    ],
    ids=list(REFUSED_BY_THE_FORM),
)
def test_the_form_refuses_what_no_rule_is_asked_about(
    form: Any, raw: dict[str, Any], field: str, code: str
) -> None:
    cleaned = form.clean(raw)
    assert (field, code) in {(problem.field, problem.code) for problem in cleaned.problems}
    assert cleaned.values[field] is None


def test_these_rules_speak_where_facts_come_from_elsewhere(now: Any) -> None:
    today = now.date()
    open_ended = ContractFacts(term_type="open", end_on=today)
    part_time = ContractFacts(employment_form="part_time", probation_months=1)
    spoken = {
        *(item.rule for item in law.check_contract(open_ended, today)),
        *(item.rule for item in law.check_contract(part_time, today)),
        *(item.rule for item in law.check_ending(EndingFacts(ground="末位淘汰"), today)),
    }
    assert spoken >= REFUSED_BY_THE_FORM.keys()


def test_clean_filings_stay_clean_to_the_form(now: Any) -> None:
    today = now.date()
    assert NEW_FORM.clean(answers(today=today)).ok
    assert NEW_FORM.clean(part_time_answers(today=today)).ok
    assert ENDING_FORM.clean(ending_answers(on=today)).ok
    assert ending_tests.CLEAN
