"""Run all rules in force on a day over one set of facts."""

from __future__ import annotations

from datetime import date

from yonggong.law.facts import ContractFacts
from yonggong.law.findings import Finding
from yonggong.law.registry import contract_checks_on
from yonggong.law.rules import SUBJECTS

__all__ = ["SUBJECTS", "check_contract"]  # importing SUBJECTS registers the rules


def check_contract(facts: ContractFacts, on: date) -> list[Finding]:
    """Give what the contract rules in force on ``on`` find; an empty list when all is well."""
    found: list[Finding] = []
    for check in contract_checks_on(on):
        if said := check(facts, on):
            found.extend(said)
    return found
