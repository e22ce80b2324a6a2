"""Endings (JL-5)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.contracts.making import Hall, contract_of, ending_answers
from yonggong.cases.actions import Refused
from yonggong.contracts.models import Contract

pytestmark = pytest.mark.django_db


def codes(refused: Any) -> set[str]:
    return {problem.code for problem in refused.value.problems}


def end(hall: Hall, contract: Contract) -> Any:
    return hall.file("ending", ending_answers(on=hall.today), contract=contract)


def test_an_ending_awaits_review_and_ends_the_contract_when_approved(hall: Hall) -> None:
    contract = hall.in_force()
    case = end(hall, contract)
    contract.refresh_from_db()
    assert (case.state, contract.state) == ("pending", Contract.State.ACTIVE)
    hall.approve(case)
    contract.refresh_from_db()
    assert (contract.state, contract.ended_on) == (Contract.State.ENDED, hall.today)
    assert not contract.filings.filter(in_post=True).exists()


@pytest.mark.parametrize("sent", ["一千元", "1000.123", "-1"])
def test_severance_is_a_number_with_at_most_two_places(hall: Hall, sent: str) -> None:
    contract = hall.in_force()
    with pytest.raises(Refused) as refused:
        hall.file("ending", ending_answers(on=hall.today, severance_paid=sent), contract=contract)
    assert {problem.field for problem in refused.value.problems} == {"severance_paid"}


def test_severance_with_two_places_is_taken(hall: Hall) -> None:
    raw = ending_answers(on=hall.today, end_reason="3601", severance_paid="21000.55")
    case = hall.file("ending", raw, contract=hall.in_force(base_pay="42001.10"))
    assert str(case.values["severance_paid"]) == "21000.55"


def test_an_ending_is_not_filed_before_it_happens(hall: Hall) -> None:
    raw = ending_answers(on=hall.today + timedelta(days=1))
    with pytest.raises(Refused) as refused:
        hall.file("ending", raw, contract=hall.in_force())
    assert "ended_in_future" in codes(refused)


def test_an_ended_contract_is_not_ended_again(hall: Hall) -> None:
    contract = contract_of(hall.ended())
    with pytest.raises(Refused) as refused:
        end(hall, contract)
    assert codes(refused) == {"contract_not_in_force"}


def test_after_an_ending_the_person_can_be_filed_anew(hall: Hall) -> None:
    first = contract_of(hall.ended())
    held = first.current.values
    again = hall.filed(
        document_number=held["document_number"],
        name=held["name"],
        sex=held["sex"],
        birth_on=held["birth_on"].isoformat(),
    )
    assert contract_of(again) != first
