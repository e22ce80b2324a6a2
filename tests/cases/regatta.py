"""An invented item of several steps: entering a boat for a regatta. It proves procedures apart from
any real rule: acceptance, inspection of the boat with a record, review, publicity, decision."""

from __future__ import annotations

from typing import Any

from yonggong.cases.kinds import CaseKind, register
from yonggong.cases.models import Case
from yonggong.cases.parts import Effects
from yonggong.cases.procedure import Outcome, Procedure, StepPlan
from yonggong.forms import Field, FieldType, Form, Section
from yonggong.policy import Period

FORM = Form(
    name="regatta",
    title="参赛申请",
    sections=(
        Section(
            name="boat",
            title="船",
            fields=(
                Field(name="boat", label="船名", required=True, max_length=20),
                Field(name="phone", label="手机号", type=FieldType.MOBILE, personal=True),
            ),
        ),
    ),
)

INSPECTION = Form(
    name="inspection",
    title="验船记录",
    sections=(
        Section(
            name="record",
            title="记录",
            fields=(
                Field(name="inspected_on", label="验船日期", type=FieldType.DATE, required=True),
                Field(name="found", label="发现", required=True, max_length=200),
            ),
        ),
    ),
)

WORKING = "working"
_ALL = frozenset({Outcome.NEXT, Outcome.RETURN, Outcome.REFUSE})

PROCEDURE = Procedure(
    promised=Period(10, "working"),
    by_law=Period(20, "working"),
    steps=(
        StepPlan(
            key="accept", title="受理", kind="accept", promised=Period(2, "working"), outcomes=_ALL
        ),
        StepPlan(
            key="survey",
            title="验船",
            kind="survey",
            promised=Period(5, "working"),
            pauses=("风浪过大", "等待补充检验"),
            form=INSPECTION,
        ),
        StepPlan(key="review", title="审核", kind="review", outcomes=_ALL),
        StepPlan(key="publicity", title="公示", kind="publicity", promised=Period(5, "natural")),
        StepPlan(
            key="decide",
            title="决定",
            kind="decide",
            level="prefecture",
            outcomes=_ALL,
            leads={Outcome.RETURN: "review"},
        ),
        StepPlan(key="issue", title="发证", kind="issue"),
    ),
)

CALLS: list[tuple[str, Any]] = []

ENTRY = register(
    CaseKind(
        name="regatta.entry",
        title="参赛申请",
        form=FORM,
        subject_name=lambda attempt: str(attempt.values["boat"]),
        effects=Effects(
            opened=lambda case, attempt: CALLS.append(("opened", case.pk)),
            amended=lambda case, attempt: CALLS.append(("amended", case.pk)),
            applied=lambda case, by, now: CALLS.append(("applied", case.pk)),
            returned=lambda case: CALLS.append(("returned", case.pk)),
            refused=lambda case: CALLS.append(("refused", case.pk)),
            voided=lambda case: CALLS.append(("voided", case.pk)),
        ),
        procedure=PROCEDURE,
    )
)


def calls_of(case: Case) -> list[str]:
    """The kind's hooks called for a case, in order."""
    return [name for name, pk in CALLS if pk == case.pk]
