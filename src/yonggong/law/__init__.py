"""Rules of labour law as pure functions, with articles and dates in force."""

from yonggong.law.check import (
    check_annual,
    check_contract,
    check_ending,
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

__all__ = [
    "AnnualFacts",
    "AnyRule",
    "Article",
    "ContractFacts",
    "DispatchSide",
    "EndingFacts",
    "Finding",
    "PriorTerm",
    "Rule",
    "Severity",
    "WorkforceFacts",
    "check_annual",
    "check_contract",
    "check_ending",
    "check_workforce",
    "rule",
    "rules",
]
