"""填报版本: any version of a case as it was filed, on the page and printed, and what it changed
against any other."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from yonggong.accounts.actions import record_access
from yonggong.accounts.models import User
from yonggong.cases import queries as case_queries
from yonggong.cases.models import Case, Version
from yonggong.cases.verdicts import stored_verdicts
from yonggong.documents.filings import print_version
from yonggong.forms import view
from yonggong.forms.diff import Change, diff
from yonggong.portals.access import address_of
from yonggong.portals.files import file_response
from yonggong.portals.pages.site import Site


def page(request: HttpRequest, case: Case, number: int, *, user: User, site: Site) -> HttpResponse:
    """One version, personal data masked; `against` in the query names the one it is compared
    with, the one before it where none is named. Raises 404 for a version that is not there."""
    versions = list(case_queries.versions_of(case))
    shown = _version(case, number)
    other = _against(request, case, versions, shown)
    form = case_queries.form_of(shown, case)
    context = {
        "site": site,
        "case": case,
        "case_url": site.url("case", case.pk),
        "print_url": site.url("case-version-print", case.pk, shown.number),
        "may_see_personal": case_queries.may_see_personal(user, case),
        "versions": versions,
        "shown": shown,
        "other": other,
        "sections": view.sections(form, shown.values_on(form)),
        "changes": _changes(case, other, shown),
        "findings": stored_verdicts(shown.findings),
    }
    return render(request, "portals/pages/version.html", context)


def printed(
    request: HttpRequest, case: Case, number: int, *, user: User, unmasked: bool
) -> HttpResponse:
    """One version as a PDF, as it was filed. Whole (`unmasked`) only for those who may see personal
    data, and recorded; raises 404 for others, and for a version that is not there."""
    version = _version(case, number)
    if unmasked:
        if not case_queries.may_see_personal(user, case):
            raise Http404
        said = f"打印第 {number} 版"
        record_access(case.reference, said, download=True, by=user, address=address_of(request))
    pdf = print_version(case, version, unmasked=unmasked, by=user, now=timezone.now())
    name = f"{case.kind_title}{case.number}第{number}版.pdf"
    return file_response(pdf, "application/pdf", name, download=False)


def _version(case: Case, number: int) -> Version:
    try:
        return case_queries.version_of(case, number)
    except Version.DoesNotExist:
        raise Http404 from None


def _against(
    request: HttpRequest, case: Case, versions: list[Version], shown: Version
) -> Version | None:
    asked = request.GET.get("against", "")
    if asked.isdecimal() and len(asked) < 6:
        return _version(case, int(asked))
    earlier = [one.number for one in versions if one.number < shown.number]
    return _version(case, earlier[-1]) if earlier else None


def _changes(case: Case, other: Version | None, shown: Version) -> list[Change]:
    """What `shown` says otherwise than `other`, each read on the form it was filled in on."""
    if other is None:
        return []
    form = case_queries.form_of(shown, case)
    before = other.values_on(case_queries.form_of(other, case))
    return diff(
        form, {name: before.get(name) for name in form.fields_by_name}, shown.values_on(form)
    )
