"""撤销审核: one asks that an approval be withdrawn, a second person decides."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yonggong.accounts.roles import Power
from yonggong.cases import queries as case_queries
from yonggong.cases import revoking
from yonggong.cases.errors import Forbidden, Refused
from yonggong.cases.life import NotAllowed
from yonggong.cases.listings import columns_of_case
from yonggong.cases.models import Case, Revocation
from yonggong.forms import Problem
from yonggong.forms.page import Action, FormPage
from yonggong.listings import Badge, ChoiceCondition, Column, DateRangeCondition, Listing
from yonggong.listings.views import listing_view
from yonggong.portals.access import address_of, needs, user_of
from yonggong.portals.bureau import refusals
from yonggong.portals.bureau.forms import REVOCATION
from yonggong.portals.navigation import stand_under
from yonggong.portals.pages import evidence
from yonggong.portals.uploading import takes_files

_BADGES = {
    None: Badge("wait", "hourglass"),
    True: Badge("bad", "gavel"),
    False: Badge("muted", "circle-x"),
}
_HINT = "查实的材料、函件、裁决书等，多页的合为一个文件；没有的可以不传"


def _page_of(row: Revocation) -> str:
    return reverse("bureau:revocations-one", args=[row.pk])


REVOCATIONS = Listing(
    name="bureau-revocations",
    title="撤销审核",
    columns=(
        *columns_of_case(
            "number", "subject", "kind", "applicant", applicant={"label": "申请单位（人）"}
        ),
        Column(
            name="result",
            label="结果",
            value=lambda row: row.result,
            order_by=("agreed",),
            badge=lambda row: _BADGES[row.agreed],
            width=12,
        ),
        Column(name="reason", label="撤销原因", value=lambda row: row.reason, width=40),
        Column(name="asked_by", label="提出人", value=lambda row: row.asked_by.name, width=10),
        Column(
            name="asked_at",
            label="提出时间",
            value=lambda row: row.asked_at,
            order_by=("asked_at",),
            width=18,
        ),
        Column(
            name="decided_by",
            label="决定人",
            value=lambda row: row.decided_by.name if row.decided_by else "",
            shown=False,
            width=10,
        ),
        Column(
            name="decided_at",
            label="决定时间",
            value=lambda row: row.decided_at,
            order_by=("decided_at",),
            shown=False,
            width=18,
        ),
        Column(
            name="opinion",
            label="决定意见",
            value=lambda row: row.opinion,
            shown=False,
            width=40,
        ),
    ),
    rows=lambda user: revoking.visible_to(user).select_related("case__applicant"),
    conditions=(
        ChoiceCondition(
            name="result",
            label="结果",
            choices=(("waiting", "待决定"), ("revoked", "已撤销"), ("kept", "不予撤销")),
            q=lambda code: revoking.with_result(code),
        ),
        DateRangeCondition(name="asked", label="提出日期", field="asked_at", moment=True),
    ),
    row_link=_page_of,
    empty="没有撤销审核的申请。",
)


@needs(Power.REVIEW, Power.SUPERVISE)
def revocations(request: HttpRequest) -> HttpResponseBase:
    """What was asked and decided here."""
    return listing_view(request, REVOCATIONS, template="portals/list.html")


@needs(Power.REVIEW, Power.SUPERVISE)
@require_http_methods(["GET", "POST"])
@takes_files(evidence.MOST_MEGABYTES + 1)
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """The form by which the withdrawal of an approval is asked for."""
    user = user_of(request)
    case = case_queries.get_case(user, pk)
    if not revoking.may_ask(user, case):
        raise Http404
    problems: Sequence[Problem] = ()
    if request.method == "POST":
        problems = _asked(request, case)
        if not problems:
            messages.success(request, "已提出，由另一名审核员或者业务主管决定。")
            return redirect("bureau:case", pk)
    stand_under(request, "bureau:revocations")
    page = FormPage(
        REVOCATION,
        raw=request.POST if request.method == "POST" else None,
        problems=problems,
        uploads=(evidence.slot(_HINT, problems, required=False),),
        actions=(Action(label="提出撤销审核", primary=True),),
        cancel_url=reverse("bureau:case", args=[pk]),
    )
    status = 422 if problems else 200
    context = {"page": page, "case": case}
    return render(request, "portals/bureau/revoke.html", context, status=status)


def _asked(request: HttpRequest, case: Case) -> Sequence[Problem]:
    """Ask; what is wrong, nothing where it is done."""
    cleaned = REVOCATION.clean(request.POST)
    problems, file = list(cleaned.problems), None
    if "evidence" in request.FILES:
        file, wrong = evidence.take(request)
        problems += wrong
    if problems:
        return problems
    act = partial(
        revoking.ask,
        case=case,
        reason=str(cleaned.values["reason"]),
        by=user_of(request),
        now=timezone.now(),
        address=address_of(request),
    )
    try:
        with transaction.atomic():
            act(evidence=evidence.keep(request, file) if file else None)
    except Refused as refused:
        return refused.problems
    return ()


@needs(Power.REVIEW, Power.SUPERVISE)
@require_GET
def revocation(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them: what is asked, why, and the decision to those who may take it."""
    user = user_of(request)
    found = _one(request, pk)
    stand_under(request, "bureau:revocations")
    context: dict[str, Any] = {
        "asked": found,
        "case": found.case,
        "may_judge": revoking.may_judge(user, found),
        "own": found.agreed is None and found.asked_by_id == user.pk,
        "remedy": revoking.REMEDY,
    }
    return render(request, "portals/bureau/revocation.html", context)


@needs(Power.REVIEW, Power.SUPERVISE)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """同意撤销 or 不予撤销."""
    found = _one(request, pk)
    verdict = request.POST.get("verdict")
    if verdict not in ("revoke", "keep"):
        raise Http404
    try:
        revoking.decide(
            request=found,
            agreed=verdict == "revoke",
            opinion=request.POST.get("opinion", ""),
            by=user_of(request),
            now=timezone.now(),
            address=address_of(request),
        )
    except Refused as refused:
        refusals.tell(request, refused)
    except (Forbidden, NotAllowed) as refused:
        messages.error(request, str(refused))
    else:
        said = "已撤销审核，申请人可以看到原因和救济途径" if verdict == "revoke" else "不予撤销"
        messages.success(request, f"{found.case.subject_name}：{said}。")
    return redirect("bureau:revocations-one", pk)


@needs(Power.REVIEW, Power.SUPERVISE)
@require_GET
def proof(request: HttpRequest, pk: int) -> HttpResponse:
    """The file that the request rests on; the look is recorded."""
    found = _one(request, pk)
    if found.evidence is None:
        raise Http404
    said = f"撤销审核的证据材料 {found.evidence.file_name}"
    return evidence.shown(
        request, found.evidence, reference=found.case.reference, said=said, by=user_of(request)
    )


def _one(request: HttpRequest, pk: int) -> Revocation:
    seen = revoking.visible_to(user_of(request)).select_related("case__applicant", "evidence")
    return get_object_or_404(seen.defer("evidence__content"), pk=pk)
