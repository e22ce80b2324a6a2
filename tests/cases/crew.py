"""An invented kind whose form has a table: the crew of a boat, with their numbers."""

from __future__ import annotations

from typing import Any

from tests.forms.outing import OUTING
from yonggong.cases.kinds import CaseKind, register
from yonggong.cases.parts import Child, Effects
from yonggong.cases.procedure import Procedure, StepPlan
from yonggong.cases.workbook import Workbook

CREW = register(
    CaseKind(
        name="crew.list",
        title="船员名单",
        form=OUTING,
        subject_name=lambda attempt: str(attempt.values["place"]),
        workbook=Workbook(form=OUTING, key="place"),
        effects=Effects(
            applied=lambda case, by, now: None,
            voided=lambda case: None,
        ),
    )
)

FLEET = register(
    CaseKind(
        name="crew.joint",
        title="船队一件事",
        form=OUTING.altered(guests={"least": None, "unique": ()}),
        subject_name=lambda attempt: str(attempt.values["place"]),
        effects=Effects(
            applied=lambda case, by, now: None,
            voided=lambda case: None,
        ),
        procedure=Procedure(steps=(StepPlan(key="items", title="联办", kind="children"),)),
        children=(Child(kind=CREW.name, fields={"place": "place", "guests": "guests"}),),
    )
)


def answers(guests: Any) -> dict[str, Any]:
    """What the filer sends."""
    return {"place": "松花湖", "guests": guests}
