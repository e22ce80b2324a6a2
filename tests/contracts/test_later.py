"""Renewal, change and ending: JL-4, JL-5."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.contracts.making import Hall, contract_of, ending_answers, renewal_answers
from yonggong.cases import actions as case_actions
from yonggong.cases.actions import Refused
from yonggong.cases.kinds import get_kind
from yonggong.contracts import queries
from yonggong.contracts.models import Contract, Filing
from yonggong.contracts.threads import held_values
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


def test_a_renewed_contract_can_be_renewed_again_once_on_its_roster(hall: Hall) -> None:
    contract = hall.old()
    first = hall.approve(attempt(hall, "renewal", contract))
    contract.refresh_from_db()
    with pytest.raises(Refused) as refused:
        attempt(hall, "renewal", contract)
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
    hall.approve(attempt(hall, "renewal", contract))
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
        attempt(hall, "renewal", contract)
    assert codes(refused) == {"nothing_to_renew"}


def test_an_ending_awaits_review_and_ends_the_contract_when_approved(hall: Hall) -> None:
    contract = hall.in_force()
    case = attempt(hall, "ending", contract)
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
        attempt(hall, "ending", contract)
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


def test_a_change_is_in_force_once_approved(hall: Hall) -> None:
    contract = hall.old()
    case = hall.file("change", _change(hall, contract, job="财务主管"), contract=contract)
    assert contract.current.values["job"] == "行政专员"
    hall.approve(case)
    contract.refresh_from_db()
    assert contract.current_id == case.pk
    assert contract.current.values["job"] == "财务主管"


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
def test_a_filing_lies_where_its_case_was_handed_to(hall: Hall, kind: str) -> None:
    city = Agency.objects.create(name="市局", level="prefecture", region_code="220100")
    case = hall.filed() if kind == "new" else attempt(hall, kind, hall.in_force())
    case = case_actions.transfer(
        case=case, agency=city, reason="管辖", by=hall.reviewer, now=hall.now, address=None
    )
    assert Filing.objects.get(case=case).agency == case.agency == city
