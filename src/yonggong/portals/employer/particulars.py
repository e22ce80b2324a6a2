"""单位基本信息: what holds, what is under way, and where a filing about the employer begins."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from yonggong import policy
from yonggong.cases import queries as case_queries
from yonggong.cases.closed import still_open
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.employers import asking, drafts
from yonggong.employers.forms import EMPLOYER_FORM
from yonggong.employers.queries import (
    approved_filing,
    closing_filing,
    kind_of,
    newest_filing,
    open_filing,
)
from yonggong.entitlements import queries as entitlements
from yonggong.forms import view
from yonggong.portals.employer.desk import Desk, closed, of_labour
from yonggong.portals.pages import materials
from yonggong.portals.pages.form import agency_options
from yonggong.portals.pages.routing import explained
from yonggong.portals.pages.site import EMPLOYER
from yonggong.registry.models import Employer


@of_labour
@require_GET
def show(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """What holds of the employer and how its filing stands. Before the initial filing is
    submitted the page is its form."""
    employer = desk.employer
    under_way = open_filing(employer)
    unsubmitted = under_way is not None and under_way.state in (State.DRAFT, State.RETURNED)
    if employer.state == Employer.State.UNFILED and under_way is not None and unsubmitted:
        return redirect(EMPLOYER.form_url(under_way))
    shown = _shown(employer, under_way)
    context = {
        "employer": employer,
        "case": under_way or newest_filing(employer),
        "under_way": under_way,
        "unsubmitted": unsubmitted,
        "closing": closing_filing(employer),
        "shown": shown,
        "beside": asking.beside(employer),
        "today": desk.today,
        "declared": entitlements.summary_asked(employer, desk.today),
        "still_open": still_open(),
        "may_see_personal": shown is not None and case_queries.may_see_personal(desk.user, shown),
        "whole_url": reverse("employer:case-whole", args=[shown.pk]) if shown else "",
        "sections": view.sections(
            EMPLOYER_FORM,
            shown.values if shown else drafts.particulars_of(employer),
        ),
        "lines": materials.lines_of(shown, user=desk.user, site=EMPLOYER) if shown else [],
        "notice": policy.of(employer.region_code, desk.today).text("notice_initial"),
    }
    return render(request, "portals/employer/particulars.html", context)


def _shown(employer: Employer, under_way: Case | None) -> Case | None:
    """The case whose values are shown: what was approved, before that what awaits review."""
    if approved := approved_filing(employer):
        return approved
    return under_way if under_way and under_way.state == State.PENDING else None


@of_labour
@require_POST
def begin(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Begin the initial filing, or a change; or go on with the one begun."""
    if answer := closed(request, desk):
        return answer
    return redirect(
        EMPLOYER.form_url(drafts.begin(employer=desk.employer, by=desk.user, now=desk.now))
    )


@of_labour
@require_POST
def cancel(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Begin the cancellation filing (注销备案), or go on with the one begun."""
    if answer := closed(request, desk):
        return answer
    case = drafts.begin_cancellation(employer=desk.employer, by=desk.user, now=desk.now)
    return redirect(EMPLOYER.form_url(case))


@of_labour
@require_GET
def routing(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Where the employer's filings go, and why."""
    context = explained(desk.employer, desk.today) | {
        "back_url": reverse("employer:particulars"),
        "back_title": "单位基本信息",
    }
    return render(request, "portals/pages/routing.html", context)


@of_labour
@require_GET
def agencies(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The agencies of the region chosen on the form, as options of its select."""
    options = agency_options(request.GET.get("region", ""), kind_of("initial"))
    return render(request, "portals/employer/agencies.html", {"options": options})
