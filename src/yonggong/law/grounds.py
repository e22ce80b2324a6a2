"""Grounds for ending a contract: the national table ``end_reason`` with what law adds to it.

``tables/ending_grounds.csv`` holds, by the same codes, which protection applies (42: no ending
under 40 and 41; 45: prolonged at expiry), whether the union is told first, and what was due for
service before 2008-01-01.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from yonggong.codes.tables import table
from yonggong.law.tables import rows

Before2008 = Literal["none", "capped", "uncapped", "unknown"]


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground.

    ``severance`` is "yes", "no" or "depends"; ``notice_days`` are days of notice owed;
    ``protection`` is 42, 45 or None; ``before_2008`` says whether service before 2008 counts,
    with at most twelve months ("capped"), without limit, not at all, or that it is not known.
    """

    code: str
    name: str
    initiator: str
    severance: str
    notice_days: int
    protection: int | None
    union_notice: bool
    before_2008: Before2008
    before_2008_article: int | None

    def is_under(self, *articles: str) -> bool:
        """Say whether the ground belongs to one of the groups, as 40 or 41."""
        return self.code[:2] in articles


@cache
def grounds() -> dict[str, Ground]:
    """Give every ground by its code."""
    reasons = table("end_reason")
    found: dict[str, Ground] = {}
    for row in rows("ending_grounds"):
        reason = reasons.get(row["code"])
        found[reason.code] = Ground(
            code=reason.code,
            name=reason.name,
            initiator=reason.extras["initiator"],
            severance=reason.extras["severance"],
            notice_days=int(reason.extras["notice_days"] or 0),
            protection=int(row["protection"]) if row["protection"] else None,
            union_notice=row["union_notice"] == "yes",
            before_2008=_before_2008(row["before_2008"]),
            before_2008_article=(
                int(row["before_2008_article"]) if row["before_2008_article"] else None
            ),
        )
    return found


def _before_2008(text: str) -> Before2008:
    match text:
        case "none" | "capped" | "uncapped" | "unknown":
            return text
    raise ValueError(f"before_2008 must not be {text!r}")


def ground_of(code: str | None) -> Ground | None:
    """Give the ground of a code; None when the code is empty or not in the table."""
    return grounds().get(code) if code else None
