"""What rooms above do around a step that an office ends: checks before, what follows after."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

from yonggong.accounts.models import User
from yonggong.cases.models import Case, Step
from yonggong.cases.procedure import Outcome

Check = Callable[[Case, Step, Outcome, Mapping[str, Any], datetime], None]


class Follow(Protocol):
    """What follows a step that was ended."""

    def __call__(self, case: Case, step: Step, *, by: User, now: datetime) -> object:
        """Called inside the transaction, once the step and the case are written."""


_checks: list[Check] = []
_followers: list[Follow] = []


def before_ended(check: Check) -> None:
    """Have every step looked at before it ends: `check` is given the case, the step, the outcome, what
    was filled in, typed, and the moment, and raises `Refused`."""
    if check not in _checks:
        _checks.append(check)


def when_ended(follow: Follow) -> None:
    """Have a room above do what follows a step."""
    if follow not in _followers:
        _followers.append(follow)


def check(
    case: Case, step: Step, outcome: Outcome, values: Mapping[str, Any], now: datetime
) -> None:
    """Raises `Refused`."""
    for one in _checks:
        one(case, step, outcome, values, now)


def follow(case: Case, step: Step, *, by: User, now: datetime) -> None:
    """Do what follows."""
    for one in _followers:
        one(case, step, by=by, now=now)
