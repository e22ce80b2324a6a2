"""New contracts by the workbook: written with their persons and threads by the thousand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError
from django.db.models import QuerySet

from yonggong.cases.attempts import Attempts
from yonggong.cases.bulk import copy_columns, picked, reserve
from yonggong.cases.workbook import Workbook
from yonggong.contracts.bulk import TOLD, columns_of, copy_filings, engagements, names, void_later
from yonggong.contracts.forms import NEW_FORM
from yonggong.contracts.lookups import looked_up
from yonggong.contracts.models import Contract, Filing
from yonggong.registry import actions as registry
from yonggong.registry.models import Worker
from yonggong.registry.people import hold
from yonggong.vault.sealing import seal_many


def _begins(attempt: Attempts, rows: Sequence[int]) -> None:
    """Each row is about the contract that it begins."""
    for row, key in zip(rows, reserve("contracts_contract", len(rows)), strict=True):
        attempt.subjects[row] = key


def _opened(attempt: Attempts, rows: Sequence[int], keys: Sequence[int], now: datetime) -> None:
    """Write workers that are new, their contracts and the filings."""
    columns, code = attempt.columns, attempt.applicant.employer.credit_code
    workers = _add_workers(attempt, rows)
    contracts = [attempt.subjects[row] for row in rows]
    engaged = engagements(columns["employment_form"], columns.get("user_unit_code"), rows, code)
    full_time = [is_full_time for is_full_time, _ in engaged]
    exclusive = full_time if attempt.policy.one_full_time_contract else [False] * len(rows)
    copy_columns(
        "contracts_contract",
        {
            "id": contracts,
            "worker_id": workers,
            "full_time": full_time,
            "exclusive": exclusive,
            "user_unit_code": [user_unit for _, user_unit in engaged],
            **columns_of(columns, rows, "work_start_on", "start_on", "end_on", "term_type"),
        },
        {
            "employer_id": attempt.applicant.pk,
            "state": Contract.State.FILING.value,
            "term_count": 1,
            "migrated": False,
        },
        len(rows),
    )
    copy_filings(
        attempt,
        rows,
        keys,
        {
            "contract_id": contracts,
            "worker_id": workers,
            "full_time": full_time,
            "exclusive": exclusive,
            **columns_of(
                columns,
                rows,
                "name", "sex", "employment_form", "term_type", "job", "signed_on", "start_on",
                "end_on",
            ),
        },
        kind=Filing.Kind.NEW,
    )  # fmt: skip


def _add_workers(attempt: Attempts, rows: Sequence[int]) -> list[int]:
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


def _voided(keys: Sequence[int]) -> None:
    """A voided new filing leaves no contract behind."""
    Contract.objects.filter(pk__in=_contracts_of(keys)).update(state=Contract.State.VOID)
    void_later(keys)


def _contracts_of(keys: Sequence[int]) -> QuerySet[Filing, int]:
    return Filing.objects.filter(case__in=keys).values_list("contract", flat=True)


WORKBOOK = Workbook(
    form=NEW_FORM,
    page="new",
    sparse=True,
    told=TOLD,
    names=names,
    begins=_begins,
    opened=_opened,
    voided=_voided,
)
