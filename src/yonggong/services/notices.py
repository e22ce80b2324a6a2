"""What an applicant is told in writing on the way of a case: accepted, to be completed, made longer;
and the receipt of what was delivered. Each once, numbered, kept with the case's papers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.cases import materials
from yonggong.cases import queries as case_queries
from yonggong.cases.life import Action
from yonggong.cases.marking import Mark
from yonggong.cases.models import Case, Step
from yonggong.cases.papers import ACCEPTED, EXTENDED, INCOMPLETE, Paper
from yonggong.cases.procedure import Outcome
from yonggong.cases.step_forms import wrong_checks
from yonggong.cases.steps import procedure_of
from yonggong.documents.actions import save_for_applicant
from yonggong.documents.models import Document
from yonggong.documents.rendering import render_result
from yonggong.documents.rendering.papers import Pair, Result
from yonggong.documents.rendering.wording import written_date
from yonggong.registry.models import Agency
from yonggong.services import deliveries
from yonggong.services.handling_models import Extension

# What the opinion of a return says again of marks and checks, which the notice lists whole.
_AGAIN = ("有误项目：", "核验不符合：")


@dataclass(frozen=True, slots=True)
class _Said:
    """What one notice says: its sentence, its facts, its parts (those without lines are left out)."""

    statement: str
    facts: Sequence[Pair]
    parts: Sequence[tuple[str, Sequence[str]]]


def follow(case: Case, step: Step, *, by: User, now: datetime) -> None:
    """Issue what a step that was just ended calls for. Call inside its transaction."""
    if not case.definition.is_service:
        return
    going_on = step.outcome in (Outcome.NEXT, Outcome.END)
    if going_on and step.key == _accepting(case):
        _issue(ACCEPTED, case, step.agency, _accepted(case, now), by=by, now=now)
    elif step.outcome == Outcome.RETURN:
        _issue(INCOMPLETE, case, step.agency, _incomplete(case, step), by=by, now=now)
    elif step.kind == "deliver" and going_on:
        deliveries.give_receipt(case, step, by=by, now=now)


def _accepting(case: Case) -> str:
    """The key of the step that accepts: where taking in and deciding on acceptance (决定受理) are two, the
    latter; "" where none does."""
    planned = procedure_of(case).steps
    deciding = (plan for plan in planned if plan.kind == "decide" and "受理" in plan.title)
    taking_in = (plan for plan in planned if plan.kind == "accept")
    found = next(deciding, None) or next(taking_in, None)
    return found.key if found else ""


def extended(extension: Extension, *, by: User, now: datetime) -> Document | None:
    """Issue the notice that a limit was made longer."""
    case = extension.case
    assert case.due_on is not None and case.acting_agency is not None
    until = written_date(case.due_on)
    said = _Said(
        f"因下列原因不能在承诺的期限内办结，经批准，办理期限延长{extension.days}个工作日，至{until}。",
        facts=[("延长后的办理期限", until)],
        parts=[("延长期限的理由", [extension.reason])],
    )
    return _issue(EXTENDED, case, case.acting_agency, said, by=by, now=now)


def _issue(
    paper: Paper, case: Case, agency: Agency, said: _Said, *, by: User, now: datetime
) -> Document | None:
    """The notice of an agency; None where the case has it already."""
    if case.papers.filter(kind=paper.name).exists():
        return None
    came_on = case.came_in_on
    assert came_on is not None
    employer = case.applicant.employer
    you = "你单位" if employer else "你"
    decided_on = timezone.localdate(now)

    def render(number: str) -> bytes:
        return render_result(
            Result(
                title=paper.title,
                number=number,
                applicant=case.applicant.name,
                statement=f"{you}于{written_date(came_on)}提出的“{case.kind_title}”申请收悉。{said.statement}",
                agency=agency.name,
                decided_on=decided_on,
                facts=[
                    ("事项名称", case.kind_title),
                    ("申请人", case.applicant.name),
                    *([("统一社会信用代码", employer.credit_code)] if employer else []),
                    ("办件编号", case.number),
                    ("申请日期", written_date(came_on)),
                    *said.facts,
                ],
                parts=said.parts,
            )
        )

    return save_for_applicant(paper=paper, case=case, render=render, by=by, now=now)


# --- what each says ----------------------------------------------------------------------------


def _accepted(case: Case, now: datetime) -> _Said:
    brought = materials.received(case)
    limits = [
        (label, written_date(day))
        for label, day in (
            ("承诺办结日期", case.due_on),
            ("法定办结日期", case.due_by_law_on),
        )
        if day is not None
    ]
    return _Said(
        "经审查，符合受理条件，决定予以受理。",
        facts=[("受理日期", written_date(timezone.localdate(now))), *limits],
        parts=[("收到的材料", [_numbered(brought)] if brought else [])],
    )


def _incomplete(case: Case, step: Step) -> _Said:
    form = procedure_of(case).step(step.key).form
    wrong = wrong_checks(form, step.values_on(form)) if form else []
    checks = [f"{check}：{said}" if said else check for _, check, said in wrong]
    given = materials.given_with(case)
    missing = [
        one.label
        for one in case_queries.required_materials(case)
        if one.required and one.name not in given
    ]
    said = [line for line in step.opinion.splitlines() if not line.startswith(_AGAIN)]
    return _Said(
        "经审查，申请材料不齐全或者不符合要求，现一次性告知需要补正的全部内容。"
        "请按下列内容补正后，在原申请上重新提交。",
        facts=[],
        parts=[
            ("需要补正的内容", [line for line in said if line.strip()]),
            ("缺少的材料", [_numbered(missing)] if missing else []),
            ("填写有误的项目", list(_marked(case))),
            ("审查不符合的项目", [_numbered(checks)] if checks else []),
        ],
    )


def _marked(case: Case) -> Iterator[str]:
    event = case.events.filter(action=Action.RETURN).order_by("-pk").first()
    marks = [Mark(*kept) for kept in event.marked] if event else []
    if marks:
        yield _numbered([f"{one.label}（{one.word}）" if one.word else one.label for one in marks])


def _numbered(lines: Sequence[str]) -> str:
    return "；".join(f"{place}. {line}" for place, line in enumerate(lines, 1)) + "。"
