"""One case of the employer's, and what can be done with it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yonggong.cases import queries as case_queries
from yonggong.cases import second_thoughts
from yonggong.cases.life import Action, State, may
from yonggong.cases.models import Case
from yonggong.contracts import panels
from yonggong.contracts.models import Contract
from yonggong.contracts.queries import with_contract
from yonggong.portals.employer import offers
from yonggong.portals.employer.desk import Desk, at_desk
from yonggong.portals.employer.kind_urls import listed_kinds
from yonggong.portals.navigation import stand_under
from yonggong.portals.pages import case as case_page
from yonggong.portals.pages import receipt, versions
from yonggong.portals.pages.site import EMPLOYER


@at_desk
@require_GET
def show(request: HttpRequest, desk: Desk, pk: int) -> HttpResponseBase:
    """The page of one case with personal data masked; a draft is its form."""
    case = desk.case(pk)
    if case.state == State.DRAFT:
        return redirect(EMPLOYER.form_url(case))
    return _page(request, desk, case, unmasked=False)


@at_desk
@require_POST
def reveal(request: HttpRequest, desk: Desk, pk: int) -> HttpResponseBase:
    """The case with personal data whole; the look is recorded."""
    case = desk.case(pk)
    case_page.look_whole(case, user=desk.user, address=desk.address)
    return _page(request, desk, case, unmasked=True)


@at_desk
@require_GET
def receipt_pdf(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """The receipt of the case."""
    return receipt.pdf(desk.case(pk))


@at_desk
@require_GET
def version(request: HttpRequest, desk: Desk, pk: int, number: int) -> HttpResponse:
    """One version of the case, compared with another."""
    case = desk.case(pk)
    stand_under(request, EMPLOYER.list_name(case))
    return versions.page(request, case, number, user=desk.user, site=EMPLOYER)


@at_desk
@require_http_methods(["GET", "POST"])
def print_version(request: HttpRequest, desk: Desk, pk: int, number: int) -> HttpResponse:
    """One version as a PDF. GET: personal data masked. POST: whole, the look recorded."""
    whole = request.method == "POST"
    return versions.printed(request, desk.case(pk), number, user=desk.user, unmasked=whole)


def _page(request: HttpRequest, desk: Desk, case: Case, *, unmasked: bool) -> HttpResponse:
    stand_under(request, EMPLOYER.list_name(case))
    look = case_page.look_at(case, user=desk.user, site=EMPLOYER, unmasked=unmasked)
    beside = {
        "filing": panels.filing_of(look),
        "mending": case_queries.mending_of(case),
        "next_steps": [
            *_next_steps(desk, panels.contract_of(look)),
            *offers.on_case(desk, panels.filing_of(look)),
        ],
        "form_url": EMPLOYER.form_url(case),
        "list_url": EMPLOYER.list_url(case),
        "place": case.definition.pages.place_title,
        "may_amend": may(Action.AMEND, case.state) and not desk.bars(case.definition),
        "may_void": may(Action.VOID, case.state) and case.definition.procedure is None,
        "may_take_back": second_thoughts.may_take_back(desk.user, case),
        "may_begin_again": second_thoughts.may_begin_again(desk.user, case),
    }
    return case_page.page(request, look, EMPLOYER, beside)


def _next_steps(desk: Desk, contract: Contract | None) -> list[tuple[str, str, int]]:
    """What can be done with the contract now: (address, title, key of the filing to do it on)."""
    if contract is None:
        return []
    rows = with_contract(contract.filings.filter(in_post=True))
    return [
        (reverse(f"employer:{word}-start"), own_list.act, row.pk)
        for row in rows
        for word, (kind, own_list) in listed_kinds().items()
        if not desk.bars(kind) and own_list.offered and own_list.offered(row, desk.today)
    ]
