"""回避申报: whose matters an inspector declares to keep out of."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from yonggong.accounts.roles import Power
from yonggong.listings import Badge, Column, DateRangeCondition, Listing
from yonggong.listings.views import listing_view
from yonggong.portals.access import needs, user_of
from yonggong.portals.bureau.answering import answering
from yonggong.portals.bureau.inspecting import hand_of
from yonggong.registry import listings as registry
from yonggong.supervision import recusals
from yonggong.supervision.acting import Thing, acts_on


def _badge(row: Any) -> Badge:
    return Badge("muted", "circle-x") if row.ended_at else Badge("wait", "user-off")


RECUSALS = Listing(
    name="bureau-recusals",
    title="回避申报",
    columns=(
        *registry.columns_of_employer("name", "credit_code"),
        Column(name="inspector", label="监察员", value=lambda row: row.inspector.name, width=10),
        Column(name="reason", label="回避理由", value=lambda row: row.reason, long=True, width=40),
        Column(
            name="state",
            label="状态",
            value=lambda row: "已结束" if row.ended_at else "回避中",
            badge=_badge,
            width=10,
        ),
        Column(
            name="declared_at",
            label="申报时间",
            value=lambda row: row.declared_at,
            order_by=("declared_at",),
            width=18,
        ),
        Column(name="ended_at", label="结束时间", value=lambda row: row.ended_at, width=18),
    ),
    rows=recusals.visible_to,
    conditions=(
        registry.of_employer(recusals.visible_to),
        DateRangeCondition(name="declared_at", label="申报日期", field="declared_at", moment=True),
    ),
    row_link=lambda row: reverse("bureau:recusals-show", args=[row.pk]),
    empty="没有申报的回避。",
)


@needs(Power.ORDER, Power.SUPERVISE)
def page(request: HttpRequest) -> HttpResponseBase:
    """One's own declarations, a supervisor's region's; and declaring."""
    extra = {"may_declare": user_of(request).may(Power.ORDER)}
    return listing_view(request, RECUSALS, template="portals/bureau/recusals.html", extra=extra)


@needs(Power.ORDER)
@require_POST
def declare(request: HttpRequest) -> HttpResponse:
    """Declare that one keeps out of an employer's matters."""
    with answering(request, "已申报回避，此后该单位的事项不再由您办理。"):
        recusals.declare(
            credit_code=request.POST.get("credit_code", ""),
            reason=request.POST.get("reason", ""),
            hand=hand_of(request),
        )
    return redirect("bureau:recusals")


@needs(Power.ORDER, Power.SUPERVISE)
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One declaration, and where it is ended."""
    user = user_of(request)
    found = get_object_or_404(recusals.visible_to(user), pk=pk)
    context = {
        "recusal": found,
        "may_end": found.inspector_id == user.pk and found.ended_at is None,
        "acts": acts_on(Thing.RECUSAL, found.pk),
    }
    return render(request, "portals/bureau/recusal.html", context)


@needs(Power.ORDER)
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End one's own declaration."""
    found = get_object_or_404(recusals.visible_to(user_of(request)), pk=pk)
    with answering(request, "已结束回避。"):
        recusals.end(recusal=found, said=request.POST.get("said", ""), hand=hand_of(request))
    return redirect("bureau:recusals-show", pk)
