"""送达: how a result reached its applicant, and the receipt of it. What the office fills in is the record
of the step (`cases.step_forms`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from yonggong.accounts.models import User
from yonggong.cases.models import Case, Step
from yonggong.cases.papers import NOTICES, SERVED
from yonggong.cases.step_forms import FETCHED, POSTED
from yonggong.cases.steps import procedure_of
from yonggong.documents.actions import save_for_applicant
from yonggong.documents.models import Document
from yonggong.documents.rendering import render_served
from yonggong.documents.rendering.papers import Pair, Served
from yonggong.documents.rendering.wording import written_date
from yonggong.documents.results import results_given
from yonggong.forms import view

_ON_THE_WAY = frozenset(paper.name for paper in NOTICES)


def give_receipt(case: Case, step: Step, *, by: User, now: datetime) -> Document | None:
    """Make the receipt (送达回证) of a delivery that was just recorded; None where the step keeps no
    record, or the case has one already."""
    form = procedure_of(case).step(step.key).form
    values = step.values_on(form) if form else {}
    if form is None or not values.get("delivered_how"):
        return None
    if case.papers.filter(kind=SERVED.name).exists():
        return None
    facts = list(_facts(case, step, values))

    def render(number: str) -> bytes:
        return render_served(
            Served(
                title=SERVED.title,
                number=number,
                facts=facts,
                by_hand=values["delivered_how"] == FETCHED,
                agency=step.agency.name,
                served_on=values["delivered_on"],
                sender=by.name,
            )
        )

    return save_for_applicant(paper=SERVED, case=case, render=render, by=by, now=now)


def _facts(case: Case, step: Step, values: Mapping[str, Any]) -> Iterator[Pair]:
    notices: list[str] = []
    results: list[str] = []
    for entry in case.papers.select_related("document").order_by("document_id"):
        said = f"{entry.document.title}（{entry.document.number}）"
        (notices if entry.kind in _ON_THE_WAY else results).append(said)
    # Where it ends only after it was delivered, it has no paper yet: what it ends with.
    served = results or results_given(case)
    form = procedure_of(case).step(step.key).form
    assert form is not None
    filled_in = {
        line.name: line.text
        for section in view.sections(form, values, unmasked=True)
        for line in section.lines
    }
    yield "送达文书", "；".join(served) or case.kind_title
    yield "此前送达的通知书", "；".join(notices) or "无"
    yield "办件编号", case.number
    yield "受送达人", case.applicant.name
    yield "送达方式", filled_in["delivered_how"]
    yield "送达日期", written_date(values["delivered_on"])
    if values["delivered_how"] in (FETCHED, POSTED):
        yield "领取人或者收件人", filled_in.get("delivered_to", "")
    if values["delivered_how"] == FETCHED:
        yield "领取人证件号码", filled_in.get("delivered_to_id", "")
        yield "签收", filled_in.get("delivered_signed", "")
    if values["delivered_how"] == POSTED:
        yield "邮件号码", filled_in.get("post_number", "")
