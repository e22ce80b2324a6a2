"""What people do with a case's steps: complete, pause, resume, withdraw. Each is one transaction.

Whoever acts names the step and the version that they had before them: a repeated approval must not
pass the step that follows, and nothing is judged unseen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.cases import clocks, joint, marking, queries, queues, step_forms, step_hooks, steps
from yonggong.cases.errors import Forbidden, Refused, refused
from yonggong.cases.life import Action, Phase, State, after
from yonggong.cases.marking import Mark
from yonggong.cases.models import Case, Event, Pause, Step
from yonggong.cases.procedure import DECIDED, WAITING, Outcome, Procedure, StepPlan
from yonggong.cases.sealing import sealed
from yonggong.forms import Form, Problem
from yonggong.forms.reading import read_remark

# --- done ------------------------------------------------------------------------------------


@transaction.atomic
def complete(
    *,
    case: Case,
    step: int,
    outcome: Outcome,
    opinion: str = "",
    marked: Sequence[Mark] = (),
    answers: Mapping[str, Any] | None = None,
    seen: datetime,
    by: User,
    now: datetime,
    address: str | None,
) -> Case:
    """End the open step: on to the next one, back to the applicant, refused, or done.

    `step` is the key of the step that the person had before them, `seen` when the version was
    filed that they saw; `answers` is what the step asks the office to fill in. A return and a
    refusal give their reasons in `opinion`; a return may name the fields `marked` as wrong.

    Raises `NotAllowed`, `Forbidden`, `Refused` (another has done it meanwhile; no reason; answers
    that cannot be).
    """
    case = joint.locked(case)
    after(Action.STEP, State(case.state))
    current = _current(case, step, seen)
    procedure = steps.procedure_of(case)
    plan = procedure.step(current.key)
    _check_actor(case, plan, procedure, by)
    if current.pauses.filter(ended_on__isnull=True).exists():
        raise refused("", "paused", "本环节已暂停计时，不能办理", "请先恢复计时")
    if outcome not in plan.outcomes:
        raise Forbidden(f"“{plan.title}”环节不能这样办理。")
    _refuse_second_return(case, plan, outcome)
    ends_on = timezone.localdate(now) if outcome in _GOING_ON else None
    values = _filled_in(plan, current, answers, ends_on=ends_on)
    wrong = step_forms.wrong_checks(plan.form, values)
    if wrong and outcome in _GOING_ON and plan.outcomes & {Outcome.RETURN, Outcome.REFUSE}:
        raise Refused([_unmet(field, check) for field, check, _ in wrong])
    marked = marked if outcome is Outcome.RETURN else ()
    said = marking.told(opinion, marked)
    if outcome in (Outcome.RETURN, Outcome.REFUSE):
        said = step_forms.told(said, wrong)
        if not said:
            raise refused("opinion", "required", *_REASONS[outcome])
    step_hooks.check(case, current, outcome, values, now)
    _keep(current, plan, values)
    current.outcome, current.opinion = outcome, said
    current.acted_by, current.acted_at = by, now
    current.save()
    steps.go_on(case, current, procedure, outcome, by=by, now=now)
    Event.objects.create(
        case=case,
        action=_ACTIONS[State(case.state)],
        by=by,
        at=now,
        opinion=said,
        marked=[list(mark) for mark in marked],
        address=address,
    )
    steps.tell_kind(case, by=by, now=now)
    step_hooks.follow(case, current, by=by, now=now)
    joint.arrived(case, by=by, now=now, address=address)
    joint.ended(case, by=by, now=now, address=address)
    return case


# All that a step asks for is asked of whoever goes on, not of whoever sends back or refuses.
_GOING_ON = (Outcome.NEXT, Outcome.END)
_REASONS = {
    Outcome.RETURN: ("请填写退回意见", "一次性写明需要补正的全部内容"),
    Outcome.REFUSE: ("请填写不予办理的理由", "写明事实、依据和申请人的救济途径"),
}
# What was done, by the state that it led to.
_ACTIONS = {
    State.PENDING: Action.STEP,
    State.APPROVED: Action.APPROVE,
    State.RETURNED: Action.RETURN,
    State.REFUSED: Action.REFUSE,
}


def _current(case: Case, step: int, seen: datetime) -> Step:
    current = case.steps.filter(acted_at__isnull=True).first()
    if current is None or current.pk != step or case.filed_at != seen:
        raise refused(
            "",
            "overtaken",
            "该办件在您打开后已由他人办理或者重新提交，本次操作没有生效",
            "请查看最新内容后再办理",
        )
    return current


def _check_actor(case: Case, plan: StepPlan, procedure: Procedure, by: User) -> None:
    if plan.kind == WAITING:
        raise Forbidden("各联办事项办结后自动进入下一环节，不能直接办理。")
    if not queries.works_at_step(by, case, plan):
        raise Forbidden("该环节由其他机构办理。")
    if queries.has_filed(by, case):
        raise Forbidden("不能办理本人填报的办件，请由其他人员办理。")
    if queries.concerns(by, case):
        raise Forbidden("您或者您所在的单位是该办件的当事人，请由其他人员办理。")
    if held := queues.held_decision(case):
        raise Forbidden(f"{held.who_for(by)}已对该办件作出决定，即将生效。")
    before = procedure.judged_before(plan.key)
    if before and case.steps.filter(key__in=before, acted_by=by).exists():
        raise Forbidden("受理、审核、复核和决定须由不同的人办理，您已办理过本办件的前一环节。")


def form_of(case: Case, step: Step) -> Form | None:
    """What a step asks the office to fill in; None where it asks for nothing."""
    return steps.procedure_of(case).step(step.key).form


@transaction.atomic
def keep(*, case: Case, step: int, answers: Mapping[str, Any], seen: datetime, by: User) -> Step:
    """Keep what was filled in so far, without ending the step; whoever ends it without answers of
    their own ends it with these.

    Raises `NotAllowed`, `Forbidden`, `Refused`.
    """
    case = joint.locked(case)
    after(Action.STEP, State(case.state))
    current = _current(case, step, seen)
    procedure = steps.procedure_of(case)
    plan = procedure.step(current.key)
    _check_actor(case, plan, procedure, by)
    _keep(current, plan, _filled_in(plan, current, answers, ends_on=None))
    current.save(update_fields=["data"])
    return current


def _keep(step: Step, plan: StepPlan, values: Mapping[str, Any]) -> None:
    if plan.form is not None:
        step.data = sealed(plan.form.dump(values), plan.form.personal_fields, step.owner)


def _filled_in(
    plan: StepPlan, step: Step, answers: Mapping[str, Any] | None, *, ends_on: date | None
) -> dict[str, Any]:
    """What the office filled in, typed, or kept before. On the day on which the step ends nothing may
    be missing, wrong, or said to be done later. Raises `Refused`."""
    if plan.form is None:
        return {}
    if not answers and step.data:
        answers = plan.form.dump(step.values_on(plan.form))
    cleaned = plan.form.clean(answers or {})
    if ends_on is not None:
        ahead = step_forms.still_ahead(plan.form, cleaned.values, ends_on)
        if wrong := [*cleaned.problems, *ahead]:
            raise Refused(wrong)
    return dict(cleaned.values)


def _unmet(field: str, check: str) -> Problem:
    return Problem(
        field=field,
        code="unmet",
        message=f"“{check}”核验为不符合，不能通过",
        remedy="退回补正，或者不予办理",
    )


def tells_once(plan: StepPlan) -> bool:
    """Whether an application is sent back but once from the step: what is still not fit is refused. An
    acceptance that refuses nothing sends back again."""
    return plan.kind == "accept" and Outcome.REFUSE in plan.outcomes


def _refuse_second_return(case: Case, plan: StepPlan, outcome: Outcome) -> None:
    """What is missing is told once, all of it (ST-3); where it can be refused then."""
    if outcome is not Outcome.RETURN or not tells_once(plan):
        return
    if case.steps.filter(key=plan.key, outcome=Outcome.RETURN).exists():
        raise refused(
            "",
            "returned_once",
            "受理环节已经一次性告知补正内容，不能再次退回",
            "符合受理条件的予以受理；仍不符合的，说明理由，作出不予受理的决定",
        )


# --- paused ----------------------------------------------------------------------------------


@transaction.atomic
def pause(
    *, case: Case, step: int, reason: str, by: User, now: datetime, address: str | None
) -> Case:
    """Let the clock of the open step stand still, for one of the reasons that its plan knows.

    Raises `NotAllowed`, `Forbidden`, `Refused`.
    """
    case = joint.locked(case)
    after(Action.PAUSE, State(case.state))
    assert case.filed_at is not None
    current = _current(case, step, case.filed_at)
    procedure = steps.procedure_of(case)
    plan = procedure.step(current.key)
    _check_actor(case, plan, procedure, by)
    if reason not in plan.pauses:
        raise refused("reason", "unknown", "请选择暂停计时的原因", "从列出的原因中选择")
    if current.pauses.filter(ended_on__isnull=True).exists():
        raise refused("", "paused", "本环节已暂停计时", "")
    today = timezone.localdate(now)
    left = _left(case, current, procedure, plan, today)
    Pause.objects.create(step=current, reason=reason, by=by, began_on=today, left=left)
    current.due_on = current.due_by_law_on = case.due_on = case.due_by_law_on = None
    current.save(update_fields=["due_on", "due_by_law_on"])
    case.phase = Phase.PAUSED
    case.save(update_fields=["due_on", "due_by_law_on", "phase", "updated_at"])
    Event.objects.create(
        case=case, action=Action.PAUSE, by=by, at=now, opinion=reason, address=address
    )
    return case


@transaction.atomic
def resume(*, case: Case, by: User, now: datetime, address: str | None) -> Case:
    """Let the clock run on: every limit is what was left of it, from today.

    Raises `NotAllowed`, `Forbidden`, `Refused` where it is not paused.
    """
    case = joint.locked(case)
    after(Action.RESUME, State(case.state))
    current = case.steps.get(acted_at__isnull=True)
    procedure = steps.procedure_of(case)
    plan = procedure.step(current.key)
    _check_actor(case, plan, procedure, by)
    held = current.pauses.filter(ended_on__isnull=True).first()
    if held is None:
        raise refused("", "not_paused", "本环节没有暂停计时", "")
    today = timezone.localdate(now)
    held.ended_on = today
    held.save(update_fields=["ended_on"])
    for name, (row, column, period) in _limits(case, current, procedure, plan).items():
        if period is not None and name in held.left:
            setattr(row, column, clocks.run_on(period, held.left[name], today))
    current.save(update_fields=["due_on", "due_by_law_on"])
    case.phase = Phase.PUBLICITY if plan.kind == "publicity" else Phase.HANDLING
    case.save(update_fields=["due_on", "due_by_law_on", "phase", "updated_at"])
    Event.objects.create(case=case, action=Action.RESUME, by=by, at=now, address=address)
    return case


def _limits(
    case: Case, step: Step, procedure: Procedure, plan: StepPlan
) -> dict[str, tuple[Any, str, Any]]:
    """Every limit that runs: its name, the row and column that hold its day, its period."""
    return {
        "step": (step, "due_on", plan.promised),
        "step_by_law": (step, "due_by_law_on", plan.by_law),
        "case": (case, "due_on", procedure.promised),
        "case_by_law": (case, "due_by_law_on", procedure.by_law),
    }


def _left(
    case: Case, step: Step, procedure: Procedure, plan: StepPlan, today: date
) -> dict[str, int]:
    left = {}
    for name, (row, column, period) in _limits(case, step, procedure, plan).items():
        due = getattr(row, column)
        if period is not None and due is not None:
            left[name] = clocks.days_left(period, due, today)
    return left


# --- withdrawn -------------------------------------------------------------------------------


@transaction.atomic
def withdraw(*, case: Case, reason: str = "", by: User, now: datetime, address: str | None) -> Case:
    """Take an application back before it is decided. The open step ends with it.

    Raises `NotAllowed`, `Forbidden`.
    """
    case = joint.locked(case)
    if not queries.may_file(by, case):
        raise Forbidden("该办件不是由您提交的，不能撤回。")
    state = after(Action.WITHDRAW, State(case.state))
    if case.steps.filter(acted_at__isnull=True, kind__in=DECIDED).exists():
        raise Forbidden("该办件已作出决定，不能撤回。")
    joint.close_items(case, by=by, now=now, address=address)
    steps.drop_open(case)
    case.state, case.phase, case.assigned_to = state, Phase.WITHDRAWN, None
    case.save(update_fields=["state", "phase", "assigned_to", "updated_at"])
    Event.objects.create(
        case=case,
        action=Action.WITHDRAW,
        by=by,
        at=now,
        opinion=read_remark(reason),
        address=address,
    )
    case.definition.effects.voided(case)
    joint.ended(case, by=by, now=now, address=address)
    return case
