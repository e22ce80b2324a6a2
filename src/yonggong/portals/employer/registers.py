"""劳动关系登记: what the employer has on the registers, and what to begin for it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yonggong import policy
from yonggong.cases.kinds import names_of_room
from yonggong.catalogue.book import book
from yonggong.portals.employer.desk import Desk, labour
from yonggong.relations import agreements, layoff_reports, licences, permits, recognitions, register
from yonggong.relations.licence_terms import Term

_AGREEMENTS = (book().writing("collective_contract").key, *names_of_room("entitlements"))
_PERMITS = book().writing("special_hours").key


@labour
@require_GET
def show(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Collective contracts, special hours permitted, recognition; each leads to its case. What the place
    does not take is shown only where there is some."""
    key, today = desk.employer.pk, desk.today
    rules = policy.of(desk.employer.region_code, today)
    held = agreements.visible_to(desk.user).filter(employer=key).order_by("-end_on", "-pk")
    context: dict[str, Any] = {
        "today": today,
        "takes_agreements": any(map(rules.accepts, _AGREEMENTS)),
        "takes_permits": rules.accepts(_PERMITS),
        "agreements": [
            (row, agreements.state_of(row, today), agreements.renewal_opens(row.end_on))
            for row in held
        ],
        "permits": [
            (row, row.state_on(today))
            for row in permits.visible_to(desk.user).filter(employer=key).order_by("-until_on")
        ],
        "recognitions": [
            (row, row.state_on(today))
            for row in recognitions.visible_to(desk.user).filter(employer=key).order_by("-pk")
        ],
    }
    context |= _more(desk)
    context["nothing"] = not any(found for name, found in context.items() if name != "today")
    return render(request, "portals/employer/registers.html", context)


def _more(desk: Desk) -> dict[str, Any]:
    """Licences to dispatch, minors, layoffs reported: shown where there are any."""
    key, today = desk.employer.pk, desk.today
    minors = register.visible_to(desk.user).filter(register.minors_on(today), employer=key)
    reports = layoff_reports.visible_to(desk.user).filter(employer=key).order_by("-layoff_on")
    return {
        "licences": [
            (row, row.state_on(today), Term(row.valid_from, row.valid_until).extendable_until)
            for row in licences.of_employer(key, today)
        ],
        "minors": [(row, row.next_check) for row in minors.order_by("adult_on")],
        "layoffs": [(row, layoff_reports.watched_until(row.layoff_on)) for row in reports],
    }
