"""Who a person is, changed: by an approved filing, or by a bureau's act with reason and evidence.

Each change adds a row to the person's history; what papers and filings said, they keep saying.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, connection, transaction

from yonggong.accounts.models import User
from yonggong.registry.actions import document_digest, enter_person
from yonggong.registry.models import Evidence, PersonHistory, Worker
from yonggong.registry.parties import Authority, Party
from yonggong.vault import seal


class DocumentTaken(Exception):
    """Another registration has this document: the two may be one person's, to be joined."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What is registered of a person; `number` whole, as `codes.identifiers` gives it."""

    document_type: str
    number: str
    name: str
    sex: str
    birth_on: date | None

    @classmethod
    def of(cls, worker: Worker) -> Particulars:
        """As they are registered now."""
        return cls(
            document_type=worker.document_type,
            number=worker.document_number,
            name=worker.name,
            sex=worker.sex,
            birth_on=worker.birth_on,
        )

    @classmethod
    def restored(cls, kept: Mapping[str, Any]) -> Particulars:
        """From what `dumped` gave."""
        birth_on = date.fromisoformat(kept["birth_on"]) if kept["birth_on"] else None
        return cls(**{**kept, "birth_on": birth_on})

    @property
    def dumped(self) -> dict[str, Any]:
        """As a history takes them in."""
        birth_on = self.birth_on.isoformat() if self.birth_on else None
        return {**asdict(self), "birth_on": birth_on}


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Why, on what evidence, by whom and when; `address` is the network address."""

    reason: str
    evidence: Evidence
    by: User
    at: datetime
    address: str | None


def keep_evidence(*, file_name: str, content_type: str, content: bytes) -> Evidence:
    """Keep a file that an act rests on, sealed."""
    evidence = Evidence(file_name=file_name, content_type=content_type)
    evidence.keep(content)
    evidence.save()
    return evidence


def content_of(evidence: Evidence) -> bytes:
    """The file as it was uploaded."""
    return evidence.opened


def lock_worker(worker: int) -> Worker:
    """The worker, locked until the transaction ends: what is decided about one person is decided
    one after the other. Whoever only files for the person does not wait."""
    return Worker.objects.select_for_update(no_key=True).get(pk=worker)


def hold(*workers: int) -> bool:
    """Keep others from joining these workers to another until the transaction ends; whether nobody
    has. Several may hold one person at once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT joined_into_id FROM registry_worker WHERE id = ANY(%s)"
            " ORDER BY id FOR KEY SHARE",
            [list(workers)],
        )
        return all(joined is None for (joined,) in cursor.fetchall())


def lock_to_join(*workers: int) -> list[Worker]:
    """Workers locked against everything, filing for them included, in the order of their keys."""
    return list(Worker.objects.select_for_update().filter(pk__in=workers).order_by("pk"))


@transaction.atomic
def take_approved(
    *, worker: Worker, approved: Particulars, why: str, by: User, at: datetime
) -> Worker:
    """Take approved particulars into a locked worker's row, which from then on is confirmed.

    The number only where it is another issue of the document already known: a number of its own
    comes by `correct`, or by joining. What this changes of a confirmed person is kept.
    """
    before = Particulars.of(worker)
    digest = document_digest(approved.document_type, approved.number)
    if digest != bytes(worker.document_digest):
        kept = {"document_type": before.document_type, "number": before.number}
        approved = Particulars(**{**asdict(approved), **kept})
    if worker.confirmed and approved == before:
        return worker
    if worker.confirmed:
        _keep(
            PersonHistory(worker=worker, act=PersonHistory.Act.APPROVE, reason=why, by=by, at=at),
            before,
            approved,
        )
    return _write(worker, approved)


@transaction.atomic
def take_back(*, worker: Worker, why: str, by: User, at: datetime) -> bool:
    """Undo what the approval called `why` changed of a confirmed, locked person, as a further change;
    False where it changed nothing. What came later stays: it says who the person is now."""
    changed = worker.history.order_by("-pk").first()
    if changed is None or (changed.act, changed.reason) != (PersonHistory.Act.APPROVE, why):
        return False
    present, before = Particulars.of(worker), Particulars.restored(changed.opened("before"))
    _keep(
        PersonHistory(worker=worker, act=PersonHistory.Act.REVOKE, reason=why, by=by, at=at),
        present,
        before,
    )
    _write(worker, before)
    return True


@transaction.atomic
def unconfirm(*, worker: Worker, filed: Particulars) -> None:
    """No approval says any more who a locked person is: they are as somebody filed them."""
    _write(worker, filed)
    worker.confirmed = False
    worker.save(update_fields=["confirmed"])


@transaction.atomic
def correct(*, worker: Worker, corrected: Particulars, act: Act) -> Worker:
    """Correct who a locked worker is (更正). Raises `DocumentTaken`."""
    before = Particulars.of(worker)
    digest = document_digest(corrected.document_type, corrected.number)
    if Worker.objects.filter(document_digest=digest).exclude(pk=worker.pk).exists():
        raise DocumentTaken
    worker.document_digest = digest
    try:
        with transaction.atomic():
            _write(worker, corrected)
    except IntegrityError as error:
        raise DocumentTaken from error
    _add(worker, PersonHistory.Act.CORRECT, before, corrected, act)
    return worker


@transaction.atomic
def join(*, kept: Worker, other: Worker, act: Act) -> Worker:
    """Join the registration `other` into `kept` (并档), both locked: its document, and those joined
    into it before, find `kept` from now on."""
    before, particulars = Particulars.of(other), Particulars.of(kept)
    Worker.objects.filter(joined_into=other).update(joined_into=kept)
    if (party := _party_of(kept, other)) is not None:
        User.objects.filter(person=other.pk).update(person=party)
        _pass_on_authority(kept=kept.pk, other=other.pk)
    other.joined_into, other.confirmed, kept.confirmed = kept, True, True
    other.save(update_fields=["joined_into", "confirmed"])
    kept.save(update_fields=["confirmed"])
    _add(kept, PersonHistory.Act.JOIN, before, particulars, act, other=other)
    return kept


def _party_of(kept: Worker, other: Worker) -> Party | None:
    """The party that `kept` is, written where the one joined into it already was one."""
    known = Party.objects.filter(pk=other.pk).first()
    return enter_person(worker=kept, region_code=known.region_code) if known else None


def _pass_on_authority(*, kept: int, other: int) -> None:
    """What `other` gave or was given is `kept`'s, but for what `kept` has already."""
    for side, opposite in (("agent", "principal"), ("principal", "agent")):
        has = Authority.objects.filter(**{side: kept}, ended_at=None).values(opposite)
        theirs = Authority.objects.filter(**{side: other}, ended_at=None)
        theirs.exclude(**{f"{opposite}__in": has}).exclude(**{opposite: kept}).update(
            **{side: kept}
        )


def _write(worker: Worker, particulars: Particulars) -> Worker:
    worker.document_type = particulars.document_type
    # Also where it stays: it belongs to the row's digest, of which the type is a part.
    worker.document_sealed = seal(particulars.number, worker.owner)
    if particulars.name != worker.name:
        Party.objects.filter(pk=worker.pk).update(name=particulars.name)
    worker.name, worker.sex, worker.birth_on = (
        particulars.name,
        particulars.sex,
        particulars.birth_on,
    )
    worker.confirmed = True
    worker.save()
    return worker


def _add(
    worker: Worker,
    what: PersonHistory.Act,
    before: Particulars,
    after: Particulars,
    act: Act,
    other: Worker | None = None,
) -> None:
    line = PersonHistory(
        worker=worker,
        act=what,
        other=other,
        reason=act.reason,
        evidence=act.evidence,
        by=act.by,
        at=act.at,
        address=act.address,
    )
    _keep(line, before, after)


def _keep(line: PersonHistory, before: Particulars, after: Particulars) -> None:
    line.keep("before", before.dumped)
    line.keep("after", after.dumped)
    line.save(force_insert=True)
