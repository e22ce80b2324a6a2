"""劳动合同申报作废 (JL-8): choose, confirm, void."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from yonggong.accounts.models import User
from yonggong.cases import actions as case_actions
from yonggong.cases.actions import claim, settle
from yonggong.cases.life import TRANSITIONS, Action, NotAllowed, may
from yonggong.contracts.listings import columns, conditions
from yonggong.contracts.models import Filing
from yonggong.listings import ChoiceCondition, Listing
from yonggong.listings.views import listing_view
from yonggong.portals.access import keys_of, submission_key
from yonggong.portals.employer.contracts import VOID, back, own, row_link
from yonggong.portals.employer.desk import Desk, labour


def _voidable(user: User) -> QuerySet[Filing]:
    return own(user).filter(state__in=TRANSITIONS[Action.VOID][0])


def _states() -> ChoiceCondition:
    (condition,) = conditions("state")
    assert isinstance(condition, ChoiceCondition)
    open_ = tuple(choice for choice in condition.choices if may(Action.VOID, choice[0]))
    return replace(condition, choices=open_)


VOIDABLE = Listing(
    name="employer-void",
    title="劳动合同申报作废",
    columns=columns(
        "name",
        "document",
        "employment_form",
        "term_type",
        "start_on",
        "end_on",
        "ended_on",
        "kind",
        "state",
        "filed_on",
    ),
    conditions=(*conditions("document", "name", "kind"), _states(), *conditions("filed_on")),
    rows=_voidable,
    one_owner=True,
    actions=(VOID,),
    row_link=row_link,
    empty="没有可以作废的备案。只有未审核和审核不通过的备案可以作废。",
)


@labour
@require_http_methods(["GET", "POST"])
def listing(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """The filings that can be voided."""
    note = "只有未审核和审核不通过的备案可以作废；作废后可以在办件页面按原内容重新填报。"
    return listing_view(
        request, VOIDABLE, template="portals/employer/list.html", extra={"note": note}
    )


@labour
@require_POST
def confirm(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show what is about to be voided and ask."""
    rows = _chosen(request, desk)
    if not rows:
        messages.error(request, "请先勾选需要作废的备案。")
        return back(request, "employer:void")
    context = {
        "rows": [row for row in rows if may(Action.VOID, row.state)],
        "refused": [row for row in rows if not may(Action.VOID, row.state)],
        "next": request.POST.get("next", ""),
        "key": str(uuid4()),
    }
    return render(request, "portals/employer/void.html", context)


@labour
@require_POST
def done(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Void what was confirmed; what a reviewer decided meanwhile stays, and is named."""
    key = submission_key(request)
    with transaction.atomic():
        if earlier := claim(user=desk.user, key=key):
            messages.success(request, earlier.outcome)
            return back(request, "employer:void")
        rows = _chosen(request, desk)
        kept = [row.name for row in rows if not _void(desk, row)]
        said = f"已作废 {len(rows) - len(kept)} 份备案。"
        settle(user=desk.user, key=key, outcome=said)
    messages.success(request, said)
    if kept:
        messages.error(
            request,
            f"以下备案已由审核机构办理，没有作废：{'、'.join(kept)}。请刷新后查看最新状态。",
        )
    return back(request, "employer:void")


def _chosen(request: HttpRequest, desk: Desk) -> list[Filing]:
    return list(
        own(desk.user).filter(pk__in=keys_of(request), employer=desk.employer).order_by("-pk")
    )


def _void(desk: Desk, row: Filing) -> bool:
    try:
        case_actions.void(case=desk.case(row.pk), by=desk.user, now=desk.now, address=desk.address)
    except NotAllowed:
        return False
    return True
