"""Voiding: JL-8."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contracts.making import Hall, answers, contract_of, ending_answers
from yonggong.cases import actions as case_actions
from yonggong.cases.actions import Forbidden
from yonggong.cases.life import NotAllowed
from yonggong.contracts.models import Contract, Filing

pytestmark = pytest.mark.django_db


def void(hall: Hall, case: Any, by: Any = None) -> Any:
    return case_actions.void(case=case, by=by or hall.operator, now=hall.now, address=None)


@pytest.mark.parametrize("returned", [False, True])
def test_what_is_unreviewed_or_returned_can_be_voided(hall: Hall, returned: bool) -> None:
    case = hall.filed()
    if returned:
        case = hall.return_(case)
    void(hall, case)
    filing = Filing.objects.get(case=case)
    assert filing.state == "voided" and filing.contract.state == Contract.State.VOID


def test_what_is_approved_cannot_be_voided(hall: Hall) -> None:
    with pytest.raises(NotAllowed, match="审核通过"):
        void(hall, hall.approved())


def test_what_is_void_cannot_be_voided_again(hall: Hall) -> None:
    case = void(hall, hall.filed())
    with pytest.raises(NotAllowed):
        void(hall, case)


def test_only_the_employers_own_people_void(hall: Hall, make_employer: Any, make_user: Any) -> None:
    stranger = make_user("employer_operator", employer=make_employer())
    for by in (stranger, hall.reviewer):
        with pytest.raises(Forbidden):
            void(hall, hall.filed(), by=by)


def test_after_voiding_the_person_can_be_filed_again(hall: Hall) -> None:
    raw = answers(today=hall.today)
    void(hall, hall.file("new", raw))
    assert hall.file("new", raw).state == "pending"


def test_voiding_an_ending_leaves_the_contract_in_force(hall: Hall) -> None:
    contract = hall.in_force()
    case = hall.file("ending", ending_answers(on=hall.today), contract=contract)
    void(hall, case)
    assert contract_of(case).state == Contract.State.ACTIVE
    assert contract.filings.filter(in_post=True).count() == 1
