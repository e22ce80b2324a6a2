"""我的文书: the papers that cases of a person ended with."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yonggong.documents.queries import visible_to
from yonggong.portals.person.desk import Desk, at_desk

_SHOWN = 20


@at_desk
@require_GET
def page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The papers of oneself and of whom one acts for, the newest first, at a counter of what the clerk
    typed; what each holds is opened by itself, and recorded."""
    found = visible_to(desk.user).filter(applicant__in=desk.persons).order_by("-pk")
    if desk.user.scope.person_served is not None:
        found = found.filter(entries__case__filed_by=desk.user)
    papers = Paginator(found, _SHOWN).get_page(request.GET.get("page"))
    return render(request, "portals/person/papers.html", {"papers": papers})
