"""填报版本: any version of a case as it was filed, and what it changed against any other."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from yonggong.cases import queries as case_queries
from yonggong.cases.models import Case, Version
from yonggong.cases.verdicts import stored_verdicts
from yonggong.forms import view
from yonggong.forms.diff import diff
from yonggong.portals.pages.site import Site


def page(request: HttpRequest, case: Case, number: int, *, site: Site) -> HttpResponse:
    """One version, personal data masked; `against` in the query names the one it is compared
    with, the one before it where none is named. Raises 404 for a version that is not there."""
    versions = list(case_queries.versions_of(case))
    shown = _version(versions, number)
    other = _against(request, versions, shown)
    form = case.definition.form
    context = {
        "site": site,
        "case": case,
        "case_url": site.url("case", case.pk),
        "versions": versions,
        "shown": shown,
        "other": other,
        "sections": view.sections(form, shown.values_of(case)),
        "changes": diff(form, other.values_of(case), shown.values_of(case)) if other else (),
        "findings": stored_verdicts(shown.findings),
    }
    return render(request, "portals/pages/version.html", context)


def _version(versions: list[Version], number: int) -> Version:
    for version in versions:
        if version.number == number:
            return version
    raise Http404


def _against(request: HttpRequest, versions: list[Version], shown: Version) -> Version | None:
    asked = request.GET.get("against", "")
    if asked.isdigit() and len(asked) < 6:
        return _version(versions, int(asked))
    return next((one for one in reversed(versions) if one.number < shown.number), None)
