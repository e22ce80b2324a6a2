"""Who is owed a written or an open-ended contract, whatever the dates: renewals and pensioners."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yonggong.law import ContractFacts, PriorTerm, check_contract
from yonggong.law.rules.open_ended import consecutive_fixed_terms

ON = date(2026, 11, 20)
NEVER_WRITTEN = {"written-contract", "deemed-open-ended"}
OF_LABOUR_CONTRACTS = NEVER_WRITTEN | {
    "renewal-in-time",
    "open-ended-after-two-terms",
    "open-ended-after-ten-years",
}
DAYS = st.dates(date(2008, 1, 1), date(2026, 11, 1))


def rules_of(facts: ContractFacts) -> set[str]:
    return {finding.rule for finding in check_contract(facts, ON)}


def renewed(started: date, ended: date, again: date) -> ContractFacts:
    """A contract renewed on a day, that nobody ended before."""
    return ContractFacts(
        term_type="fixed",
        employment_form="full_time",
        work_start_on=started,
        service_start_on=started,
        signed_on=again,
        start_on=again,
        end_on=again + timedelta(days=729),
        prior_terms=(PriorTerm(started, ended, "fixed", continued=True),),
    )


@given(st.lists(DAYS, min_size=3, max_size=3, unique=True).map(sorted))
def test_a_renewal_was_never_without_a_written_contract(days):
    assert not NEVER_WRITTEN & rules_of(renewed(*days))


@given(st.lists(DAYS, min_size=3, max_size=3, unique=True).map(sorted))
def test_nobody_who_draws_a_pension_is_owed_a_labour_contract(days):
    facts = replace(renewed(*days), draws_pension=True)
    assert not OF_LABOUR_CONTRACTS & rules_of(facts)
    new = replace(facts, prior_terms=None, is_written=False)
    assert not OF_LABOUR_CONTRACTS & rules_of(new)


@pytest.mark.parametrize(
    ("used_on", "pays_from", "in_time"),
    [
        (date(2026, 3, 1), "2026-04-01", date(2026, 4, 1)),
        (date(2026, 1, 31), "2026-03-01", date(2026, 3, 1)),
        (date(2026, 1, 30), "2026-03-01", date(2026, 3, 1)),
        (date(2026, 1, 28), "2026-02-28", date(2026, 2, 28)),
        (date(2024, 1, 31), "2024-03-01", date(2024, 3, 1)),
    ],
    ids=["REG6(2) the 1st", "the 31st", "the 30th", "the 28th", "the 31st of a leap year"],
)
def test_double_pay_begins_the_day_after_a_full_month(used_on, pays_from, in_time):
    facts = ContractFacts(work_start_on=used_on, signed_on=in_time)
    assert "written-contract" not in rules_of(facts)
    late = replace(facts, signed_on=in_time + timedelta(days=1))
    [said] = [one for one in check_contract(late, ON) if one.rule == "written-contract"]
    assert f"应当支付 {pays_from} 至 {in_time} 期间的二倍工资" in said.remedy


def test_a_question_is_asked_before_anybody_is_blamed():
    long_at_work = ContractFacts(
        work_start_on=date(2019, 3, 1),
        signed_on=ON,
        start_on=ON,
        end_on=date(2028, 11, 19),
        term_type="fixed",
    )
    [asked] = check_contract(long_at_work, ON)
    assert asked.field == "earlier_contract"
    assert "二倍工资" not in asked.message + asked.remedy
    assert rules_of(replace(long_at_work, earlier_contract=False)) >= NEVER_WRITTEN


@pytest.mark.parametrize(
    ("gap", "continued", "earlier", "count"),
    [(31, False, 1, 2), (32, False, 1, 0), (32, True, 1, 2), (400, True, 0, 1)],
)
def test_only_an_ended_relation_breaks_the_count(gap, continued, earlier, count):
    ended = date(2024, 12, 31)
    prior = (PriorTerm(date(2023, 1, 1), ended, "fixed", continued=continued),)
    again = ended + timedelta(days=gap)
    assert consecutive_fixed_terms(prior, again, ON, earlier=earlier) == count
