"""Writes about employers and workers. Case kinds call these when an approval takes effect."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction

from yonggong.codes.identifiers import lifelong
from yonggong.codes.identity import IdNumber
from yonggong.registry.models import Employer, Worker
from yonggong.registry.parties import Party
from yonggong.vault import digest, seal


class AlreadyRegistered(Exception):
    """An employer with this credit code exists."""


_RESIDENT_ID = "01"


def document_digest(document_type: str, number: str) -> bytes:
    """The look-up digest of an identity document: of what stays with its holder for life, so that
    a pass issued anew finds the person. ID cards and residence permits share one number space
    (GB 11643), so the type is part of it only for other papers."""
    family = "id" if len(number) == 18 and number[:-1].isdigit() else document_type
    return digest(f"{family}:{lifelong(document_type, number.upper())}")


def id_card_digest(number: str) -> bytes:
    """The same of a resident's identity card, which is how somebody is known over all their
    accounts."""
    return document_digest(_RESIDENT_ID, number)


@transaction.atomic
def register_employer(*, credit_code: str, name: str, region_code: str) -> Employer:
    """Make an employer known, not yet filed. Raises `AlreadyRegistered`."""
    employer, created = Employer.objects.get_or_create(
        credit_code=credit_code, defaults={"name": name, "region_code": region_code}
    )
    if not created:
        raise AlreadyRegistered(credit_code)
    return employer


_EMPLOYER_COLUMNS = (
    "credit_code",
    "name",
    "organisation_code",
    "nature",
    "affiliation",
    "legal_representative",
    "economic_type",
    "industry",
    "region_code",
    "address",
    "licence_on",
    "contact",
    "telephone",
    "postcode",
    "operator",
)


@transaction.atomic
def take_employer_particulars(
    *, employer: Employer, values: Mapping[str, Any], agency_id: int, on: date
) -> Employer:
    """Take approved values (by form field name) into the employer's row; first time: filed."""
    _take(employer, values, agency_id, on)
    employer.save()
    return employer


def _take(employer: Employer, values: Mapping[str, Any], agency_id: int, on: date) -> None:
    for column in _EMPLOYER_COLUMNS:
        if column in values:
            empty = None if column == "licence_on" else ""
            setattr(employer, column, values[column] if values[column] is not None else empty)
    for name in Employer.SEALED:
        if name in values:
            employer.keep_sealed(name, values[name] or "")
    employer.agency_id = agency_id
    if employer.state == Employer.State.UNFILED:
        employer.state = Employer.State.FILED
        employer.filed_on = on


def lock_employer(employer: int) -> Employer:
    """The employer, locked until the transaction ends."""
    return Employer.objects.select_for_update(of=("self",)).get(pk=employer)


@transaction.atomic
def rebuild_employer(
    *, employer: Employer, approved: Sequence[tuple[Mapping[str, Any], int, date]]
) -> Employer:
    """Make the employer's row anew from what is still approved of it, the earliest first: values by
    form field name, agency, day. Where nothing is, it is not filed; by what name and where it
    registered itself stays."""
    for column in _EMPLOYER_COLUMNS:
        if column not in ("credit_code", "name", "region_code"):
            setattr(employer, column, None if column == "licence_on" else "")
    for name in Employer.SEALED:
        employer.keep_sealed(name, "")
    employer.agency, employer.filed_on = None, None
    employer.state = Employer.State.UNFILED
    for values, agency_id, on in approved:
        _take(employer, values, agency_id, on)
    # Once, as it is in the end: a code it had in between may be another's now.
    employer.save()
    return employer


@transaction.atomic
def reopen_employer(*, employer: Employer) -> Employer:
    """The employer's filing is not closed (注销备案 was withdrawn)."""
    employer.state, employer.cancelled_on = Employer.State.FILED, None
    employer.save(update_fields=["state", "cancelled_on", "updated_at"])
    return employer


@transaction.atomic
def cancel_employer(*, employer: Employer, on: date) -> Employer:
    """Close the employer's filing (注销备案)."""
    employer.state = Employer.State.CANCELLED
    employer.cancelled_on = on
    employer.save(update_fields=["state", "cancelled_on", "updated_at"])
    return employer


# The parties that the persons `kept` are, where they are any, brought to the persons' names.
_RENAMED = (
    "renamed AS (UPDATE registry_party party SET name = kept.name FROM kept"
    " WHERE party.id = kept.id AND party.name <> kept.name)"
)


def enter_person(*, worker: Worker, region_code: str) -> Party:
    """The party that a worker is, written the first time they take part in a case themselves."""
    party, _ = Party.objects.get_or_create(
        pk=worker.pk,
        defaults={
            "kind": Party.Kind.PERSON,
            "name": worker.name,
            "region_code": region_code,
        },
    )
    return party


def get_or_add_by_card(card: IdNumber, *, name: str) -> Worker:
    """`get_or_add_worker` by a resident's identity card."""
    return get_or_add_worker(**_by_card(card, name))


def worker_by_card(card: IdNumber, *, name: str) -> Worker:
    """`worker_of` by a resident's identity card."""
    return worker_of(**_by_card(card, name))


def _by_card(card: IdNumber, name: str) -> dict[str, Any]:
    return {
        "document_type": _RESIDENT_ID,
        "number": card.number,
        "name": name,
        "sex": card.sex,
        "birth_on": card.birth_date,
    }


def enter_people(*, workers: Iterable[Worker], region_code: str) -> dict[bytes, Party]:
    """What `get_or_add_worker` and `enter_person` do, for many persons by as many statements as for
    one: `workers` are not written yet (`worker_of`); of one named twice the last particulars hold. Gives
    the party of each by the digest of the document they were named by."""
    named = {bytes(worker.document_digest): worker for worker in workers}
    known = _known(named)
    again = [(known[digest].pk, one) for digest, one in named.items() if _may_retake(known, digest)]
    if again:
        retake_unconfirmed(
            workers=[key for key, _ in again],
            names=[one.name for _, one in again],
            sexes=[one.sex for _, one in again],
            births=[one.birth_on for _, one in again],
        )
    # In one order for everybody, so that two who name the same persons never wait for each other.
    if new := sorted(named.keys() - known.keys()):
        Worker.objects.bulk_create([named[digest] for digest in new], ignore_conflicts=True)
        known |= _known(new)
    persons = {digest: worker.joined_into or worker for digest, worker in known.items()}
    names = {person.pk: person.name for person in persons.values()}
    names |= {key: one.name for key, one in again}
    parties = Party.objects.in_bulk(names)
    missing = [
        Party(pk=key, kind=Party.Kind.PERSON, name=names[key], region_code=region_code)
        for key in sorted(names.keys() - parties.keys())
    ]
    if missing:
        Party.objects.bulk_create(missing, ignore_conflicts=True)
        parties |= {party.pk: party for party in missing}
    return {digest: parties[person.pk] for digest, person in persons.items()}


def _known(digests: Iterable[bytes]) -> dict[bytes, Worker]:
    found = Worker.objects.filter(document_digest__in=list(digests)).select_related("joined_into")
    return {bytes(worker.document_digest): worker for worker in found}


def _may_retake(known: Mapping[bytes, Worker], digest: bytes) -> bool:
    return digest in known and not known[digest].confirmed


def get_or_add_worker(
    *, document_type: str, number: str, name: str, sex: str, birth_on: date | None
) -> Worker:
    """The worker with this document, added when new. Of one whom no approval has confirmed the
    particulars become these; a confirmed worker's change only by approval or by a bureau's act
    (`registry.people`). A further document finds the person that it was joined to."""
    worker = worker_of(
        document_type=document_type, number=number, name=name, sex=sex, birth_on=birth_on
    )
    begun, values = keeping(worker)
    # One statement where the person is new, as most are here, and no savepoint around it.
    with connection.cursor() as cursor:
        cursor.execute(f"{begun} SELECT id FROM kept", values)
        kept = cursor.fetchone()
    if kept is None:
        digested = worker.document_digest
        known = Worker.objects.select_related("joined_into").get(document_digest=digested)
        return known.joined_into or known
    return kept_as(worker, kept[0])


def worker_of(
    *, document_type: str, number: str, name: str, sex: str, birth_on: date | None
) -> Worker:
    """The worker that `get_or_add_worker` would add, not written yet."""
    digested = document_digest(document_type, number)
    return Worker(
        document_type=document_type,
        document_digest=digested,
        document_sealed=seal(number, Worker.owner_of(digested)),
        name=name,
        sex=sex,
        birth_on=birth_on,
    )


def keeping(worker: Worker) -> tuple[str, list[Any]]:
    """How a statement begins that writes what `get_or_add_worker` writes, and its values: `kept` has
    the worker's key and name, and no row where the worker is confirmed."""
    return _KEEPING, [
        worker.document_type,
        worker.document_digest,
        worker.document_sealed,
        worker.name,
        worker.sex,
        worker.birth_on,
    ]


def kept_as(worker: Worker, key: int) -> Worker:
    """The worker that such a statement wrote under a key."""
    worker.pk = key
    worker._state.adding = False
    return worker


_KEEPING = (
    "WITH kept AS (INSERT INTO registry_worker AS known (document_type, document_digest,"
    " document_sealed, name, sex, birth_on) VALUES (%s, %s, %s, %s, %s, %s)"
    " ON CONFLICT (document_digest) DO UPDATE SET document_type = EXCLUDED.document_type,"
    " document_sealed = EXCLUDED.document_sealed, name = EXCLUDED.name,"
    " sex = EXCLUDED.sex, birth_on = EXCLUDED.birth_on"
    f" WHERE NOT known.confirmed RETURNING id, name), {_RENAMED}"
)


def retake_unconfirmed(
    *,
    workers: Sequence[int],
    names: Sequence[str],
    sexes: Sequence[str],
    births: Sequence[date | None],
) -> None:
    """What `get_or_add_worker` does for workers known and not confirmed, for many of them (keys,
    and their particulars in the same order): one statement, rows locked in the order of keys."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH kept AS ("
            "UPDATE registry_worker SET name = said.name, sex = said.sex, birth_on = said.birth_on"
            " FROM (SELECT worker.id, given.name, given.sex, given.birth_on"
            "  FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::date[])"
            "  AS given (id, name, sex, birth_on)"
            "  JOIN registry_worker worker ON worker.id = given.id AND NOT worker.confirmed"
            "  ORDER BY worker.id FOR UPDATE OF worker) AS said"
            " WHERE registry_worker.id = said.id AND NOT registry_worker.confirmed"
            f" RETURNING registry_worker.id, registry_worker.name), {_RENAMED} SELECT 1",
            [list(workers), list(names), list(sexes), list(births)],
        )
