"""The bureau's lists: the queue, all cases, and its region read-only."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases import listings as cases
from yonggong.cases.models import Case
from yonggong.cases.queries import filed_visible_to
from yonggong.cases.queues import clean_queue_of, queue_of
from yonggong.contracts import listings as contracts
from yonggong.contracts.models import Filing
from yonggong.contracts.queries import visible_to as filings_visible_to
from yonggong.counters.queries import not_found_wrong
from yonggong.documents.models import Document
from yonggong.documents.queries import rosters_visible_to
from yonggong.listings import BulkAction, Column, Listing, YesNoCondition
from yonggong.listings.views import listing_view
from yonggong.portals.access import needs
from yonggong.portals.pages import key_facts
from yonggong.registry import listings as registry
from yonggong.registry.models import Employer
from yonggong.services import publicity


def _case_page(row: Case) -> str:
    return reverse("bureau:case", args=[row.pk])


def _filing_page(row: Filing) -> str:
    return reverse("bureau:case", args=[row.case_id])


def _employer_page(row: Employer) -> str:
    return reverse("bureau:employer", args=[row.pk])


def _document_page(row: Document) -> str:
    return reverse("bureau:document", args=[row.pk])


_OBJECTED = Q(Exists(publicity.unanswered().filter(step__case=OuterRef("pk"))))

DECIDE_MANY = (
    BulkAction(
        name="approve",
        title="批量通过",
        url_name="bureau:approve-many",
        icon="checks",
        tone="primary",
        power=Power.REVIEW,
        whole=True,
    ),
    BulkAction(
        name="return",
        title="批量退回",
        url_name="bureau:return-many",
        icon="arrow-back-up",
        tone="danger",
        power=Power.REVIEW,
        whole=True,
    ),
)

QUEUE = Listing(
    name="bureau-queue",
    title="待审核",
    columns=cases.columns(
        "subject", "kind", "applicant", "filed_at", "waited", "due_on", "clock", "late", "findings",
        "assigned_to", "number", "agency", "filed_by", "counter",
        number={"shown": False},
    ),
    rows=lambda user: cases.counted(queue_of(user)),
    conditions=(
        *cases.conditions(
            "subject", "applicant", "kind", "overdue", "number", "taken", "agency", "late", "filed", "due"
        ),
        YesNoCondition(
            name="objected", label="有待核实的异议", yes=_OBJECTED, no=~_OBJECTED, prominent=False
        ),
    ),
    default_order=("due_on", "pk"),
    actions=DECIDE_MANY,
    row_link=_case_page,
    empty="没有等待审核的办件。",
)  # fmt: skip


CLEAN = Listing(
    name="bureau-clean",
    title="无提示件",
    columns=(
        *cases.columns("subject", "kind", "applicant"),
        Column(name="facts", label="主要内容", value=key_facts.in_a_line, long=True, width=60),
        *cases.columns(
            "filed_at",
            "due_on",
            "clock",
            "assigned_to",
            "number",
            "agency",
            "filed_by",
            "counter",
            number={"shown": False},
        ),
    ),
    rows=lambda user: cases.counted(not_found_wrong(clean_queue_of(user))).select_related(
        "current"
    ),
    conditions=cases.conditions(
        "subject", "applicant", "kind", "number", "taken", "agency", "filed", "due"
    ),
    default_order=("due_on", "pk"),
    actions=DECIDE_MANY,
    row_link=_case_page,
    empty="没有无提示的办件。",
)

CASES = Listing(
    name="bureau-cases",
    title="全部备案",
    columns=cases.columns(
        "subject", "kind", "applicant", "state", "filed_at", "due_on", "clock", "late", "decided_by",
        "decided_at", "findings", "number", "agency", "statutory_due_on", "filed_by", "counter",
        number={"shown": False},
        findings={"shown": False},
    ),
    default_order=("-filed_at", "-pk"),
    rows=lambda user: cases.counted(filed_visible_to(user)),
    conditions=cases.conditions(
        "subject", "applicant", "kind", "state", "overdue", "number", "region", "agency", "late", "filed",
        "due", "decided", "decider",
    ),
    row_link=_case_page,
)  # fmt: skip


def _filings(user: User):  # type: ignore[no-untyped-def]
    return contracts.fetched(filings_visible_to(user))


CONTRACTS = Listing(
    name="bureau-contracts",
    title="劳动合同",
    columns=contracts.columns(
        "name", "document", "employer", "employment_form", "term_type", "start_on", "end_on",
        "kind", "state", "in_post", "filed_on", "late", "sex", "job", "signed_on", "ended_on",
        "end_reason", "rostered", "roster", "agency",
        ended_on={"shown": False},
        rostered={"shown": False},
        late={"shown": False},
    ),
    rows=_filings,
    conditions=contracts.conditions(
        "document", "name", "employer", "kind", "state", "region", "in_post", "rostered",
        "employment_form", "term_type", "end_reason", "late", "start_on", "end_on", "signed_on",
        "filed_on", "ended_on",
    ),
    row_link=_filing_page,
)  # fmt: skip

EMPLOYERS = Listing(
    name="bureau-employers",
    title="用人单位",
    columns=tuple(registry.COLUMNS.values()),
    rows=registry.rows,
    conditions=tuple(registry.CONDITIONS.values()),
    row_link=_employer_page,
)

DOCUMENTS = Listing(
    name="bureau-documents",
    title="备案名册",
    columns=tuple(contracts.PAPER_COLUMNS.values()),
    rows=rosters_visible_to,
    conditions=tuple(contracts.PAPER_CONDITIONS.values()),
    row_link=_document_page,
)


@needs(Power.REVIEW)
def queue(request: HttpRequest) -> HttpResponseBase:
    """待审核: what waits for a decision here, the one due first on top."""
    return listing_view(request, QUEUE, template="portals/bureau/queue.html")


@needs(Power.REVIEW)
def clean(request: HttpRequest) -> HttpResponseBase:
    """无提示件: of what waits, that of which nothing is to be looked into, with its key facts."""
    return listing_view(request, CLEAN, template="portals/bureau/clean.html")


@needs(Power.SEE_REGION)
def all_cases(request: HttpRequest) -> HttpResponseBase:
    """全部备案 of the region and the agency."""
    return listing_view(request, CASES, template="portals/list.html")


@needs(Power.SEE_REGION)
def all_contracts(request: HttpRequest) -> HttpResponseBase:
    """劳动合同 of the region."""
    return listing_view(request, CONTRACTS, template="portals/list.html")


@needs(Power.SEE_REGION)
def all_employers(request: HttpRequest) -> HttpResponseBase:
    """用人单位 of the region."""
    return listing_view(request, EMPLOYERS, template="portals/list.html")


@needs(Power.SEE_REGION)
def all_documents(request: HttpRequest) -> HttpResponseBase:
    """备案名册 of the region."""
    return listing_view(request, DOCUMENTS, template="portals/list.html")
