"""Writes about employers and workers. Case kinds call these when an approval takes effect."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import connection, transaction

from yonggong.registry.models import Employer, Worker
from yonggong.vault import digest, seal


class AlreadyRegistered(Exception):
    """An employer with this credit code exists."""


def document_digest(document_type: str, number: str) -> bytes:
    """The look-up digest of an identity document. ID cards and residence permits share one
    number space (GB 11643), so the type is part of it only for other papers."""
    family = "id" if len(number) == 18 and number[:-1].isdigit() else document_type
    return digest(f"{family}:{number.upper()}")


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
_EMPLOYER_SEALED = {
    "contact_mobile": "contact_mobile_sealed",
    "operator_mobile": "operator_mobile_sealed",
    "operator_document": "operator_document_sealed",
}


@transaction.atomic
def take_employer_particulars(
    *, employer: Employer, values: Mapping[str, Any], agency_id: int, on: date
) -> Employer:
    """Take approved values (by form field name) into the employer's row; first time: filed."""
    for column in _EMPLOYER_COLUMNS:
        if column in values:
            empty = None if column == "licence_on" else ""
            setattr(employer, column, values[column] if values[column] is not None else empty)
    for name, column in _EMPLOYER_SEALED.items():
        if name in values:
            setattr(employer, column, seal(values[name] or ""))
    employer.agency_id = agency_id
    if employer.state == Employer.State.UNFILED:
        employer.state = Employer.State.FILED
        employer.filed_on = on
    employer.save()
    return employer


@transaction.atomic
def cancel_employer(*, employer: Employer, on: date) -> Employer:
    """Close the employer's filing (注销备案)."""
    employer.state = Employer.State.CANCELLED
    employer.cancelled_on = on
    employer.save(update_fields=["state", "cancelled_on", "updated_at"])
    return employer


def get_or_add_worker(
    *, document_type: str, number: str, name: str, sex: str, birth_on: date | None
) -> Worker:
    """The worker with this document, added when new. An existing worker's row is not changed:
    particulars change only by approval (`take_worker_particulars`)."""
    digested, sealed = document_digest(document_type, number), seal(number)
    worker = Worker(
        document_type=document_type,
        document_digest=digested,
        document_sealed=sealed,
        name=name,
        sex=sex,
        birth_on=birth_on,
    )
    # One statement where the person is new, as most are here, and no savepoint around it.
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO registry_worker (document_type, document_digest, document_sealed, name,"
            " sex, birth_on) VALUES (%s, %s, %s, %s, %s, %s)"
            " ON CONFLICT (document_digest) DO NOTHING RETURNING id",
            [document_type, digested, sealed, name, sex, birth_on],
        )
        added = cursor.fetchone()
    if added is None:
        return Worker.objects.get(document_digest=digested)
    worker.pk = added[0]
    worker._state.adding = False
    return worker


@transaction.atomic
def take_worker_particulars(
    *, worker: Worker, name: str, sex: str, birth_on: date | None
) -> Worker:
    """Take approved particulars into the worker's row."""
    worker.name, worker.sex, worker.birth_on = name, sex, birth_on
    worker.save(update_fields=["name", "sex", "birth_on"])
    return worker
