"""An invented item of another department: an allotment garden, lent by 公积金; 人社 is heard on it."""

from __future__ import annotations

from yonggong.cases.kinds import CaseKind, register
from yonggong.cases.procedure import Outcome, Procedure, StepPlan
from yonggong.forms import Field, Form, Section
from yonggong.policy import Material

FORM = Form(
    name="allotment",
    title="园地申请",
    sections=(
        Section(
            name="plot",
            title="园地",
            fields=(Field(name="plot", label="园地", required=True, max_length=20),),
        ),
    ),
)

LEASE = register(
    CaseKind(
        name="allotment.lease",
        title="园地申请",
        form=FORM,
        subject_name=lambda attempt: str(attempt.values["plot"]),
        department="公积金",
        line="园地",
    )
)

# Lent to persons, who bring their passport photo.
OWN = register(
    CaseKind(
        name="allotment.own",
        title="自用园地申请",
        form=FORM,
        subject_name=lambda attempt: str(attempt.values["plot"]),
        audience=("个人",),
        department="公积金",
        line="园地",
        materials=(Material(name="photo", label="照片"),),
    )
)

HEARD = register(
    CaseKind(
        name="allotment.heard",
        title="园地转让",
        form=FORM,
        subject_name=lambda attempt: str(attempt.values["plot"]),
        department="公积金",
        line="园地",
        procedure=Procedure(
            steps=(
                StepPlan(key="accept", title="受理", kind="accept"),
                StepPlan(key="hear", title="征求意见", kind="survey", department="人社"),
                StepPlan(key="decide", title="决定", kind="decide", outcomes=frozenset(Outcome)),
            )
        ),
    )
)
