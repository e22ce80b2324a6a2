"""A case of a rule: the facts, and whether the rule speaks, cited by article."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

ON = date(2026, 11, 2)


@dataclass(frozen=True)
class Case:
    """``article`` names the law (LCL: Labour Contract Law, LL: Labour Law, REG: Regulations)."""

    rule: str
    article: str
    says: str
    facts: Mapping[str, object]
    speaks: bool
    on: date = ON

    @property
    def id(self) -> str:
        return f"{self.rule} {self.article} {self.says}"


def day(text: str) -> date:
    """Read a date written 2026-11-02."""
    return date.fromisoformat(text)


def yuan(text: str) -> Decimal:
    """Read money or hours written 2000.00."""
    return Decimal(text)
