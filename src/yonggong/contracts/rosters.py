"""Make rosters and certificates of approved filings (JL-10): preview, then save with a number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from yonggong.accounts.actions import record
from yonggong.accounts.models import AccessEntry, User
from yonggong.accounts.roles import Power
from yonggong.cases.actions import Forbidden, claim, settle
from yonggong.cases.life import STATE_TITLES, State
from yonggong.contracts.models import Filing
from yonggong.contracts.papers import FilingPaper
from yonggong.documents.actions import AlreadyOnPaper, save_document
from yonggong.documents.models import Document
from yonggong.documents.rendering.engine import page_count
from yonggong.registry.models import Employer

# One paper holds at most so many people: what a bureau's counter still turns over.
MOST_ROWS = 10_000


class CannotList(Exception):
    """Filings that this paper cannot list were chosen; the message says which and what to do."""


def preview(
    *, employer: Employer, paper: FilingPaper, filing_ids: Sequence[int], now: datetime
) -> bytes:
    """The paper as it would look, without a number; nothing is written. Raises `CannotList`."""
    filings = chosen(employer=employer, paper=paper, filing_ids=filing_ids)
    return paper.render(filings, employer, None, now.astimezone().date())


@transaction.atomic
def make_roster(
    *,
    employer: Employer,
    paper: FilingPaper,
    filing_ids: Sequence[int],
    key: UUID | None,
    by: User,
    now: datetime,
    address: str | None,
) -> Document:
    """Save a roster, or certificates, of `filing_ids` (case keys) in that order.

    The paper gets its number, and every filing shows it from then on, all in one transaction.
    The same key again returns the paper made the first time. Raises `CannotList`, `Forbidden`.
    """
    if employer.pk not in by.scope.employers(Power.FILE):
        raise Forbidden("只有本单位经办人可以生成本单位的名册。")
    if earlier := claim(user=by, key=key):
        return Document.objects.defer("pdf_sealed").get(pk=int(earlier.outcome))
    filings = chosen(employer=employer, paper=paper, filing_ids=filing_ids, lock=True)
    ids = [filing.pk for filing in filings]
    on = now.astimezone().date()
    try:
        with transaction.atomic():
            document = save_document(
                paper=paper,
                employer=employer,
                case_ids=ids,
                render=lambda number: paper.render(filings, employer, number, on),
                pages=page_count,
                by=by,
                now=now,
            )
    except AlreadyOnPaper as error:
        raise CannotList(str(error)) from error
    Filing.objects.filter(pk__in=ids).update(**{paper.column: document})
    settle(user=by, key=key, outcome=str(document.pk))
    record(
        AccessEntry.Kind.EXPORT,
        document.reference,
        f"生成，{len(ids)} 人",
        by=by,
        address=address,
    )
    return document


def chosen(
    *, employer: Employer, paper: FilingPaper, filing_ids: Sequence[int], lock: bool = False
) -> list[Filing]:
    """The filings of `filing_ids`, in that order, if all can stand on this paper.

    Raises `CannotList` where one cannot: of another employer, not approved, of another kind,
    on such a paper already.
    """
    ids = list(dict.fromkeys(filing_ids))
    if not ids:
        raise CannotList("没有选择备案。请先勾选需要生成的备案。")
    if len(ids) > MOST_ROWS:
        raise CannotList(f"一次最多生成 {MOST_ROWS} 人，所选 {len(ids)} 人。请分次生成。")
    rows: QuerySet[Filing] = Filing.objects.filter(employer=employer, pk__in=ids)
    rows = rows.select_related("worker", "contract", "case__current")
    if lock:
        rows = rows.select_for_update(of=("self",)).order_by("pk")
    found = {filing.pk: filing for filing in rows}
    if len(found) < len(ids):
        raise CannotList("所选备案中有不存在的，请刷新列表后重新选择。")
    filings = [found[pk] for pk in ids]
    for filing in filings:
        _check(filing, paper)
    return filings


def _check(filing: Filing, paper: FilingPaper) -> None:
    if filing.kind != paper.stage:
        raise CannotList(
            f"{filing.name}的备案合同状态为“{filing.get_kind_display()}”，"
            f"不能生成{paper.title}。请只勾选合同状态为“{paper.stage.label}”的备案。"
        )
    if filing.state != State.APPROVED:
        raise CannotList(
            f"{filing.name}的备案为“{STATE_TITLES[filing.state]}”，审核通过后才能生成{paper.title}。"
        )
    if getattr(filing, f"{paper.column}_id") is not None:
        raise CannotList(
            f"{filing.name}的备案已生成{paper.title}，不能重复生成。请在“已办业务名册查询”中查看。"
        )
