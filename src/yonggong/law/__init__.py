"""Rules of labour law as pure functions, with articles and dates in force."""

from yonggong.law.check import (
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
from yonggong.law.facts import (
    AnnualFacts,
    ContractFacts,
    DispatchSide,
    EndingFacts,
    PriorTerm,
    WorkforceFacts,
)
from yonggong.law.findings import Article, Finding, Severity
from yonggong.law.registry import AnyRule, Rule
from yonggong.law.relations_facts import CollectiveFacts, DisputeFacts, SpecialHoursFacts

__all__ = [
    "AnnualFacts",
    "AnyRule",
    "Article",
    "CollectiveFacts",
    "ContractFacts",
    "DispatchSide",
    "DisputeFacts",
    "EndingFacts",
    "Finding",
    "PriorTerm",
    "Rule",
    "Severity",
    "SpecialHoursFacts",
    "WorkforceFacts",
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
