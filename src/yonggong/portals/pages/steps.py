"""办理环节: the steps of a case as a line of time, and what the open step lets one do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils import timezone

from yonggong.cases import queries as case_queries
from yonggong.cases.handling import tells_once
from yonggong.cases.life import OFFICE_ONLY, Action, State
from yonggong.cases.models import Case, Event, Pause, Step
from yonggong.cases.pages import Look
from yonggong.cases.procedure import Outcome, Procedure, StepPlan
from yonggong.cases.step_forms import has_checks, without_checks
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
# A step that was open when its case was taken back.
_STOPPED = ("终止", "muted", "circle-x")
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
    whether it has a record, and in it a checklist."""

    step: Step
    title: str
    outcomes: Sequence[tuple[str, str]]
    pauses: Sequence[str]
    paused: bool
    has_record: bool
    has_checks: bool

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
    office = look.site.namespace == "bureau"
    lines = [_line(look.case, procedure.step(step.key), step, office=office) for step in steps]
    if look.case.state == State.PENDING and steps and steps[-1].acted_at is None:
        lines += _coming(procedure, steps[-1].key)
    return lines


def _filled_in(plan: StepPlan, step: Step, *, office: bool) -> Sequence[ViewSection]:
    """What the office filled in; its checklists, and what it has not ended yet, are its own to read."""
    form = plan.form
    if form is not None and not office:
        form = without_checks(form) if step.acted_at else None
    if form is None or not step.data:
        return ()
    filled = view.sections(form, step.values_on(form))
    return [section for section in filled if section.answered]


def _line(case: Case, plan: StepPlan, step: Step, *, office: bool) -> StepLine:
    pauses = list(step.pauses.all())
    stopped = step.acted_at is None and case.state != State.PENDING
    if stopped:
        words = _STOPPED
    elif step.acted_at is not None:
        words = _DONE[Outcome(step.outcome)]
    else:
        words = _PAUSED if any(pause.ended_on is None for pause in pauses) else _OPEN
    return StepLine(
        "done" if step.acted_at or stopped else "open",
        plan.title,
        *words,
        step=step,
        late="" if stopped else _late(step),
        sections=_filled_in(plan, step, office=office),
        pauses=pauses,
    )


def _late(step: Step) -> str:
    """By how much the step missed its limit, up to today where it is open; the days of a publicity are
    no limit, but what must be over."""
    if step.kind == "publicity":
        return ""
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
    # A record of which nothing is required may be left out.
    asks_record = plan.form is not None and any(field.required for field in plan.form.fields)
    told_once = tells_once(plan) and any(
        one.key == step.key and one.outcome == Outcome.RETURN for one in _steps(look)
    )
    return Panel(
        step=step,
        title=plan.title,
        outcomes=[
            (outcome.value, word_of(plan, outcome))
            for outcome in OUTCOME_WORDS
            if outcome in plan.outcomes
            and not (asks_record and outcome in _GOES_ON)
            and not (outcome is Outcome.RETURN and told_once)
        ],
        pauses=plan.pauses,
        paused=paused,
        has_record=plan.form is not None,
        has_checks=plan.form is not None and has_checks(plan.form),
    )


_GOES_ON = (Outcome.NEXT, Outcome.END)


def _plan(case: Case, step: Step) -> StepPlan:
    procedure = case.definition.procedure
    assert procedure is not None
    return procedure.step(step.key)


def word_of(plan: StepPlan, outcome: Outcome) -> str:
    """What the button of an outcome says."""
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
