"""劳务派遣许可: the licences of the region; what the office ends."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yonggong.accounts.roles import Power
from yonggong.listings import (
    ChoiceCondition,
    Column,
    DateRangeCondition,
    Listing,
    RegionCondition,
    TextCondition,
)
from yonggong.listings.views import listing_view
from yonggong.portals.access import address_of, needs, user_of
from yonggong.portals.pages.refusing import refusing
from yonggong.registry import listings as registry
from yonggong.relations import licences


def _stands(state: str) -> Q:
    return licences.in_state(state, timezone.localdate())


def _report(code: str) -> Q:
    year = timezone.localdate().year - 1
    return licences.owing(year) if code == "owing" else Q(licences.reported(year))


LICENCES = Listing(
    name="bureau-licences",
    title="劳务派遣许可",
    columns=(
        Column(name="number", label="许可证编号", value=lambda row: row.number, width=20),
        Column(name="name", label="单位名称", value=lambda row: row.name, width=28),
        *registry.columns_of_employer("credit_code"),
        Column(
            name="valid_from",
            label="有效期起",
            value=lambda row: row.valid_from,
            order_by=("valid_from", "pk"),
            width=12,
        ),
        Column(
            name="valid_until",
            label="有效期止",
            value=lambda row: row.valid_until,
            order_by=("valid_until", "pk"),
            width=12,
        ),
        Column(
            name="state",
            label="状态",
            value=lambda row: row.state_on(timezone.localdate()),
            width=10,
        ),
        Column(name="agency", label="许可机关", value=lambda row: row.agency.name, width=24),
        Column(name="address", label="住所", value=lambda row: row.address, shown=False, width=36),
    ),
    rows=licences.visible_to,
    conditions=(
        TextCondition(name="number", label="许可证编号", field="number"),
        registry.of_employer(licences.visible_to),
        ChoiceCondition(
            name="state",
            label="状态",
            choices=(("valid", "有效"), ("expired", "已过期"), ("ended", "已注销、撤销、吊销")),
            q=_stands,
        ),
        ChoiceCondition(
            name="report",
            label="上年度报告",
            choices=(("owing", "未报告"), ("done", "已报告")),
            q=_report,
        ),
        RegionCondition(
            name="region",
            label="行政区划",
            field="region_code",
            within=lambda user: user.scope.regions(Power.SEE_REGION),
        ),
        DateRangeCondition(name="valid_until", label="有效期止", field="valid_until"),
    ),
    row_link=lambda row: reverse("bureau:licences-show", args=[row.pk]),
    empty="没有劳务派遣经营许可证。",
)


@needs(Power.SEE_REGION)
def page(request: HttpRequest) -> HttpResponseBase:
    """The licences of the region."""
    return listing_view(request, LICENCES, template="portals/list.html")


@needs(Power.SEE_REGION)
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """A licence with what was done to it; its agency may end it."""
    user = user_of(request)
    licence = get_object_or_404(licences.visible_to(user), pk=pk)
    today = timezone.localdate()
    context: dict[str, Any] = {
        "licence": licence,
        "state": licence.state_on(today),
        "acts": licence.acts.select_related("case").order_by("-on", "-case"),
        "ending": licences.ending_of(licence),
        "may_end": licence.agency_id in user.scope.agencies(Power.REVIEW)
        and licence.ended_on is None,
    }
    return render(request, "portals/bureau/licence.html", context)


@needs(Power.REVIEW)
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw or revoke it, with facts and law."""
    user = user_of(request)
    licence = get_object_or_404(licences.visible_to(user), pk=pk)
    with refusing(request):
        ended = licences.end(
            licence=licence.pk,
            how=request.POST.get("how", ""),
            ground=request.POST.get("ground", ""),
            by=user,
            now=timezone.now(),
            address=address_of(request),
        )
        messages.success(request, f"许可证 {ended.number} 已{ended.get_ended_how_display()}。")
    return redirect("bureau:licences-show", pk)
