"""Years of service on certificates and rosters: from the first day, merged and earlier ones too."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.contracts.making import Hall
from tests.contracts.speaking import EXPLAINED, Speaks, in_force, term
from yonggong.contracts import service
from yonggong.contracts.ending.papers import rows_of
from yonggong.contracts.models import Contract, Filing

pytestmark = pytest.mark.django_db

GONE = {"ended_on": "2026-06-30", "end_reason": "3602", "severance_paid": "0"}


def ended(hall: Hall, contract: Contract) -> Filing:
    """The approved ending of a contract, with what a paper reads of it."""
    hall.roster(contract.current)  # type: ignore[arg-type]
    case = hall.approve(hall.file("ending", GONE, contract=contract, explanations=EXPLAINED))
    return Filing.objects.select_related("worker", "contract", "case").get(case_id=case.pk)


@pytest.mark.parametrize(
    ("says", "since", "months"),
    [
        ({}, date(2025, 1, 1), 18),
        ({"service_start_on": "2015-01-01"}, date(2015, 1, 1), 138),
        # A day within the service itself takes nothing away.
        ({"service_start_on": "2026-01-01"}, date(2025, 1, 1), 18),
    ],
    ids=["none merged", "ten years merged", "a later day"],
)
def test_merged_years_count_on_papers(
    hall: Hall, says: dict[str, Any], since: date, months: int
) -> None:
    contract = in_force(hall, Speaks("", "", {}, held=term("2025-01-01", "2027-12-31", **says)))
    filing = ended(hall, contract)
    assert service.of_filings([filing]) == {filing.pk: since}
    assert [row["service_months"] for row in rows_of([filing])] == [months]


def test_no_filings_have_no_service() -> None:
    assert service.of_filings([]) == {}
