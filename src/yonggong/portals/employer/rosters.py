"""实时名册打印 and 已办业务名册查询 (JL-9, JL-10): choose, preview, save; then print and download."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yonggong import policy
from yonggong.accounts.actions import record_access
from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases.life import State
from yonggong.contracts import rosters
from yonggong.contracts.listings import PAPER_COLUMNS, PAPER_CONDITIONS, columns, conditions
from yonggong.contracts.models import Filing
from yonggong.contracts.papers import FilingPaper, filing_papers, printed
from yonggong.contracts.rosters import CannotList
from yonggong.documents import queries as documents
from yonggong.documents.models import Document
from yonggong.listings import BulkAction, ChoiceCondition, Listing
from yonggong.listings.finding import COUNT_LIMIT
from yonggong.listings.views import listing_view
from yonggong.portals.access import keys_of, submission_key
from yonggong.portals.employer.contracts import back, opened_with, own, row_link
from yonggong.portals.employer.desk import Desk, labour, of_labour
from yonggong.portals.files import file_response
from yonggong.portals.pages import saved_paper

# By the word for each in addresses.
MAKINGS: dict[str, FilingPaper] = {paper.word: paper for paper in filing_papers()}


def _printable(user: User) -> QuerySet[Filing]:
    """Approved filings of the kinds that stand on a paper."""
    return own(user).filter(state=State.APPROVED).filter(kind__in=printed())


def _kinds() -> ChoiceCondition:
    choices = tuple((stage.value, stage.label) for stage in printed())
    return ChoiceCondition(name="kind", label="合同状态", field="kind", choices=choices)


PRINTABLE = Listing(
    name="employer-roster-print",
    title="实时名册打印",
    columns=columns(
        "name",
        "document",
        "employment_form",
        "term_type",
        "start_on",
        "end_on",
        "ended_on",
        "kind",
        "state",
        "rostered",
        "roster",
        "certificate",
        "filed_on",
        ended_on={"shown": False},
        roster={"shown": True},
    ),
    conditions=(
        *conditions("document", "name"),
        _kinds(),
        *conditions("rostered", "certified", "term_type", "start_on", "end_on", "filed_on"),
    ),
    rows=_printable,
    one_owner=True,
    actions=tuple(
        BulkAction(
            name=making.word,
            title=making.button,
            url_name=f"employer:roster-print-{making.word}",
            icon=making.icon,
            tone="primary",
        )
        for making in MAKINGS.values()
    ),
    row_link=row_link,
    page_sizes=(20, 50, 100, 500),
)


def _papers(user: User) -> QuerySet[Document]:
    own_ = documents.rosters_visible_to(user).filter(employer__in=user.scope.employers(Power.FILE))
    # A person may stand on a paper twice: engaged, ended, and engaged anew.
    return own_.distinct()


def _paper_link(row: Document) -> str:
    return reverse("employer:rosters-paper", args=[row.pk])


PAPERS = Listing(
    name="employer-rosters",
    title="已办业务名册查询",
    columns=tuple(PAPER_COLUMNS[name] for name in PAPER_COLUMNS if name != "employer"),
    conditions=tuple(PAPER_CONDITIONS[name] for name in PAPER_CONDITIONS if name != "employer"),
    rows=_papers,
    row_link=_paper_link,
    empty="没有符合条件的名册。名册在“实时名册打印”中生成。",
)


@labour
@require_http_methods(["GET", "POST"])
def printable(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """实时名册打印: the approved filings, and how many wait for which paper."""
    filings = own(desk.user).filter(employer=desk.employer).order_by()
    waiting = [
        (making, filings.filter(making.waiting)[: COUNT_LIMIT + 1].count())
        for making in MAKINGS.values()
    ]
    wanted = next((making for making, count in waiting if count), waiting[0][0])
    if answer := opened_with(request, wanted.preset):
        return answer
    extra = {
        "waiting": [
            {
                "title": making.title,
                "url": reverse(f"employer:roster-print-{making.word}"),
                "list_url": f"{reverse('employer:roster-print')}?{urlencode(making.preset)}",
                "count": f"{COUNT_LIMIT}+" if count > COUNT_LIMIT else count,
            }
            for making, count in waiting
        ],
        "note": policy.of(desk.employer.region_code, desk.today).text("notice_roster"),
    }
    return listing_view(
        request, PRINTABLE, template="portals/employer/roster_print.html", extra=extra
    )


@labour
@require_POST
def choose(request: HttpRequest, desk: Desk, word: str) -> HttpResponse:
    """A button over the list: the ticked filings, or with `all` every one that waits."""
    ids = _waiting(desk, word) if "all" in request.POST else keys_of(request)
    try:
        rosters.chosen(employer=desk.employer, paper=MAKINGS[word], filing_ids=ids)
    except CannotList as refused:
        messages.error(request, str(refused))
        return back(request, "employer:roster-print")
    token = str(uuid4())
    # Only the newest choice is kept: the session is no store.
    request.session["roster"] = {
        "token": token,
        "word": word,
        "ids": ids,
        "next": request.POST.get("next", ""),
    }
    return redirect("employer:roster-print-preview", token)


def _waiting(desk: Desk, word: str) -> list[int]:
    """Every filing that waits for this paper, the first filed first."""
    rows = own(desk.user).filter(MAKINGS[word].waiting, employer=desk.employer).order_by("pk")
    return list(rows.values_list("pk", flat=True)[: rosters.MOST_ROWS])


def _choice(request: HttpRequest, token: object) -> dict[str, Any]:
    chosen: dict[str, Any] | None = request.session.get("roster")
    if chosen is None or chosen["token"] != str(token):
        raise Http404
    return chosen


@labour
@require_GET
def preview(request: HttpRequest, desk: Desk, token: object) -> HttpResponse:
    """The window of the manual (1.11): the paper to look at; print and download wait for 保存."""
    chosen = _choice(request, token)
    making = MAKINGS[chosen["word"]]
    context = {
        "making": making,
        "title": making.title,
        "count": len(chosen["ids"]),
        "pdf_url": reverse("employer:roster-print-draft", args=[token]),
        "save_url": reverse("employer:roster-print-save", args=[token]),
        "back_url": chosen["next"] or reverse("employer:roster-print"),
        "key": str(uuid4()),
    }
    return render(request, "portals/employer/roster_preview.html", context)


@labour
@require_GET
def draft(request: HttpRequest, desk: Desk, token: object) -> HttpResponse:
    """The preview itself, without a number."""
    chosen = _choice(request, token)
    making = MAKINGS[chosen["word"]]
    try:
        pdf = rosters.preview(
            employer=desk.employer,
            paper=making,
            filing_ids=chosen["ids"],
            now=desk.now,
        )
    except CannotList as refused:
        raise Http404 from refused
    record_access(
        f"{making.title}（预览）", f"{len(chosen['ids'])} 人", by=desk.user, address=desk.address
    )
    return file_response(pdf, "application/pdf", f"{making.title}（预览）.pdf", download=False)


@labour
@require_POST
def save(request: HttpRequest, desk: Desk, token: object) -> HttpResponse:
    """保存: the paper gets its number and never changes again."""
    chosen = _choice(request, token)
    try:
        document = rosters.make_roster(
            employer=desk.employer,
            paper=MAKINGS[chosen["word"]],
            filing_ids=chosen["ids"],
            key=submission_key(request),
            by=desk.user,
            now=desk.now,
            address=desk.address,
        )
    except CannotList as refused:
        messages.error(request, str(refused))
        return redirect("employer:roster-print")
    messages.success(request, f"保存成功，编号 {document.number}，现在可以打印和下载。")
    return redirect("employer:rosters-paper", document.pk)


@of_labour
@require_http_methods(["GET", "POST"])
def papers(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """已办业务名册查询."""
    note = "保存成功的名册和证明书都可在此查询、查看、打印和下载。"
    return listing_view(
        request, PAPERS, template="portals/employer/list.html", extra={"note": note}
    )


def _paper(desk: Desk, pk: int) -> Document:
    return documents.visible_to(desk.user).get(pk=pk, employer=desk.employer)


@of_labour
@require_GET
def paper(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """One saved paper, to look at, print and download, and the filings it lists."""
    document = _paper(desk, pk)
    rows = (
        own(desk.user)
        .filter(case__papers__document=document)
        .order_by("case__papers__position")[:500]
    )
    context = {
        "document": document,
        "rows": rows,
        "pdf_url": reverse("employer:rosters-pdf", args=[pk]),
        "may_see_personal": documents.may_see_whole(desk.user, document),
        "revoked": documents.revoked_on(document),
    }
    return render(request, "portals/employer/roster.html", context)


@of_labour
@require_GET
def pdf(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """The saved PDF, in place or, with `download`, as a file; it shows whole numbers, so every look
    is recorded."""
    document = _paper(desk, pk)
    return saved_paper.pdf(request, document, said=f"{document.row_count} 人", user=desk.user)
