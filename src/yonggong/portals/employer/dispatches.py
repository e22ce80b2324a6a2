"""派遣用工: what the employer filed as user unit and as dispatcher, and how the two sides stand."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from yonggong import policy
from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases.actions import Forbidden
from yonggong.cases.life import State
from yonggong.contracts import matching
from yonggong.contracts.dispatch_lists import of_dispatchers, of_user_units
from yonggong.contracts.models import Contract, Posting
from yonggong.contracts.posting_rosters import make_roster
from yonggong.contracts.queries import posting_change_kind, posting_kind
from yonggong.contracts.rosters import CannotList
from yonggong.listings.views import listing_view
from yonggong.portals.access import submission_key
from yonggong.portals.employer.desk import Desk, at_filed_desk, closed, of_labour
from yonggong.portals.pages import beginning, items
from yonggong.portals.pages.site import EMPLOYER

_TEMPLATE = "portals/employer/dispatches.html"


def _posted(user: User) -> QuerySet[Posting]:
    return matching.postings().filter(user_unit__in=user.scope.employers(Power.FILE))


def _sent(user: User) -> QuerySet[Contract]:
    return matching.sent().filter(employer__in=user.scope.employers(Power.FILE))


POSTED = of_user_units(
    "employer-dispatches",
    rows=_posted,
    link=lambda row: reverse("employer:case", args=[row.pk]),
    own=True,
)
SENT = of_dispatchers(
    "employer-dispatches-sent",
    rows=_sent,
    link=lambda row: reverse("employer:case", args=[row.current_id]),
    own=True,
)


@at_filed_desk
def posted(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Workers whom dispatchers send the employer."""
    kind = posting_kind()
    taken = policy.of(desk.employer.region_code, desk.today).accepts(kind.name)
    offered = taken and not desk.bars(kind)
    extra = {"of_units": True, "kind": kind.name if offered else "", "taken": taken}
    return listing_view(request, POSTED, template=_TEMPLATE, extra=extra)


@at_filed_desk
def sent(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Workers whom the employer sends to others."""
    return listing_view(request, SENT, template=_TEMPLATE, extra={"of_units": False})


@at_filed_desk
@require_POST
def change(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Begin the change, or the early end, of what was filed and approved."""
    posting = get_object_or_404(
        _posted(desk.user).select_related("case__current"), pk=pk, state=State.APPROVED
    )
    offered = items.offered(desk.user, desk.employer.party, desk.today)
    name = posting_change_kind().name
    kind = next((one for one in offered if one.name == name), None)
    if kind is None:
        if answer := closed(request, desk):
            return answer
        raise Http404
    answers = {"posting": posting.case.number} | {
        name: posting.case.values[name] for name in matching.AGREED
    }
    case = beginning.begun_with(desk, desk.employer.party, kind, answers)
    return redirect(EMPLOYER.form_url(case))


@of_labour
@require_POST
def roster(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Make the roster of what was approved and stands on none yet."""
    try:
        paper = make_roster(
            employer=desk.employer,
            key=submission_key(request),
            by=desk.user,
            now=timezone.now(),
            address=desk.address,
        )
    except Forbidden as error:
        raise Http404 from error
    except CannotList as error:
        messages.error(request, str(error))
        return redirect("employer:dispatches")
    return redirect("employer:rosters-paper", paper.pk)
