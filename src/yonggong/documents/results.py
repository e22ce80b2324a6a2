"""The result paper of an item without code: issued once its case is ended, and kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.cases import queries as case_queries
from yonggong.cases.life import Phase, State
from yonggong.cases.models import Case
from yonggong.cases.papers import RESULT
from yonggong.catalogue.items import Item
from yonggong.documents.actions import save_document
from yonggong.documents.models import Document
from yonggong.documents.queries import visible_to
from yonggong.documents.rendering import page_count, render_result
from yonggong.documents.rendering.papers import Pair, Result
from yonggong.documents.rendering.wording import written_date
from yonggong.forms import view

# What a paper is called that grants nothing, and what it says.
_REFUSALS = {
    Phase.NOT_ACCEPTED: ("不予受理通知书", "经审查，决定不予受理。"),
    Phase.REJECTED: ("不予批准决定书", "经审查，决定不予批准。"),
}
_GRANTED = "经审查，符合办理条件，予以办结。"
_UNNAMED = "办理结果通知书"


def issue(case: Case) -> Document:
    """Issue the result of a case that was just ended. Call inside the deciding transaction."""
    assert case.decided_at is not None and case.decided_by is not None
    title = _title(case)
    return save_document(
        paper=RESULT,
        heading=title,
        employer=case.applicant.employer,
        applicant=case.applicant,
        region=case.region_code,
        case_ids=[case.pk],
        render=lambda number: render_result(_result(case, title, number)),
        pages=page_count,
        by=case.decided_by,
        now=case.decided_at,
    )


def results_of(user: User, case: Case) -> QuerySet[Document]:
    """The result papers of a case that exist for `user`."""
    return visible_to(user).filter(entries__case=case, kind=RESULT.name).order_by("pk")


def _title(case: Case) -> str:
    if case.state == State.REFUSED:
        return _REFUSALS[Phase(case.phase)][0]
    results = _item(case).results
    return results[0] if results else _UNNAMED


def _item(case: Case) -> Item:
    item = case.definition.item
    assert item is not None, "only an item has a result"
    return item


def _result(case: Case, title: str, number: str) -> Result:
    item = _item(case)
    assert case.decided_at is not None and case.filed_at is not None
    assert case.acting_agency is not None
    employer = case.applicant.employer
    you = "你单位" if employer else "你"
    came_on = case.first_filed_on or timezone.localdate(case.filed_at)
    decided = _REFUSALS[Phase(case.phase)][1] if case.state == State.REFUSED else _GRANTED
    return Result(
        title=title,
        number=number,
        applicant=case.applicant.name,
        statement=f"{you}于{written_date(came_on)}提出的“{item.title}”申请收悉。{decided}",
        agency=case.acting_agency.name,
        decided_on=timezone.localdate(case.decided_at),
        facts=[
            ("事项名称", item.title),
            ("申请人", case.applicant.name),
            *([("统一社会信用代码", employer.credit_code)] if employer else []),
            ("办件编号", case.number),
            ("申请日期", written_date(came_on)),
            *([("办理结果", "；".join(item.results))] if case.state == State.APPROVED else []),
            *_recorded(case),
        ],
        parts=[
            ("理由" if case.state == State.REFUSED else "审查意见", _paragraphs(_opinion(case))),
            ("依据", [_cited(item, place) for place in range(len(item.legal_basis))]),
        ],
    )


def _recorded(case: Case) -> Iterator[Pair]:
    """What the office filled in on the way, each field as it was filled in last."""
    procedure, said = case.definition.procedure, dict[str, str]()
    assert procedure is not None
    for step in case_queries.steps_of(case):
        form = procedure.step(step.key).form
        if form is None or not step.data or step.outcome == "return":
            continue
        for section in view.sections(form, step.values_on(form), unmasked=True):
            said |= {line.label: line.text for line in section.lines if line.text}
    yield from said.items()


def _opinion(case: Case) -> str:
    """The grounds of a refusal; else what was said last on the way, delivering it says nothing."""
    if case.state == State.REFUSED:
        return case.opinion
    said = [step.opinion for step in case_queries.steps_of(case) if step.outcome != "return"]
    return next((opinion for opinion in reversed(said) if opinion), "")


def _paragraphs(text: str) -> Sequence[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _cited(item: Item, place: int) -> str:
    basis = item.legal_basis[place]
    return f"《{basis.title}》" + (f"（{basis.number}）" if basis.number else "") + basis.article
