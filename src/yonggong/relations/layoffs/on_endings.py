"""What reports say of endings: whether a layoff that is filed, or was, was reported before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from yonggong import policy
from yonggong.cases.attempts import Attempts
from yonggong.contracts.lookups import later_of
from yonggong.registry.models import Employer
from yonggong.relations.layoff_models import LaidOff
from yonggong.relations.layoffs.form import KEY

Values = Mapping[str, Any]
_LAYOFF = "41"


def reported(tried: Attempts, terms: Mapping[int, Values]) -> dict[int, dict[str, Any]]:
    """Of rows that end a contract by a layoff: whether a report named it, and when staff was told.
    Nothing where the province does not take the item."""
    mine = [
        row for row, values in terms.items() if (values.get("end_reason") or "").startswith(_LAYOFF)
    ]
    if not mine or not tried.policy.accepts(KEY):
        return {}
    later = later_of(tried)
    contracts = {row: later[row].contract.pk for row in mine if row in later}
    named = (
        LaidOff.objects.filter(contract__in=list(contracts.values()))
        .select_related("report")
        .order_by("report__layoff_on")
    )
    reports = {one.contract_id: one.report for one in named}
    found: dict[int, dict[str, Any]] = {}
    for row, contract in contracts.items():
        report = reports.get(contract)
        found[row] = {"layoff_reported": report is not None}
        if report is not None:
            found[row]["layoff_explained_on"] = report.explained_on
    return found


def any_reported(employer: Employer, contracts: QuerySet[Any], on: date) -> bool | None:
    """Whether a report names any of the contracts that layoffs ended; None where the province does not
    take the item."""
    if not policy.of(employer.region_code, on).accepts(KEY):
        return None
    return LaidOff.objects.filter(contract__in=contracts).exists()
