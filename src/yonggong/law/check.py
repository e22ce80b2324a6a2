"""Run all rules in force on a day over one set of facts."""

from __future__ import annotations

from datetime import date
from functools import cache

from yonggong.law.facts import AnnualFacts, ContractFacts, EndingFacts, WorkforceFacts
from yonggong.law.findings import Finding
from yonggong.law.registry import (
    ANNUAL,
    COLLECTIVE,
    CONTRACT,
    DISPUTE,
    ENDING,
    SPECIAL_HOURS,
    WORKFORCE,
    AnyRule,
    all_rules,
)
from yonggong.law.relations_facts import CollectiveFacts, DisputeFacts, SpecialHoursFacts
from yonggong.law.rules import SUBJECTS

# Importing SUBJECTS registers the rules.
__all__ = [
    "SUBJECTS",
    "check_annual",
    "check_collective",
    "check_contract",
    "check_dispute",
    "check_ending",
    "check_special_hours",
    "check_workforce",
    "rule",
    "rules",
]


@cache
def _by_name() -> dict[str, AnyRule]:
    return {one.name: one for one in all_rules()}


def rules() -> tuple[AnyRule, ...]:
    """Give every rule, in the order of their registers."""
    return tuple(_by_name().values())


def rule(name: str) -> AnyRule:
    """Give the rule of that name; KeyError when there is none."""
    return _by_name()[name]


def check_contract(facts: ContractFacts, on: date) -> list[Finding]:
    """Give what the contract rules in force on ``on`` find; an empty list when all is well.

    ``on`` is the day whose law applies (the filing's day); for a contract not yet written it is
    also the day up to which delay is counted.
    """
    return CONTRACT.check(facts, on)


def check_ending(facts: EndingFacts, on: date) -> list[Finding]:
    """Give what the rules on ending a contract, in force on ``on``, find."""
    return ENDING.check(facts, on)


def check_workforce(facts: WorkforceFacts, on: date) -> list[Finding]:
    """Give what the rules on an employer's whole workforce, in force on ``on``, find."""
    return WORKFORCE.check(facts, on)


def check_annual(facts: AnnualFacts, on: date) -> list[Finding]:
    """Give what the rules on an annual filing, in force on ``on``, find."""
    return ANNUAL.check(facts, on)


def check_collective(facts: CollectiveFacts, on: date) -> list[Finding]:
    """Give what the rules on a collective contract sent for review, in force on ``on``, find."""
    return COLLECTIVE.check(facts, on)


def check_special_hours(facts: SpecialHoursFacts, on: date) -> list[Finding]:
    """Give what the rules on special hours applied for, in force on ``on``, find."""
    return SPECIAL_HOURS.check(facts, on)


def check_dispute(facts: DisputeFacts, on: date) -> list[Finding]:
    """Give what the rules on an application for arbitration, in force on ``on``, find."""
    return DISPUTE.check(facts, on)
