"""The persons of rows that are filed by the thousand: those not known yet are written with them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError

from yonggong.cases.attempts import Attempts
from yonggong.cases.bulk import copy_columns, picked, reserve
from yonggong.contracts.bulk import columns_of
from yonggong.contracts.lookups import looked_up
from yonggong.registry import actions as registry
from yonggong.registry.models import Worker
from yonggong.registry.people import hold
from yonggong.vault.sealing import seal_many


def add_workers(attempt: Attempts, rows: Sequence[int]) -> list[int]:
    """The workers' keys, by row; persons not known yet are added. Whom somebody else has added
    since the rows were checked, the database refuses, and the rows are checked again."""
    found = looked_up(attempt)
    digests, columns = found.digests, attempt.columns
    known = {digest: worker.pk for digest, worker in found.workers.items()}
    new = [row for row in rows if digests[row] not in known]
    held = {known[digests[row]] for row in rows if digests[row] in known}
    if held and not hold(*held):
        raise IntegrityError("a person was joined to another since the rows were checked")
    unconfirmed = {
        digest: worker.pk for digest, worker in found.workers.items() if not worker.confirmed
    }
    if again := [row for row in rows if digests[row] in unconfirmed]:
        registry.retake_unconfirmed(
            workers=[unconfirmed[digests[row]] for row in again],
            names=picked(columns["name"], again),
            sexes=picked(columns["sex"], again),
            births=picked(columns["birth_on"], again),
        )
    added = reserve("registry_party", len(new))
    keys = known | dict(zip((digests[row] for row in new), added, strict=True))
    if new:
        numbers = [columns["document_number"][row] for row in new]
        new_digests = [digests[row] for row in new]
        copy_columns(
            "registry_worker",
            {
                "id": added,
                "document_digest": new_digests,
                "document_sealed": seal_many(
                    numbers, [Worker.owner_of(digest) for digest in new_digests]
                ),
                **columns_of(columns, new, "document_type", "name", "sex", "birth_on"),
            },
            {},
            len(new),
            by=new_digests,
        )
    return [keys[digests[row]] for row in rows]
