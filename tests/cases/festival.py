"""An invented joint case: a festival, for which one form enters a boat and makes a member."""

from __future__ import annotations

from typing import Any

from tests.cases import club, regatta
from yonggong.cases.kinds import CaseKind, register
from yonggong.cases.models import Case
from yonggong.cases.parts import Child, Effects
from yonggong.cases.procedure import Procedure, StepPlan
from yonggong.forms import Field, FieldType, Form, Section

FORM = Form(
    name="festival",
    title="游园会报名",
    sections=(
        Section(
            name="all",
            title="报名",
            fields=(
                Field(name="who", label="报名人", required=True, max_length=20),
                Field(name="since", label="入会日期", type=FieldType.DATE),
                Field(name="vessel", label="船名", max_length=40),
                Field(name="phone", label="手机号", type=FieldType.MOBILE, personal=True),
            ),
        ),
    ),
)

CALLS: list[tuple[str, Any]] = []

FESTIVAL = register(
    CaseKind(
        name="festival.joint",
        title="游园会一件事",
        form=FORM,
        subject_name=lambda attempt: str(attempt.values["who"]),
        effects=Effects(
            applied=lambda case, by, now: CALLS.append(("applied", case.pk)),
            revoked=lambda case, by, now: CALLS.append(("revoked", case.pk)),
            voided=lambda case: CALLS.append(("voided", case.pk)),
        ),
        procedure=Procedure(steps=(StepPlan(key="items", title="联办", kind="children"),)),
        children=(
            Child(
                kind=club.MEMBERSHIP.name,
                fields={"name": "who", "joined_on": "since", "mobile": "phone"},
                when=lambda values: values["since"] is not None,
            ),
            Child(
                kind=regatta.ENTRY.name,
                fields={"boat": "vessel", "phone": "phone"},
                when=lambda values: bool(values["vessel"]),
            ),
        ),
    )
)


def calls_of(case: Case) -> list[str]:
    """The kind's hooks called for a case, in order."""
    return [name for name, pk in CALLS if pk == case.pk]
