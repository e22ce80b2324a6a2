"""One step of a calculation, as shown to people."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from yonggong.law.findings import Article

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Step:
    """What was reckoned in one step, in plain Chinese, and the article it rests on."""

    text: str
    article: Article | None = None


def yuan(amount: Decimal) -> Decimal:
    """Round to two places, half up."""
    return amount.quantize(_CENT, rounding=ROUND_HALF_UP)
