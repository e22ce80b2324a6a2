"""Since when somebody has worked for an employer: what papers on an ending say of it.

Regulations 9 and 10: from the first day of use, over terms without a break, with years taken over
from another employer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from yonggong.contracts import background
from yonggong.contracts.models import Contract, Filing


def of_filings(filings: Sequence[Filing]) -> dict[int, date]:
    """The first day of the service that each of `filings`, all of one employer, tells of; by key.

    The filings have `worker` and `contract` fetched with them.
    """
    if not filings:
        return {}
    workers = [filing.worker for filing in filings]
    known = background.of_workers(workers, employer_id=filings[0].employer_id)
    merged = _merged_since(filing.contract_id for filing in filings)
    since = {}
    for filing in filings:
        begun = filing.contract.work_start_on
        unbroken = background.unbroken_since(begun, known[filing.worker_id].terms)
        taken_over = merged.get(filing.contract_id)
        since[filing.pk] = min(unbroken, taken_over) if taken_over else unbroken
    return since


def _merged_since(contracts: Iterable[int]) -> dict[int, date]:
    """The first day of merged service of those contracts whose text in force names one."""
    filed, carried = "current__current__data", "current__current__carried__data"
    rows = Contract.objects.filter(pk__in=set(contracts)).values_list(
        "pk", f"{filed}__service_start_on", f"{carried}__service_start_on"
    )
    return {
        contract: date.fromisoformat(day or before)
        for contract, day, before in rows
        if day or before
    }
