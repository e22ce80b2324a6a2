"""What else of an applicant's is open when one case ends all (注销备案): it is voided, with the reason.

Each voided case keeps what it was in a `Consequence` that names the cause. What is typed and not
sent stays where it is: it cannot be sent any more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from yonggong.accounts.models import User
from yonggong.cases import items, joint, steps
from yonggong.cases.bulk import copy_columns, note_events
from yonggong.cases.items import kinds_in_use
from yonggong.cases.kinds import CaseKind
from yonggong.cases.life import Action, Phase, State
from yonggong.cases.models import Case, Consequence
from yonggong.cases.procedure import DECIDED

# So many are written by one statement.
_AT_ONCE = 5000


def open_beside(case: Case) -> QuerySet[Case]:
    """What its applicant has under review or returned with the same department beside the case; items
    of a joint case go with that."""
    return _beside(case).filter(state__in=(State.PENDING, State.RETURNED), parent__isnull=True)


def drafts_beside(case: Case) -> QuerySet[Case]:
    """What its applicant has typed and not sent of the same sort."""
    return _beside(case).filter(state=State.DRAFT)


def _beside(case: Case) -> QuerySet[Case]:
    department = case.definition.matter.department
    others = [kind.name for kind in kinds_in_use() if kind.matter.department != department]
    own = Case.objects.filter(applicant=case.applicant_id)
    return own.exclude(pk=case.pk).exclude(kind__in=others)


def hold_open(case: Case) -> None:
    """Wait for whoever is deciding or mending what is `open_beside` the case. Whoever does that may go
    on to the employer's row, so this comes before `closed.close`."""
    list(open_beside(case).select_for_update(of=("self",)).order_by("pk").values_list("pk"))


def void_open(*, cause: Case, by: User, now: datetime, said: str) -> int:
    """Void what is `open_beside` a case that was just approved, in its transaction; returns how many.
    An application on which a decision has been made already is left to its end."""
    found = (
        open_beside(cause)
        .select_for_update(of=("self",))
        .order_by("pk")
        .values_list("pk", "state", "kind", "item_version_id")
    )
    plain = defaultdict[tuple[str, int | None], list[int]](list)
    stepped, was = list[int](), dict[int, str]()
    for pk, state, name, version in found:
        was[pk] = state
        if items.definition_of(name, version).procedure is None:
            plain[name, version].append(pk)
        else:
            stepped.append(pk)
    for (name, held), keys in plain.items():
        void_many(keys, kind=items.definition_of(name, held), by=by, now=now, said=said)
    left = [pk for pk in stepped if not _void_stepped(pk, by=by, now=now, said=said)]
    note(cause, {pk: state for pk, state in was.items() if pk not in left})
    return len(was) - len(left)


def brought_about(cause: Case) -> QuerySet[Case]:
    """The cases that came into being by the approval of the cause, as far as they still hold."""
    return Case.objects.filter(
        pk__in=Consequence.objects.filter(cause=cause, was="").values("case"), state=State.APPROVED
    )


def note(cause: Case, was: dict[int, str]) -> None:
    """Keep what became of these cases by the cause."""
    copy_columns(
        Consequence._meta.db_table,
        {"case_id": list(was), "was": list(was.values())},
        {"cause_id": cause.pk},
        len(was),
    )


def void_many(
    keys: Sequence[int],
    *,
    kind: CaseKind,
    by: User,
    now: datetime,
    said: str,
    address: str | None = None,
) -> None:
    """What `actions.void` does, for many cases of one kind without steps, whoever may do it having
    been asked: they are locked. `said` stands in the history of each."""
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        Case.objects.filter(pk__in=some).update(state=State.VOIDED, updated_at=now)
        note_events(some, Action.VOID, said, by=by, now=now, address=address)
        if kind.workbook is not None:
            kind.workbook.voided(some)
        else:
            for case in Case.objects.filter(pk__in=some):
                kind.effects.voided(case)


def _void_stepped(key: int, *, by: User, now: datetime, said: str) -> bool:
    """Void an application of several steps and its items, unless it is decided."""
    case = Case.objects.get(pk=key)
    if case.steps.filter(acted_at__isnull=True, kind__in=DECIDED).exists():
        return False
    joint.close_items(case, by=by, now=now, address=None)
    steps.drop_open(case)
    case.state, case.phase, case.assigned_to = State.VOIDED, Phase.WITHDRAWN, None
    case.save(update_fields=["state", "phase", "assigned_to", "updated_at"])
    case.events.create(action=Action.VOID, by=by, at=now, opinion=said)
    case.definition.effects.voided(case)
    return True
