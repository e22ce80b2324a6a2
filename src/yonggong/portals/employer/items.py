"""其他事项: what the employer applies for that has no pages of its own."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases.kinds import CaseKind
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.listings.views import listing_view
from yonggong.portals.employer.desk import Desk, at_filed_desk, closed, closed_note
from yonggong.portals.pages import beginning, items
from yonggong.portals.pages.site import EMPLOYER
from yonggong.registry.parties import Party


def _own(user: User) -> QuerySet[Case]:
    return items.applied(user, user.scope.employers(Power.FILE, department=None))


LISTING = items.listing(
    name="employer-items",
    title="其他事项",
    applicants=Party.Kind.EMPLOYER,
    rows=_own,
    link=lambda row: EMPLOYER.form_url(row) if row.state == State.DRAFT else EMPLOYER.case_url(row),
)


def _offered(desk: Desk) -> list[CaseKind]:
    return items.offered(desk.user, desk.employer.party, desk.today)


_FEW = 12


@at_filed_desk
def listing(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """What the employer applied for, and what it may begin: items of a standard by their categories."""
    offered, party = _offered(desk), desk.employer.party
    services = [kind for kind in offered if kind.is_service]
    return listing_view(
        request,
        LISTING,
        template="portals/employer/items.html",
        extra={
            "kinds": [kind for kind in offered if not kind.is_service],
            "categories": items.by_category(
                services, items.at_counters(desk.user, party, desk.today)
            ),
            # A whole standard stays folded.
            "few": len(services) <= _FEW,
            "closed": closed_note() if desk.employer.is_closed else "",
        },
    )


@at_filed_desk
@require_POST
def begin(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    """Begin an application: a draft with what is known already, and its form."""
    wanted = next((one for one in _offered(desk) if one.name == kind), None)
    if wanted is None:
        if answer := closed(request, desk):
            return answer
        raise Http404
    return redirect(EMPLOYER.form_url(beginning.begun(desk, desk.employer.party, wanted)))
