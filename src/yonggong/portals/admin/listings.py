"""Lists of accounts, of the access log and of what was done to cases."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from typing import Literal

from django.db.models import Q, QuerySet
from django.utils import timezone

from yonggong.accounts import leaving
from yonggong.accounts.models import AccessEntry, Grant, User
from yonggong.accounts.queries import access_log_visible_to, users_visible_to
from yonggong.accounts.roles import ROLES
from yonggong.cases.life import ACTION_TITLES
from yonggong.cases.listings import NumberCondition, columns_of_case
from yonggong.codes.names import person_name
from yonggong.codes.normalise import plain
from yonggong.listings import (
    Badge,
    ChoiceCondition,
    Column,
    Condition,
    DateRangeCondition,
    RelatedTextCondition,
    TextCondition,
    YesNoCondition,
)
from yonggong.listings.conditions import Params, Reading
from yonggong.portals.admin.looks import WHOSE

_STATE_BADGES: dict[str, Badge] = {
    User.State.ACTIVE: Badge("good", "circle-check"),
    User.State.FROZEN: Badge("warn", "lock"),
    User.State.CANCELLED: Badge("muted", "ban"),
}


def users(user: User) -> QuerySet[User]:
    """The accounts that `user` administers, as the list reads them."""
    return users_visible_to(user).prefetch_related("grants", "grants__agency", "grants__party")


def _scope(row: User) -> str:
    return "；".join(dict.fromkeys(grant.where for grant in row.grants.all()))


def _locked(row: User) -> str:
    held = row.locked_until is not None and row.locked_until > timezone.now()
    return "已锁定" if held else ""


USER_COLUMNS: tuple[Column, ...] = (
    Column(
        name="username",
        label="账号",
        value=lambda row: row.username,
        order_by=("username",),
        width=20,
    ),
    Column(name="name", label="姓名", value=lambda row: row.name, width=12),
    Column(name="roles", label="角色", value=lambda row: row.role_titles, width=24),
    Column(name="scope", label="管辖范围", value=_scope, width=36),
    Column(
        name="state",
        label="状态",
        value=lambda row: row.get_state_display(),
        order_by=("state",),
        badge=lambda row: _STATE_BADGES[row.state],
        width=10,
    ),
    Column(name="locked", label="登录锁定", value=_locked, width=10),
    Column(
        name="last_login",
        label="最近登录",
        value=lambda row: row.last_login,
        order_by=("last_login",),
        width=18,
    ),
    Column(
        name="created_at",
        label="创建时间",
        value=lambda row: row.created_at,
        order_by=("created_at",),
        shown=False,
        width=18,
    ),
)
USER_CONDITIONS: tuple[Condition, ...] = (
    TextCondition(name="username", label="账号", hint="账号开头", field="username"),
    TextCondition(
        name="name", label="姓名", hint="姓名开头", field="name", normalise=(person_name,)
    ),
    ChoiceCondition(name="state", label="状态", field="state", choices=tuple(User.State.choices)),
    ChoiceCondition(
        name="role",
        label="角色",
        q=lambda code: Q(pk__in=Grant.objects.filter(role=code).values("user")),
        choices=tuple((role.key, role.title) for role in ROLES.values()),
    ),
    YesNoCondition(
        name="granted",
        label="是否已授权",
        yes=Q(pk__in=Grant.objects.values("user")),
        no=~Q(pk__in=Grant.objects.values("user")) & ~Q(state=User.State.CANCELLED),
    ),
    ChoiceCondition(
        name="left",
        label="停用未移交",
        q=lambda _: leaving.left_behind(),
        choices=(("1", "有"),),
    ),
)


def entries(user: User) -> QuerySet[AccessEntry]:
    """The access log as the list reads it."""
    return access_log_visible_to(user)


@dataclass(frozen=True, kw_only=True)
class _AddressCondition(TextCondition):
    """A network address, found whole."""

    match: Literal["exact"] = "exact"

    def read(self, params: Params, user: User) -> Reading:
        reading = super().read(params, user)
        if reading.q is None:
            return reading
        try:
            ip_address(reading.typed[self.name].strip())
        except ValueError:
            return Reading(reading.typed, problem=f"请输入完整的{self.label}，如 192.0.2.1。")
        return reading


ENTRY_COLUMNS: tuple[Column, ...] = (
    Column(name="at", label="时间", value=lambda row: row.at, width=18),
    Column(
        name="user", label="操作人", value=lambda row: row.user.name if row.user else "—", width=12
    ),
    Column(
        name="account",
        label="账号",
        value=lambda row: row.user.username if row.user else "—",
        width=18,
    ),
    Column(name="kind", label="类别", value=lambda row: row.get_kind_display(), width=16),
    Column(name="subject", label="对象", value=lambda row: row.subject, width=36),
    Column(name="purpose", label="目的", value=lambda row: row.purpose, width=16),
    Column(name="detail", label="说明", value=lambda row: row.detail, long=True, width=48),
    Column(name="address", label="来源地址", value=lambda row: row.address or "", width=18),
)
ENTRY_CONDITIONS: tuple[Condition, ...] = (
    ChoiceCondition(
        name="kind", label="类别", field="kind", choices=tuple(AccessEntry.Kind.choices)
    ),
    RelatedTextCondition(
        name="account",
        label="操作人账号",
        hint="账号开头",
        field="username",
        related=lambda user: User.objects.all(),
        to="user",
    ),
    *WHOSE,
    TextCondition(
        name="key",
        label="对象编号",
        hint="办件编号、名册编号、账号等开头",
        field="key",
        normalise=(plain, str),
    ),
    _AddressCondition(name="address", label="来源地址", field="address", prominent=False),
    TextCondition(name="subject", label="对象", hint="对象开头", field="subject", prominent=False),
    DateRangeCondition(name="at", label="日期", field="at", moment=True),
)


EVENT_COLUMNS: tuple[Column, ...] = (
    Column(name="at", label="时间", value=lambda row: row.at, width=18),
    Column(name="by", label="操作人", value=lambda row: row.by.name, width=12),
    Column(name="account", label="账号", value=lambda row: row.by.username, width=18),
    Column(name="action", label="操作", value=lambda row: row.action_title, width=16),
    *columns_of_case("kind", "number", "applicant"),
    Column(name="opinion", label="意见", value=lambda row: row.opinion, long=True, width=40),
    Column(
        name="changed",
        label="变更内容",
        value=lambda row: "；".join(
            f"{label}：{old or '（空）'} → {new or '（空）'}" for _, label, old, new in row.changes
        ),
        shown=False,
        long=True,
        width=60,
    ),
    Column(name="address", label="来源地址", value=lambda row: row.address or "", width=18),
)
EVENT_CONDITIONS: tuple[Condition, ...] = (
    RelatedTextCondition(
        name="account",
        label="账号",
        hint="操作人账号开头",
        field="username",
        related=lambda user: User.objects.all(),
        to="by",
    ),
    ChoiceCondition(
        name="action",
        label="操作",
        field="action",
        choices=tuple((str(action), title) for action, title in ACTION_TITLES.items()),
    ),
    NumberCondition(field="case", prominent=True),
    DateRangeCondition(name="at", label="日期", field="at", moment=True, blocks=True),
)
