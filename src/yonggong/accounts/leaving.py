"""Whoever leaves, or gives a role up, hands over first what waits for them: rooms above say what that is
(人员调动)."""

from __future__ import annotations

from collections.abc import Callable

from yonggong.accounts.actions import AccountProblem
from yonggong.accounts.models import Grant, User

# From an account, and the grant that goes (None: all of them), to what waits, in words; "" for nothing.
Waits = Callable[[User, Grant | None], str]
_waits: list[Waits] = []


def when_leaving(waits: Waits) -> None:
    """Ask `waits` before an account is frozen or cancelled, or loses a role."""
    _waits.append(waits)


def check_handed_over(account: User, grant: Grant | None = None) -> None:
    """Raise `AccountProblem` where something waits for the account's holder."""
    said = "、".join(filter(None, (waits(account, grant) for waits in _waits)))
    if said:
        raise AccountProblem(f"该账号名下有{said}，请先在账号页面移交给同事或者退回待审核。")
