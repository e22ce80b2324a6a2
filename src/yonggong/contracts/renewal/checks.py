"""What refuses a renewal, and what the law says of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from yonggong.cases.attempts import Attempts
from yonggong.contracts import checking, findings
from yonggong.contracts.checking import Refused
from yonggong.contracts.findings import Found
from yonggong.forms import Problem

Values = Mapping[str, Any]


def refused(tried: Attempts, rows: Sequence[int]) -> Refused:
    """JL-4: the contract is in force, on a roster where the province says so, and has an end."""
    return checking.of_later(
        tried,
        rows,
        what="续订",
        needs_roster=tried.policy.renewal_needs_roster,
        extra=lambda values, about: of_values(values, previous_end=about.contract.end_on),
    )


def of_values(values: Values, *, previous_end: date | None) -> list[Problem]:
    """A renewal begins after the term it follows began, and has something to follow."""
    if previous_end is None:
        return [
            Problem(
                field="start_on",
                code="nothing_to_renew",
                message="原合同为无固定期限或没有约定结束日期，无需续订",
                remedy="合同内容变化的请办理变更备案",
            )
        ]
    if values["start_on"] <= previous_end:
        return [
            Problem(
                field="start_on",
                code="renewal_overlaps",
                message=f"续订起始日期应晚于原合同结束日期 {previous_end}",
                remedy="一般填原合同结束的次日",
                value=str(values["start_on"]),
            )
        ]
    return []


def found(tried: Attempts, rows: Sequence[int]) -> Found:
    """Of renewals: what their form does not ask comes from what now holds."""
    return findings.of_later(tried, rows, renews=True)
