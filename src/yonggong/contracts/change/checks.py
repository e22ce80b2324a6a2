"""What refuses a change, and what the law says of it."""

from __future__ import annotations

from collections.abc import Sequence

from yonggong.cases.attempts import Attempts
from yonggong.contracts import checking, findings
from yonggong.contracts.checking import Refused
from yonggong.contracts.findings import Found


def refused(tried: Attempts, rows: Sequence[int]) -> Refused:
    """A change is of a contract in force."""
    return checking.of_later(
        tried, rows, what="变更", needs_roster=False, extra=lambda values, about: []
    )


def found(tried: Attempts, rows: Sequence[int]) -> Found:
    """Of changes: what their form does not ask comes from what now holds."""
    return findings.of_later(tried, rows, renews=False)
