"""A list that no room has: the agencies of an invented bureau, with every kind of condition."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q

from yonggong.accounts.roles import Power
from yonggong.codes.normalise import plain
from yonggong.listings import (
    Badge,
    BulkAction,
    ChoiceCondition,
    Column,
    DateRangeCondition,
    DigestCondition,
    Listing,
    RegionCondition,
    RelatedTextCondition,
    TextCondition,
    YesNoCondition,
)
from yonggong.registry.models import Agency

PHONE = "13800005678"
LEVELS = tuple(Agency.Level.choices)


def digests(number: str) -> list[bytes]:
    if len(number) != 18:
        raise ValueError("证件号码应为18位。")
    return [number.encode()[:16]]


CONDITIONS = (
    TextCondition(name="name", label="机构名称", field="name"),
    TextCondition(
        name="code", label="区划代码", field="region_code", match="exact", normalise=(plain,)
    ),
    TextCondition(
        name="any", label="关键字", field=("name", "telephone"), match="contains", prominent=False
    ),
    RelatedTextCondition(
        name="above",
        label="上级机构",
        field="name",
        related=lambda user: Agency.objects.filter(level="province"),
        to="parent",
    ),
    ChoiceCondition(name="level", label="层级", field="level", choices=LEVELS),
    YesNoCondition(name="reviews", label="受理审核", yes=Q(reviews=True), no=Q(reviews=False)),
    RegionCondition(
        name="region",
        label="行政区划",
        field="region_code",
        within=lambda user: user.scope.regions(Power.SEE_REGION),
    ),
)
# Conditions on fields an agency does not have: only ever read, never run.
READ_ONLY = (
    DigestCondition(name="number", label="证件号码", field="document_digest", digests=digests),
    DateRangeCondition(name="signed", label="签订日期", field="signed_on"),
    DateRangeCondition(name="filed", label="提交日期", field="filed_at", moment=True),
)

COLUMNS = (
    Column(name="name", label="机构名称", value=lambda row: row.name, order_by=("name",)),
    Column(
        name="region",
        label="行政区划",
        value=lambda row: row.region_code,
        order_by=("region_code",),
        quick=True,
    ),
    Column(
        name="level",
        label="层级",
        value=lambda row: row.get_level_display(),
        badge=lambda row: Badge("note", "building"),
    ),
    Column(
        name="phone",
        label="电话",
        value=lambda row: row.telephone,
        mask="phone",
        whole=lambda user: lambda row: True,
    ),
    Column(name="reviews", label="受理审核", value=lambda row: row.reviews, shown=False),
    Column(name="day", label="日期", value=lambda row: date(2026, 3, 1), shown=False),
    Column(
        name="moment",
        label="时间",
        value=lambda row: datetime(2026, 3, 1, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai")),
        shown=False,
    ),
    Column(
        name="amount", label="金额", value=lambda row: Decimal("1234.50"), numeric=True, shown=False
    ),
)


def rows(user: Any) -> Any:
    return Agency.objects.filter(region_code__startswith="22")


ORCHARD = Listing(
    name="orchard",
    title="机构名册",
    columns=COLUMNS,
    conditions=CONDITIONS,
    rows=rows,
    default_order=("name",),
    actions=(
        BulkAction(name="close", title="停用", url_name="sign-out", confirm="确定停用？"),
        BulkAction(name="print", title="打印", url_name="password", method="get"),
        BulkAction(name="review", title="审核", url_name="sign-out", power=Power.REVIEW),
    ),
    selectable=lambda row: row.reviews,
    row_link=lambda row: f"/agencies/{row.pk}/",
    page_sizes=(5, 10),
)
