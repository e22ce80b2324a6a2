"""工资支付情况、参加社会保险情况: what the employer declared, and declaring more of it, for one worker or by a
workbook."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_GET, require_http_methods

from yonggong.accounts.actions import record_access
from yonggong.accounts.models import User
from yonggong.batch.reading import MOST_MEGABYTES
from yonggong.batch.template import Filled, template
from yonggong.entitlements import listings, queries
from yonggong.entitlements.declaring import SORTS, Outcome, Sort, declare
from yonggong.entitlements.models import Insured, WagePaid
from yonggong.forms import Problem
from yonggong.forms.page import Action, FormPage
from yonggong.listings import Listing
from yonggong.listings.views import listing_view
from yonggong.portals.employer.desk import Desk, closed, labour
from yonggong.portals.files import workbook
from yonggong.portals.navigation import stand_under
from yonggong.portals.pages.rows import brought
from yonggong.portals.uploading import takes_files
from yonggong.registry.models import Worker

# Read, looked at and written within a request.
MOST_ROWS = 100_000
_NAMED = 200


def _wages(user: User) -> QuerySet[WagePaid]:
    return queries.visible_to(user, WagePaid.objects.all()).select_related("declaration")


def _insurance(user: User) -> QuerySet[Insured]:
    return queries.visible_to(user, Insured.objects.all()).select_related("declaration")


LISTS = {
    "wages": Listing(
        name="employer-wages",
        title="工资支付情况",
        columns=listings.WAGES_COLUMNS,
        rows=_wages,
        conditions=listings.WAGES_CONDITIONS,
        one_owner=True,
        empty="还没有申报工资支付情况。",
    ),
    "insurance": Listing(
        name="employer-insurance",
        title="参加社会保险情况",
        columns=listings.INSURANCE_COLUMNS,
        rows=_insurance,
        conditions=listings.INSURANCE_CONDITIONS,
        one_owner=True,
        empty="还没有申报参加社会保险情况。",
    ),
}


def sort_of(request: HttpRequest, desk: Desk, what: str) -> Sort:
    """What is declared, where the province asks it; elsewhere the page does not exist."""
    if what not in SORTS or not queries.is_asked(what, desk.employer, desk.today):
        raise Http404
    stand_under(request, f"employer:declared/{what}")
    return SORTS[what]


def _title(what: str) -> str:
    return LISTS[what].title


@labour
@require_http_methods(["GET", "POST"])
def lines(request: HttpRequest, desk: Desk, what: str) -> HttpResponseBase:
    """What holds of what was declared."""
    sort_of(request, desk, what)
    # Counted where the page shows it: neither for its list alone, nor for a file.
    coverage = SimpleLazyObject(lambda: queries.coverage(desk.employer))
    extra = {"what": what, "coverage": coverage, "own": desk.own is not None}
    template_name = "portals/employer/declared.html"
    return listing_view(request, LISTS[what], template=template_name, extra=extra)


@labour
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, desk: Desk, what: str) -> HttpResponseBase:
    """Declare one line."""
    sort = sort_of(request, desk, what)
    if answer := closed(request, desk):
        return answer
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        sent = {name: [request.POST.get(name, "")] for name in sort.form.fields_by_name}
        outcome = _declared(desk, sort, sent, [1])
        problems = outcome.problems.get(1, ())
        if not problems:
            messages.success(request, _said(outcome))
            return redirect("employer:declared", what)
    page = FormPage(
        sort.form,
        raw=request.POST if request.method == "POST" else sort.form.dump(sort.form.initial()),
        problems=problems,
        actions=(Action(label="申报", name="ask", value="declare", primary=True),),
        cancel_url=reverse("employer:declared", args=[what]),
    )
    context = {"page": page, "title": _title(what), "what": what}
    status = 422 if problems else 200
    return render(request, "portals/employer/declared_add.html", context, status=status)


def _declared(desk: Desk, sort: Sort, columns: Any, numbers: Any, name: str = "") -> Outcome:
    return declare(
        sort=sort,
        employer=desk.employer,
        columns=columns,
        numbers=numbers,
        file_name=name,
        by=desk.user,
        counter=desk.user.scope.counter_for(desk.employer.pk),
        now=desk.now,
        address=desk.address,
    )


def _said(outcome: Outcome) -> str:
    parts = (("新增", outcome.added), ("更正", outcome.replaced), ("与已申报相同", outcome.same))
    return "，".join(f"{label} {count} 条" for label, count in parts if count) + "。"


@labour
@require_http_methods(["GET", "POST"])
@takes_files(MOST_MEGABYTES + 1)
def load(request: HttpRequest, desk: Desk, what: str) -> HttpResponseBase:
    """Declare by a workbook: a row, a worker and period."""
    sort = sort_of(request, desk, what)
    if answer := closed(request, desk):
        return answer
    context: dict[str, Any] = {"title": _title(what), "what": what, "most_rows": MOST_ROWS}
    context["most_megabytes"] = MOST_MEGABYTES
    status = 200
    if request.method == "POST":
        read = brought(request, sort.form, most_rows=MOST_ROWS, nothing="没有申报任何内容")
        context |= {"said": read.said, "notices": read.notices, "seen": read.seen}
        status = 422
        if part := read.part:
            outcome = _declared(desk, sort, part.columns, part.numbers, read.name)
            bad = sorted(outcome.problems.items())
            context |= {"outcome": outcome, "bad": bad[:_NAMED], "bad_count": len(bad)}
            status = 422 if bad else 200
    return render(request, "portals/employer/declared_load.html", context, status=status)


@labour
@require_GET
def blank(request: HttpRequest, desk: Desk, what: str) -> HttpResponse:
    """The template, with those filled in who are at work; of insurance those of whom nothing is
    declared yet, so that nobody is asked twice. It holds whole document numbers, so it leaves a line
    in the access log."""
    sort = sort_of(request, desk, what)
    people = (
        queries.undeclared(desk.employer)
        if what == "insurance"
        else queries.in_force(desk.employer)
    )
    rows = [Filled(_who(worker)) for worker in people[:MOST_ROWS].iterator()]
    if rows:
        record_access(
            f"单位 {desk.employer.name}",
            f"{_title(what)}申报模板，{len(rows)} 人",
            download=True,
            by=desk.user,
            address=desk.address,
        )
    content = template(sort.form, explanations=False, rows=rows)
    return workbook(content, f"{_title(what)}模板.xlsx")


def _who(worker: Worker) -> dict[str, str]:
    return {
        "document_type": worker.document_type,
        "document_number": worker.document_number,
        "name": worker.name,
    }
