"""The result paper of an item without code: issued once its case is ended, and kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from django.db.models import QuerySet
from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.cases import queries as case_queries
from yonggong.cases.item_forms import office_form
from yonggong.cases.life import Phase, State
from yonggong.cases.models import Case
from yonggong.cases.papers import RESULT
from yonggong.cases.step_forms import GIVEN, WHOSE
from yonggong.catalogue.items import Item
from yonggong.codes.normalise import paragraphs
from yonggong.documents.actions import save_for_applicant
from yonggong.documents.models import Document
from yonggong.documents.queries import visible_to
from yonggong.documents.rendering import render_result
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
# What of an item's results is the name of a paper; others (失业保险金, 变更后的参保登记信息) stand on one.
_A_PAPER = re.compile(
    "(?:书|证|证明|证明材料|单|表|函|协议|回执|决定|意见|反馈)(?:（[^（）]*）)?》?$"
)
# What nobody has compared with its source is not printed.
_OPEN = "待核"
_REMEDIES = yaml.safe_load(Path(__file__).with_name("remedies.yaml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Said:
    """What a kind with code says of what it grants: `decided` a sentence, `facts` in the table, `told` to the
    applicant in paragraphs, `law` where it is others than its item names; `refused` the sentence of what it
    does not grant."""

    decided: str = _GRANTED
    refused: str = ""
    facts: Sequence[Pair] = ()
    told: Sequence[str] = ()
    law: Sequence[str] = ()


def issue(case: Case, *, title: str = "", said: Said | None = None) -> Document:
    """Issue the result of a case that was just ended; `title` where its item names another than this
    case ends with, `said` where the kind knows what it grants. Call inside the deciding transaction."""
    assert case.decided_at is not None and case.decided_by is not None
    title = title or _title(case)
    return save_for_applicant(
        paper=RESULT,
        heading=title,
        case=case,
        render=lambda number: render_result(_result(case, title, number, said or Said())),
        by=case.decided_by,
        now=case.decided_at,
    )


def results_of(user: User, case: Case) -> QuerySet[Document]:
    """The result papers of a case that exist for `user`."""
    return visible_to(user).filter(entries__case=case, kind=RESULT.name).order_by("pk")


def _title(case: Case) -> str:
    if case.state == State.REFUSED:
        return _REFUSALS[Phase(case.phase)][0]
    results = results_given(case) or _item(case).results
    return results[0] if results and _A_PAPER.search(results[0]) else _UNNAMED


def results_given(case: Case) -> Sequence[str]:
    """With which of its item's results the case ends: the only one, else those that were ticked when it
    was decided; empty where none was, since they may be alternatives."""
    results = _item(case).results
    if len(results) < 2:
        return results
    kept = (
        step.data.get(GIVEN) for step in case_queries.steps_of(case) if step.outcome != "return"
    )
    ticked = [codes for codes in kept if codes]
    return [results[int(code)] for code in ticked[-1]] if ticked else ()


def _item(case: Case) -> Item:
    item = case.definition.item
    assert item is not None, "only an item has a result"
    return item


def _result(case: Case, title: str, number: str, said: Said) -> Result:
    item = _item(case)
    came_on = case.came_in_on
    assert case.decided_at is not None and came_on is not None
    assert case.acting_agency is not None
    employer = case.applicant.employer
    you = "你单位" if employer else "你"
    refused = case.state == State.REFUSED
    decided = said.refused or _REFUSALS[Phase(case.phase)][1] if refused else said.decided
    given = () if refused else results_given(case)
    facts = [
        ("事项名称", item.title),
        ("申请人", case.applicant.name),
        *([("统一社会信用代码", employer.credit_code)] if employer else []),
        ("办件编号", case.number),
        ("申请日期", written_date(came_on)),
        *([("办理结果", "；".join(given))] if given else []),
        *_whose(case),
        *(() if refused else said.facts),
    ]
    # What the platform knows itself is not said once more as it was typed.
    known = dict(facts)
    facts += [pair for pair in _recorded(case) if pair[0] not in known]
    return Result(
        title=title,
        number=number,
        applicant=case.applicant.name,
        statement=f"{you}于{written_date(came_on)}提出的“{item.title}”申请收悉。{decided}",
        agency=case.acting_agency.name,
        decided_on=timezone.localdate(case.decided_at),
        facts=facts,
        parts=[
            ("理由" if refused else "审查意见", paragraphs(_opinion(case))),
            ("告知事项", () if refused else said.told),
            ("依据", said.law or [_cited(item, place) for place in range(len(item.legal_basis))]),
            ("救济途径", _remedies(case, item)),
        ],
    )


def _recorded(case: Case) -> Iterator[Pair]:
    """What the office filled in on the printed form, each field as it was filled in last."""
    procedure, said = case.definition.procedure, dict[str, str]()
    printed = office_form(_item(case))
    assert procedure is not None
    if printed is None:
        return
    for step in case_queries.steps_of(case):
        form = procedure.step(step.key).form
        if (
            form is None
            or step.outcome == "return"
            or not step.data.keys() & printed.fields_by_name
        ):
            continue
        for section in view.sections(printed, step.values_on(form), unmasked=True):
            said |= {line.label: line.text for line in section.lines if line.text}
    yield from said.items()


def _opinion(case: Case) -> str:
    """The grounds of a refusal; else what was said last on the way, delivering it says nothing."""
    if case.state == State.REFUSED:
        return case.opinion
    said = [step.opinion for step in case_queries.steps_of(case) if step.outcome != "return"]
    return next((opinion for opinion in reversed(said) if opinion), "")


def _whose(case: Case) -> list[Pair]:
    """Whose matter it is, as the acceptance that refused it said."""
    step = case.steps.filter(kind="accept", outcome="refuse").first()
    whose = step.data.get(WHOSE) if step else None
    return [("应当向其申请的机关", whose)] if whose else []


def _remedies(case: Case, item: Item) -> list[str]:
    """What the applicant may do against a refusal, on which articles."""
    if case.state != State.REFUSED or item.category in _REMEDIES["not_for"]:
        return []
    checked = [one for one in _REMEDIES["remedies"] if one["checked"] != _OPEN]
    if not checked:
        return []
    ways = "，或者".join(one["says"] for one in checked)
    articles = "、".join(one["article"] for one in checked)
    return [f"对本决定不服的，{ways}。", f"（{articles}）"]


def _cited(item: Item, place: int) -> str:
    basis = item.legal_basis[place]
    return f"《{basis.title}》" + (f"（{basis.number}）" if basis.number else "") + basis.article
