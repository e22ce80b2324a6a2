"""The list of what the registration authorities gave: who is registered and has not filed, who is asked
to file what."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.codes import regions, tables
from yonggong.codes.names import employer_name
from yonggong.codes.normalise import plain
from yonggong.employers.models import AskedFiling
from yonggong.listings import (
    Badge,
    ChoiceCondition,
    Column,
    DateRangeCondition,
    RegionCondition,
    TextCondition,
)
from yonggong.registry.models import Employer, Registration
from yonggong.registry.queries import registrations_visible_to

_EMPLOYER = Employer.objects.filter(credit_code=OuterRef("credit_code"))
_ASKED = AskedFiling.objects.filter(
    employer__credit_code=OuterRef("credit_code"), settled_at=None
).order_by("due_on")
# Registered, and no filing of it approved: those whose registration is over have none to make.
NOT_FILED = Q(
    ~Exists(_EMPLOYER.exclude(state=Employer.State.UNFILED)), state=Registration.State.ACTIVE
)


def not_filed(user: User) -> QuerySet[Registration]:
    """Units in the regions of `user` that are registered and have not filed (NMG-9)."""
    return registrations_visible_to(user).filter(NOT_FILED)


def rows(user: User) -> QuerySet[Registration]:
    """The registrations that exist for `user`, each with the employer of its code (`employer`, `filing`:
    its key and state) and what that is asked to file (`act`, `due_on`)."""
    return registrations_visible_to(user).annotate(
        employer=Subquery(_EMPLOYER.values("pk")[:1]),
        filing=Subquery(_EMPLOYER.values("state")[:1]),
        act=Subquery(_ASKED.values("act")[:1]),
        due_on=Subquery(_ASKED.values("due_on")[:1]),
    )


def _filing(row: Any) -> str:
    if row.filing is None:
        return "未备案" if not row.is_over else "—"
    return str(Employer.State(row.filing).label)


def _filing_badge(row: Any) -> Badge | None:
    unfiled = row.filing in (None, Employer.State.UNFILED) and not row.is_over
    return Badge("warn", "alert-triangle") if unfiled else None


def _asked(row: Any) -> str:
    return f"应办{AskedFiling.Act(row.act).label}" if row.act else ""


_STATE_BADGES = {
    Registration.State.ACTIVE: Badge("good", "circle-check"),
    Registration.State.REVOKED: Badge("bad", "ban"),
    Registration.State.CANCELLED: Badge("muted", "ban"),
}

COLUMNS = (
    Column(name="name", label="单位名称", value=lambda row: row.name, width=34),
    Column(
        name="credit_code", label="统一社会信用代码", value=lambda row: row.credit_code, width=22
    ),
    Column(
        name="register", label="登记部门", value=lambda row: row.get_register_display(), width=12
    ),
    Column(
        name="region",
        label="登记地",
        value=lambda row: regions.full_name(row.region_code),
        width=28,
    ),
    Column(name="registered_on", label="成立日期", value=lambda row: row.registered_on, width=14),
    Column(
        name="state",
        label="登记状态",
        value=lambda row: row.get_state_display(),
        badge=lambda row: _STATE_BADGES[row.state],
        width=10,
    ),
    Column(name="filing", label="备案状态", value=_filing, badge=_filing_badge, width=12),
    Column(
        name="asked",
        label="应办事项",
        value=_asked,
        badge=lambda row: Badge("warn", "alert-triangle") if row.act else None,
        width=16,
    ),
    Column(name="due_on", label="应当办理之日", value=lambda row: row.due_on, width=14),
    Column(
        name="legal_representative",
        label="法定代表人",
        value=lambda row: row.legal_representative,
        shown=False,
        width=12,
    ),
    Column(
        name="economic_type",
        label="经济类型",
        value=lambda row: (
            tables.table("economic_type").label(row.economic_type) if row.economic_type else ""
        ),
        shown=False,
        width=18,
    ),
    Column(name="address", label="住所", value=lambda row: row.address, shown=False, width=34),
    Column(
        name="state_on",
        label="吊销、注销日期",
        value=lambda row: row.state_on,
        shown=False,
        width=14,
    ),
    Column(
        name="seen_at", label="最近载入时间", value=lambda row: row.seen_at, shown=False, width=18
    ),
    Column(name="source", label="来源", value=lambda row: row.source, shown=False, width=28),
)


def _asked_for(act: AskedFiling.Act) -> Q:
    return Q(Exists(_ASKED.filter(act=act)))


_DOING: dict[str, tuple[str, Q]] = {
    "not_filed": ("已登记、未备案", NOT_FILED),
    "change": ("应办变更备案", _asked_for(AskedFiling.Act.CHANGE)),
    "cancel": ("应办注销备案", _asked_for(AskedFiling.Act.CANCEL)),
}

CONDITIONS = (
    TextCondition(
        name="name",
        label="单位名称",
        hint="单位名称开头",
        field="name",
        normalise=(employer_name,),
    ),
    TextCondition(
        name="credit_code",
        label="信用代码",
        hint="18 位统一社会信用代码",
        field="credit_code",
        match="exact",
        normalise=(plain,),
    ),
    ChoiceCondition(
        name="doing",
        label="办理情况",
        choices=tuple((code, label) for code, (label, _) in _DOING.items()),
        q=lambda code: _DOING[code][1],
    ),
    RegionCondition(
        name="region",
        label="登记地",
        field="region_code",
        within=lambda user: user.scope.regions(Power.SEE_REGION),
    ),
    ChoiceCondition(
        name="state", label="登记状态", field="state", choices=tuple(Registration.State.choices)
    ),
    DateRangeCondition(
        name="registered_on", label="成立日期", field="registered_on", prominent=False
    ),
)
