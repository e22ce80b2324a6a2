"""Lists of what an employer declared: columns and conditions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from yonggong.codes.names import person_name
from yonggong.contracts.people import document_digests
from yonggong.entitlements.models import INSURANCES
from yonggong.entitlements.queries import may_see_whole
from yonggong.listings import (
    ChoiceCondition,
    Column,
    Condition,
    DateRangeCondition,
    DigestCondition,
    TextCondition,
)

_WHO = (
    Column(name="name", label="姓名", value=lambda row: row.worker.name, width=12),
    Column(
        name="document",
        label="证件号码",
        value=lambda row: row.worker.document_number,
        mask="document",
        whole=may_see_whole,
        width=22,
    ),
)
_FOUND_BY: tuple[Condition, ...] = (
    DigestCondition(
        name="document",
        label="证件号码",
        hint="完整的证件号码",
        field="worker__document_digest",
        digests=document_digests,
    ),
    TextCondition(
        name="name",
        label="姓名",
        hint="姓名或姓名开头",
        field="worker__name",
        normalise=(person_name,),
    ),
)


def _declared_at(row: Any) -> Any:
    return row.declaration.at


_DECLARED = Column(name="declared_at", label="申报时间", value=_declared_at, shown=False, width=18)

WAGES_COLUMNS = (
    *_WHO,
    Column(
        name="period",
        label="所属期",
        value=lambda row: row.period,
        order_by=("begins_on", "pk"),
        width=14,
    ),
    Column(
        name="gross", label="应发工资（元）", value=lambda row: row.gross, numeric=True, width=16
    ),
    Column(name="net", label="实发工资（元）", value=lambda row: row.net, numeric=True, width=16),
    Column(name="paid_on", label="发放日期", value=lambda row: row.paid_on, width=14),
    _DECLARED,
)
WAGES_CONDITIONS = (
    *_FOUND_BY,
    ChoiceCondition(
        name="span", label="周期", field="span", choices=(("month", "按月"), ("year", "按年"))
    ),
    DateRangeCondition(name="begins_on", label="所属期", field="begins_on"),
)


def _covers(name: str) -> Callable[[Any], str]:
    return lambda row: "是" if getattr(row, name) else "否"


INSURANCE_COLUMNS = (
    *_WHO,
    Column(name="since", label="参保起始月份", value=lambda row: f"{row.since:%Y-%m}", width=14),
    *(
        Column(
            name=name,
            label=label,
            value=_covers(name),
            width=10,
        )
        for name, label in INSURANCES.items()
    ),
    Column(name="base", label="缴费基数（元）", value=lambda row: row.base, numeric=True, width=16),
    _DECLARED,
)
INSURANCE_CONDITIONS = (
    *_FOUND_BY,
    ChoiceCondition(
        name="pension",
        label=INSURANCES["pension"],
        field="pension",
        choices=(("True", "参加"), ("False", "未参加")),
    ),
    DateRangeCondition(name="since", label="参保起始", field="since"),
)
