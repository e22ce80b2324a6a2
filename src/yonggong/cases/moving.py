"""An employer that is reviewed by another agency from now on takes its open cases along.

Everything is one transaction with the approval that brings it about; what was decided stays counted
where it was, under whoever decided it, and what was returned goes to the new agency once it is mended
(`routing`), so that the return stays counted too. Withdrawing that approval brings back what is still open. Cases
that lie with a third agency (entrusted, handed on) stay there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases import items
from yonggong.cases.bulk import copy_columns, note_events
from yonggong.cases.life import Action, State
from yonggong.cases.models import Case, Move, MovedCase, Step
from yonggong.registry.models import Agency
from yonggong.registry.queries import within

_AT_ONCE = 5000
# The agency that reviewed an applicant, if any did, and the region of which it was.
Was = tuple[Agency | None, str]
To = tuple[Agency, str]
# Rooms above that keep copies of where an applicant's cases lie: told the applicant's key, and the agency
# and region that it has now.
_followers: list[Callable[[int, Agency, str], object]] = []


def when_moved(follow: Callable[[int, Agency, str], object]) -> None:
    """Have a room above follow, inside the transaction that moves."""
    if follow not in _followers:
        _followers.append(follow)


def hold_open(case: Case, *, was: Was, to: To) -> None:
    """Wait for whoever decides what `move` would take along. Before the employer's row, which they may
    go on to."""
    if (left := _left(was, to)) is not None:
        found = _open(case, left).select_for_update(of=("self",))
        list(found.order_by("pk").values_list("pk"))


def move(*, case: Case, was: Was, to: To, by: User, now: datetime) -> Move | None:
    """The applicant of an approved change is reviewed at another place, and its open cases with it.
    None where it leaves none."""
    left = _left(was, to)
    if left is None:
        return None
    there, region = to
    made = Move.objects.create(
        case=case,
        applicant=case.applicant,
        from_agency=left,
        to_agency=there,
        from_region=was[1],
        to_region=region,
        by=by,
        at=now,
    )
    said = f"单位的送审机构变更，随转{there.name}。"
    keys = _put(_open(case, left), there, region, said, by, now)
    copy_columns(MovedCase._meta.db_table, {"case_id": keys}, {"move_id": made.pk}, len(keys))
    Case.objects.filter(applicant=case.applicant_id, state=State.DRAFT).update(region_code=region)
    _tell(case.applicant_id, there, region)
    return made


def _left(was: Was, to: To) -> Agency | None:
    """The agency whose place it leaves."""
    return was[0] if was != to else None


def move_back(*, case: Case, by: User, now: datetime) -> Move | None:
    """The approval that moved an applicant was withdrawn: what went along and is still open there goes
    back. None where it moved nobody."""
    made = Move.objects.filter(case=case, undone_at=None).select_related("from_agency").first()
    if made is None:
        return None
    along = Case.objects.filter(
        pk__in=made.cases.values("case"), state=State.PENDING, agency=made.to_agency_id
    )
    back, region = made.from_agency, made.from_region
    _put(along, back, region, f"单位的变更备案已撤销，转回{back.name}。", by, now)
    drafts = Case.objects.filter(applicant=made.applicant_id, state=State.DRAFT)
    drafts.update(region_code=region)
    made.undone_by, made.undone_at = by, now
    made.save(update_fields=["undone_by", "undone_at"])
    _tell(made.applicant_id, back, region)
    return made


def visible_to(user: User) -> QuerySet[Move]:
    """The moves from or to the agencies and regions of a person."""
    scope = user.scope
    agencies, reached = scope.agencies(Power.REVIEW), scope.regions(Power.SEE_REGION)
    return Move.objects.filter(
        Q(from_agency__in=agencies)
        | Q(to_agency__in=agencies)
        | within(reached, field="from_region")
        | within(reached, field="to_region")
    )


def _open(case: Case, agency: Agency) -> QuerySet[Case]:
    """What of the applicant's waits at its agency beside the case."""
    own = Case.objects.filter(applicant=case.applicant_id, state=State.PENDING, agency=agency)
    return own.exclude(pk=case.pk)


def _put(
    cases: QuerySet[Case], to: Agency, region: str, said: str, by: User, now: datetime
) -> list[int]:
    """Put cases before an agency, in nobody's hands, each with its event; their keys."""
    found = defaultdict[tuple[str, int | None], list[int]](list)
    rows = cases.select_for_update(of=("self",)).order_by("pk")
    for pk, name, version in rows.values_list("pk", "kind", "item_version_id"):
        found[name, version].append(pk)
    for (name, held), keys in found.items():
        for start in range(0, len(keys), _AT_ONCE):
            some = keys[start : start + _AT_ONCE]
            _put_some(some, to, region, said, by, now)
            items.definition_of(name, held).effects.moved(some, to.pk, region)
    return [key for keys in found.values() for key in keys]


def _put_some(
    keys: Sequence[int], to: Agency, region: str, said: str, by: User, now: datetime
) -> None:
    put = Case.objects.filter(pk__in=keys)
    steps = Step.objects.filter(case__in=keys, acted_at__isnull=True)
    # An open step of the same agency goes along; one of another department stays with that.
    own = Exists(put.filter(pk=OuterRef("case"), agency=OuterRef("agency")))
    steps.filter(own).update(agency=to)
    # What another agency acts on at the moment stays in its queue.
    here = put.filter(acting_agency=F("agency")).exclude(agency=to)
    here.update(agency=to, acting_agency=to, assigned_to=None)
    put.exclude(agency=to).update(agency=to)
    put.update(region_code=region, updated_at=now)
    note_events(keys, Action.TRANSFER, said, by=by, now=now)


def _tell(applicant: int, agency: Agency, region: str) -> None:
    for follow in _followers:
        follow(applicant, agency, region)
