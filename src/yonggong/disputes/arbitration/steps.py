"""How arbitration goes: taken in, looked into, accepted within five days, served within five more, heard,
and ended within forty-five days of its acceptance."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from yonggong.cases.models import Case
from yonggong.cases.procedure import Outcome, Procedure, StepPlan, procedure_of
from yonggong.disputes.arbitration.form import ITEM
from yonggong.disputes.hearings import HEARD_IN
from yonggong.disputes.models import AWARD_DAYS, SERVICE_DAYS
from yonggong.disputes.printed import office_forms, words_of
from yonggong.disputes.serving import SERVED
from yonggong.forms import Field, FieldType, Form, Option, Section, When
from yonggong.policy import Period

AWARDED, SETTLED, DEEMED, MERGED = "award", "settled", "deemed", "merged"


CONCLUDED = Form(
    name="dispute.concluded",
    title="结案",
    sections=(
        Section(
            name="concluded",
            title="结案方式和文书内容",
            fields=(
                Field(
                    name="result",
                    label="结案方式",
                    type=FieldType.CHOICE,
                    required=True,
                    choices=(
                        Option(code=AWARDED, label="裁决"),
                        Option(code=SETTLED, label="调解达成协议"),
                        Option(code=DEEMED, label="按撤回仲裁申请处理"),
                        Option(code=MERGED, label="反申请并入原案处理"),
                    ),
                ),
                Field(name="arbitrators", label="仲裁员", required=True, max_length=100),
                Field(name="clerk", label="书记员", max_length=50),
                words_of("facts", "查明的事实", AWARDED),
                words_of("reasons", "裁决理由", AWARDED),
                words_of("rulings", "裁决结果", AWARDED, hint="逐项写明，每项一行"),
                Field(
                    name="final",
                    label="裁决性质",
                    type=FieldType.CHOICE,
                    choices=(
                        Option(code="final", label="终局裁决"),
                        Option(code="open", label="非终局裁决"),
                    ),
                    hint="一案中两类请求都有的，分别作出裁决",
                    required=When("result", equals=AWARDED),
                    show_when=When("result", equals=AWARDED),
                ),
                words_of("agreed", "协议的结果", SETTLED, hint="逐项写明，每项一行"),
                words_of("grounds", "理由", DEEMED, hint="如无正当理由拒不到庭、中途退庭"),
            ),
        ),
    ),
)


def _award_due(case: Case, accepted_on: date) -> date:
    return Period(AWARD_DAYS, "natural").due(accepted_on)


def _step(step: StepPlan) -> StepPlan:
    if step.kind == "decide":
        # Whether it is accepted within its own limit, and from then on the limit of the award.
        return replace(step, by_law=step.promised, renews=_award_due)
    if step.kind == "issue":
        return replace(step, kind="hand_over", outcomes=frozenset({Outcome.NEXT}))
    if step.kind == "deliver":
        return replace(
            step,
            kind="serve",
            by_law=Period(SERVICE_DAYS, "natural"),
            outcomes=frozenset({Outcome.NEXT}),
            form=SERVED,
        )
    return step


def procedure() -> Procedure:
    """The item's steps, and the hearing."""
    planned = procedure_of(ITEM, office_forms(ITEM))
    heard = StepPlan(
        key=HEARD_IN,
        title="开庭审理并结案",
        kind="hear",
        outcomes=frozenset({Outcome.END}),
        form=CONCLUDED,
    )
    return replace(planned, steps=(*map(_step, planned.steps), heard))
