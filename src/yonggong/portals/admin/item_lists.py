"""The list of service items, as administrators read it."""

from __future__ import annotations

from django.db.models import Q

from yonggong.cases.item_models import ItemVersion
from yonggong.cases.item_queries import region_name
from yonggong.listings import Badge, Column, Condition, TextCondition, YesNoCondition

COLUMNS: tuple[Column, ...] = (
    Column(
        name="title", label="事项名称", value=lambda row: row.title, order_by=("title",), width=36
    ),
    Column(name="key", label="事项编码", value=lambda row: row.key, order_by=("key",), width=32),
    Column(
        name="region", label="适用地区", value=lambda row: region_name(row.region_code), width=24
    ),
    Column(name="number", label="最新版本", value=lambda row: f"第 {row.number} 版", width=10),
    Column(
        name="since",
        label="启用日期",
        value=lambda row: row.holds_from or "一直有效",
        order_by=("holds_from",),
        width=12,
    ),
    Column(name="source", label="来源", value=lambda row: _source(row), width=20),
    Column(
        name="waits",
        label="修改",
        value=lambda row: "待审定" if row.waits else "",
        badge=lambda row: Badge("warn", "clock") if row.waits else None,
        width=10,
    ),
)
CONDITIONS: tuple[Condition, ...] = (
    TextCondition(name="title", label="事项名称", hint="名称开头", field="title"),
    TextCondition(name="key", label="事项编码", hint="编码开头", field="key"),
    YesNoCondition(
        name="edited",
        label="管理员修改过",
        yes=Q(approved_by__isnull=False),
        no=Q(approved_by__isnull=True),
    ),
    YesNoCondition(name="waits", label="有修改待审定", yes=Q(waits=True), no=Q(waits=False)),
)


def _source(row: ItemVersion) -> str:
    if row.approved_by is None:
        return "平台自带"
    return (
        f"{row.proposed_by.name if row.proposed_by else '平台升级'}拟定，{row.approved_by.name}审定"
    )
