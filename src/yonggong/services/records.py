"""Records are written when a case ends approved, and taken back when its approval is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.catalogue.items import Effect
from yonggong.registry.actions import enter_person
from yonggong.registry.models import Worker
from yonggong.registry.parties import Party
from yonggong.services.record_book import RecordKind, book
from yonggong.services.record_choosing import after, chosen
from yonggong.services.record_models import Record, Standing
from yonggong.services.record_people import About, Said, filled_in, people_of, said_in


def write(case: Case) -> None:
    """What the case of an item without code makes, once it has ended approved. Call inside the
    deciding transaction; once a case, however often."""
    item = case.definition.item
    if item is None or case.state != State.APPROVED or not item.effects:
        return
    if _written_by(case).exists():
        return
    assert case.decided_by is not None and case.decided_at is not None
    filled = filled_in(case)
    said = said_in(filled)
    unit = case.applicant if case.applicant.kind != Party.Kind.PERSON else None
    named = any(one.subject == "person" for one in item.effects)
    people = people_of(case, filled, said) if named else []
    own = About(case.applicant, said)
    parties = {about.party.pk for about in (*people, own)}
    _hold(parties)
    states = _states(parties, {one.record for one in item.effects})
    rows: list[Record] = []
    for about in people or [own]:
        effects = chosen(
            item.key,
            item.effects,
            by_unit=unit is not None,
            answered=about.said.text.keys(),
            state=_state(case, states, about, own),
            book=book(),
        )
        for effect in effects:
            if effect.subject != "person":
                if about is (people or [own])[0]:  # the unit's own, once
                    rows.append(_made(case, effect, own, None))
            elif people:
                rows.append(_made(case, effect, about, unit))
    _add(rows)


def write_as(
    case: Case,
    act: Record.Act,
    *,
    since: date,
    until: date | None = None,
    worker: Worker | None = None,
) -> None:
    """For a kind with code of its own: the one act that its case did on the record of its item, on the
    unit's or, where the item's is a person's, on that of `worker`. Call inside the deciding
    transaction."""
    item = case.definition.item
    effects = item.effects if item else ()
    effect = next((one for one in effects if one.act == act), None)
    if effect is None or case.decided_by is None or case.decided_at is None:
        return
    subject = (
        enter_person(worker=worker, region_code=case.region_code) if worker else case.applicant
    )
    record(
        case=case,
        subject=subject,
        sort=Record.Sort(effect.subject),
        key=effect.record,
        act=act,
        since=since,
        until=until,
        thing=_thing(case, effect.record, said_in(filled_in(case))),
        unit=case.applicant if worker else None,
        by=case.decided_by,
        now=case.decided_at,
    )


def record(
    *,
    case: Case,
    subject: Party,
    sort: Record.Sort,
    key: str,
    act: Record.Act,
    since: date,
    until: date | None = None,
    thing: str = "",
    unit: Party | None = None,
    details: dict[str, str] | None = None,
    by: User,
    now: datetime,
) -> Record:
    """One act on a record of `subject`, for kinds with code of their own; `details` hold nothing
    personal. Call inside the deciding transaction."""
    row = Record(
        case=case, subject=subject, sort=sort, key=key, act=act, thing=thing[:120], unit=unit,
        since=since, until=until, by=by, at=now,
    )  # fmt: skip
    for label, text in (details or {}).items():
        row.keep(label, text, personal=False)
    with transaction.atomic():
        _hold([subject.pk])
        _add([row])
    return row


@transaction.atomic
def end(case: Case, *, since: date, by: User, now: datetime) -> None:
    """End what a case put on record, where no other case does: an office's own act."""
    written = list(_written_by(case).order_by("pk"))
    _hold(row.subject_id for row in written)
    _add(
        [
            Record(
                case=case, subject_id=row.subject_id, sort=row.sort, key=row.key, act=Record.Act.END,
                thing=row.thing, unit_id=row.unit_id, since=since, by=by, at=now,
            )
            for row in written
        ]
    )  # fmt: skip


@transaction.atomic
def take_back(case: Case, by: User, now: datetime) -> None:
    """Undo all that a case wrote: its approval is withdrawn."""
    written = list(_written_by(case).order_by("-pk"))
    _hold(row.subject_id for row in written)
    _add(
        [
            Record(
                case=case, subject_id=row.subject_id, sort=row.sort, key=row.key, act=row.act,
                thing=row.thing, unit_id=row.unit_id, since=row.since, until=row.until, undoes=row,
                by=by, at=now,
            )
            for row in written
        ]
    )  # fmt: skip


def _written_by(case: Case) -> QuerySet[Record]:
    """What a case wrote and nothing took back."""
    return Record.objects.filter(case=case, undoes=None, undone_by=None)


# --- writing -------------------------------------------------------------------------------------


def _made(case: Case, effect: Effect, about: About, unit: Party | None) -> Record:
    """The event of an effect; not written."""
    assert case.decided_by is not None and case.decided_at is not None
    kind, said = book().kinds[effect.record], about.said
    row = Record(
        case=case,
        subject=about.party,
        sort=effect.subject,
        key=effect.record,
        act=effect.act,
        thing=_thing(case, effect.record, said),
        unit=unit,
        since=said.day(kind.since) or timezone.localdate(case.decided_at),
        until=said.day(kind.until),
        by=case.decided_by,
        at=case.decided_at,
    )
    for label in _kept(kind, said):
        row.keep(label, said.text[label], personal=label in said.personal)
    return row


def _kept(kind: RecordKind, said: Said) -> Iterable[str]:
    return (label for label in kind.kept if label in said.text)


def _thing(case: Case, key: str, said: Said) -> str:
    kind = book().kinds[key]
    if kind.by_item:
        return case.kind_title[:120]
    return (said.text.get(kind.named, "") or book().thing(case.kind, key))[:120]


def _hold(parties: Iterable[int]) -> None:
    """Let nobody else write records of these until the transaction ends: always in the same order, so
    that two cases that name the same people never wait for each other."""
    held = Party.objects.select_for_update(no_key=True).filter(pk__in=set(parties))
    list(held.order_by("pk").values_list("pk"))


def _add(rows: Sequence[Record]) -> None:
    """Write events of parties that are held, in this order, and what is in force by them."""
    Record.objects.bulk_create(rows)
    _stand({_of(row) for row in rows})


# --- what is in force ----------------------------------------------------------------------------

# Whose it is, which record, which of several alike.
Place = tuple[int, str, str]
_PLACE = ("subject", "key", "thing")


def _of(row: Record) -> Place:
    return row.subject_id, row.key, row.thing


def _around(subjects: Collection[int], keys: Collection[str]) -> Q:
    return Q(subject__in=subjects, key__in=keys)


def _states(subjects: Collection[int], keys: Collection[str]) -> Mapping[Place, str]:
    """What these records of these parties are in force as; those that are."""
    held = Standing.objects.filter(_around(subjects, keys)).values_list(*_PLACE, "state")
    return {(subject, key, thing): state for subject, key, thing, state in held}


def _state(
    case: Case, states: Mapping[Place, str], about: About, own: About
) -> Callable[[Effect], str]:
    """What the record of an effect is in force as, "" where it is not."""

    def state(effect: Effect) -> str:
        of = about if effect.subject == "person" else own
        thing = _thing(case, effect.record, of.said)
        return states.get((of.party.pk, effect.record, thing), "")

    return state


def _stand(places: Collection[Place]) -> None:
    """Keep what is in force as the events give it."""
    around = _around({subject for subject, _, _ in places}, {key for _, key, _ in places})
    events: dict[Place, list[Record]] = {place: [] for place in places}
    told = Record.objects.filter(around, undoes=None, undone_by=None)
    for row in told.defer("details").order_by("pk"):
        if _of(row) in events:
            events[_of(row)].append(row)
    standing = {place: _in_force(place, acts) for place, acts in events.items()}
    over = {place for place, one in standing.items() if one is None}
    if over:
        held = Standing.objects.filter(around).values_list("pk", *_PLACE)
        gone = [pk for pk, subject, key, thing in held if (subject, key, thing) in over]
        Standing.objects.filter(pk__in=gone).delete()
    Standing.objects.bulk_create(
        [one for one in standing.values() if one],
        update_conflicts=True,
        unique_fields=_PLACE,
        update_fields=("state", "since", "until", "unit", "record"),
    )


def _in_force(place: Place, events: Sequence[Record]) -> Standing | None:
    """What is in force by these events, oldest first; None where nothing is."""
    subject, key, thing = place
    state, begun = after([one.act for one in events], stands=book().kinds[key].stands)
    if begun is None:
        return None
    latest = events[begun:][::-1]
    return Standing(
        subject_id=subject,
        key=key,
        thing=thing,
        state=state,
        since=events[begun].since,
        until=next((one.until for one in latest if one.until), None),
        unit_id=next((one.unit_id for one in latest if one.unit_id), None),
        record=events[-1],
    )
