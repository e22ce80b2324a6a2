"""Looks at personal data for who watches over them: sought by whose data it is; what stands out."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.codes.normalise import plain
from yonggong.contracts.people import document_digests
from yonggong.listings import (
    Badge,
    ChoiceCondition,
    Column,
    DateRangeCondition,
    DigestCondition,
    Listing,
    RelatedTextCondition,
    YesNoCondition,
)
from yonggong.listings.views import listing_view
from yonggong.portals.access import address_of, needs, user_of
from yonggong.registry.models import Employer
from yonggong.registry.queries import persons_with
from yonggong.secrecy import actions
from yonggong.secrecy.looks import at_employers, at_persons
from yonggong.secrecy.models import UnusualLooking
from yonggong.secrecy.queries import unusual_visible_to


def _at_who_has(digests: Sequence[bytes]) -> Q:
    return at_persons(persons_with(digests).values())


# Whose data was looked at: a person, an employer.
WHOSE = (
    DigestCondition(
        name="person",
        label="被查看人",
        hint="完整的证件号码",
        digests=document_digests,
        q=_at_who_has,
    ),
    RelatedTextCondition(
        name="employer",
        label="被查看单位",
        hint="统一社会信用代码",
        field="credit_code",
        match="exact",
        normalise=(plain,),
        related=lambda user: Employer.objects.all(),
        q=at_employers,
    ),
)

_BADGES: dict[str, Badge] = {
    "": Badge("wait", "clock"),
    UnusualLooking.Finding.WORK: Badge("good", "circle-check"),
    UnusualLooking.Finding.ASKED: Badge("warn", "message-question"),
    UnusualLooking.Finding.MISUSE: Badge("bad", "alert-triangle"),
}

UNUSUAL = Listing(
    name="admin-unusual",
    title="异常查看",
    columns=(
        Column(name="day", label="日期", value=lambda row: row.day, width=12),
        Column(name="name", label="查看人", value=lambda row: row.user.name, width=12),
        Column(name="account", label="账号", value=lambda row: row.user.username, width=18),
        Column(name="rule", label="情形", value=lambda row: row.get_rule_display(), width=22),
        Column(name="reason", label="原因", value=lambda row: row.reason, long=True, width=44),
        Column(
            name="finding",
            label="核实结果",
            value=lambda row: row.get_finding_display() or "待核实",
            badge=lambda row: _BADGES[row.finding],
            width=22,
        ),
        Column(name="remark", label="核实说明", value=lambda row: row.remark, long=True, width=40),
        Column(
            name="by", label="核实人", value=lambda row: row.by.name if row.by else "", width=12
        ),
    ),
    rows=unusual_visible_to,
    conditions=(
        ChoiceCondition(
            name="rule", label="情形", field="rule", choices=tuple(UnusualLooking.Rule.choices)
        ),
        YesNoCondition(name="open", label="待核实", yes=Q(finding=""), no=~Q(finding="")),
        RelatedTextCondition(
            name="account",
            label="账号",
            hint="账号开头",
            field="username",
            related=lambda user: User.objects.all(),
            to="user",
        ),
        DateRangeCondition(name="day", label="日期", field="day"),
    ),
    default_order=("-day", "-pk"),
    row_link=lambda row: reverse("admin:unusual-one", args=[row.pk]),
    empty="没有发现异常查看。",
)


@needs(Power.SEE_LOGS, Power.WATCH_SESSIONS)
def unusual(request: HttpRequest) -> HttpResponseBase:
    """异常查看: accounts whose looks stood out, each with the reason."""
    return listing_view(request, UNUSUAL, template="portals/admin/unusual.html")


@needs(Power.SEE_LOGS, Power.WATCH_SESSIONS)
@require_GET
def unusual_one(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them, with the way to the lines of that day, and what was found out."""
    user = user_of(request)
    row = get_object_or_404(unusual_visible_to(user), pk=pk)
    day = f"account={row.user.username}&at_from={row.day}&at_to={row.day}"
    lines = f"{reverse('admin:log')}?{day}" if user.may(Power.SEE_LOGS) else ""
    context = {"row": row, "lines": lines, "findings": UnusualLooking.Finding.choices}
    return render(request, "portals/admin/unusual_one.html", context)


@needs(Power.SEE_LOGS, Power.WATCH_SESSIONS)
@require_POST
def conclude(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what was found out."""
    try:
        actions.conclude(
            looking=pk,
            finding=request.POST.get("finding", ""),
            remark=request.POST.get("remark", ""),
            by=user_of(request),
            now=timezone.now(),
            address=address_of(request),
        )
    except UnusualLooking.DoesNotExist:
        raise Http404 from None
    except actions.Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "已保存核实结果。")
    return redirect("admin:unusual-one", pk)
