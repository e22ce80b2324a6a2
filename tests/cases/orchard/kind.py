"""An orchard as a kind of case: accepted, looked at on the spot, reviewed a second time."""

from __future__ import annotations

from tests.cases.orchard import checks, effects, pages, papers
from tests.cases.orchard.form import FORM, RECORD
from yonggong.cases.attempts import by_row
from yonggong.cases.kinds import CaseKind
from yonggong.cases.parts import Checks, Child, Effects
from yonggong.cases.procedure import WAITING, Outcome, Procedure, StepPlan
from yonggong.policy import Period

_ALL = frozenset({Outcome.NEXT, Outcome.RETURN, Outcome.REFUSE})

PROCEDURE = Procedure(
    promised=Period(10, "working"),
    by_law=Period(20, "working"),
    steps=(
        StepPlan(
            key="accept", title="受理", kind="accept", promised=Period(2, "working"), outcomes=_ALL
        ),
        StepPlan(
            key="review",
            title="踏勘审核",
            kind="review",
            promised=Period(5, "working"),
            outcomes=_ALL,
            pauses=("大雪封山",),
            form=RECORD,
        ),
        StepPlan(key="items", title="等待标牌办结", kind=WAITING),
        StepPlan(key="second", title="复核", kind="second_review", outcomes=_ALL),
    ),
)

KIND = CaseKind(
    name="orchard.register",
    title="果园登记",
    form=FORM,
    subject_name=lambda attempt: str(attempt.values["orchard"]),
    checks=Checks(
        refusals=by_row(checks.refusals),
        findings=by_row(checks.findings),
    ),
    effects=Effects(
        applied=effects.applied,
        revoked=effects.revoked,
    ),
    procedure=PROCEDURE,
    children=(
        Child(
            kind="orchard.signboard",
            fields={"orchard": "orchard", "wording": "wording", "phone": "phone"},
            when=lambda values: bool(values["signboard"]),
        ),
    ),
    papers=(papers.CERTIFICATE,),
    pages=pages.PAGES,
)
