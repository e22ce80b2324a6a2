"""What is ordered of those who administer accounts, and how they do it: one creates, another grants."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from yonggong.accounts import actions, administering, granting, holders
from yonggong.accounts.actions import AccountProblem
from yonggong.accounts.models import Grant, User
from yonggong.accounts.roles import ROLES, Branch, Power
from yonggong.accounts.telling import Told, tell
from yonggong.cases.models import Case
from yonggong.codes import regions
from yonggong.registry.actions import id_card_digest
from yonggong.registry.models import Agency
from yonggong.staff.models import Order
from yonggong.staff.queries import orders_visible_to

State = Order.State


def order_new(case: Case, rows: Mapping[int, Mapping[str, Any]], *, now: datetime) -> None:
    """Order an account for each of these rows (name, unit, post, branch, rights), by their place, of an
    approved application."""
    agency = Agency.objects.get(pk=case.applicant_id)
    Order.objects.bulk_create(
        Order(
            case=case,
            row=place,
            state=State.CREATE,
            branch=row.get("branch") or Branch.BUSINESS,
            name=row["name"],
            unit=row.get("unit") or agency.name,
            post=row.get("post") or "",
            rights=row.get("rights") or "",
            region_code=row.get("region_code") or case.region_code,
            agency=row.get("agency") or agency,
            ordered_at=now,
        )
        for place, row in rows.items()
    )
    for region in sorted(
        {str(row.get("region_code") or case.region_code) for row in rows.values()}
    ):
        _tell("system_administrator", region, case, "有账号申请待创建账号", now)


def order_rights(case: Case, values: Mapping[str, Any], account: User, *, now: datetime) -> None:
    """Order other rights for an account."""
    agency = Agency.objects.get(pk=case.applicant_id)
    Order.objects.create(
        case=case,
        state=State.GRANT,
        branch=values["branch"],
        name=account.name,
        unit=agency.name,
        rights=values["rights"],
        region_code=case.region_code,
        agency=agency,
        account=account,
        ordered_at=now,
    )
    _tell("business_administrator", case.region_code, case, "有账号申请待分配权限", now)


@transaction.atomic
def create(
    *,
    order: Order,
    username: str,
    by: User,
    now: datetime,
    address: str | None,
    id_number: str = "",
) -> tuple[User, str]:
    """Create the account that was ordered, for the person of the application, or of `id_number` where
    that gives none; it and its initial password, which is shown once. Raises `AccountProblem`,
    `Order.DoesNotExist` out of reach."""
    order = _locked(order, by, State.CREATE)
    _reaches(by, order, Power.MANAGE_ACCOUNTS)
    asked = _asked(order)
    password = administering.initial_password()
    account = actions.create_user(
        username=username,
        name=order.name,
        mobile=str(asked.get("mobile") or ""),
        email=str(asked.get("email") or ""),
        password=password,
        region_code=order.region_code,
        by=by,
        address=address,
    )
    if number := asked.get("id_number") or id_number:
        digest = id_card_digest(str(number))
        holders.issue(account=account, digest=digest, by=by, address=address)
        account.refresh_from_db()
    order.account, order.state = account, State.GRANT
    order.created_by, order.created_at = by, now
    order.save()
    title = "有账号申请待分配权限"
    _tell("business_administrator", order.region_code, order.case, title, now)
    return account, password


@transaction.atomic
def grant(
    *,
    order: Order,
    role: str,
    by: User,
    now: datetime,
    address: str | None,
    instead_of: Collection[int] = (),
) -> Order:
    """Give the account the role that was ordered, at the agency that applied, or in its region; and
    take away those of its grants (keys) that it is `instead_of`.
    Raises `AccountProblem`, `Order.DoesNotExist` out of reach."""
    order = _locked(order, by, State.GRANT)
    _reaches(by, order, Power.GRANT_RIGHTS)
    if role not in ROLES or ROLES[role].branch != order.branch:
        raise AccountProblem("请选择申请单上账号类别的角色。")
    if order.created_by_id == by.pk:
        raise AccountProblem("创建账号的人不能分配权限，请由业务管理员办理。")
    assert order.account is not None
    given = granting.grant(
        user=order.account,
        role=role,
        region_code=order.region_code,
        department=order.agency.department,
        agency_id=order.agency_id if ROLES[role].at_agency else None,
        by=by,
        address=address,
    )
    for old in held_in_reach(order, by):
        if old.pk in instead_of and old != given:
            granting.revoke(grant=old, by=by, address=address)
    order.state, order.granted_by, order.granted_at = State.DONE, by, now
    order.save()
    title = f"已为您分配权限：{ROLES[role].title}"[:100]
    body = f"申请单 {order.case.number} 办理完毕。"
    about = f"order-{order.case_id}-granted"
    tell(Told(user=order.account.pk, about=about, title=title, body=body, at=now))
    return order


def is_of_nobody(order: Order) -> bool:
    """Whether the application does not say by their number whose account it is to be."""
    return not _asked(order).get("id_number")


def held_in_reach(order: Order, by: User) -> list[Grant]:
    """What the account has already that `by` may take away: where a change of rights is ordered."""
    held = Grant.objects.filter(user=order.account_id, party=None).order_by("pk")
    return [
        one
        for one in held.select_related("agency", "user")
        if by.scope.covers(one.region_code, Power.GRANT_RIGHTS, department=None)
    ]


def role_asked(order: Order) -> str:
    """The role that the application names, or that its kind of account has; at a community platform
    the clerk's, at a bureau the reviewer's, where it names none."""
    if order.branch != Branch.BUSINESS:
        return next(key for key, role in ROLES.items() if role.branch == order.branch)
    asked = _asked(order)
    at_platform = "counter_clerk" if asked.get("station") else "reviewer"
    return str(asked.get("role") or at_platform)


def _tell(role: str, region_code: str, case: Case, title: str, now: datetime) -> None:
    """Tell the nearest administrators of the region that something waits for them."""
    for place in regions.upwards(region_code):
        held = Grant.objects.filter(
            role=role, region_code=place, user__state=User.State.ACTIVE
        ).values_list("user", flat=True)
        if users := sorted(set(held)):
            break
    else:
        return
    body = f"申请单 {case.number}，请在“账号办理”中办理。"
    for user in users:
        tell(Told(user=user, about=f"order-{case.pk}-{role}", title=title, body=body, at=now))


def _asked(order: Order) -> Mapping[str, Any]:
    """The row of the application."""
    values: Mapping[str, Any] = order.case.values
    rows = values.get("rows")
    return rows[order.row] if rows else values


def _locked(order: Order, by: User, state: str) -> Order:
    found = orders_visible_to(by).select_related(None).select_for_update().get(pk=order.pk)
    if found.state != state:
        raise AccountProblem(f"该项已由他人办理，现为“{found.get_state_display()}”。")
    return found


def _reaches(by: User, order: Order, power: Power) -> None:
    if not by.scope.covers(order.region_code, power, department=None):
        raise AccountProblem("该地区不在您的管辖范围内。")
