"""请假代班: which reviewer is away, until when, and who stands in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases import sharing, standing_in
from yonggong.cases.errors import Forbidden, Refused
from yonggong.codes.errors import CodeError
from yonggong.forms.reading import read_date, read_key
from yonggong.portals.access import needs, user_of
from yonggong.registry.models import Agency

_SHOWN = 50


def _agencies(user: User) -> list[Agency]:
    """Where leaves are recorded: the reviewer's own agencies, those of a supervisor's region."""
    own = Agency.objects.filter(pk__in=user.scope.agencies(Power.REVIEW))
    return sorted({*own, *sharing.agencies_of(user)}, key=lambda one: (one.region_code, one.pk))


def _chosen(request: HttpRequest, agencies: list[Agency]) -> Agency:
    sent = request.POST.get("agency") or request.GET.get("agency", "")
    key = read_key(sent)
    found = [one for one in agencies if not sent or one.pk == key]
    if not found:
        raise Http404
    return found[0]


@needs(Power.REVIEW, Power.SUPERVISE)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponseBase:
    """The leaves, and recording one."""
    user, today = user_of(request), timezone.localdate()
    agencies = _agencies(user)
    if not agencies:
        return render(request, "portals/bureau/leave.html", {"agency": None})
    agency = _chosen(request, agencies)
    problems: dict[str, str] = {}
    if request.method == "POST":
        problems = _record(request, user, agency)
        if not problems:
            messages.success(request, "已登记请假和代班。")
            return redirect(f"{request.path}?agency={agency.pk}")
    colleagues = list(standing_in.reviewers_of(agency.pk))
    supervises = sharing.agencies_of(user).filter(pk=agency.pk).exists()
    leaves = standing_in.visible_to(user).filter(agency=agency)
    rows = leaves.select_related("reviewer", "stand_in", "by", "ended_by").order_by("-until_on")
    context: dict[str, Any] = {
        "agencies": agencies,
        "agency": agency,
        "colleagues": colleagues,
        "supervises": supervises,
        "given": request.POST,
        "problems": problems,
        "today": today,
        "leaves": [
            (
                leave,
                leave.ended_at is None and leave.until_on >= today,
                standing_in.may_arrange(user, agency, leave.reviewer),
            )
            for leave in rows[:_SHOWN]
        ],
    }
    status = 422 if problems else 200
    return render(request, "portals/bureau/leave.html", context, status=status)


def _record(request: HttpRequest, user: User, agency: Agency) -> dict[str, str]:
    """Record what was sent; gives what is wrong, by field, or nothing."""
    colleagues = standing_in.reviewers_of(agency.pk)
    who = {
        name: colleagues.filter(pk=read_key(request.POST.get(name, "")) or 0).first()
        for name in ("reviewer", "stand_in")
    }
    days, problems = {}, {}
    for name in ("from_on", "until_on"):
        try:
            days[name] = read_date(request.POST.get(name, ""), serials=False)
        except CodeError as error:
            problems[name] = f"日期{error.message_zh}，{error.remedy_zh}"
    reviewer = who["reviewer"] or user
    if who["stand_in"] is None:
        problems["stand_in"] = "请选择代班人"
    if problems or who["stand_in"] is None:
        return problems
    try:
        standing_in.arrange(
            agency=agency,
            reviewer=reviewer,
            stand_in=who["stand_in"],
            reason=request.POST.get("reason", ""),
            by=user,
            now=timezone.now(),
            **days,
        )
    except Refused as wrong:
        return {one.field: f"{one.message}。{one.remedy}。" for one in wrong.problems}
    except Forbidden as error:
        return {"reviewer": str(error)}
    return {}


@needs(Power.REVIEW, Power.SUPERVISE)
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """The reviewer is back."""
    user = user_of(request)
    leave = get_object_or_404(standing_in.visible_to(user), pk=pk)
    try:
        standing_in.end(leave=leave, by=user, now=timezone.now())
    except Forbidden as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "已结束请假，代班同时结束。")
    return redirect("bureau:leave")
