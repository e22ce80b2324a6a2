"""Joint cases: one form, several items, each a case of its own with its agency, clock and mending.

The children's forms are taken from the parent's, materials are given once. Children go to their
agencies at once and side by side; one that is returned is mended alone; the parent ends with the
last of them. One level deep. Locks: the parent first, then its children by key.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.cases import items, materials, statements, steps
from yonggong.cases.attempts import Attempt
from yonggong.cases.checking import MATERIAL_MISSING, attempt
from yonggong.cases.life import OPEN, Action, Phase, State
from yonggong.cases.models import Case, Event, Step
from yonggong.cases.parts import Child
from yonggong.cases.procedure import WAITING, Outcome
from yonggong.cases.submitting import write
from yonggong.cases.verdicts import Verdict
from yonggong.forms import Problem


@dataclass(frozen=True, slots=True)
class Tried:
    """One item of a joint case, checked: its plan, what would be filed, what is wrong."""

    plan: Child
    attempt: Attempt
    problems: Sequence[Problem]
    verdicts: Sequence[Verdict]


def locked(case: Case) -> Case:
    """The case, locked; an item of a joint case behind its parent, so that no two acts wait for
    each other."""
    if case.parent_id is not None:
        Case.objects.select_for_update().only("pk").get(pk=case.parent_id)
    return statements.locked(Case, case.pk)


def children_of(tried: Attempt, *, now: datetime) -> list[Tried]:
    """The items that a joint form asks for, each checked as if it were filed alone; none for any
    other kind, and none where they are open already."""
    if not tried.kind.children or (tried.case is not None and tried.case.filed_at is not None):
        return []
    form = tried.kind.form
    found = []
    for plan in tried.kind.children:
        if not plan.when(tried.values):
            continue
        raw = {
            name: form.dump_value(source, tried.values.get(source))
            for name, source in plan.fields.items()
        }
        kind = items.holding(
            items.kind_called(plan.kind),
            region=tried.applicant.region_code,
            on=timezone.localdate(now),
        )
        child, problems, verdicts = attempt(
            kind=kind, raw=raw, applicant=tried.applicant, by=tried.by, now=now
        )
        found.append(Tried(plan, child, problems, verdicts))
    return found


def problems_of(tried: Attempt, children: Sequence[Tried]) -> list[Problem]:
    """What is wrong with the items, on the joint form's own fields; what the joint form itself
    finds wrong is not said twice. Materials are given once, with the joint case."""
    first = tried.case is None or tried.case.filed_at is None
    if first and tried.kind.children and not children and _is_only_joint(tried):
        return [
            Problem(
                field="",
                code="no_item",
                message="没有需要联办的事项",
                remedy="请至少选择一个事项",
            )
        ]
    return [
        _on_joint_form(problem, child)
        for child in children
        for problem in child.problems
        if problem.code != MATERIAL_MISSING
    ]


def _is_only_joint(tried: Attempt) -> bool:
    """Whether nothing is left of the case without its items."""
    procedure = tried.kind.procedure
    return procedure is None or all(step.kind == WAITING for step in procedure.steps)


def _on_joint_form(problem: Problem, child: Tried) -> Problem:
    source = child.plan.fields.get(problem.place, "")
    if source:  # a cell of a table is the same cell there
        source += problem.field.removeprefix(problem.place)
    title = child.attempt.kind.title
    return replace(problem, field=source, message=f"{title}：{problem.message}")


def open_children(
    case: Case, children: Sequence[Tried], *, now: datetime, address: str | None
) -> list[Case]:
    """File the items of a joint case that was just filed. Call inside its transaction."""
    opened = []
    for child in children:
        made = write(
            child.attempt,
            child.verdicts,
            case=None,
            parent=case,
            action=Action.SUBMIT,
            now=now,
            address=address,
        )
        materials.hand_down(source=case, target=made, names=child.plan.materials)
        opened.append(made)
    return opened


def ended(case: Case, *, by: User, now: datetime, address: str | None) -> None:
    """Let the joint case go on where the last of its items has come to its end. Call in the
    transaction that may have ended one, behind `locked`; does nothing for any other case.

    It is done by whoever decided last; where the applicant took back every item, it is taken back.
    """
    if case.parent_id is None or case.state in OPEN:
        return
    items = list(Case.objects.filter(parent=case.parent_id).order_by("pk"))
    if any(item.state in OPEN for item in items):
        return
    parent = Case.objects.select_for_update(of=("self",)).get(pk=case.parent_id)
    waiting = _waiting_step(parent)
    if waiting is None:
        return
    decided = [item for item in items if item.decided_at and item.state != State.VOIDED]
    if not decided and _is_first(parent, waiting):
        waiting.delete()
        _close(parent, by=by, now=now, address=address)
        return
    last = max(decided, key=lambda item: item.decided_at or now, default=None)
    actor = last.decided_by if last and last.decided_by else by
    _pass(parent, waiting, by=actor, now=now, address=address)


def arrived(case: Case, *, by: User, now: datetime, address: str | None) -> None:
    """Let a case that has come to wait for its items go on at once where none is open any more.
    Call in the transaction that opened the step, behind `locked`; does nothing for any other."""
    if not case.definition.children or case.state != State.PENDING:
        return
    waiting = _waiting_step(case)
    if waiting is None or case.children.filter(state__in=OPEN).exists():
        return
    _pass(case, waiting, by=by, now=now, address=address)


def _waiting_step(parent: Case) -> Step | None:
    return parent.steps.filter(acted_at__isnull=True, kind=WAITING).first()


def _is_first(parent: Case, waiting: Step) -> bool:
    """Whether the office has done nothing yet but wait."""
    return not parent.steps.exclude(pk=waiting.pk).exists()


def _pass(parent: Case, waiting: Step, *, by: User, now: datetime, address: str | None) -> None:
    """End the step in which a case waits for its items, and go on."""
    waiting.acted_by, waiting.acted_at, waiting.outcome = by, now, Outcome.NEXT
    waiting.save()
    procedure = steps.procedure_of(parent)
    steps.go_on(parent, waiting, procedure, Outcome.NEXT, by=by, now=now)
    action = Action.APPROVE if parent.state == State.APPROVED else Action.STEP
    Event.objects.create(case=parent, action=action, by=by, at=now, address=address)
    steps.tell_kind(parent, by=by, now=now)


def close_items(parent: Case, *, by: User, now: datetime, address: str | None) -> None:
    """Take back, with a joint case, whatever of its items is not decided yet."""
    items = Case.objects.select_for_update(of=("self",)).filter(parent=parent, state__in=OPEN)
    for item in items.order_by("pk"):
        steps.drop_open(item)
        _close(item, by=by, now=now, address=address)


def _close(case: Case, *, by: User, now: datetime, address: str | None) -> None:
    case.state, case.assigned_to = State.VOIDED, None
    case.phase = Phase.WITHDRAWN if case.phase else Phase.NONE
    case.save(update_fields=["state", "phase", "assigned_to", "updated_at"])
    action = Action.WITHDRAW if case.phase else Action.VOID
    Event.objects.create(case=case, action=action, by=by, at=now, address=address)
    case.definition.effects.voided(case)
