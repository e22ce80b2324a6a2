"""Changes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contracts.making import Hall, renewal_answers
from yonggong.contracts.models import Contract

pytestmark = pytest.mark.django_db


def _change(hall: Hall, contract: Contract, **changed: Any) -> dict[str, Any]:
    kept = {
        "start_on": contract.start_on.isoformat(),
        "end_on": contract.end_on.isoformat(),
        "signed_on": contract.start_on.isoformat(),
        "base_pay": "4200.00",
        "changed_on": hall.today.isoformat(),
        "change_reason": "岗位调整",
    }
    return renewal_answers(contract, **(kept | changed))


def test_a_change_is_in_force_once_approved(hall: Hall) -> None:
    contract = hall.old()
    case = hall.file("change", _change(hall, contract, job="财务主管"), contract=contract)
    assert contract.current.values["job"] == "行政专员"
    hall.approve(case)
    contract.refresh_from_db()
    assert contract.current_id == case.pk
    assert contract.current.values["job"] == "财务主管"
