"""处罚记录: penalties that were recorded with orders to correct."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from yonggong.accounts.roles import Power
from yonggong.listings import ChoiceCondition, Column, DateRangeCondition, Listing, TextCondition
from yonggong.listings.views import listing_view
from yonggong.portals.access import needs
from yonggong.portals.bureau.inspecting import HERE
from yonggong.registry import listings as registry
from yonggong.supervision import defaulters
from yonggong.supervision.models import Penalty


def _order_page(row: Any) -> str | None:
    return reverse("bureau:orders-show", args=[row.order_id]) if row.order_id else None


PENALTIES = Listing(
    name="bureau-penalties",
    title="处罚记录",
    columns=(
        *registry.columns_of_employer("name", "credit_code"),
        Column(name="number", label="决定书文号", value=lambda row: row.decision_number, width=28),
        Column(name="kind", label="种类", value=lambda row: row.get_kind_display(), width=8),
        Column(
            name="amount",
            label="罚款金额（元）",
            value=lambda row: row.amount,
            order_by=("amount",),
            numeric=True,
            width=14,
        ),
        Column(
            name="decided_on",
            label="决定日期",
            value=lambda row: row.decided_on,
            order_by=("decided_on",),
            width=12,
        ),
        Column(name="ground", label="依据", value=lambda row: row.ground, long=True, width=40),
        Column(
            name="order",
            label="通知书编号",
            value=lambda row: row.order.number if row.order else "",
            width=24,
        ),
        Column(name="by", label="登记人", value=lambda row: row.by.name, shown=False, width=10),
        Column(name="at", label="登记时间", value=lambda row: row.at, shown=False, width=18),
    ),
    rows=defaulters.penalties_visible_to,
    conditions=(
        registry.of_employer(defaulters.penalties_visible_to),
        TextCondition(name="number", label="决定书文号", field="decision_number"),
        ChoiceCondition(
            name="kind", label="种类", field="kind", choices=tuple(Penalty.Kind.choices)
        ),
        HERE,
        DateRangeCondition(name="decided_on", label="决定日期", field="decided_on"),
    ),
    row_link=_order_page,
    empty="没有登记的处罚。",
)


@needs(Power.ORDER, Power.SUPERVISE)
def page(request: HttpRequest) -> HttpResponseBase:
    """The penalties of the region."""
    return listing_view(request, PENALTIES, template="portals/list.html")
