"""Renewal, change and ending: JL-4, JL-5."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.contracts.making import Hall, contract_of, ending_answers, renewal_answers
from yonggong.cases import actions as case_actions
from yonggong.cases.actions import Refused
from yonggong.cases.kinds import get_kind
from yonggong.contracts import queries
from yonggong.contracts.models import Contract, Filing
from yonggong.registry.models import Agency

pytestmark = pytest.mark.django_db


def codes(refused: Any) -> set[str]:
    return {problem.code for problem in refused.value.problems}


LATER = ("renewal", "ending")


def attempt(hall: Hall, kind: str, contract: Contract) -> Any:
    raw = renewal_answers(contract) if kind == "renewal" else ending_answers(on=hall.today)
    return hall.file(kind, raw, contract=contract)


@pytest.mark.parametrize("kind", LATER)
def test_what_nobody_approved_yet_cannot_be_renewed_or_ended(hall: Hall, kind: str) -> None:
    contract = contract_of(hall.filed())
    with pytest.raises(Refused) as refused:
        attempt(hall, kind, contract)
    assert "contract_not_in_force" in codes(refused)


@pytest.mark.parametrize("kind", LATER)
def test_what_is_on_no_roster_cannot_be_renewed_or_ended(hall: Hall, kind: str) -> None:
    contract = contract_of(hall.approved())
    with pytest.raises(Refused) as refused:
        attempt(hall, kind, contract)
    assert codes(refused) == {"roster_missing"}


@pytest.mark.parametrize("kind", LATER)
def test_approved_and_on_a_roster_it_can(hall: Hall, kind: str) -> None:
    case = attempt(hall, kind, hall.in_force())
    assert (case.state, Filing.objects.get(case=case).kind) == ("pending", kind)


@pytest.mark.parametrize("kind", LATER)
def test_one_unreviewed_filing_a_contract(hall: Hall, kind: str) -> None:
    contract = hall.in_force()
    attempt(hall, "ending", contract)
    with pytest.raises(Refused) as refused:
        attempt(hall, kind, contract)
    assert "unreviewed_filing" in codes(refused)


def test_another_employers_contract_does_not_exist(
    hall: Hall, make_employer: Any, make_user: Any
) -> None:
    contract, other = hall.in_force(), make_employer()
    with pytest.raises(Contract.DoesNotExist):
        hall.file(
            "ending",
            ending_answers(on=hall.today),
            contract=contract,
            employer=other,
            by=make_user("employer_operator", employer=other),
        )


def test_what_a_list_offers_agrees_with_the_refusals(hall: Hall) -> None:
    loose, held = hall.approved(), hall.in_force()
    hall.filed()
    hall.ended()
    waiting = hall.in_force()
    attempt(hall, "ending", waiting)
    rows = queries.with_contract(Filing.objects.all())
    offered = {}
    for kind in ("renewal", "change", "ending"):
        own_list = get_kind(f"contract.{kind}").pages.list
        assert own_list is not None and own_list.offered is not None
        offered[kind] = {row.contract_id for row in rows if own_list.offered(row, hall.today)}
    assert offered == {
        "renewal": {held.pk},
        "change": {held.pk, contract_of(loose).pk},
        "ending": {held.pk},
    }


def test_the_thread_tells_the_contracts_story_in_order(hall: Hall) -> None:
    contract = hall.old()
    renewed = hall.approve(attempt(hall, "renewal", contract))
    hall.roster(renewed)
    attempt(hall, "ending", contract)
    assert [filing.kind for filing in queries.thread(contract)] == ["new", "renewal", "ending"]


@pytest.mark.parametrize("kind", ["new", *LATER])
def test_a_filing_lies_where_its_case_was_handed_to(
    hall: Hall, make_user: Callable[..., Any], kind: str
) -> None:
    city = Agency.objects.create(name="市局", level="prefecture", region_code="220100")
    make_user("reviewer", agency=city, region_code="220100")
    case = hall.filed() if kind == "new" else attempt(hall, kind, hall.in_force())
    case = case_actions.transfer(
        case=case, agency=city, reason="管辖", by=hall.reviewer, now=hall.now, address=None
    )
    assert Filing.objects.get(case=case).agency == case.agency == city
