"""How contract filings are written by the thousand; they are checked as a page's one row is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import repeat
from typing import Any

from django.db import IntegrityError
from django.db.models import QuerySet

from yonggong.cases.attempts import Attempts
from yonggong.cases.bulk import Bulk, copy_columns, picked, reserve
from yonggong.cases.life import State
from yonggong.contracts import dispatch, prefilling
from yonggong.contracts.forms import NEW_FORM
from yonggong.contracts.lookups import later_of, looked_up
from yonggong.contracts.models import Contract, Filing
from yonggong.contracts.workbooks import CHANGE_BATCH, ENDING_BATCH, RENEWAL_BATCH
from yonggong.forms.reading import is_blank
from yonggong.registry import actions as registry
from yonggong.registry.models import Employer
from yonggong.registry.people import hold
from yonggong.vault.sealing import seal_many

# --- new contracts -------------------------------------------------------------------------


def begin_new(attempt: Attempts, rows: Sequence[int]) -> None:
    """Each row is about the contract that it begins."""
    for row, key in zip(rows, reserve("contracts_contract", len(rows)), strict=True):
        attempt.subjects[row] = key


def open_new(attempt: Attempts, rows: Sequence[int], keys: Sequence[int], now: datetime) -> None:
    """Write workers that are new, their contracts and the filings."""
    columns, code = attempt.columns, attempt.employer.credit_code
    workers = _add_workers(attempt, rows)
    contracts = [attempt.subjects[row] for row in rows]
    engaged = _engagements(columns["employment_form"], columns.get("user_unit_code"), rows, code)
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
            **_picked(columns, rows, "work_start_on", "start_on", "end_on", "term_type"),
        },
        {
            "employer_id": attempt.employer.pk,
            "state": Contract.State.FILING.value,
            "term_count": 1,
            "migrated": False,
        },
        len(rows),
    )
    _copy_filings(
        attempt,
        rows,
        keys,
        {
            "contract_id": contracts,
            "worker_id": workers,
            "full_time": full_time,
            "exclusive": exclusive,
            **_picked(
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
                "document_sealed": seal_many(numbers),
                **_picked(columns, new, "document_type", "name", "sex", "birth_on"),
            },
            {},
            len(new),
            by=new_digests,
        )
    return [keys[digests[row]] for row in rows]


# --- renewals, changes, endings ------------------------------------------------------------


_NOTHING = "0"


def _nothing_paid(
    columns: Mapping[str, Sequence[Any]], rows: int, employer: Employer
) -> Mapping[str, Sequence[Any]]:
    """What was paid at the end and is not filled in was nothing."""
    paid = columns.get("severance_paid") or [None] * rows
    return {**columns, "severance_paid": [_NOTHING if is_blank(cell) else cell for cell in paid]}


def _open_later(kind: Filing.Kind) -> Callable[..., None]:
    def opened(attempt: Attempts, rows: Sequence[int], keys: Sequence[int], now: datetime) -> None:
        later = later_of(attempt)
        mine = [later[row].contract for row in rows]
        held = [later[row].held for row in rows]
        columns, code = attempt.columns, attempt.employer.credit_code
        own_fields = attempt.form.fields_by_name

        def column(name: str) -> list[Any]:
            if name in own_fields:
                own = columns.get(name)
                return [own[row] if own else None for row in rows]
            return [values.get(name) for values in held]

        forms = column("employment_form")
        engaged = _engagements(forms, column("user_unit_code"), range(len(rows)), code)
        full_time = [is_full_time for is_full_time, _ in engaged]
        exclusive = full_time if attempt.policy.one_full_time_contract else [False] * len(rows)
        _copy_filings(
            attempt,
            rows,
            keys,
            {
                "contract_id": [contract.pk for contract in mine],
                "worker_id": [contract.worker_id for contract in mine],
                "full_time": full_time,
                "exclusive": exclusive,
                "sex": [contract.worker.sex for contract in mine],
                "employment_form": forms,
                **{
                    name: column(name)
                    for name in ("name", "term_type", "job", "signed_on", "start_on", "end_on")
                },
                "ended_on": column("ended_on")
                if kind == Filing.Kind.ENDING
                else [None] * len(rows),
                "end_reason": (
                    column("end_reason") if kind == Filing.Kind.ENDING else [""] * len(rows)
                ),
            },
            kind=kind,
        )

    return opened


# --- shared --------------------------------------------------------------------------------


def _engagements(
    forms: Sequence[str], units: Sequence[str | None] | None, rows: Iterable[int], code: str
) -> list[tuple[bool, str]]:
    """How some rows engage the worker: whether by a full-time contract of the employer with this
    credit code, and for which user unit. Few ways differ, so each is asked about once."""
    known: dict[tuple[str, str | None], tuple[bool, str]] = {}
    result = []
    for row in rows:
        form, unit = key = (forms[row], units[row] if units else None)
        if key not in known:
            values = {"employment_form": form, "user_unit_code": unit}
            known[key] = (
                dispatch.is_full_time_contract(values, code),
                dispatch.user_unit_code(values),
            )
        result.append(known[key])
    return result


def _picked(
    columns: Mapping[str, list[Any]], rows: Sequence[int], *names: str
) -> dict[str, Sequence[Any]]:
    """Columns of these rows; one that nobody answered is empty."""
    return {
        name: picked(columns[name], rows) if name in columns else [None] * len(rows)
        for name in names
    }


def _copy_filings(
    attempt: Attempts,
    rows: Sequence[int],
    keys: Sequence[int],
    columns: dict[str, Any],
    *,
    kind: Filing.Kind,
) -> None:
    columns["agency_id"] = [
        agency.pk if agency else None for agency in picked(attempt.agencies, rows)
    ]
    columns["late_days"] = [days for _, days in picked(attempt.lateness, rows)]
    columns.setdefault("ended_on", repeat(None, len(keys)))
    columns.setdefault("end_reason", repeat("", len(keys)))
    copy_columns(
        "contracts_filing",
        {"case_id": keys, **columns},
        {
            "employer_id": attempt.employer.pk,
            "region_code": attempt.employer.region_code,
            "kind": kind.value,
            "state": State.PENDING.value,
            "in_post": False,
            "filed_on": attempt.today,
        },
        len(keys),
        by=list(zip(columns["worker_id"], columns["contract_id"], strict=True)),
    )


def _void_new(keys: Sequence[int]) -> None:
    """A voided new filing leaves no contract behind."""
    Contract.objects.filter(pk__in=_contracts_of(keys)).update(state=Contract.State.VOID)
    _void_later(keys)


def _void_later(keys: Sequence[int]) -> None:
    Filing.objects.filter(case__in=keys).update(state=State.VOIDED)


def _contracts_of(keys: Sequence[int]) -> QuerySet[Filing, int]:
    return Filing.objects.filter(case__in=keys).values_list("contract", flat=True)


def _names(attempt: Attempts) -> Sequence[str]:
    names: Sequence[str] = attempt.columns["name"]
    return names


NEW_BULK = Bulk(
    form=NEW_FORM, sparse=True, names=_names, begins=begin_new, opened=open_new, voided=_void_new
)
RENEWAL_BULK = Bulk(
    form=RENEWAL_BATCH,
    notes=(prefilling.BLANK_GOES_ON,),
    complete=prefilling.complete,
    names=_names,
    opened=_open_later(Filing.Kind.RENEWAL),
    voided=_void_later,
)
CHANGE_BULK = Bulk(
    form=CHANGE_BATCH,
    names=_names,
    opened=_open_later(Filing.Kind.CHANGE),
    voided=_void_later,
)
ENDING_BULK = Bulk(
    form=ENDING_BATCH,
    complete=_nothing_paid,
    names=_names,
    opened=_open_later(Filing.Kind.ENDING),
    voided=_void_later,
)
