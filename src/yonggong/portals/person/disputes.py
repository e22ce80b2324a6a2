"""我的劳动争议: what a person applied for, and what was served on them."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from yonggong.disputes import register
from yonggong.portals.pages import disputes
from yonggong.portals.person.desk import Desk, at_desk
from yonggong.portals.uploading import takes_files

_SHOWN = 20


def _own(desk: Desk) -> list[int]:
    """The persons here, but for one served at a counter: of them the clerk sees what they typed."""
    served = desk.user.scope.person_served
    return [person.pk for person in desk.persons if person.pk != served]


@at_desk
@require_GET
def page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Their disputes, the newest first."""
    found = register.of_side(_own(desk)).order_by("-pk")
    rows = Paginator(found, _SHOWN).get_page(request.GET.get("page"))
    return render(request, "portals/person/disputes.html", {"rows": rows})


@at_desk
@require_GET
def show(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """One of them."""
    own = _own(desk)
    return disputes.show(request, desk, disputes.found(own, pk), own)


@at_desk
@require_POST
@takes_files(disputes.MEGABYTES)
def answer(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Answer what was served, with evidence."""
    own = _own(desk)
    return disputes.answer(request, desk, disputes.found(own, pk), own)


@at_desk
@require_POST
@takes_files(disputes.MEGABYTES)
def bring(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Hand in evidence."""
    own = _own(desk)
    return disputes.bring(request, desk, disputes.found(own, pk), own)


@at_desk
@require_GET
def exhibit(request: HttpRequest, desk: Desk, pk: int, exhibit: int) -> HttpResponse:
    """Evidence that somebody who takes part brought."""
    return disputes.exhibit(request, disputes.found(_own(desk), pk), exhibit, by=desk.user)


@at_desk
@require_GET
def material(request: HttpRequest, desk: Desk, pk: int, name: str) -> HttpResponse:
    """Evidence that came with the application."""
    return disputes.material(request, disputes.found(_own(desk), pk), name, by=desk.user)


@at_desk
@require_GET
def paper(request: HttpRequest, desk: Desk, pk: int, paper: int) -> HttpResponse:
    """A paper that was served on all who take part."""
    return disputes.paper(request, disputes.found(_own(desk), pk), paper, by=desk.user)


@at_desk
@require_POST
def counter(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Begin a counter-application to what was served."""
    own = _own(desk)
    dispute = disputes.found(own, pk)
    by = next((person for person in desk.persons if person.pk == dispute.other_side), None)
    if by is None or by.pk not in own:
        raise Http404
    return disputes.counter(request, desk, dispute, own, by=by)
