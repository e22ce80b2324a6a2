"""How mediation goes: registered, accepted, mediated, ended with an agreement or without."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from yonggong.cases.models import Case
from yonggong.cases.procedure import Outcome, Procedure, StepPlan, procedure_of
from yonggong.disputes.mediation.form import ITEM
from yonggong.disputes.models import MEDIATION_DAYS
from yonggong.disputes.printed import office_forms, words_of
from yonggong.disputes.serving import SERVED
from yonggong.forms import Field, FieldType, Form, Option, Section
from yonggong.policy import Period

AGREED, FAILED = "agreed", "failed"
ENDED_IN = "issue-2"


ENDED = Form(
    name="dispute.mediated",
    title="调解结果",
    sections=(
        Section(
            name="mediated",
            title="调解结果和文书内容",
            fields=(
                Field(
                    name="result",
                    label="调解结果",
                    type=FieldType.CHOICE,
                    required=True,
                    choices=(
                        Option(code=AGREED, label="达成调解协议"),
                        Option(code=FAILED, label="未达成协议，调解终止"),
                    ),
                ),
                Field(name="mediators", label="调解员", required=True, max_length=100),
                words_of("agreed", "协议内容", AGREED, hint="逐项写明，每项一行"),
                words_of("grounds", "终止的原因", FAILED),
            ),
        ),
    ),
)


def _mediated_by(case: Case, accepted_on: date) -> date:
    """Counted from the day on which the application came in."""
    return Period(MEDIATION_DAYS, "natural").due(case.came_in_on or accepted_on)


def _step(step: StepPlan) -> StepPlan:
    if step.key == ENDED_IN:
        return replace(step, kind="conclude", form=ENDED)
    if step.kind == "issue":
        # The other side learns of it together with the notice of acceptance.
        return replace(step, kind="serve", outcomes=frozenset({Outcome.NEXT}), form=SERVED)
    if step.kind == "decide":
        return replace(step, renews=_mediated_by)
    if step.kind == "review":
        return replace(step, kind="mediate")
    return step


def procedure() -> Procedure:
    """The item's steps; by law it goes on for fifteen days from the application."""
    planned = procedure_of(ITEM, office_forms(ITEM))
    by_law = Period(MEDIATION_DAYS, "natural")
    return replace(planned, steps=tuple(map(_step, planned.steps)), by_law=by_law)
