"""Whoever leaves, or gives a role up, hands over first what waits for them: rooms above say what that is
(人员调动)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db.models import Q, QuerySet

from yonggong.accounts.actions import AccountProblem
from yonggong.accounts.models import Grant, User


class HandOver(Protocol):
    """Gives what lies with an account to somebody, as far as they may take it; how much it was. Raises
    `AccountProblem`."""

    def __call__(
        self,
        *,
        account: User,
        to: User | None,
        reason: str,
        by: User,
        now: datetime,
        address: str | None,
    ) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A kind of work that may lie with an account.

    name        by which a page names it
    title       what it is called, as after "未办结的"
    measure     what it is counted by
    count       from an account, and the grant that goes (None: all of them), to how much waits
    lies_with   the accounts with which some of it lies
    successors  who may take over what lies with an account
    who         who that is, in words
    without     what becomes of it without a successor, in words; "" where there has to be one
    hand_over   how it is given to them
    """

    name: str
    title: str
    measure: str
    count: Callable[[User, Grant | None], int]
    lies_with: Callable[[], Q]
    successors: Callable[[User], QuerySet[User]]
    who: str
    without: str = ""
    hand_over: HandOver

    def told(self, count: int) -> str:
        """How much of it, in words."""
        return f" {count} {self.measure}{self.title}"


_works: dict[str, Work] = {}


def when_leaving(work: Work) -> None:
    """Have it handed over before an account is frozen or cancelled, or loses a role."""
    _works[work.name] = work


def works() -> tuple[Work, ...]:
    """All kinds of work."""
    return tuple(_works.values())


def left_behind() -> Q:
    """The accounts that nobody can use any more and that some work still lies with: they were frozen in an
    emergency, or by the system, which asks nobody who takes over."""
    lies = Q(pk__in=[])
    for work in works():
        lies |= work.lies_with()
    return lies & ~Q(state=User.State.ACTIVE)


def check_handed_over(account: User, grant: Grant | None = None) -> None:
    """Raise `AccountProblem` where something waits for the account's holder."""
    counts = [(work, work.count(account, grant)) for work in works()]
    said = "、".join(work.told(count) for work, count in counts if count)
    if said:
        raise AccountProblem(f"该账号名下有{said}，请先在账号页面移交给同事{_or_back(counts)}。")


def _or_back(counts: list[tuple[Work, int]]) -> str:
    back = [work.without for work, count in counts if count and work.without]
    return f"或者{'、'.join(back)}" if back else ""


def unfit(account: User, to: User | None) -> str:
    """Why all that waits for an account cannot be handed over to somebody, or without one; "" where it
    can. Whom it names takes what they may; the rest goes where it goes without a successor."""
    takes = [work for work in works() if to and work.successors(account).filter(pk=to.pk).exists()]
    if to is not None and not takes:
        return f"该账号不能接替，接替人须是{'，或者'.join(work.who for work in works())}"
    for work in works():
        count = work.count(account, None) if work not in takes and not work.without else 0
        if count:
            return f"其名下有{work.told(count)}，须由{work.who}接替"
    return ""


def hand_over_all(
    *, account: User, to: User | None, reason: str, by: User, now: datetime, address: str | None
) -> None:
    """Hand all of it over as `unfit` says. Raises `AccountProblem` where something is left."""
    hand_over_able(account=account, to=to, reason=reason, by=by, now=now, address=address)
    check_handed_over(account)


def hand_over_able(
    *, account: User, to: User | None, reason: str, by: User, now: datetime, address: str | None
) -> None:
    """Hand over what somebody may take, or what needs nobody; the rest stays. Raises `AccountProblem`."""
    for work in works():
        takes = to if to and work.successors(account).filter(pk=to.pk).exists() else None
        if takes or work.without:
            work.hand_over(
                account=account, to=takes, reason=reason, by=by, now=now, address=address
            )
