"""我的办件: what a person applied for, what they may begin, and one case of theirs."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases import second_thoughts
from yonggong.cases.life import Action, State, may
from yonggong.cases.models import Case
from yonggong.documents.queries import visible_to
from yonggong.listings.views import listing_view
from yonggong.portals.navigation import stand_under
from yonggong.portals.pages import beginning, items, receipt, saved_paper, versions
from yonggong.portals.pages import case as case_page
from yonggong.portals.pages.site import PERSON
from yonggong.portals.person.applying import events, events_of
from yonggong.portals.person.desk import Desk, at_desk
from yonggong.registry.parties import Party

# What waits for them stands on top, the latest; the list has the rest.
_SHOWN = 6


def _address(case: Case) -> str:
    """Where the case stands: a draft is its form."""
    return PERSON.form_url(case) if case.state == State.DRAFT else PERSON.case_url(case)


def _own(user: User) -> QuerySet[Case]:
    mine = items.applied(user, user.scope.persons(Power.FILE))
    return mine if user.scope.person_served is None else mine.filter(filed_by=user)


LISTING = items.listing(
    name="person-items",
    title="我的办件",
    applicants=Party.Kind.PERSON,
    rows=_own,
    link=_address,
)


@at_desk
def listing(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """What waits for them, what was applied for, and what may be begun, for each person acted for:
    by life event, and what none leads to by itself."""
    begun = []
    for person in desk.persons:
        offered = items.offered(desk.user, person, desk.today)
        alone = [kind for kind in offered if not events_of(kind)]
        begun.append((person, alone, events(offered)))
    open_ = _own(desk.user).filter(state__in=(State.RETURNED, State.DRAFT)).order_by("-pk")
    # Whoever asks the list something has come for the list.
    waiting = [] if request.GET else list(open_.select_related("applicant")[:_SHOWN])
    extra = {
        "begun": begun,
        "own": desk.own,
        "waiting": [case for case in waiting if case.state == State.RETURNED],
        "drafts": [case for case in waiting if case.state == State.DRAFT],
    }
    return listing_view(request, LISTING, template="portals/person/items.html", extra=extra)


@at_desk
@require_POST
def begin(request: HttpRequest, desk: Desk, person: int, kind: str) -> HttpResponse:
    """Begin an application: a draft, and its form."""
    applicant = desk.person(person)
    offered = items.offered(desk.user, applicant, desk.today)
    wanted = next((one for one in offered if one.name == kind), None)
    if wanted is None:
        raise Http404
    return redirect(PERSON.form_url(beginning.begun(desk, applicant, wanted)))


@at_desk
@require_GET
def show(request: HttpRequest, desk: Desk, pk: int) -> HttpResponseBase:
    """The page of one case with personal data masked; a draft is its form."""
    case = desk.case(pk)
    if case.state == State.DRAFT:
        return redirect(PERSON.form_url(case))
    return _page(request, desk, case, unmasked=False)


@at_desk
@require_POST
def reveal(request: HttpRequest, desk: Desk, pk: int) -> HttpResponseBase:
    """The case with personal data whole; the look is recorded."""
    case = desk.case(pk)
    case_page.look_whole(case, user=desk.user, address=desk.address)
    return _page(request, desk, case, unmasked=True)


@at_desk
@require_GET
def receipt_pdf(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """The receipt of the case."""
    return receipt.pdf(desk.case(pk))


@at_desk
@require_GET
def version(request: HttpRequest, desk: Desk, pk: int, number: int) -> HttpResponse:
    """One version of the case, compared with another."""
    stand_under(request, "person:home")
    return versions.page(request, desk.case(pk), number, user=desk.user, site=PERSON)


@at_desk
@require_http_methods(["GET", "POST"])
def print_version(request: HttpRequest, desk: Desk, pk: int, number: int) -> HttpResponse:
    """One version as a PDF. GET: personal data masked. POST: whole, the look recorded."""
    whole = request.method == "POST"
    return versions.printed(request, desk.case(pk), number, user=desk.user, unmasked=whole)


@at_desk
@require_GET
def paper(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """A paper that a case of theirs ended with; the look is recorded."""
    mine = visible_to(desk.user).filter(applicant__in=desk.persons)
    found = get_object_or_404(mine, pk=pk)
    return saved_paper.pdf(request, found, said=found.holder_name, user=desk.user)


def _page(request: HttpRequest, desk: Desk, case: Case, *, unmasked: bool) -> HttpResponse:
    stand_under(request, "person:home")
    look = case_page.look_at(case, user=desk.user, site=PERSON, unmasked=unmasked)
    beside = {
        "may_amend": may(Action.AMEND, case.state),
        "may_withdraw": second_thoughts.may_take_back(desk.user, case),
        "may_begin_again": second_thoughts.may_begin_again(desk.user, case),
        "form_url": PERSON.form_url(case),
    }
    return case_page.page(request, look, PERSON, beside)
