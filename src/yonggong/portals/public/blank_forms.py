"""空白样表: every kind's form on paper, for anybody."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yonggong.annual.tables import TABLES, UNCHECKED
from yonggong.cases.items import kind_called, kinds_in_use
from yonggong.documents.blank import print_blank
from yonggong.documents.blank_sheets import print_blank_sheet
from yonggong.entitlements.declaring import SORTS
from yonggong.portals.files import file_response
from yonggong.portals.public.shell import shell_of

# What is filled in a row a person, and what is told of it: the tables of the annual filing, wages and insurance.
_SHEETS = {form.name: (form, UNCHECKED[table]) for table, form in TABLES.items()} | {
    sort.form.name: (sort.form, "") for sort in SORTS.values()
}


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """All of them."""
    kinds = sorted(kinds_in_use(), key=lambda kind: (not kind.frequent, kind.title))
    context = {
        "kinds": kinds,
        "sheets": [sheet for sheet, _ in _SHEETS.values()],
        "shell": shell_of(request),
    }
    return render(request, "portals/public/blank_forms.html", context)


@require_safe
def pdf(request: HttpRequest, name: str) -> HttpResponse:
    """One, to be printed."""
    if name in _SHEETS:
        sheet, note = _SHEETS[name]
        content = print_blank_sheet(sheet, note, timezone.localdate())
        named = f"{sheet.title}空白样表.pdf"
        return file_response(content, "application/pdf", named, download=False)
    try:
        kind = kind_called(name)
    except KeyError:
        raise Http404 from None
    content = print_blank(kind, timezone.localdate())
    return file_response(content, "application/pdf", f"{kind.title}空白样表.pdf", download=False)
