"""The roster of dispatched workers whom a user unit filed: made of all that wait for one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction

from yonggong.accounts.actions import record
from yonggong.accounts.models import AccessEntry, User
from yonggong.accounts.roles import Power
from yonggong.cases.actions import Forbidden, claim, settle
from yonggong.cases.kinds import all_papers
from yonggong.cases.life import State
from yonggong.cases.papers import Paper
from yonggong.codes import tables
from yonggong.contracts.models import Posting
from yonggong.contracts.rosters import MOST_ROWS, CannotList
from yonggong.documents.actions import save_document
from yonggong.documents.models import Document
from yonggong.documents.rendering import render_table, roster, roster_paper
from yonggong.documents.rendering.engine import page_count
from yonggong.registry.models import Employer


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingPaper(Paper):
    """A paper of user units' filings; `layout` says its columns."""

    layout: Path


def _paper() -> PostingPaper:
    return next(paper for paper in all_papers() if isinstance(paper, PostingPaper))


@transaction.atomic
def make_roster(
    *, employer: Employer, key: UUID | None, by: User, now: datetime, address: str | None
) -> Document:
    """Save a roster of all approved filings of the user unit that stand on none yet. The same key again
    returns the paper made the first time. Raises `CannotList`, `Forbidden`."""
    if employer.pk not in by.scope.employers(Power.FILE):
        raise Forbidden("只有本单位经办人可以生成本单位的名册。")
    if earlier := claim(user=by, key=key):
        return Document.objects.defer("pdf_sealed").get(pk=int(earlier.outcome))
    waiting = Posting.objects.filter(user_unit=employer, state=State.APPROVED, roster=None)
    found = list(
        waiting.select_related("worker", "case__current")
        .select_for_update(of=("self",))
        .order_by("case")[:MOST_ROWS]
    )
    if not found:
        raise CannotList("没有审核通过、尚未生成名册的派遣用工备案。")
    on, paper = now.astimezone().date(), _paper()
    document = save_document(
        paper=paper,
        employer=employer,
        case_ids=[posting.case_id for posting in found],
        render=lambda number: _render(paper, found, employer, number, on),
        pages=page_count,
        by=by,
        now=now,
    )
    Posting.objects.filter(pk__in=[posting.pk for posting in found]).update(roster=document)
    settle(user=by, key=key, outcome=str(document.pk))
    said = f"生成，{len(found)} 人"
    record(AccessEntry.Kind.EXPORT, document.reference, said, by=by, address=address)
    return document


def _render(
    paper: PostingPaper, found: list[Posting], employer: Employer, number: str, on: date
) -> bytes:
    return render_table(
        roster_paper(
            roster(paper.layout),
            [_row(posting) for posting in found],
            employer=employer.name,
            credit_code=employer.credit_code,
            agency=employer.agency.name if employer.agency else "",
            made_on=on,
            number=number,
        )
    )


def _row(posting: Posting) -> dict[str, object]:
    stored = posting.case.version.data
    return {
        "name": posting.name,
        "sex": tables.table("sex").label(posting.worker.sex),
        "document_number": posting.worker.document_number,
        "dispatcher": posting.dispatcher,
        "job": posting.job,
        "dispatch_post": tables.table("dispatch_post").label(stored["dispatch_post"]),
        "start_on": posting.start_on,
        "end_on": posting.end_on,
    }
