"""Accounts that people of an agency have: found by their name, and frozen, unfrozen or cancelled by an approved
application."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from yonggong.accounts import administering, leaving
from yonggong.accounts.actions import AccountProblem
from yonggong.accounts.models import User
from yonggong.cases.errors import refused
from yonggong.cases.models import Case
from yonggong.registry.models import Agency

Act = administering.Act
_BACK = "请退回申请单位核对"


def account_named(username: str, agency: int) -> User | None:
    """The account of that name of an agency (its key): with a role at it, or with one that holds in
    just its region, as those of its heads, inspectors and administrators do. Of a community platform
    only the former are its own."""
    own = Agency.objects.get(pk=agency)
    held = Q(grants__agency=own)
    if own.level != Agency.Level.COMMUNITY:
        held |= Q(
            grants__agency=None,
            grants__party=None,
            grants__region_code=own.region_code,
            grants__department=own.department,
        )
    named = User.objects.named(username).exclude(state=User.State.CANCELLED)
    return named.filter(held).distinct().first() if username else None


def account_of(username: str, agency: int) -> User:
    """The same, when an application of it takes effect. Raises `Refused` where it is gone."""
    account = account_named(username, agency)
    if account is None:
        raise refused("", "gone", f"申请的账号“{username}”已经注销或者不在该机构", _BACK)
    return account


def carry_out(
    case: Case, account: User, act: Act, *, to: User | None, by: User, now: datetime
) -> None:
    """Do to the account what an approved application asks for; whoever leaves hands over first, `to` a
    colleague or, where there need be none, back. Raises `Refused`."""
    said = f"账号申请 {case.number}"
    try:
        if act in (Act.FREEZE, Act.CANCEL):
            leaving.hand_over_all(account=account, to=to, reason=said, by=by, now=now, address=None)
        administering.carry_out_approved(account=account, act=act, said=said, by=by)
    except AccountProblem as problem:
        raise refused("", "account", str(problem).rstrip("。"), _BACK) from None
