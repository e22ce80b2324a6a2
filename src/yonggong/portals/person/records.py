"""登记与参保: what is registered of a person, themselves, and those whom they act for."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yonggong.portals.pages import items
from yonggong.portals.person.desk import Desk, at_desk
from yonggong.services import offers, record_queries


@at_desk
@require_GET
def page(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """What is in force of each, what was done, the latest first, and what their contracts offer; at a
    counter what came of what the clerk typed."""
    at_counter, own = desk.user.scope.person_served is not None, []
    for person in desk.persons:
        standings = record_queries.in_force(desk.user, person.pk)
        history = record_queries.history_of(desk.user, person.pk)
        offered = []
        if at_counter:
            standings = standings.filter(record__case__filed_by=desk.user)
            history = history.filter(case__filed_by=desk.user)
        else:
            kinds = items.offered(desk.user, person, desk.today)
            offered = offers.of_person(person.pk, kinds, desk.today)
        own.append(
            {
                "party": person,
                "standings": standings,
                "history": history[: record_queries.MOST],
                "offers": offered,
            }
        )
    return render(request, "portals/person/records.html", {"own": own})
