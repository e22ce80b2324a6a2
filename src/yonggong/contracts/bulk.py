"""How contract filings are written by the thousand; they are checked as a page's one row is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import repeat
from typing import Any

from yonggong.cases.attempts import Attempts
from yonggong.cases.bulk import copy_columns, picked
from yonggong.cases.life import State
from yonggong.contracts import dispatch
from yonggong.contracts.lookups import later_of
from yonggong.contracts.models import Filing

# What a row is about: who, then (JL-6) which contract.
TOLD = ("name", "document_number", "sex", "start_on", "end_on", "ended_on")


def open_later(stage: Filing.Kind, *asked: str) -> Callable[..., None]:
    """How filings on contracts in force are written, with the further columns that they ask for."""

    def opened(attempt: Attempts, rows: Sequence[int], keys: Sequence[int], now: datetime) -> None:
        later = later_of(attempt)
        mine = [later[row].contract for row in rows]
        held = [later[row].held for row in rows]
        columns, code = attempt.columns, attempt.applicant.employer.credit_code
        own_fields = attempt.form.fields_by_name

        def column(name: str) -> list[Any]:
            if name in own_fields:
                own = columns.get(name)
                return [own[row] if own else None for row in rows]
            return [values.get(name) for values in held]

        forms = column("employment_form")
        engaged = engagements(forms, column("user_unit_code"), range(len(rows)), code)
        full_time = [is_full_time for is_full_time, _ in engaged]
        exclusive = full_time if attempt.policy.one_full_time_contract else [False] * len(rows)
        copy_filings(
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
                **({name: column(name) for name in asked}),
            },
            kind=stage,
        )

    return opened


def engagements(
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


def columns_of(
    columns: Mapping[str, list[Any]], rows: Sequence[int], *names: str
) -> dict[str, Sequence[Any]]:
    """Columns of these rows; one that nobody answered is empty."""
    return {
        name: picked(columns[name], rows) if name in columns else [None] * len(rows)
        for name in names
    }


def copy_filings(
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
            "employer_id": attempt.applicant.pk,
            "region_code": attempt.applicant.region_code,
            "kind": kind.value,
            "state": State.PENDING.value,
            "in_post": False,
            "filed_on": attempt.today,
        },
        len(keys),
        by=list(zip(columns["worker_id"], columns["contract_id"], strict=True)),
    )


def void_later(keys: Sequence[int]) -> None:
    """The filings of cases that were voided."""
    Filing.objects.filter(case__in=keys).update(state=State.VOIDED)


def names(attempt: Attempts) -> Sequence[str]:
    """The person of each row, for one line of a list."""
    names: Sequence[str] = attempt.columns["name"]
    return names
