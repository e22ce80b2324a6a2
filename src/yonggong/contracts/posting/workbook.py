"""User units' filings by the workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from yonggong.cases.attempts import Attempts
from yonggong.cases.bulk import copy_columns, picked
from yonggong.cases.life import State
from yonggong.cases.workbook import Workbook
from yonggong.contracts.bulk import columns_of, names
from yonggong.contracts.bulk_people import add_workers
from yonggong.contracts.models import Posting
from yonggong.contracts.posting.form import POSTING_FORM


def _opened(attempt: Attempts, rows: Sequence[int], keys: Sequence[int], now: datetime) -> None:
    columns = attempt.columns
    agencies = picked(attempt.agencies, rows)
    copy_columns(
        "contracts_posting",
        {
            "case_id": keys,
            "worker_id": add_workers(attempt, rows),
            "agency_id": [agency.pk if agency else None for agency in agencies],
            **columns_of(columns, rows, "name", "dispatcher_code", "dispatcher", "job"),
            "start_on": picked(columns["dispatch_start_on"], rows),
            "end_on": picked(columns["dispatch_end_on"], rows),
        },
        {
            "user_unit_id": attempt.applicant.pk,
            "region_code": attempt.applicant.region_code,
            "state": State.PENDING.value,
            "filed_on": attempt.today,
        },
        len(rows),
    )


def _voided(keys: Sequence[int]) -> None:
    Posting.objects.filter(case__in=keys).update(state=State.VOIDED)


WORKBOOK = Workbook(
    form=POSTING_FORM,
    notes=("每行填写一名被派遣劳动者，内容与劳务派遣协议一致。",),
    told=("name", "document_number", "dispatcher", "dispatch_start_on"),
    names=names,
    opened=_opened,
    voided=_voided,
)
