"""Lists of employers, and of what names one: columns and conditions for every list to choose from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.codes import regions, tables
from yonggong.codes.names import employer_name
from yonggong.codes.normalise import plain
from yonggong.listings import (
    Badge,
    ChoiceCondition,
    Column,
    Condition,
    DateRangeCondition,
    RegionCondition,
    RelatedTextCondition,
    TextCondition,
    chosen,
    seen_through,
)
from yonggong.registry.models import Employer
from yonggong.registry.queries import employers_spelled, employers_visible_to, may_see_whole

_BADGES: dict[str, Badge] = {
    Employer.State.UNFILED: Badge("wait", "hourglass"),
    Employer.State.FILED: Badge("good", "circle-check"),
    Employer.State.CANCELLED: Badge("muted", "ban"),
}


def rows(user: User) -> QuerySet[Employer]:
    """The employers that exist for `user`, as the list reads them."""
    return employers_visible_to(user).select_related("agency")


def _label(table: str, code: str) -> str:
    return tables.table(table).label(code) if code else ""


COLUMNS: dict[str, Column] = {
    column.name: column
    for column in (
        Column(
            name="name", label="单位名称", value=lambda row: row.name, order_by=("name",), width=34
        ),
        Column(
            name="credit_code",
            label="统一社会信用代码",
            value=lambda row: row.credit_code,
            width=22,
        ),
        Column(
            name="nature",
            label="单位性质",
            value=lambda row: _label("employer_nature", row.nature),
            order_by=("nature",),
            width=16,
        ),
        Column(
            name="industry",
            label="所属行业",
            value=lambda row: _label("industry", row.industry),
            width=20,
        ),
        Column(
            name="economic_type",
            label="经济类型",
            value=lambda row: _label("economic_type", row.economic_type),
            shown=False,
            width=20,
        ),
        Column(
            name="region",
            label="行政区划",
            value=lambda row: regions.full_name(row.region_code),
            width=28,
        ),
        Column(
            name="agency",
            label="送审机构",
            value=lambda row: row.agency.name if row.agency else "",
            shown=False,
            width=28,
        ),
        Column(
            name="state",
            label="备案状态",
            value=lambda row: row.get_state_display(),
            order_by=("state",),
            badge=lambda row: _BADGES[row.state],
            width=12,
        ),
        Column(
            name="filed_on",
            label="初次备案日期",
            value=lambda row: row.filed_on,
            order_by=("filed_on",),
            width=14,
        ),
        Column(
            name="legal_representative",
            label="法定代表人",
            value=lambda row: row.legal_representative,
            shown=False,
            width=12,
        ),
        Column(
            name="contact", label="联系人", value=lambda row: row.contact, shown=False, width=12
        ),
        Column(
            name="contact_mobile",
            label="联系人手机号",
            value=lambda row: row.opened("contact_mobile"),
            mask="phone",
            whole=may_see_whole,
            shown=False,
            width=16,
        ),
    )
}

CONDITIONS: dict[str, Condition] = {
    condition.name: condition
    for condition in (
        TextCondition(
            name="name",
            label="单位名称",
            hint="单位名称或拼音开头",
            field="name",
            normalise=(employer_name,),
            spelled=employers_spelled,
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
            name="state", label="备案状态", field="state", choices=tuple(Employer.State.choices)
        ),
        RegionCondition(
            name="region",
            label="行政区划",
            field="region_code",
            within=lambda user: user.scope.regions(Power.SEE_REGION),
        ),
        ChoiceCondition(name="nature", label="单位性质", field="nature", table="employer_nature"),
        DateRangeCondition(
            name="filed_on", label="初次备案日期", field="filed_on", prominent=False
        ),
    )
}


def columns(*names: str, **altered: Any) -> tuple[Column, ...]:
    """The columns called `names`, in that order; `altered` as `chosen` says. They read rows that are
    employers, or have what employers have (a name, a credit code, a region)."""
    return chosen(COLUMNS, *names, **altered)


def columns_of_employer(*names: str) -> tuple[Column, ...]:
    """The same where a row names an `employer`; its name is the column called so."""
    return seen_through("employer", columns(*names, name={"name": "employer", "label": "用人单位"}))


def conditions(*names: str) -> tuple[Condition, ...]:
    """The conditions called `names`, in that order. KeyError for a name there is none of."""
    return tuple(CONDITIONS[name] for name in names)


def of_employer(rows: Callable[[User], QuerySet[Any]]) -> RelatedTextCondition:
    """Rows that name an `employer` are found by it; it is sought among those that `rows` name."""
    return RelatedTextCondition(
        name="employer",
        label="用人单位",
        hint="单位名称开头，或信用代码",
        field=("name", "credit_code"),
        normalise=(employer_name, plain),
        related=lambda user: Employer.objects.filter(pk__in=rows(user).values("employer")),
        to="employer",
    )
