"""Lists of disputes: columns and conditions."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q

from yonggong.disputes.models import Dispute
from yonggong.disputes.register import OPEN
from yonggong.listings import ChoiceCondition, Column, Condition, DateRangeCondition


def _day(name: str, label: str, *, ordered: bool = False) -> Column:
    def read(row: Dispute) -> date | None:
        day: date | None = getattr(row, name)
        return day

    order = (name, "pk") if ordered else ()
    return Column(name=name, label=label, value=read, order_by=order, width=12)


def _unit(row: Any) -> str:
    return row.employer.name if row.employer else "（平台未登记）"


def _worker(row: Any) -> str:
    return row.worker.name if row.worker else "（平台未登记）"


COLUMNS = (
    Column(name="number", label="案号", value=lambda row: row.case.number, width=22),
    Column(name="sort", label="类别", value=lambda row: row.get_sort_display(), width=8),
    Column(name="applicant", label="申请人", value=lambda row: row.case.applicant.name, width=24),
    Column(name="employer", label="用人单位", value=_unit, width=28),
    Column(name="worker", label="劳动者", value=_worker, width=12),
    Column(
        name="claimed",
        label="请求金额",
        value=lambda row: f"{row.claimed:,.2f}",
        order_by=("claimed", "pk"),
        numeric=True,
        width=14,
    ),
    _day("accepted_on", "受理日期", ordered=True),
    _day("answer_due_on", "答辩期满"),
    _day("award_due_on", "审理期限"),
    Column(name="state", label="状态", value=lambda row: row.state, width=12),
    _day("ended_on", "结案日期"),
)


def _stands(code: str) -> Q:
    if code == "open":
        return OPEN
    if code == "waiting":
        return Q(accepted_on__isnull=True, ended_on__isnull=True)
    return Q(ended_on__isnull=False)


CONDITIONS: tuple[Condition, ...] = (
    ChoiceCondition(name="type", label="类别", field="sort", choices=tuple(Dispute.Sort.choices)),
    ChoiceCondition(
        name="stands",
        label="进度",
        choices=(("waiting", "待受理"), ("open", "审理、调解中"), ("ended", "已结案")),
        q=_stands,
    ),
    DateRangeCondition(name="accepted_on", label="受理日期", field="accepted_on"),
)
