"""Roles given and taken away, each where it is to hold; powers stay apart (SX-5)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from yonggong.accounts import holders
from yonggong.accounts.actions import AccountProblem, record_account
from yonggong.accounts.leaving import check_handed_over
from yonggong.accounts.models import Grant, User
from yonggong.accounts.roles import ADMINISTRATIVE, BRANCHES, ROLES, Branch, Power, titles, united
from yonggong.catalogue.items import HUMAN_RESOURCES
from yonggong.codes import regions


@transaction.atomic
def grant(
    *,
    user: User,
    role: str,
    region_code: str = "",
    department: str = HUMAN_RESOURCES,
    agency_id: int | None = None,
    party_id: int | None = None,
    by: User | None,
    address: str | None = None,
) -> Grant:
    """Give `user` a role where it is to hold: in a region for a department, at an agency for that
    agency's, or for a party.

    Raises `AccountProblem` where the role would join two powers that SX-5 keeps apart, in the
    account or in what the person has in all their accounts; for one's own, whichever account of
    one's own it is; outside the granter's region; and for an account that is cancelled.
    """
    # Locked, so that two roles kept apart are not given in the same moment; the person first.
    holder = holders.locked(user)
    user = User.objects.select_for_update().get(pk=user.pk)
    if by is not None:
        _check_granter(by, user, region_code)
    if user.state == User.State.CANCELLED:
        raise AccountProblem("该账号已注销，不能授予权限。")
    held = frozenset(user.grants.values_list("role", flat=True)) | {role}
    if both := united(held):
        raise AccountProblem(f"同一账号不得兼任{titles(both)}，请由其他人员担任。")
    branch = ROLES[role].branch
    if holder is not None and holder.branch not in (None, branch):
        has = BRANCHES[Branch(holder.branch)]
        raise AccountProblem(
            f"该账号使用人的另一账号是{has}账号，同一人不得兼任{BRANCHES[branch]}，请由其他人员担任。"
        )
    if by is not None and party_id is None and holder is None:
        raise AccountProblem(_UNKNOWN)
    # A dict, for the stubs know no None in a look-up.
    where: dict[str, Any] = {"agency_id": agency_id, "party_id": party_id}
    if agency_id is None:  # an agency's grant has that agency's
        where["department"] = department
    granted, created = Grant.objects.get_or_create(
        user=user,
        role=role,
        region_code=region_code,
        **where,
        defaults={"granted_by": by},
    )
    if created:
        record_account(
            user, f"授予角色 {ROLES[role].title}，{granted.where}", by=by, address=address
        )
    return granted


@transaction.atomic
def revoke(*, grant: Grant, by: User, address: str | None = None) -> None:
    """Take a role away. Raises `AccountProblem` for one's own, and for the last of its kind."""
    if holders.is_own(by, grant.user):
        raise AccountProblem(_OWN)
    _take_away(grant, by, address)


@transaction.atomic
def give_up(*, grant: Grant, address: str | None = None) -> None:
    """Let its holder act for a party no more, by their own will. Raises `AccountProblem` for a role of
    an office, which is not theirs to lay down."""
    if grant.party_id is None:
        raise AccountProblem(_OWN)
    _take_away(grant, grant.user, address)


def _take_away(grant: Grant, by: User, address: str | None) -> None:
    holder = holders.locked(grant.user)
    check_not_last(grant.user, [grant])
    check_handed_over(grant.user, grant)
    record_account(
        grant.user, f"收回角色 {ROLES[grant.role].title}，{grant.where}", by=by, address=address
    )
    grant.delete()
    if not Grant.objects.filter(user=grant.user_id).exists():
        User.objects.filter(pk=grant.user_id).update(branch=None)
        holders.free(holder)


_UNKNOWN = (
    "该账号尚未登记使用人的身份证号，不能认定同一人的全部账号，不能授予权限。"
    "请系统管理员先在账号页面登记。"
)
_OWN = "不能变更本人的权限，请由其他业务管理员办理。"


def _check_granter(by: User, user: User, region_code: str) -> None:
    """Nobody grants themself anything, and power over accounts ends at its region. What is granted
    for a party is the matter of whoever decides that (`employers.operators`)."""
    if holders.is_own(by, user):
        raise AccountProblem(_OWN)
    if region_code and not by.scope.covers(region_code, Power.GRANT_RIGHTS, department=None):
        raise AccountProblem("该地区不在您的管辖范围内，不能授予权限。")


def check_not_last(account: User, grants: Iterable[Grant]) -> None:
    """Refuse that the last one of an administrative role goes: then nobody could give it again.

    Raises `AccountProblem`. Held until the transaction ends, so that the last two do not go at once.
    """
    for grant in grants:
        if grant.role not in ADMINISTRATIVE:
            continue
        others = Grant.objects.select_for_update().filter(
            role=grant.role, region_code__in=regions.upwards(grant.region_code)
        )
        if not any(
            other.user_id != account.pk and other.user.state == User.State.ACTIVE
            for other in others.select_related("user")
        ):
            raise AccountProblem(
                f"该账号是{grant.where}唯一的{ROLES[grant.role].title}，请先授权接替的人。"
            )
