"""The tables of annual filings as every portal shows them: some rows a page, their differences to what is
filed, printed and as a workbook. Personal data masked, but for what is taken along, which is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from yonggong.accounts.actions import record_access
from yonggong.accounts.models import User
from yonggong.annual import printing, queries, standing
from yonggong.annual.comparing import SORTS, Difference
from yonggong.annual.rows import Sheet, sheet_of
from yonggong.annual.tables import SHORT, TABLES, UNCHECKED
from yonggong.cases import queries as case_queries
from yonggong.cases.models import Case
from yonggong.forms.words import masked_words
from yonggong.listings import sought
from yonggong.portals.access import user_of
from yonggong.portals.files import file_response
from yonggong.portals.navigation import stand_under
from yonggong.portals.pages.site import EMPLOYER, Site
from yonggong.vault import mask

ROWS_A_PAGE = 50
# So many differences of a sort are named on the page; the workbook has all rows.
_NAMED = 200
# Who it is comes first; the type of a document is told by its number.
_FIRST = ("name", "document_number")
_APART = (*_FIRST, "document_type")


@dataclass(frozen=True, slots=True)
class Shown:
    """A row on the page: its number from 1, its cells in words."""

    number: int
    cells: tuple[str, ...]
    explained: bool = False


def rows_page(
    request: HttpRequest, case: Case, table: str, *, site: Site, editable: bool
) -> HttpResponse:
    """Some rows of Table 2 or 3, found by the beginning of a name, or a number: its beginning for those
    who may see it, to others no digit of it is told."""
    sheet = table_of(case, table)
    whole = case_queries.may_see_personal(user_of(request), case)
    if request.method == "POST":
        sent = sought.hidden(request.POST.get("q", "").strip()[:40], user_of(request))
        return redirect(f"{request.path}?{urlencode({'q': sent})}" if sent else request.path)
    asked = _asked(request)
    found = _found(sheet, asked, by_beginning=whole) if asked else range(sheet.size)
    page: Page[int] = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    names = [*_FIRST, *(name for name in sheet.form.fields_by_name if name not in _APART)]
    stand_under(request, site.list_name(case) if site is EMPLOYER else "bureau:cases")
    context = {
        "site": site,
        "case": case,
        "case_url": site.form_url(case) if editable else site.case_url(case),
        "short": SHORT[table],
        "title": sheet.form.title,
        "unchecked": UNCHECKED[table],
        "table": table,
        "headings": [sheet.form.fields_by_name[name].label for name in names],
        "rows": _shown(sheet, list(page.object_list), names),
        "page": page,
        "asked": asked,
        "again": sought.hidden(asked, user_of(request)),
        "size": sheet.size,
        "editable": editable,
        "other_tables": [
            (SHORT[one], site.url("annual-rows", case.pk, one))
            for one in standing.tables_of(case)
            if one != table
        ],
        "print_url": site.url("annual-print", case.pk, table),
        "parts": range(1, printing.parts_of(sheet) + 1),
        "may_see_personal": whole,
    }
    return render(request, f"portals/{site.namespace}/annual_rows.html", context)


def _asked(request: HttpRequest) -> str:
    """What is sought: in the address sealed, since it may be a number."""
    try:
        return sought.opened(request.GET.get("q", ""), user_of(request)).strip()[:40]
    except ValueError:
        return ""


def table_of(case: Case, table: str) -> Sheet:
    """A table of an annual filing. Raises `Http404` where it has none of that name."""
    if case.kind not in (standing.WHOLE, standing.ALONE) or table not in standing.tables_of(case):
        raise Http404
    return sheet_of(case, table)


def _found(sheet: Sheet, asked: str, *, by_beginning: bool) -> list[int]:
    """The rows whose name begins so, or whose number is it, or `by_beginning` begins so."""
    columns = sheet.columns()
    wanted = asked.upper()
    return [
        row
        for row, (name, number) in enumerate(
            zip(columns["name"], columns["document_number"], strict=True)
        )
        if (name or "").startswith(asked)
        or number == wanted
        or (by_beginning and (number or "").startswith(wanted))
    ]


def _shown(sheet: Sheet, numbers: list[int], names: list[str]) -> list[Shown]:
    if not numbers:
        return []
    first, last = numbers[0], numbers[-1]
    rows = sheet.between(first, last + 1)
    return [_line(sheet, number, rows[number - first], names) for number in numbers]


def _line(sheet: Sheet, number: int, row: Mapping[str, Any], names: list[str]) -> Shown:
    fields = sheet.form.fields_by_name
    values = sheet.form.load({name: value for name, value in row.items() if value is not None})
    cells = tuple(masked_words(fields[name], values[name]) for name in names)
    return Shown(number + 1, cells, bool(row.get("remark")))


@dataclass(frozen=True, slots=True)
class Group:
    """The differences of a sort."""

    title: str
    lines: list[dict[str, Any]]
    count: int
    unexplained: int


def differences_page(
    request: HttpRequest, case: Case, *, site: Site, editable: bool
) -> HttpResponse:
    """Every difference of its tables to what is filed: how many, who, in what, and what is said of it."""
    if case.kind not in (standing.WHOLE, standing.ALONE):
        raise Http404
    year, on = queries.told_of(case, timezone.localdate())
    found = standing.found(case, case.applicant.employer, year, on)
    stand_under(request, site.list_name(case) if site is EMPLOYER else "bureau:cases")
    context = {
        "site": site,
        "case": case,
        "case_url": site.form_url(case) if editable else site.case_url(case),
        "groups": _groups(case, found, site, editable=editable),
        "on": on,
        "editable": editable,
    }
    return render(request, f"portals/{site.namespace}/annual_differences.html", context)


def _groups(case: Case, found: list[Difference], site: Site, *, editable: bool) -> list[Group]:
    groups = []
    for sort, title in SORTS.items():
        here = [one for one in found if one.sort == sort]
        if here:
            table = "endings" if sort.startswith("endings") else "persons"
            lines = [_difference(case, one, table, site, editable) for one in here[:_NAMED]]
            left = sum(not one.remark for one in here)
            groups.append(Group(title, lines, len(here), left))
    return groups


def _difference(
    case: Case, one: Difference, table: str, site: Site, editable: bool
) -> dict[str, Any]:
    labels = TABLES[table].fields_by_name
    return {
        "name": one.name,
        "number": mask(one.document_number or "", "document"),
        "row": one.row + 1 if one.row is not None else None,
        "what": "、".join(labels[name].label for name in one.columns),
        "remark": one.remark,
        "url": (
            site.url("annual-row", case.pk, table, one.row + 1)
            if editable and one.row is not None
            else ""
        ),
    }


def printed(
    request: HttpRequest, case: Case, table: str, *, user: User, address: str | None
) -> HttpResponse:
    """Table 1, or a part of another, as a PDF. GET: personal data masked. POST: whole, recorded."""
    now = timezone.now()
    if table == "figures" and case.kind == standing.WHOLE:
        pdf, name = printing.print_figures(case, by=user, now=now), "表一"
        return file_response(pdf, "application/pdf", f"{name}{case.number}.pdf", download=False)
    sheet = table_of(case, table)
    asked = (request.POST or request.GET).get("part", "1")
    part = int(asked) if asked.isdecimal() and len(asked) < 5 else 1
    if not 1 <= part <= printing.parts_of(sheet):
        raise Http404
    whole = request.method == "POST"
    if whole:
        if not case_queries.may_see_personal(user, case):
            raise Http404
        said = f"打印{SHORT[table]}第 {part} 分册"
        record_access(case.reference, said, download=True, by=user, address=address)
    pdf = printing.print_rows(case, sheet, part, unmasked=whole, by=user, now=now)
    name = f"{SHORT[table]}{case.number}第{part}分册.pdf"
    return file_response(pdf, "application/pdf", name, download=False)
