"""What the change of a user unit's filing writes: its own row, which holds in place of the other's."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from yonggong.accounts.models import User
from yonggong.cases.attempts import Attempt
from yonggong.cases.models import Case
from yonggong.contracts.posting_change.checks import meant
from yonggong.contracts.posting_parts import effects_with, keep_what_was_changed, mark


def _whose(attempt: Attempt) -> dict[str, Any]:
    before = meant(attempt)
    assert before is not None
    return {
        "replaces": before,
        "worker": before.worker,
        "name": before.name,
        "dispatcher_code": before.dispatcher_code,
        "dispatcher": before.dispatcher,
    }


def _applied(case: Case, by: User, now: datetime) -> None:
    """The row holds from now on; nothing else is written."""
    mark(case)


def _revoked(case: Case, by: User, now: datetime) -> None:
    """What was filed before holds again."""
    keep_what_was_changed(case)
    mark(case)


EFFECTS = effects_with(_whose, applied=_applied, revoked=_revoked)
