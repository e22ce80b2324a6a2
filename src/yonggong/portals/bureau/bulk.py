"""成批审核: many cases chosen, by ticking them or all that a list's conditions find, then looked through,
confirmed, and decided one by one."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.batch import deciding, queries
from yonggong.batch.models import Batch, BulkDecision, Chosen
from yonggong.batch.pace import words_of_rest
from yonggong.cases import opinions, queues
from yonggong.cases.errors import Forbidden, Refused
from yonggong.cases.kinds import get_kind
from yonggong.cases.listings import columns_of_case
from yonggong.cases.models import Case
from yonggong.cases.verdicts import stored_verdicts
from yonggong.counters.queries import found_wrong_among, not_found_wrong
from yonggong.listings import Badge, Column, Listing, YesNoCondition
from yonggong.listings.pages import read
from yonggong.listings.views import listing_view
from yonggong.portals.access import address_of, keys_of, needs, user_of
from yonggong.portals.bureau import lists, refusals
from yonggong.portals.navigation import stand_under
from yonggong.portals.pages import key_facts

_PER_PAGE = 50
# The lists of which all that is found can be chosen, by their addresses.
_WHOLE = {"bureau:queue": lists.QUEUE, "bureau:clean": lists.CLEAN}

CHOSEN = Listing(
    name="bureau-bulk",
    title="成批审核的办件",
    columns=(
        *columns_of_case("number", "subject", "kind", "applicant"),
        Column(
            name="outcome",
            label="结果",
            value=lambda row: row.outcome,
            badge=lambda row: Badge("warn", "alert-triangle") if row.reason else None,
            width=12,
        ),
        Column(
            name="reason", label="未办理的原因", value=lambda row: row.reason, long=True, width=48
        ),
    ),
    conditions=(
        YesNoCondition(name="left", label="是否未办理", yes=~Q(reason=""), no=Q(reason="")),
    ),
    rows=lambda user: Chosen.objects.filter(bulk__by=user).select_related(
        "bulk", "case", "case__applicant"
    ),
    one_owner=True,
    default_order=("case",),
    row_link=lambda row: reverse("bureau:case", args=[row.case_id]),
    empty="没有符合条件的办件。",
)


@needs(Power.REVIEW)
@require_POST
def approve_many(request: HttpRequest) -> HttpResponse:
    """批量通过: the cases ticked, or all of the list, on to the page that shows them."""
    return _choose(request, deciding.Decision.APPROVE)


@needs(Power.REVIEW)
@require_POST
def return_many(request: HttpRequest) -> HttpResponse:
    """批量退回, as 批量通过."""
    return _choose(request, deciding.Decision.RETURN)


def _choose(request: HttpRequest, decision: deciding.Decision) -> HttpResponse:
    user = user_of(request)
    cases = _all(request, user) if "all" in request.POST else _ticked(request, user)
    return _chosen(request, user, cases, decision, ticked=len(keys_of(request)))


def _ticked(request: HttpRequest, user: User) -> QuerySet[Case]:
    return queues.queue_of(user).filter(pk__in=keys_of(request))


def _all(request: HttpRequest, user: User) -> QuerySet[Case]:
    """All that the list found under the conditions with which it was shown (`next`)."""
    shown = urlsplit(request.POST.get("next", ""))
    listing = next((one for name, one in _WHOLE.items() if reverse(name) == shown.path), None)
    if listing is None:
        raise Http404
    asked = read(listing, user, parse_qs(shown.query, keep_blank_values=True))
    if asked.problems:
        return queues.queue_of(user).none()
    found: QuerySet[Case] = asked.rows
    return queues.queue_of(user).filter(pk__in=found.order_by().values("pk"))


def choose_batch(request: HttpRequest, user: User, batch: Batch) -> HttpResponse:
    """整批审核: all of a batch that waits for the reviewer."""
    cases = deciding.decidable(batch, user)
    return _chosen(request, user, cases, deciding.Decision.APPROVE, batch=batch)


def _chosen(
    request: HttpRequest,
    user: User,
    cases: QuerySet[Case],
    decision: deciding.Decision,
    *,
    batch: Batch | None = None,
    ticked: int = 0,
) -> HttpResponse:
    if decision == deciding.Decision.APPROVE and (wrong := found_wrong_among(cases).count()):
        messages.warning(request, f"有 {wrong} 件经窗口抽查录入有误，请逐件审核，未列入。")
        cases, ticked = not_found_wrong(cases), ticked - wrong
    try:
        bulk = deciding.choose(
            cases=cases,
            decision=decision,
            batch=batch,
            by=user,
            now=timezone.now(),
            address=address_of(request),
        )
    except Forbidden as refused:
        messages.warning(request, str(refused))
        return redirect("bureau:batch", batch.pk) if batch else redirect("bureau:queue")
    if (gone := ticked - bulk.total) > 0:
        messages.warning(request, f"所选办件中有 {gone} 件已不在待审核中，未列入。")
    return redirect("bureau:bulk", bulk.pk)


def _own(user: User, pk: int) -> BulkDecision:
    found: BulkDecision = get_object_or_404(queries.decisions_of(user), pk=pk)
    return found


@needs(Power.REVIEW)
def show(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What was chosen, to be looked through and confirmed; how far it is; what could not be done."""
    user = user_of(request)
    bulk = _own(user, pk)
    stand_under(request, "bureau:batches" if bulk.batch_id else "bureau:queue")
    if bulk.state == BulkDecision.State.ASKED:
        return _ask(request, user, bulk)
    listing = replace(CHOSEN, rows=lambda asker: CHOSEN.rows(asker).filter(bulk=bulk))
    context = {"bulk": bulk, **progress_of(bulk)}
    return listing_view(request, listing, template="portals/bureau/bulk.html", extra=context)


def _ask(request: HttpRequest, user: User, bulk: BulkDecision) -> HttpResponse:
    chosen = (
        Chosen.objects.filter(bulk=bulk)
        .select_related("case", "case__current", "case__applicant")
        .prefetch_related("case__materials")
        .order_by("case__due_on", "case")
    )
    page = Paginator(chosen, _PER_PAGE).get_page(request.GET.get("page"))
    told = deciding.summary(bulk)
    context = {
        "bulk": bulk,
        "approving": bulk.decision == deciding.Decision.APPROVE,
        "page": page,
        "rows": [_row(one.case) for one in page],
        "summary": told,
        "kinds": [(get_kind(kind).title, count) for kind, count in told.kinds],
        "quick_opinions": opinions.offered(user),
        "back": _back(bulk),
    }
    return render(request, "portals/bureau/bulk_ask.html", context)


def _row(case: Case) -> dict[str, object]:
    return {
        "case": case,
        "facts": key_facts.in_a_line(case),
        "materials": case.materials.all(),
        "findings": stored_verdicts(case.version.findings),
    }


def _back(bulk: BulkDecision) -> str:
    """The page from which they were chosen."""
    if bulk.batch_id:
        return reverse("bureau:batch", args=[bulk.batch_id])
    return reverse("bureau:queue")


@needs(Power.REVIEW)
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """确认: decide them now, or by a job where they are many."""
    user = user_of(request)
    _own(user, pk)
    try:
        bulk = deciding.confirm(
            bulk=pk,
            opinion=request.POST.get("opinion", ""),
            acknowledged=request.POST.getlist("acknowledged"),
            by=user,
            now=timezone.now(),
            address=address_of(request),
        )
    except Refused as refused:
        refusals.tell(request, refused)
        return redirect("bureau:bulk", pk)
    except Forbidden as refused:
        messages.error(request, str(refused))
        return redirect("bureau:bulk", pk)
    if bulk.total <= deciding.CHUNK:
        deciding.work(pk, clock=timezone.now)
    return redirect("bureau:bulk", pk)


@needs(Power.REVIEW)
@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """停止: what is decided stays, the rest goes on waiting."""
    user = user_of(request)
    _own(user, pk)
    deciding.stop(bulk=pk, by=user, now=timezone.now())
    messages.success(request, "已停止。已办理的办件不变，其余办件仍待审核。")
    return redirect("bureau:bulk", pk)


@needs(Power.REVIEW)
@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is, asked for every second; at its end, the whole page."""
    bulk = _own(user_of(request), pk)
    response = render(
        request, "portals/bureau/bulk_progress.html", {"bulk": bulk, **progress_of(bulk)}
    )
    if not bulk.is_open:
        response["HX-Refresh"] = "true"
    return response


def progress_of(bulk: BulkDecision | None) -> dict[str, object]:
    """How far a decision is: percent, and what is said of the time left."""
    if bulk is None:
        return {}
    return {
        "left": words_of_rest(bulk.expected_at) if bulk.is_open else "",
        "percent": min(100, round(100 * bulk.done / bulk.total)) if bulk.total else 100,
    }
