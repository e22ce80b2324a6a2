"""监察查阅 and 劳动关系核验: whole records looked up with a reason, and whether a relation exists."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yonggong.accounts.roles import Power
from yonggong.annual.tables import SHORT, TABLES
from yonggong.cases import materials
from yonggong.cases.models import Case
from yonggong.contracts.workforce import workforce_findings
from yonggong.documents.filings import print_version
from yonggong.employers import asking
from yonggong.employers.queries import approved_filing
from yonggong.entitlements import queries as entitlements
from yonggong.forms import view
from yonggong.forms.reading import read_key
from yonggong.portals.access import needs, user_of
from yonggong.portals.bureau.inspecting import hand_of
from yonggong.portals.files import file_response
from yonggong.portals.navigation import stand_under
from yonggong.portals.pages import annual
from yonggong.portals.pages.site import BUREAU, Site
from yonggong.registry.models import Employer, Worker
from yonggong.supervision import clues, defaulters, looking, orders, relations
from yonggong.supervision.acting import Unfit
from yonggong.supervision.models import Look
from yonggong.supervision.recognition import may_be_recognised
from yonggong.vault import mask

_SHOWN = 50
# Where tables of annual filings are read in a record.
_TABLES = {"annual-rows": "look-up-rows", "annual-print": "look-up-table"}
_MOST_TEXT = 120


def _typed(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").replace("\x00", "").strip()[:_MOST_TEXT]


@needs(Power.LOOK_UP)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """GET: whom to look up, and what for. POST: whoever is found, each to be opened."""
    user = user_of(request)
    context: dict[str, Any] = {
        "unit": _typed(request, "unit"),
        "number": _typed(request, "number"),
        "name": _typed(request, "name"),
        "reason": _typed(request, "reason"),
        "asked": request.method == "POST",
    }
    try:
        if request.method == "POST" and not context["reason"]:
            raise ValueError("请填写查阅的事由。")
        context["employers"] = looking.find_employers(user, context["unit"])
        context["workers"] = looking.find_workers(
            user, number=context["number"], name=context["name"]
        )
    except ValueError as error:
        context["problem"] = str(error)
    status = 422 if "problem" in context else 200
    return render(request, "portals/bureau/look_up.html", context, status=status)


@needs(Power.LOOK_UP)
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Open a record for the reason given; the look is recorded."""
    stand_under(request, "bureau:look-up")
    key = read_key(request.POST.get("key", ""))
    kinds: dict[str, type[Employer] | type[Worker]] = {"employer": Employer, "worker": Worker}
    model = kinds.get(request.POST.get("of", ""))
    if key is None or model is None:
        raise Http404
    try:
        of = model._default_manager.get(pk=key)
        look = looking.open_record(of=of, reason=_typed(request, "reason"), hand=hand_of(request))
    except (Employer.DoesNotExist, Worker.DoesNotExist):
        raise Http404 from None
    except Unfit as unfit:
        context = {"problem": str(unfit), "asked": False}
        return render(request, "portals/bureau/look_up.html", context, status=422)
    return redirect("bureau:look-up-show", look.pk)


@needs(Power.LOOK_UP)
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The record that was opened, numbers masked."""
    return _record(request, _look(request, pk), whole=False)


@needs(Power.LOOK_UP)
@require_POST
def whole(request: HttpRequest, pk: int) -> HttpResponse:
    """The same with numbers whole; recorded once more."""
    look = _look(request, pk)
    looking.record_whole(look=look, hand=hand_of(request))
    return _record(request, look, whole=True)


@needs(Power.LOOK_UP)
@require_http_methods(["GET", "POST"])
def case(request: HttpRequest, pk: int, case: int) -> HttpResponse:
    """What was filed last with a case of the record, as a PDF. GET: personal data masked. POST: whole. Both
    are recorded."""
    look, hand, whole = _look(request, pk), hand_of(request), request.method == "POST"
    found = _case(look, case)
    if found.current is None:
        raise Http404
    looking.record_case(look=look, case=found, whole=whole, hand=hand)
    pdf = print_version(found, found.current, unmasked=whole, by=hand.by, now=hand.now)
    return file_response(pdf, "application/pdf", f"{found.number}.pdf", download=False)


@needs(Power.LOOK_UP)
@require_http_methods(["GET", "POST"])
def rows(request: HttpRequest, pk: int, case: int, table: str) -> HttpResponse:
    """Table 2 or 3 of an annual filing of the record, some rows a page, masked; each page is recorded."""
    look = _look(request, pk)
    found = _case(look, case)
    annual.table_of(found, table, filed=True)
    if request.method == "GET":
        what = f"{SHORT[table]}第 {read_key(request.GET.get('page', '')) or 1} 页"
        looking.record_case(look=look, case=found, whole=False, hand=hand_of(request), what=what)
    reader = annual.Reader(
        site=_site_of(look),
        back=reverse("bureau:look-up-show", args=[look.pk]),
        back_to="查阅的记录",
        whole=True,
    )
    return annual.rows_page(request, found, table, reader)


@needs(Power.LOOK_UP)
@require_http_methods(["GET", "POST"])
def table(request: HttpRequest, pk: int, case: int, table: str) -> HttpResponse:
    """A table of an annual filing of the record, as a PDF. GET: personal data masked. POST: whole. Both are
    recorded."""
    look, hand = _look(request, pk), hand_of(request)
    found = _case(look, case)

    def note(what: str, whole: bool) -> None:
        looking.record_case(look=look, case=found, whole=whole, hand=hand, what=what)

    return annual.paper(request, found, table, filed=True, user=hand.by, note=note)


@needs(Power.LOOK_UP)
@require_GET
def material(request: HttpRequest, pk: int, case: int, name: str) -> HttpResponse:
    """A material of a case of the record, as it was brought (Inner Mongolia's measures, 14); recorded."""
    look, hand = _look(request, pk), hand_of(request)
    found = _case(look, case).materials.select_related("blob").filter(name=name).first()
    if found is None:
        raise Http404
    looking.record_material(look=look, material=found, hand=hand)
    return file_response(
        materials.content_of(found), found.content_type, found.file_name, download=False
    )


def _case(look: Look, pk: int) -> Case:
    try:
        return looking.case_of(look, pk)
    except Case.DoesNotExist:
        raise Http404 from None


def _look(request: HttpRequest, pk: int) -> Look:
    stand_under(request, "bureau:look-up")
    try:
        return looking.open_look(user_of(request), pk)
    except Look.DoesNotExist:
        raise Http404 from None


def _record(request: HttpRequest, look: Look, *, whole: bool) -> HttpResponse:
    context: dict[str, Any] = {"look": look, "whole": whole, "shown": _SHOWN}
    if look.employer is not None:
        context |= _of_employer(request, look, look.employer, whole=whole)
        return render(request, "portals/bureau/look_employer.html", context)
    assert look.worker is not None
    context |= _of_worker(request, look.worker, whole=whole)
    return render(request, "portals/bureau/look_worker.html", context)


def _number(worker: Worker, whole: bool) -> str:
    return worker.document_number if whole else mask(worker.document_number, "document")


def _site_of(look: Look) -> Site:
    """The bureau's portal, with the pages of the record that was opened."""
    return replace(BUREAU, names=_TABLES, before=(look.pk,))


def _tables(look: Look, case: Case) -> list[tuple[str, str]]:
    """The tables of an annual filing: what each is called, and where it opens; the first has no rows."""
    site = _site_of(look)
    return [
        (short, site.url("annual-rows" if table in TABLES else "annual-print", case.pk, table))
        for short, table in annual.tables_filed(case)
    ]


def _of_employer(
    request: HttpRequest, look: Look, employer: Employer, *, whole: bool
) -> dict[str, Any]:
    user = user_of(request)
    record = looking.record_of_employer(user, employer)
    today, filing = timezone.localdate(), approved_filing(employer)
    form = filing.definition.form if filing else None
    return {
        "employer": employer,
        "sections": view.sections(form, filing.values, unmasked=whole) if form and filing else (),
        "beside": asking.beside(employer),
        "declared": entitlements.summary_asked(employer, today),
        "workforce": workforce_findings(employer, today),
        "cases": [(one, _tables(look, one)) for one in record.cases[:_SHOWN]],
        "contracts": [(one, _number(one.worker, whole)) for one in record.contracts[:_SHOWN]],
        "contract_count": record.contracts.count(),
        "rosters": record.rosters[:_SHOWN],
        "clues": clues.of_employer(user, employer)[:_SHOWN],
        "orders": orders.visible_to(user).filter(employer=employer).order_by("-pk")[:_SHOWN],
        "penalties": defaulters.penalties_visible_to(user).filter(employer=employer)[:_SHOWN],
        "recognition": may_be_recognised(employer, on=today),
        "may_order": user.scope.covers(employer.region_code, Power.ORDER),
    }


def _of_worker(request: HttpRequest, worker: Worker, *, whole: bool) -> dict[str, Any]:
    user = user_of(request)
    return {
        "worker": worker,
        "number": _number(worker, whole),
        "contracts": looking.contracts_of_worker(user, worker)[:_SHOWN],
        "filings": looking.filings_of_worker(user, worker)[:_SHOWN],
        "wages": looking.wages_of_worker(user, worker)[:_SHOWN],
        "insurance": looking.insurance_of_worker(user, worker)[:_SHOWN],
    }


@needs(Power.LOOK_UP, Power.REVIEW)
@require_http_methods(["GET", "POST"])
def relation(request: HttpRequest) -> HttpResponse:
    """GET: what is asked, for which business and why. POST: whether the relation exists."""
    context: dict[str, Any] = {
        "purposes": relations.PURPOSES,
        "number": _typed(request, "number"),
        "credit_code": _typed(request, "credit_code"),
        "purpose": _typed(request, "purpose"),
        "reason": _typed(request, "reason"),
    }
    if request.method == "POST":
        try:
            context["answer"] = relations.ask(
                number=context["number"],
                credit_code=context["credit_code"],
                purpose=context["purpose"],
                reason=context["reason"],
                hand=hand_of(request),
            )
        except Unfit as unfit:
            context["problem"] = str(unfit)
    status = 422 if "problem" in context else 200
    return render(request, "portals/bureau/relation.html", context, status=status)
