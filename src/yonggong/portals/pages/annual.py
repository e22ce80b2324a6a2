"""The tables of annual filings as every portal shows them: some rows a page, their differences to what is
filed, printed and as a workbook. Personal data masked, but for what is taken along, which is recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
from yonggong.annual.tables import SHORT, TABLE_1, TABLES, UNCHECKED
from yonggong.cases import queries as case_queries
from yonggong.cases.models import Case
from yonggong.forms.words import masked_words
from yonggong.listings import sought
from yonggong.portals.access import user_of
from yonggong.portals.files import file_response
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who reads the tables of a case.

    site     the portal that they read it in
    back     where they came from: the page of the case, or its form
    back_to  what that is called
    edits    may change what is typed; whoever does not file reads what was filed alone
    whole    may print personal data whole
    digits   finds a number by its beginning; to others no digit of it is told
    """

    site: Site
    back: str
    back_to: str = "办件"
    edits: bool = False
    whole: bool = False
    digits: bool = False

    @property
    def filed(self) -> bool:
        """Whether they see what was filed alone."""
        return self.site is not EMPLOYER


def reader_of(case: Case, user: User, site: Site, *, edits: bool = False) -> Reader:
    """Whoever sees a case in a portal, as a reader of its tables."""
    whole = case_queries.may_see_personal(user, case)
    if edits:
        back, back_to = site.form_url(case), "填报页"
    else:
        back, back_to = site.case_url(case), "办件"
    return Reader(site=site, back=back, back_to=back_to, edits=edits, whole=whole, digits=whole)


def tables_filed(case: Case) -> list[tuple[str, str]]:
    """The tables that a case was filed with: what each is called for short, and its name."""
    if case.kind not in (standing.WHOLE, standing.ALONE):
        return []
    first = (TABLE_1,) if case.kind == standing.WHOLE else ()
    return [(SHORT[one], one) for one in (*first, *standing.tables_of(case, filed=True))]


def rows_page(request: HttpRequest, case: Case, table: str, reader: Reader) -> HttpResponse:
    """Some rows of Table 2 or 3, found by the beginning of a name, or a number."""
    site, sheet = reader.site, table_of(case, table, filed=reader.filed)
    if request.method == "POST":
        sent = sought.hidden(request.POST.get("q", "").strip()[:40], user_of(request))
        return redirect(f"{request.path}?{urlencode({'q': sent})}" if sent else request.path)
    asked = _asked(request)
    found = _found(sheet, asked, by_beginning=reader.digits) if asked else range(sheet.size)
    page: Page[int] = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    names = [*_FIRST, *(name for name in sheet.form.fields_by_name if name not in _APART)]
    context = {
        "reader": reader,
        "case": case,
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
        "other_tables": [
            (SHORT[one], site.url("annual-rows", case.pk, one))
            for one in standing.tables_of(case, filed=reader.filed)
            if one != table
        ],
        "print_url": site.url("annual-print", case.pk, table),
        "parts": range(1, printing.parts_of(sheet) + 1),
    }
    return render(request, f"portals/{site.namespace}/annual_rows.html", context)


def _asked(request: HttpRequest) -> str:
    """What is sought: in the address sealed, since it may be a number."""
    try:
        return sought.opened(request.GET.get("q", ""), user_of(request)).strip()[:40]
    except ValueError:
        return ""


def table_of(case: Case, table: str, *, filed: bool = False) -> Sheet:
    """A table of an annual filing, as it is typed or as it was `filed`. Raises `Http404` where it has none
    of that name."""
    if table not in standing.tables_of(case, filed=filed):
        raise Http404
    return sheet_of(case, table, filed=filed)


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


def differences_page(request: HttpRequest, case: Case, reader: Reader) -> HttpResponse:
    """Every difference of its tables to what is filed: how many, who, in what, and what is said of it."""
    if case.kind not in (standing.WHOLE, standing.ALONE):
        raise Http404
    year, on = queries.told_of(case, timezone.localdate(), filed=reader.filed)
    found = standing.found(case, case.applicant.employer, year, on, filed=reader.filed)
    context = {
        "case": case,
        "reader": reader,
        "groups": _groups(case, found, reader),
        "on": on,
    }
    return render(request, f"portals/{reader.site.namespace}/annual_differences.html", context)


def _groups(case: Case, found: list[Difference], reader: Reader) -> list[Group]:
    groups = []
    for sort, title in SORTS.items():
        here = [one for one in found if one.sort == sort]
        if here:
            table = "endings" if sort.startswith("endings") else "persons"
            lines = [_difference(case, one, table, reader) for one in here[:_NAMED]]
            left = sum(not one.remark for one in here)
            groups.append(Group(title, lines, len(here), left))
    return groups


def _difference(case: Case, one: Difference, table: str, reader: Reader) -> dict[str, Any]:
    labels = TABLES[table].fields_by_name
    return {
        "name": one.name,
        "number": mask(one.document_number or "", "document"),
        "row": one.row + 1 if one.row is not None else None,
        "what": "、".join(labels[name].label for name in one.columns),
        "remark": one.remark,
        "url": (
            reader.site.url("annual-row", case.pk, table, one.row + 1)
            if reader.edits and one.row is not None
            else ""
        ),
    }


# Told what of a case is printed, and whether whole, before it is; raises `Http404` for who may not.
Note = Callable[[str, bool], None]


def printed(
    request: HttpRequest, case: Case, table: str, *, site: Site, user: User, address: str | None
) -> HttpResponse:
    """Table 1, or a part of another, as a PDF. GET: personal data masked. POST: whole, recorded."""

    def note(what: str, whole: bool) -> None:
        if not whole:
            return
        if not case_queries.may_see_personal(user, case):
            raise Http404
        record_access(case.reference, f"打印{what}", download=True, by=user, address=address)

    return paper(request, case, table, filed=site is not EMPLOYER, user=user, note=note)


def paper(
    request: HttpRequest, case: Case, table: str, *, filed: bool, user: User, note: Note
) -> HttpResponse:
    """The same, for whoever `note` is to know of."""
    now = timezone.now()
    if table == TABLE_1 and case.kind == standing.WHOLE:
        note(SHORT[TABLE_1], False)
        pdf, name = printing.print_figures(case, filed=filed, by=user, now=now), SHORT[TABLE_1]
        return file_response(pdf, "application/pdf", f"{name}{case.number}.pdf", download=False)
    sheet = table_of(case, table, filed=filed)
    asked = (request.POST or request.GET).get("part", "1")
    part = int(asked) if asked.isdecimal() and len(asked) < 5 else 1
    if not 1 <= part <= printing.parts_of(sheet):
        raise Http404
    whole = request.method == "POST"
    note(f"{SHORT[table]}第 {part} 分册", whole)
    pdf = printing.print_rows(case, sheet, part, unmasked=whole, filed=filed, by=user, now=now)
    name = f"{SHORT[table]}{case.number}第{part}分册.pdf"
    return file_response(pdf, "application/pdf", name, download=False)
