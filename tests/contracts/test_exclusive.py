"""Whether a second full-time contract is refused is the province's to say; one that has run out
refuses nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.batch.conftest import send
from tests.contracts.making import (
    Hall,
    answers,
    ending_answers,
    part_time_answers,
    renewal_answers,
)
from tests.contracts.speaking import EXPLAINED
from yonggong.cases.actions import Refused
from yonggong.contracts.models import Contract, Filing

pytestmark = pytest.mark.django_db
__all__ = ["send"]

PERSON = ("document_number", "name", "sex", "birth_on", "mobile")


@pytest.fixture
def other(hall: Hall, make_employer: Any, make_user: Any) -> Callable[..., Hall]:
    """Another employer, of Jilin unless told otherwise."""

    def make(**columns: Any) -> Hall:
        employer = make_employer(**columns)
        by = make_user("employer_operator", employer=employer)
        return Hall(employer=employer, operator=by, reviewer=hall.reviewer, now=hall.now)

    return make


def again(hall: Hall, contract: Contract) -> dict[str, Any]:
    """A new contract of the person whom another contract is about."""
    case = contract.current
    assert case is not None
    person = {name: case.version.data[name] for name in PERSON} | {
        name: case.values[name] for name in ("document_number", "mobile")
    }
    return answers(today=hall.today, **person)


def codes(refused: Any) -> set[str]:
    return {problem.code for problem in refused.value.problems}


def rules(case: Any) -> set[str]:
    return {item["rule"] for item in case.version.findings}


# --- a contract that has run out ---


def test_a_contract_run_out_elsewhere_refuses_nobody(hall: Hall, other: Any) -> None:
    first = hall.old()
    second = other()
    with pytest.raises(Refused) as refused:
        second.file("new", again(hall, first))
    assert codes(refused) == {"explanation_required"}
    case = second.approve(second.file("new", again(hall, first), explanations=EXPLAINED))
    assert rules(case) == {"other-full-time-ran-out"}
    first.refresh_from_db()
    assert (first.state, first.exclusive) == (Contract.State.ACTIVE, False)
    assert case.filing.contract.exclusive


def test_on_its_last_day_a_contract_still_runs(hall: Hall, other: Any) -> None:
    first = hall.old(end_on=hall.today.isoformat())
    with pytest.raises(Refused) as refused:
        other().file("new", again(hall, first), explanations=EXPLAINED)
    assert "full_time_elsewhere" in codes(refused)


def test_what_ran_out_is_ended_after_it_gave_way(hall: Hall, other: Any) -> None:
    first, second = hall.old(), other()
    second.approve(second.file("new", again(hall, first), explanations=EXPLAINED))
    gone = ending_answers(on=first.end_on, end_reason="4401", notice_on=None)
    case = hall.approve(hall.file("ending", gone, contract=first, explanations=EXPLAINED))
    assert case.filing.contract.state == Contract.State.ENDED


def test_a_renewal_come_too_late_is_refused(hall: Hall, other: Any) -> None:
    first, second = hall.old(), other()
    renewal = hall.file("renewal", renewal_answers(first), contract=first, explanations=EXPLAINED)
    second.approve(second.file("new", again(hall, first), explanations=EXPLAINED))
    with pytest.raises(Refused, match="已存在全日制劳动合同"):
        hall.approve(renewal)


def test_what_was_renewed_in_time_is_not_given_way(hall: Hall, other: Any) -> None:
    first, second = hall.old(), other()
    case = second.file("new", again(hall, first), explanations=EXPLAINED)
    raw = renewal_answers(first)
    hall.approve(hall.file("renewal", raw, contract=first, explanations=EXPLAINED))
    with pytest.raises(Refused, match="已存在全日制劳动合同"):
        second.approve(case)
    case.refresh_from_db()
    assert case.state == "pending"


def test_a_workbook_is_told_of_it_and_not_refused(hall: Hall, other: Any, send: Any) -> None:
    first, second = hall.old(), other()
    batch = send([again(hall, first)], employer=second.employer, by=second.operator)
    [row] = batch.bad.all()
    assert [problem[2] for problem in row.problems] == ["explanation_required"]
    assert "期满" in row.problems[0][3]


# --- what the province says ---


def test_where_the_province_does_not_refuse_a_second_contract_is_a_finding(
    hall: Hall, other: Any, agency: Any
) -> None:
    first = other(region_code="140105")
    contract = first.approve(first.filed()).filing.contract
    second = other(region_code="140105")
    with pytest.raises(Refused) as refused:
        second.file("new", again(hall, contract))
    assert codes(refused) == {"explanation_required"}
    case = second.approve(second.file("new", again(hall, contract), explanations=EXPLAINED))
    assert rules(case) == {"other-full-time"}
    assert set(Contract.objects.values_list("state", "exclusive")) == {("active", False)}


def test_there_two_may_wait_for_review(hall: Hall, other: Any) -> None:
    raw = answers(today=hall.today)
    for place in (other(region_code="140105"), other(region_code="140105")):
        place.file("new", raw)
    assert Filing.objects.filter(state="pending", exclusive=False).count() == 2


def test_jilin_refuses_beside_a_contract_of_elsewhere(hall: Hall, other: Any) -> None:
    first = other(region_code="140105")
    waiting = first.filed()
    raw = again_of(waiting, hall)
    with pytest.raises(Refused, match="此人存在未审核的备案信息"):
        hall.file("new", raw)
    contract = first.approve(waiting).filing.contract
    with pytest.raises(Refused) as refused:
        hall.file("new", again(hall, contract), explanations=EXPLAINED)
    assert "full_time_elsewhere" in codes(refused)


def again_of(case: Any, hall: Hall) -> dict[str, Any]:
    return answers(
        today=hall.today, **{name: case.values[name] for name in PERSON if name != "birth_on"}
    ) | {"birth_on": case.values["birth_on"].isoformat()}


def test_a_workbook_follows_the_province(hall: Hall, other: Any, send: Any) -> None:
    first, second = other(region_code="140105"), other(region_code="140105")
    person = answers(today=hall.today)
    first.approve(first.file("new", person))
    batch = send([person], employer=second.employer, by=second.operator)
    [row] = batch.bad.all()
    assert [problem[2] for problem in row.problems] == ["explanation_required"]
    batch = send([answers(today=hall.today)], employer=second.employer, by=second.operator)
    assert Filing.objects.get(case__batch=batch.pk).exclusive is False
    batch = send([answers(today=hall.today)])
    filing = Filing.objects.select_related("contract").get(case__batch=batch.pk)
    assert filing.exclusive and filing.contract.exclusive


def test_part_time_work_is_never_exclusive(hall: Hall) -> None:
    case = hall.approve(hall.file("new", part_time_answers(today=hall.today)))
    assert not case.filing.exclusive and not case.filing.contract.exclusive


def test_whoever_was_ended_is_engaged_anew_by_the_same_employer(hall: Hall) -> None:
    ended = hall.ended().filing.contract
    start = (hall.today + timedelta(days=1)).isoformat()
    raw = again(hall, ended) | {"start_on": start, "work_start_on": start, "signed_on": start}
    case = hall.approve(hall.file("new", raw, explanations=EXPLAINED))
    assert case.filing.contract.exclusive
