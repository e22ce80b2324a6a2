"""Rules of labour law as pure functions, with articles and dates in force."""

from yonggong.law.check import check_contract
from yonggong.law.facts import ContractFacts, DispatchSide, EndingFacts, PriorTerm, WorkforceFacts
from yonggong.law.findings import Article, Finding, Severity

__all__ = [
    "Article",
    "ContractFacts",
    "DispatchSide",
    "EndingFacts",
    "Finding",
    "PriorTerm",
    "Severity",
    "WorkforceFacts",
    "check_contract",
]
