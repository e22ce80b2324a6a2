"""Every rule speaks where the law is broken, and only there."""

import pytest

from yonggong.law import (
    AnnualFacts,
    CollectiveFacts,
    ContractFacts,
    DisputeFacts,
    EndingFacts,
    SpecialHoursFacts,
    WorkforceFacts,
    check_annual,
    check_collective,
    check_contract,
    check_dispute,
    check_ending,
    check_special_hours,
    check_workforce,
    rule,
    rules,
)

from .annual_cases import ANNUAL_CASES
from .cases import ON, Case
from .contract_cases import CASES
from .ending_cases import ENDING_CASES, WORKFORCE_CASES
from .relations_cases import COLLECTIVE_CASES, DISPUTE_CASES, SPECIAL_HOURS_CASES

EVERY_CASE = [
    *CASES,
    *ENDING_CASES,
    *WORKFORCE_CASES,
    *ANNUAL_CASES,
    *COLLECTIVE_CASES,
    *SPECIAL_HOURS_CASES,
    *DISPUTE_CASES,
]


def spoken(found, name: str) -> bool:
    return name in {finding.rule for finding in found}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_contract_rule_speaks_where_the_law_is_broken(case: Case):
    found = check_contract(ContractFacts(**case.facts), case.on)
    assert spoken(found, case.rule) is case.speaks


@pytest.mark.parametrize("case", ENDING_CASES, ids=lambda case: case.id)
def test_an_ending_rule_speaks_where_the_law_is_broken(case: Case):
    found = check_ending(EndingFacts(**case.facts), case.on)
    assert spoken(found, case.rule) is case.speaks


@pytest.mark.parametrize("case", WORKFORCE_CASES, ids=lambda case: case.id)
def test_a_workforce_rule_speaks_where_the_law_is_broken(case: Case):
    found = check_workforce(WorkforceFacts(**case.facts), case.on)
    assert spoken(found, case.rule) is case.speaks


@pytest.mark.parametrize("case", ANNUAL_CASES, ids=lambda case: case.id)
def test_a_rule_on_annual_filings_speaks_where_both_differ(case: Case):
    found = check_annual(AnnualFacts(**case.facts), case.on)
    assert spoken(found, case.rule) is case.speaks


@pytest.mark.parametrize(
    "case", [*COLLECTIVE_CASES, *SPECIAL_HOURS_CASES, *DISPUTE_CASES], ids=lambda case: case.id
)
def test_a_rule_on_labour_relations_speaks_where_the_law_is_broken(case: Case):
    assert spoken(findings_of(case), case.rule) is case.speaks


@pytest.mark.parametrize("name", [one.name for one in rules()])
def test_every_rule_has_cases_on_both_sides(name: str):
    sides = {case.speaks for case in EVERY_CASE if case.rule == name}
    assert sides == {True, False}


def findings_of(case: Case):
    facts = dict(case.facts)
    if case in CASES:
        return check_contract(ContractFacts(**facts), case.on)
    if case in ENDING_CASES:
        return check_ending(EndingFacts(**facts), case.on)
    if case in ANNUAL_CASES:
        return check_annual(AnnualFacts(**facts), case.on)
    if case in COLLECTIVE_CASES:
        return check_collective(CollectiveFacts(**facts), case.on)
    if case in SPECIAL_HOURS_CASES:
        return check_special_hours(SpecialHoursFacts(**facts), case.on)
    if case in DISPUTE_CASES:
        return check_dispute(DisputeFacts(**facts), case.on)
    return check_workforce(WorkforceFacts(**facts), case.on)


@pytest.mark.parametrize(
    "case", [case for case in EVERY_CASE if case.speaks], ids=lambda case: case.id
)
def test_a_finding_is_a_message_a_remedy_a_field_and_articles(case: Case):
    for finding in findings_of(case):
        spoke = rule(finding.rule)
        assert finding.message and not finding.message.endswith("。")
        assert finding.remedy.endswith("。")
        assert finding.field in spoke.fields
        assert finding.articles
        assert finding.basis.startswith("《")
        assert "None" not in finding.message + finding.remedy


@pytest.mark.parametrize("one", rules(), ids=lambda one: one.name)
def test_a_rule_fires_only_with_articles_it_names(one):
    named = {(article.law, article.number) for article in one.articles}
    for case in EVERY_CASE:
        if case.rule == one.name and case.speaks:
            for finding in findings_of(case):
                if finding.rule == one.name:
                    assert {(cited.law, cited.number) for cited in finding.articles} <= named


def test_nothing_known_means_nothing_said():
    assert check_contract(ContractFacts(), ON) == []
    assert check_ending(EndingFacts(), ON) == []
    assert check_workforce(WorkforceFacts(), ON) == []


def test_an_unknown_rule_is_a_key_error():
    with pytest.raises(KeyError):
        rule("no-such-rule")


def test_what_was_only_filled_in_is_not_said_to_have_been_looked_up():
    said = [finding.message for case in EVERY_CASE if case.speaks for finding in findings_of(case)]
    assert not [message for message in said if "没有查到" in message]
