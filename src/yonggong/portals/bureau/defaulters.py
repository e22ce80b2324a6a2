"""拒不改正名单: who refused to correct after an order."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yonggong.accounts.roles import Power
from yonggong.listings import Badge, Column, DateRangeCondition, Listing
from yonggong.listings.views import listing_view
from yonggong.portals.access import needs, user_of
from yonggong.portals.bureau.answering import answering
from yonggong.portals.bureau.inspecting import hand_of
from yonggong.registry import listings as registry
from yonggong.supervision import defaulters, orders
from yonggong.supervision.acting import Thing, acts_on, is_concerned
from yonggong.supervision.recognition import may_be_recognised

DEFAULTERS = Listing(
    name="bureau-defaulters",
    title="拒不改正名单",
    columns=(
        *registry.columns_of_employer("name", "credit_code"),
        Column(name="order", label="通知书编号", value=lambda row: row.order.number, width=24),
        Column(name="reason", label="列入理由", value=lambda row: row.reason, long=True, width=50),
        Column(
            name="state",
            label="状态",
            value=lambda row: "已移出" if row.removed_at else "在列",
            badge=lambda row: (
                Badge("muted", "circle-x") if row.removed_at else Badge("bad", "gavel")
            ),
            width=10,
        ),
        Column(
            name="entered_at",
            label="列入时间",
            value=lambda row: row.entered_at,
            order_by=("entered_at",),
            width=18,
        ),
        Column(name="removed_at", label="移出时间", value=lambda row: row.removed_at, width=18),
        Column(
            name="removal",
            label="移出理由",
            value=lambda row: row.removal,
            shown=False,
            long=True,
            width=40,
        ),
    ),
    rows=defaulters.visible_to,
    conditions=(
        registry.of_employer(defaulters.visible_to),
        DateRangeCondition(name="entered_at", label="列入日期", field="entered_at", moment=True),
    ),
    row_link=lambda row: reverse("bureau:defaulters-show", args=[row.pk]),
    empty="名单中没有单位。",
)


@needs(Power.ORDER, Power.RECORD, Power.SUPERVISE, Power.SEE_REGION)
def page(request: HttpRequest) -> HttpResponseBase:
    """Who refused to correct, in the region."""
    return listing_view(request, DEFAULTERS, template="portals/list.html")


@needs(Power.ORDER, Power.RECORD, Power.SUPERVISE, Power.SEE_REGION)
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry of the list, and whether the employer may be recognised."""
    user = user_of(request)
    found = get_object_or_404(defaulters.visible_to(user), pk=pk)
    context = {
        "entry": found,
        "acts": acts_on(Thing.DEFAULTER, found.pk),
        "recognition": may_be_recognised(found.employer, on=timezone.localdate()),
        "may_remove": found.removed_at is None
        and user.scope.covers(found.region_code, Power.RECORD)
        and not is_concerned(user, found.employer),
        "sees_order": orders.visible_to(user).filter(pk=found.order_id).exists(),
    }
    return render(request, "portals/bureau/defaulter.html", context)


@needs(Power.RECORD)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an employer off the list, with the reason."""
    found = get_object_or_404(defaulters.visible_to(user_of(request)), pk=pk)
    with answering(request, "已移出名单。"):
        defaulters.remove(entry=found, reason=request.POST.get("said", ""), hand=hand_of(request))
    return redirect("bureau:defaulters-show", pk)
