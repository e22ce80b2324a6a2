"""好差评: how the region's cases were evaluated, which complaints wait for an answer, and answering them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yonggong.accounts.roles import Power
from yonggong.listings import (
    Badge,
    ChoiceCondition,
    Column,
    DateRangeCondition,
    Listing,
    TextCondition,
)
from yonggong.listings.views import listing_view
from yonggong.portals.access import needs, user_of
from yonggong.portals.bureau.answering import answering
from yonggong.services import evaluations
from yonggong.services.models import Evaluation


def _state(row: Evaluation) -> str:
    if not row.is_complaint:
        return "无需答复"
    if row.reply:
        return "已答复"
    assert row.reply_by is not None
    return "超期未答复" if row.reply_by < timezone.localdate() else "待答复"


def _badge(row: Any) -> Badge:
    tones = {
        "无需答复": Badge("muted", "circle-check"),
        "已答复": Badge("good", "circle-check"),
        "待答复": Badge("wait", "hourglass"),
        "超期未答复": Badge("bad", "clock-exclamation"),
    }
    return tones[_state(row)]


def _in_state(code: str) -> Q:
    if code == "replied":
        return ~Q(reply="")
    late = Q(reply_by__lt=timezone.localdate()) if code == "late" else Q()
    return evaluations.TO_ANSWER & late


EVALUATIONS = Listing(
    name="bureau-evaluations",
    title="好差评",
    columns=(
        Column(name="case", label="办件编号", value=lambda row: row.case.number, width=20),
        Column(name="kind", label="事项", value=lambda row: row.case.kind_title, width=24),
        Column(
            name="applicant", label="申请人", value=lambda row: row.case.applicant.name, width=24
        ),
        Column(
            name="agency",
            label="办理机构",
            value=lambda row: row.case.acting_agency.name if row.case.acting_agency else "",
            width=24,
        ),
        Column(
            name="level",
            label="评价",
            value=lambda row: row.get_level_display(),
            order_by=("level",),
            width=10,
        ),
        Column(name="tags", label="评价内容", value=lambda row: "、".join(row.tags), width=24),
        Column(name="text", label="文字评价", value=lambda row: row.text, long=True, width=40),
        Column(name="state", label="答复", value=_state, badge=_badge, width=12),
        Column(
            name="reply_by",
            label="答复期限",
            value=lambda row: row.reply_by,
            order_by=("reply_by",),
            width=12,
        ),
        Column(name="at", label="评价时间", value=lambda row: row.at, order_by=("at",), width=18),
    ),
    rows=evaluations.visible_to,
    conditions=(
        ChoiceCondition(
            name="level",
            label="评价",
            field="level",
            choices=tuple((str(code), label) for code, label in Evaluation.Level.choices),
        ),
        ChoiceCondition(
            name="state",
            label="答复",
            choices=(("open", "待答复"), ("late", "超期未答复"), ("replied", "已答复")),
            q=_in_state,
        ),
        TextCondition(name="applicant", label="申请人", field="case__applicant__name"),
        DateRangeCondition(name="at", label="评价日期", field="at", moment=True),
    ),
    row_link=lambda row: reverse("bureau:evaluations-show", args=[row.pk]),
    empty="还没有评价。",
)


@needs(Power.REVIEW, Power.SUPERVISE)
def page(request: HttpRequest) -> HttpResponseBase:
    """The evaluations, and the figures by agency."""
    figures = evaluations.figures(user_of(request), timezone.localdate())
    return listing_view(
        request,
        EVALUATIONS,
        template="portals/bureau/evaluations.html",
        extra={"figures": figures},
    )


@needs(Power.REVIEW, Power.SUPERVISE)
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One evaluation, and its answer."""
    user = user_of(request)
    found = get_object_or_404(evaluations.visible_to(user), pk=pk)
    days, is_open = evaluations.limit_days(found.case)
    context = {
        "evaluation": found,
        "state": _state(found),
        "may_reply": evaluations.may_reply(user, found),
        "reply_days": days,
        "reply_open": is_open,
    }
    return render(request, "portals/bureau/evaluation.html", context)


@needs(Power.REVIEW)
@require_POST
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a complaint."""
    user = user_of(request)
    found = get_object_or_404(evaluations.visible_to(user), pk=pk)
    with answering(request, "已答复，评价人将收到提醒。"):
        evaluations.reply(
            evaluation=found, text=request.POST.get("reply", ""), by=user, now=timezone.now()
        )
    return redirect("bureau:evaluations-show", pk)
