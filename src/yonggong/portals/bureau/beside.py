"""What a reviewer has beside a case: what was filed before of whom it concerns, and what colleagues
say of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yonggong.accounts.roles import Power
from yonggong.cases import notes
from yonggong.cases import queries as case_queries
from yonggong.cases.errors import Refused
from yonggong.cases.pages import Place
from yonggong.portals.access import needs, user_of
from yonggong.portals.bureau import refusals
from yonggong.portals.bureau.case import filed
from yonggong.portals.navigation import stand_under
from yonggong.portals.pages import case as case_page
from yonggong.portals.pages.site import BUREAU

_BEFORE: tuple[Place, ...] = ("before",)
# So many of the applicant's last cases are named.
_NAMED = 8


@needs(Power.SEE_REGION)
@require_GET
def before(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What was filed before of the person and by the applicant, each row as far as it exists for
    the asker. A part of the case's page, or a page of its own where nothing takes it there."""
    user = user_of(request)
    case = filed(user, pk)
    stand_under(request, "bureau:cases")
    look = case_page.look_at(case, user=user, site=BUREAU, unmasked=False)
    last = case_queries.applied_before(user, case)
    returned = sum(one.was_returned for one in last)  # type: ignore[attr-defined]
    late = sum(one.late_days > 0 for one in last)
    context = {
        "case": case,
        "panels": case_page.panels(request, look, places=_BEFORE),
        "last": last[:_NAMED],
        "among": len(last),
        "more": len(last) == case_queries.FIGURES_OF,
        "returned": returned,
        "returned_share": round(100 * returned / len(last)) if last else 0,
        "late": late,
        "late_share": round(100 * late / len(last)) if last else 0,
    }
    part = "HX-Request" in request.headers
    name = "case_before" if part else "case_before_page"
    return render(request, f"portals/bureau/{name}.html", context)


@needs(Power.REVIEW, Power.SUPERVISE)
@require_POST
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something of the case to one's colleagues."""
    user = user_of(request)
    case = filed(user, pk)
    if not notes.may_note(user, case):
        raise Http404
    try:
        notes.add_note(case=case, text=request.POST.get("text", ""), by=user, now=timezone.now())
    except Refused as refused:
        refusals.tell(request, refused)
    else:
        messages.success(request, "备注已添加。")
    return redirect(f"{reverse('bureau:case', args=[pk])}#beside-notes")
