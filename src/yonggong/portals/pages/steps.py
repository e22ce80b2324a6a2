"""办理环节: the steps of a case as a line of time, its items, and what the open step lets one do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from yonggong.accounts.models import User
from yonggong.cases import queries as case_queries
from yonggong.cases.models import Case, Pause, Step
from yonggong.cases.procedure import Outcome, StepPlan
from yonggong.forms import view
from yonggong.forms.view import ViewSection

# What the buttons of a step say, where the plan has the outcome.
OUTCOME_WORDS = {
    Outcome.NEXT: "通过，进入下一环节",
    Outcome.END: "办结",
    Outcome.RETURN: "退回补正",
    Outcome.REFUSE: "不予办理",
}
_AT_ACCEPTANCE = {Outcome.NEXT: "受理", Outcome.REFUSE: "不予受理"}
_DONE_WORDS = {"next": "完成", "end": "办结", "return": "退回", "refuse": "不予办理"}


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step as people read it: `sections` is what the office filled in."""

    step: Step
    title: str
    outcome: str
    sections: Sequence[ViewSection]
    pauses: Sequence[Pause]


@dataclass(frozen=True, slots=True)
class Panel:
    """What the open step lets a person do: the buttons, the reasons to pause, whether it is paused,
    and whether a record is to be filled in before it can go on."""

    step: Step
    title: str
    outcomes: Sequence[tuple[str, str]]
    pauses: Sequence[str]
    paused: bool
    asks_record: bool


def lines_of(case: Case) -> list[StepLine]:
    """The steps of a case, in the order in which they were opened; none for a kind of one step."""
    procedure = case.definition.procedure
    if procedure is None:
        return []
    lines = []
    for step in case_queries.steps_of(case):
        plan = procedure.step(step.key)
        sections = view.sections(plan.form, plan.form.load(step.data)) if plan.form else ()
        lines.append(
            StepLine(
                step,
                plan.title,
                _DONE_WORDS.get(step.outcome, ""),
                sections if step.data else (),
                list(step.pauses.all()),
            )
        )
    return lines


def panel_of(case: Case, user: User) -> Panel | None:
    """What `user` may do with the open step; None where it is not theirs to do."""
    step = case_queries.open_step(case)
    if step is None or not case_queries.may_act(user, case, step):
        return None
    plan = _plan(case, step)
    paused = any(pause.ended_on is None for pause in step.pauses.all())
    return Panel(
        step=step,
        title=plan.title,
        outcomes=[
            (outcome.value, _word(plan, outcome))
            for outcome in OUTCOME_WORDS
            if outcome in plan.outcomes and not (plan.form and outcome in _GOES_ON)
        ],
        pauses=plan.pauses,
        paused=paused,
        asks_record=plan.form is not None,
    )


_GOES_ON = (Outcome.NEXT, Outcome.END)


def _plan(case: Case, step: Step) -> StepPlan:
    procedure = case.definition.procedure
    assert procedure is not None
    return procedure.step(step.key)


def _word(plan: StepPlan, outcome: Outcome) -> str:
    if plan.kind == "accept":
        return _AT_ACCEPTANCE.get(outcome, OUTCOME_WORDS[outcome])
    if outcome is Outcome.NEXT and plan.kind not in (
        "review",
        "second_review",
        "approve",
        "decide",
    ):
        return "完成，进入下一环节"
    return OUTCOME_WORDS[outcome]
