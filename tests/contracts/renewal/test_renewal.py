"""Renewals (JL-4)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contracts.making import Hall, renewal_answers
from yonggong.cases.actions import Refused
from yonggong.contracts.models import Contract
from yonggong.contracts.threads import held_values

pytestmark = pytest.mark.django_db


def codes(refused: Any) -> set[str]:
    return {problem.code for problem in refused.value.problems}


def renew(hall: Hall, contract: Contract) -> Any:
    return hall.file("renewal", renewal_answers(contract), contract=contract)


def test_a_renewed_contract_can_be_renewed_again_once_on_its_roster(hall: Hall) -> None:
    contract = hall.old()
    first = hall.approve(renew(hall, contract))
    contract.refresh_from_db()
    with pytest.raises(Refused) as refused:
        renew(hall, contract)
    assert "roster_missing" in codes(refused)
    hall.roster(first)
    raw = renewal_answers(contract, term_type="2", end_on=None)
    assert hall.file("renewal", raw, contract=contract).state == "pending"


def test_what_a_renewal_leaves_empty_is_not_taken_from_before(hall: Hall) -> None:
    contract = hall.old()
    raw = renewal_answers(contract, term_type="2", end_on=None)
    hall.approve(hall.file("renewal", raw, contract=contract))
    contract.refresh_from_db()
    held = held_values(contract)
    assert contract.end_on is None and held["end_on"] is None
    assert held["name"] == contract.worker.name


def test_renewal_carries_the_person_in_post_over(hall: Hall) -> None:
    contract = hall.old()
    hall.approve(renew(hall, contract))
    in_post = contract.filings.filter(in_post=True)
    assert [filing.kind for filing in in_post] == ["renewal"]
    contract.refresh_from_db()
    assert contract.term_count == 2


def test_a_renewal_begins_after_the_term_before(hall: Hall) -> None:
    contract = hall.old()
    raw = renewal_answers(contract, start_on=contract.end_on.isoformat())
    with pytest.raises(Refused) as refused:
        hall.file("renewal", raw, contract=contract)
    assert "renewal_overlaps" in codes(refused)


def test_an_open_ended_contract_has_nothing_to_renew(hall: Hall) -> None:
    contract = hall.in_force(term_type="2", end_on=None)
    contract.end_on = hall.today
    with pytest.raises(Refused) as refused:
        renew(hall, contract)
    assert codes(refused) == {"nothing_to_renew"}
