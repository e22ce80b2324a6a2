"""The steps of a case's procedure as rows: which is open, and where the end of one leads.

One step of a case is open at a time. A kind of one step (a filing) never comes here. What people do
with steps is in `handling`.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.cases.errors import refused
from yonggong.cases.life import Phase, State
from yonggong.cases.models import Case, Step
from yonggong.cases.procedure import WAITING, Outcome, Procedure, StepPlan
from yonggong.registry.handling import NoAgency, get_agency_of
from yonggong.registry.models import Agency


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
    case.assigned_to = None
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
    """Raises `Refused` where nobody is there to act."""
    assert case.agency is not None
    if plan.at is not None:
        return _named(case, plan, plan.at)
    if not plan.level and not plan.department:
        return case.agency
    matter = case.definition.matter
    if plan.department:
        matter = replace(matter, department=plan.department, line="")
    try:
        return get_agency_of(case.region_code, plan.level or case.agency.level, matter)
    except NoAgency as error:
        raise refused("", "no_agency", f"“{plan.title}”环节：{error}") from None


def _named(case: Case, plan: StepPlan, at: Callable[[Case], Agency]) -> Agency:
    try:
        return at(case)
    except NoAgency as error:
        raise refused("", "no_agency", f"“{plan.title}”环节：{error}") from None


def _phase(case: Case, plan: StepPlan) -> Phase:
    if plan.kind == "accept":
        return Phase.ACCEPTING
    if plan.kind == "publicity":
        return Phase.PUBLICITY
    if plan.kind == WAITING:
        return Phase.WAITING
    return Phase.ACCEPTED if case.phase == Phase.ACCEPTING else Phase.HANDLING


def go_on(
    case: Case, done: Step, procedure: Procedure, outcome: Outcome, *, by: User, now: datetime
) -> None:
    """Go on from a step that was done: to the next one, or to the end of the case."""
    following = procedure.after(done.key, outcome)
    if following is not None:
        renews = procedure.step(done.key).renews
        if renews is not None:
            case.due_on = None
            case.due_by_law_on = renews(case, timezone.localdate(now))
        back = procedure.position(following.key) <= done.position
        step = _open(case, following, round_=done.round + back, now=now)
        step.save(force_insert=True)
    else:
        case.state, case.phase = _end(done, outcome)
        case.decided_by, case.decided_at, case.opinion = by, now, done.opinion
        case.decided_as = by.person_id
        case.assigned_to = None
    case.save()


def _end(done: Step, outcome: Outcome) -> tuple[State, Phase]:
    if outcome is Outcome.RETURN:
        return State.RETURNED, Phase.MENDING
    if outcome is Outcome.REFUSE:
        return State.REFUSED, Phase.NOT_ACCEPTED if done.kind == "accept" else Phase.REJECTED
    return State.APPROVED, Phase.DONE


def tell_kind(case: Case, *, by: User, now: datetime) -> None:
    """Let the kind do what follows from the state that the case has reached."""
    kind = case.definition
    if case.state == State.APPROVED:
        kind.effects.applied(case, by, now)
    elif case.state == State.RETURNED:
        kind.effects.returned(case)
    elif case.state == State.REFUSED:
        kind.effects.refused(case)


def drop_open(case: Case) -> None:
    """Take away the open step of a case that its applicant takes back: nobody of the office acted
    in it, and the event of taking back stays. A step with which a room above keeps something (photos,
    objections) stays as it is."""
    for step in case.steps.filter(acted_at__isnull=True):
        with suppress(ProtectedError), transaction.atomic():
            step.pauses.all().delete()
            step.delete()
