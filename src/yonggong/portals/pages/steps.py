"""办理环节: the steps of a case as a line of time, and what the open step lets one do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils import timezone

from yonggong.cases import queries as case_queries
from yonggong.cases.life import OFFICE_ONLY, Action
from yonggong.cases.models import Case, Event, Pause, Step
from yonggong.cases.pages import Look
from yonggong.cases.procedure import Outcome, Procedure, StepPlan
from yonggong.codes import calendar
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
# What a step that ended with an outcome says, with its tone and icon.
_DONE = {
    Outcome.NEXT: ("完成", "good", "circle-check"),
    Outcome.END: ("办结", "good", "circle-check"),
    Outcome.RETURN: ("退回", "bad", "arrow-back-up"),
    Outcome.REFUSE: ("不予办理", "bad", "circle-x"),
}
_OPEN = ("办理中", "wait", "hourglass")
_PAUSED = ("暂停计时", "warn", "player-pause")
_COMING = ("尚未开始", "muted", "point")


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step as people read it, done, open or coming: `sections` is what the office filled in,
    `late` says by how much its limit was missed. `step` is None for one that is still to come."""

    standing: Literal["done", "open", "coming"]
    title: str
    outcome: str
    tone: str
    icon: str
    step: Step | None = None
    late: str = ""
    sections: Sequence[ViewSection] = ()
    pauses: Sequence[Pause] = ()


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

    @property
    def returns(self) -> bool:
        """Whether the case can be sent back from here."""
        return any(outcome == Outcome.RETURN for outcome, _ in self.outcomes)


class _Found:
    """The steps of the case looked at, looked up once for the page."""

    steps: list[Step] | None = None


def _steps(look: Look) -> list[Step]:
    found = look.kept.of(_Found)
    if found.steps is None:
        found.steps = list(case_queries.steps_of(look.case))
    return found.steps


def lines_of(look: Look) -> list[StepLine]:
    """The steps of a case, in the order in which they were opened, and those that follow where all
    goes well; none for a kind of one step."""
    procedure = look.case.definition.procedure
    if procedure is None:
        return []
    steps = _steps(look)
    lines = [_line(procedure.step(step.key), step) for step in steps]
    if steps and steps[-1].acted_at is None:
        lines += _coming(procedure, steps[-1].key)
    return lines


def _line(plan: StepPlan, step: Step) -> StepLine:
    pauses = list(step.pauses.all())
    if step.acted_at is not None:
        words = _DONE[Outcome(step.outcome)]
    else:
        words = _PAUSED if any(pause.ended_on is None for pause in pauses) else _OPEN
    filled = view.sections(plan.form, step.values_on(plan.form)) if plan.form and step.data else ()
    return StepLine(
        "done" if step.acted_at else "open",
        plan.title,
        *words,
        step=step,
        late=_late(step),
        sections=filled,
        pauses=pauses,
    )


def _late(step: Step) -> str:
    """By how much the step missed its limit, up to today where it is open."""
    until = timezone.localdate(step.acted_at) if step.acted_at else timezone.localdate()
    if step.due_on is None or until <= step.due_on:
        return ""
    days = calendar.working_days_between(step.due_on, until)
    return f"超期 {days} 个工作日" if days else "超期"


def _coming(procedure: Procedure, key: str) -> Iterator[StepLine]:
    """What follows the open step, each done in turn."""
    seen, following = {key}, _next(procedure, key)
    while following is not None and following.key not in seen:
        yield StepLine("coming", following.title, *_COMING)
        seen.add(following.key)
        following = _next(procedure, following.key)


def _next(procedure: Procedure, key: str) -> StepPlan | None:
    wanted = Outcome.NEXT in procedure.step(key).outcomes
    return procedure.after(key, Outcome.NEXT) if wanted else None


def history_of(case: Case, lines: Sequence[StepLine], *, office: bool) -> list[tuple[Event, str]]:
    """What was done to a case, the first first, in words; what ended one of its steps (`lines`)
    names it. `office`: whether an office reads it, which sees what nobody else was told of."""
    ended = [line for line in lines if line.standing == "done"]
    told = []
    for event in case_queries.history(case):
        if event.action in OFFICE_ONLY and not office:
            continue
        line = None
        if event.action in _ENDING:
            line = next((one for one in ended if one.step and one.step.acted_at == event.at), None)
        if line is not None:
            ended.remove(line)
        told.append((event, _said(case, event, line)))
    return told


_ENDING = frozenset({Action.STEP, Action.APPROVE, Action.RETURN, Action.REFUSE})


def _said(case: Case, event: Event, ended: StepLine | None) -> str:
    if event.action == Action.STEP and ended is not None:
        return f"{ended.title}：{ended.outcome}"
    if case.phase and event.action in _OF_STEPS:
        return _OF_STEPS[event.action]
    return event.action_title


# What an action is called of a case that goes through steps.
_OF_STEPS: dict[str, str] = {Action.APPROVE: "办结", Action.RETURN: "退回补正"}


def panel_of(look: Look) -> Panel | None:
    """What who looks may do with the open step; None where it is not theirs to do."""
    case = look.case
    if case.definition.procedure is None:
        return None
    step = next((step for step in _steps(look) if step.acted_at is None), None)
    if step is None or not case_queries.may_act(look.user, case, step):
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
