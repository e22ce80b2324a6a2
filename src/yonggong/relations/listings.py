"""Lists of the registers: columns and conditions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from yonggong.entitlements.models import SORTS
from yonggong.listings import ChoiceCondition, Column, Condition, DateRangeCondition, TextCondition
from yonggong.registry import listings as registry
from yonggong.relations import agreements, permits, recognitions

_EMPLOYER = registry.columns_of_employer("name", "credit_code")


def _state(row: Any) -> str:
    return str(row.state_on(timezone.localdate()))


def _agreed(row: Any) -> str:
    return agreements.state_of(row, timezone.localdate())


def _day(name: str, label: str) -> Column:
    read: Callable[[Any], Any] = lambda row: getattr(row, name)  # noqa: E731
    return Column(name=name, label=label, value=read, width=12)


def _effective(row: Any) -> Any:
    review = getattr(row, "review", None)
    return review.effective_on if review else None


_STATE = Column(name="state", label="状态", value=_state, width=10)
_NUMBER = Column(name="number", label="编号", value=lambda row: row.number, width=26)

AGREEMENTS = (
    *_EMPLOYER,
    Column(name="title", label="集体合同", value=lambda row: row.title, long=True, width=30),
    Column(name="sort", label="类型", value=lambda row: row.sort_title, width=18),
    _NUMBER,
    Column(name="covered", label="覆盖职工", value=lambda row: row.covered, numeric=True, width=10),
    _day("signed_on", "签订日期"),
    _day("start_on", "起始日期"),
    Column(
        name="end_on",
        label="期满日期",
        value=lambda row: row.end_on,
        order_by=("end_on", "pk"),
        width=12,
    ),
    Column(name="effective_on", label="生效日期", value=_effective, width=12),
    Column(name="state", label="状态", value=_agreed, width=10),
    Column(
        name="reviewed_by",
        label="审查机关",
        value=lambda row: row.reviewed_by,
        shown=False,
        width=24,
    ),
)
AGREEMENT_CONDITIONS: tuple[Condition, ...] = (
    registry.of_employer(agreements.visible_to),
    ChoiceCondition(name="type", label="类型", field="sort", choices=tuple(SORTS.items())),
    DateRangeCondition(name="end_on", label="期满日期", field="end_on"),
)

PERMITS = (
    *_EMPLOYER,
    _NUMBER,
    Column(name="headcount", label="人数", value=lambda row: row.headcount, numeric=True, width=8),
    _day("granted_on", "批准日期"),
    _day("from_on", "起始日期"),
    Column(
        name="until_on",
        label="截止日期",
        value=lambda row: row.until_on,
        order_by=("until_on", "pk"),
        width=12,
    ),
    _STATE,
)
PERMIT_CONDITIONS: tuple[Condition, ...] = (
    registry.of_employer(permits.visible_to),
    TextCondition(name="number", label="编号", field="number"),
    DateRangeCondition(name="until_on", label="截止日期", field="until_on"),
)

RECOGNITIONS = (
    *_EMPLOYER,
    _NUMBER,
    Column(name="score", label="自评得分", value=lambda row: str(row.score), width=10),
    Column(
        name="recognised_on",
        label="认定日期",
        value=lambda row: row.recognised_on,
        order_by=("recognised_on", "pk"),
        width=12,
    ),
    _day("valid_until", "有效期至"),
    _STATE,
)
RECOGNITION_CONDITIONS: tuple[Condition, ...] = (
    registry.of_employer(recognitions.visible_to),
    TextCondition(name="number", label="编号", field="number"),
    DateRangeCondition(name="recognised_on", label="认定日期", field="recognised_on"),
)
