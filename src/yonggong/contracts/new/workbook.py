"""New contracts by the workbook: written with their persons and threads by the thousand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from yonggong.cases.attempts import Attempts
from yonggong.cases.bulk import copy_columns, reserve
from yonggong.cases.workbook import Workbook
from yonggong.contracts.bulk import TOLD, columns_of, copy_filings, engagements, names, void_later
from yonggong.contracts.bulk_people import add_workers
from yonggong.contracts.forms import NEW_FORM
from yonggong.contracts.models import Contract, Filing


def _begins(attempt: Attempts, rows: Sequence[int]) -> None:
    """Each row is about the contract that it begins."""
    for row, key in zip(rows, reserve("contracts_contract", len(rows)), strict=True):
        attempt.subjects[row] = key


def _opened(attempt: Attempts, rows: Sequence[int], keys: Sequence[int], now: datetime) -> None:
    """Write workers that are new, their contracts and the filings."""
    columns, code = attempt.columns, attempt.applicant.employer.credit_code
    workers = add_workers(attempt, rows)
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
