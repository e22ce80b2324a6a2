"""劳动争议: the register of the region; hearings set and put off, more time agreed to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases import queries as case_queries
from yonggong.cases.errors import refused
from yonggong.disputes import counter_claims, hearings, papers, register, third_parties
from yonggong.disputes.listings import COLUMNS, CONDITIONS
from yonggong.disputes.models import MORE_DAYS, ThirdParty
from yonggong.forms.reading import read_key
from yonggong.listings import Listing, RegionCondition
from yonggong.listings.views import listing_view
from yonggong.portals.access import address_of, needs, user_of
from yonggong.portals.pages import disputes as dispute_pages
from yonggong.portals.pages.refusing import refusing
from yonggong.portals.pages.site import BUREAU
from yonggong.registry import listings as registry

DISPUTES = Listing(
    name="bureau-disputes",
    title="劳动争议",
    columns=COLUMNS,
    rows=register.of_offices,
    conditions=(
        *CONDITIONS,
        registry.of_employer(register.of_offices),
        RegionCondition(
            name="region",
            label="行政区划",
            field="case__region_code",
            within=lambda user: user.scope.regions(Power.SEE_REGION),
        ),
    ),
    row_link=lambda row: reverse("bureau:dispute", args=[row.pk]),
    empty="没有劳动争议。",
)


@needs(Power.SEE_REGION)
def page(request: HttpRequest) -> HttpResponseBase:
    """The disputes of the region."""
    return listing_view(request, DISPUTES, template="portals/list.html")


@needs(Power.SEE_REGION)
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One dispute, with what may be done between the steps of its case."""
    user, now = user_of(request), timezone.now()
    dispute = get_object_or_404(register.of_offices(user), pk=pk)
    set_ = dispute.hearings.order_by("pk")
    applicant, other = papers.names_of(dispute.case)
    whole = case_queries.may_see_personal(user, dispute.case)
    context: dict[str, Any] = {
        "dispute": dispute,
        "applicant": applicant,
        "other": other,
        "hearings": set_,
        "coming": set_.filter(put_off="", at__gt=now).first(),
        "papers": [
            (one, reverse("bureau:document-pdf", args=[one.pk]))
            for one in papers.of_case(dispute.case)
        ],
        "exhibits": dispute_pages.exhibits_of(dispute, BUREAU) if whole else (),
        "hidden": 0 if whole else dispute.exhibits.count(),
        "counters": dispute_pages.counters_of(dispute, register.of_offices(user), BUREAU),
        "first_url": reverse("bureau:dispute", args=[dispute.counter_to_id])
        if dispute.counter_to_id
        else "",
        "may_send_apart": counter_claims.may_send_apart(user, dispute),
        "thirds": dispute.thirds.select_related("party"),
        "may_join": third_parties.may_join(user, dispute),
        "named": third_parties.named_in(dispute.case),
        "grounds": ThirdParty.Ground.choices,
        "may_set": hearings.may_set(user, dispute.case),
        "may_lengthen": hearings.may_lengthen(user, dispute),
        "notice_days": hearings.NOTICE_DAYS,
        "most_days": MORE_DAYS,
    }
    return render(request, "portals/bureau/dispute.html", context)


@needs(Power.SEE_REGION)
@require_GET
def exhibit(request: HttpRequest, pk: int, exhibit: int) -> HttpResponse:
    """Evidence that somebody who takes part brought: whole documents, for whoever sees the case's personal
    data."""
    user = user_of(request)
    dispute = get_object_or_404(register.of_offices(user), pk=pk)
    if not case_queries.may_see_personal(user, dispute.case):
        raise Http404
    return dispute_pages.exhibit(request, dispute, exhibit, by=user)


@needs(Power.REVIEW, Power.SUPERVISE)
@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Set a hearing, put it off, or agree to more time."""
    user = user_of(request)
    get_object_or_404(register.of_offices(user), pk=pk)
    act = _ACTS.get(request.POST.get("do", ""))
    if act is None:
        raise Http404
    with refusing(request):
        messages.success(request, act(request, pk, user, timezone.now()))
    return redirect("bureau:dispute", pk)


def _hearing(request: HttpRequest, pk: int, user: User, now: datetime) -> str:
    at = _moment(request.POST.get("at", ""))
    hearings.set_hearing(
        dispute=pk,
        at=at,
        place=request.POST.get("place", ""),
        arbitrators=request.POST.get("arbitrators", ""),
        by=user,
        now=now,
    )
    return "已安排开庭，开庭通知书已送达双方。"


def _moment(text: str) -> datetime:
    """The moment as typed. Raises `Refused`."""
    try:
        return timezone.make_aware(datetime.fromisoformat(text))
    except ValueError:
        raise refused("at", "wrong", "请填写开庭的日期和时间") from None


def _put_off(request: HttpRequest, pk: int, user: User, now: datetime) -> str:
    hearings.put_off(
        dispute=pk,
        hearing=read_key(request.POST.get("hearing", "")) or 0,
        reason=request.POST.get("reason", ""),
        by=user,
        now=now,
    )
    return "已延期，延期开庭通知书已送达双方。"


def _lengthen(request: HttpRequest, pk: int, user: User, now: datetime) -> str:
    hearings.lengthen(
        dispute=pk,
        days=read_key(request.POST.get("days", "")) or 0,
        reason=request.POST.get("reason", ""),
        by=user,
        now=now,
    )
    return "已批准延长审理期限，通知书已送达双方。"


def _join(request: HttpRequest, pk: int, user: User, now: datetime) -> str:
    sent = {one: request.POST.get(one, "") for one in ("name", "number", "ground", "interest")}
    third_parties.join(dispute=pk, by=user, now=now, **sent)
    return "第三人已参加本案，参加仲裁通知书已送达各方。"


def _apart(request: HttpRequest, pk: int, user: User, now: datetime) -> str:
    counter_claims.send_apart(
        dispute=pk,
        reason=request.POST.get("reason", ""),
        by=user,
        now=now,
        address=address_of(request),
    )
    return "已书面告知另行申请仲裁。"


_ACTS = {
    "apart": _apart,
    "join": _join,
    "hearing": _hearing,
    "put-off": _put_off,
    "lengthen": _lengthen,
}
