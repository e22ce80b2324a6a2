"""我的劳动争议: what a person applied for, and what was served on them."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from yonggong.disputes import register
from yonggong.portals.pages import disputes
from yonggong.portals.person.desk import Desk, at_desk

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
def answer(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Answer what was served."""
    return disputes.answer(request, desk, disputes.found(_own(desk), pk))
