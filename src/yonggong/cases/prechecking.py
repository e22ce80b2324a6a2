"""What rooms above look up before an application of a service item is taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from yonggong.cases.attempts import Attempts, Check
from yonggong.forms import Problem

_checks: list[Check[Problem]] = []


def checked_before(check: Check[Problem]) -> None:
    """Have a room above refuse rows of service items, with or without code."""
    if check not in _checks:
        _checks.append(check)


def refusals(tried: Attempts, rows: Sequence[int]) -> Mapping[int, Sequence[Problem]]:
    """What they refuse, by row."""
    found: dict[int, list[Problem]] = {}
    if tried.kind.is_service:
        for check in _checks:
            for row, problems in check(tried, rows).items():
                found.setdefault(row, []).extend(problems)
    return found
