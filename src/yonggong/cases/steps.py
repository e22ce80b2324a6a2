"""The steps of a case's procedure: opened, done, paused, taken up again. Every write to them.

One step of a case is open at a time, and what is done names it: a repeated approval must not pass
the step that follows. A kind of one step (a filing) never comes here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.cases import clocks, queries
from yonggong.cases.errors import Forbidden, Refused, refused
from yonggong.cases.life import Action, Phase, State, after
from yonggong.cases.models import Case, Event, Pause, Step
from yonggong.cases.procedure import Outcome, Procedure, StepPlan
from yonggong.forms.reading import read_remark
from yonggong.registry.models import Agency
from yonggong.registry.queries import get_agency_of

# From which steps on an application can no longer be withdrawn: the decision is made.
_DECIDED = frozenset({"issue", "pay", "deliver", "file", "close"})


def procedure_of(case: Case) -> Procedure:
    """The procedure of a case that has one. Raises ValueError for a kind of one step."""
    procedure = case.definition.procedure
    if procedure is None:
        raise ValueError(f"{case.kind} is of one step")
    return procedure


# --- opened ----------------------------------------------------------------------------------


def begin(case: Case, *, now: datetime) -> Step:
    """Open the first step of a case that was just filed; the case itself is saved by the caller.

    The limits of the whole count from the day it came in.
    """
    procedure, today = procedure_of(case), timezone.localdate(now)
    case.due_on = procedure.promised.due(today) if procedure.promised else None
    case.due_by_law_on = procedure.by_law.due(today) if procedure.by_law else None
    return _open(case, procedure.first, round_=1, now=now)


def reopen(case: Case, *, now: datetime) -> Step:
    """Open the step that returned the case again, as another round; the limits count anew, since
    the time in which the applicant mends is not the office's."""
    last = case.steps.filter(acted_at__isnull=False).latest("round", "position")
    procedure, today = procedure_of(case), timezone.localdate(now)
    case.due_on = procedure.promised.due(today) if procedure.promised else None
    case.due_by_law_on = procedure.by_law.due(today) if procedure.by_law else None
    return _open(case, procedure.step(last.key), round_=last.round + 1, now=now)


def _open(case: Case, plan: StepPlan, *, round_: int, now: datetime) -> Step:
    """Open a step and note on the case who has to act now, and in which phase it is."""
    today = timezone.localdate(now)
    case.acting_agency = _acting_agency(case, plan)
    case.taken_by = None
    case.phase = _phase(case, plan)
    return Step(
        case=case,
        round=round_,
        position=procedure_of(case).position(plan.key),
        key=plan.key,
        kind=plan.kind,
        agency=case.acting_agency,
        opened_at=now,
        due_on=plan.promised.due(today) if plan.promised else None,
        due_by_law_on=plan.by_law.due(today) if plan.by_law else None,
        filed_by=case.filed_by,
    )


def _acting_agency(case: Case, plan: StepPlan) -> Agency:
    assert case.agency is not None
    return get_agency_of(case.region_code, plan.level) if plan.level else case.agency


def _phase(case: Case, plan: StepPlan) -> Phase:
    if plan.kind == "accept":
        return Phase.ACCEPTING
    if plan.kind == "publicity":
        return Phase.PUBLICITY
    return Phase.ACCEPTED if case.phase == Phase.ACCEPTING else Phase.HANDLING


# --- done ------------------------------------------------------------------------------------


@transaction.atomic
def complete(
    *,
    case: Case,
    step: int,
    outcome: Outcome,
    opinion: str = "",
    answers: Mapping[str, Any] | None = None,
    seen: datetime,
    by: User,
    now: datetime,
    address: str | None,
) -> Case:
    """End the open step: on to the next one, back to the applicant, refused, or done.

    `step` is the key of the step that the person had before them, `seen` when the version was
    filed that they saw; `answers` is what the step asks the office to fill in. A return and a
    refusal give their reasons in `opinion`.

    Raises `NotAllowed`, `Forbidden`, `Refused` (another has done it meanwhile; no reason; answers
    that cannot be).
    """
    case = Case.objects.select_for_update().get(pk=case.pk)
    after(Action.STEP, State(case.state))
    current = _current(case, step, seen)
    procedure = procedure_of(case)
    plan = procedure.step(current.key)
    _check_actor(case, plan, procedure, by)
    if current.pauses.filter(ended_on__isnull=True).exists():
        raise refused("", "paused", "本环节已暂停计时，不能办理", "请先恢复计时")
    if outcome not in plan.outcomes:
        raise Forbidden(f"“{plan.title}”环节不能这样办理。")
    said = read_remark(opinion)
    if outcome in (Outcome.RETURN, Outcome.REFUSE) and not said:
        raise refused("opinion", "required", *_REASONS[outcome])
    current.data = _filled_in(plan, answers or {}) if outcome is not Outcome.RETURN else {}
    current.outcome, current.opinion = outcome, said
    current.acted_by, current.acted_at = by, now
    current.save()
    _go_on(case, current, procedure, outcome, by=by, now=now)
    Event.objects.create(
        case=case, action=_ACTIONS[State(case.state)], by=by, at=now, opinion=said, address=address
    )
    _tell_kind(case, by=by, now=now)
    return case


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
    if case.acting_agency_id not in by.scope.agencies(plan.power):
        raise Forbidden("该环节由其他机构办理。")
    if queries.has_filed(by, case):
        raise Forbidden("不能办理本人填报的办件，请由其他人员办理。")
    before = procedure.judged_before(plan.key)
    if before and case.steps.filter(key__in=before, acted_by=by).exists():
        raise Forbidden("审核、复核和决定须由不同的人办理，您已办理过本办件的前一环节。")


def _filled_in(plan: StepPlan, answers: Mapping[str, Any]) -> dict[str, Any]:
    """What the office filled in, as it is stored. Raises `Refused`."""
    if plan.form is None:
        return {}
    cleaned = plan.form.clean(answers)
    if cleaned.problems:
        raise Refused(cleaned.problems)
    return plan.form.dump(cleaned.values)


def _go_on(
    case: Case, done: Step, procedure: Procedure, outcome: Outcome, *, by: User, now: datetime
) -> None:
    following = procedure.after(done.key, outcome)
    if following is not None:
        back = procedure.position(following.key) <= done.position
        step = _open(case, following, round_=done.round + back, now=now)
        step.save(force_insert=True)
    else:
        case.state, case.phase = _end(done, outcome)
        case.decided_by, case.decided_at, case.opinion = by, now, done.opinion
        case.taken_by = None
    case.save()


def _end(done: Step, outcome: Outcome) -> tuple[State, Phase]:
    if outcome is Outcome.RETURN:
        return State.RETURNED, Phase.MENDING
    if outcome is Outcome.REFUSE:
        return State.REFUSED, Phase.NOT_ACCEPTED if done.kind == "accept" else Phase.REJECTED
    return State.APPROVED, Phase.DONE


def _tell_kind(case: Case, *, by: User, now: datetime) -> None:
    """Let the kind do what follows from the state that the case has reached."""
    kind = case.definition
    if case.state == State.APPROVED:
        kind.applied(case, by, now)
    elif case.state == State.RETURNED:
        kind.returned(case)
    elif case.state == State.REFUSED:
        kind.refused(case)


# --- paused ----------------------------------------------------------------------------------


@transaction.atomic
def pause(
    *, case: Case, step: int, reason: str, by: User, now: datetime, address: str | None
) -> Case:
    """Let the clock of the open step stand still, for one of the reasons that its plan knows.

    Raises `NotAllowed`, `Forbidden`, `Refused`.
    """
    case = Case.objects.select_for_update().get(pk=case.pk)
    after(Action.PAUSE, State(case.state))
    assert case.filed_at is not None
    current = _current(case, step, case.filed_at)
    procedure = procedure_of(case)
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
    case = Case.objects.select_for_update().get(pk=case.pk)
    after(Action.RESUME, State(case.state))
    current = case.steps.get(acted_at__isnull=True)
    procedure = procedure_of(case)
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
    case = Case.objects.select_for_update().get(pk=case.pk)
    if not queries.may_file(by, case):
        raise Forbidden("该办件不是由您提交的，不能撤回。")
    state = after(Action.WITHDRAW, State(case.state))
    current = case.steps.filter(acted_at__isnull=True).first()
    if current is not None and current.kind in _DECIDED:
        raise Forbidden("该办件已作出决定，不能撤回。")
    if current is not None:
        # Nobody of the office acted: the row of a step that was not done goes, its event stays.
        current.pauses.all().delete()
        current.delete()
    case.state, case.phase, case.taken_by = state, Phase.WITHDRAWN, None
    case.save(update_fields=["state", "phase", "taken_by", "updated_at"])
    Event.objects.create(
        case=case,
        action=Action.WITHDRAW,
        by=by,
        at=now,
        opinion=read_remark(reason),
        address=address,
    )
    case.definition.voided(case)
    return case
