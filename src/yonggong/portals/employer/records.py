"""登记与参保: what is registered of the employer, and of its people through it."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yonggong.portals.employer.desk import Desk, at_desk
from yonggong.services import record_queries


@at_desk
@require_GET
def page(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """What is in force, and what was done, the latest first."""
    unit = desk.employer.pk
    context = {
        "party": desk.employer.party,
        "standings": record_queries.in_force(desk.user, unit),
        "history": record_queries.history_of(desk.user, unit)[: record_queries.MOST],
        "people": record_queries.through(desk.user, unit)[: record_queries.MOST],
        "site_cases": "employer:case",
    }
    return render(request, "portals/employer/records.html", context)
