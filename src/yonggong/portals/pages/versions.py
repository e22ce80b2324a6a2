"""填报版本: any version of a case as it was filed, and what it changed against any other."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from yonggong.cases import queries as case_queries
from yonggong.cases.models import Case, Version
from yonggong.cases.verdicts import stored_verdicts
from yonggong.forms import view
from yonggong.forms.diff import Change, diff
from yonggong.portals.pages.site import Site


def page(request: HttpRequest, case: Case, number: int, *, site: Site) -> HttpResponse:
    """One version, personal data masked; `against` in the query names the one it is compared
    with, the one before it where none is named. Raises 404 for a version that is not there."""
    versions = list(case_queries.versions_of(case))
    shown = _version(versions, number)
    other = _against(request, versions, shown)
    form = case_queries.form_of(shown, case)
    context = {
        "site": site,
        "case": case,
        "case_url": site.url("case", case.pk),
        "versions": versions,
        "shown": shown,
        "other": other,
        "sections": view.sections(form, shown.values_on(form)),
        "changes": _changes(case, other, shown),
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


def _changes(case: Case, other: Version | None, shown: Version) -> list[Change]:
    """What `shown` says otherwise than `other`, each read on the form it was filled in on."""
    if other is None:
        return []
    form = case_queries.form_of(shown, case)
    before = other.values_on(case_queries.form_of(other, case))
    return diff(
        form, {name: before.get(name) for name in form.fields_by_name}, shown.values_on(form)
    )
