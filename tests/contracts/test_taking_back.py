"""An approval withdrawn: the tables are as if it had never been given, in whatever order things went;
what builds on it is named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from tests.contracts.making import (
    Hall,
    answers,
    contract_of,
    ending_answers,
    renewal_answers,
    revoke,
)
from tests.contracts.test_any_order import RULES, Walk
from yonggong.cases import actions as case_actions
from yonggong.cases import revoking
from yonggong.cases.actions import Forbidden, Refused
from yonggong.cases.life import NotAllowed, State
from yonggong.cases.models import Case
from yonggong.contracts.models import Contract, Filing
from yonggong.contracts.threads import dumped_text
from yonggong.documents.models import Entry
from yonggong.registry.models import Employer, PersonHistory, Worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(hall: Hall, make_employer: Callable[..., Any], make_user: Callable[..., Any]) -> Hall:
    """Another employer, with the same reviewer."""
    theirs = make_employer()
    return Hall(
        employer=theirs,
        operator=make_user("employer_operator", employer=theirs),
        reviewer=hall.reviewer,
        now=hall.now,
    )


def facts() -> dict[str, list[dict[str, Any]]]:
    """Every row of the tables that approvals write, sealed values opened; a revoked filing counts as
    a voided one."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for model in (Contract, Filing, Worker, Employer):
        rows[model.__name__] = list(model.objects.order_by("pk").values())
    for row, worker in zip(rows["Worker"], Worker.objects.order_by("pk"), strict=True):
        row["document_sealed"] = worker.document_number
    for row, employer in zip(rows["Employer"], Employer.objects.order_by("pk"), strict=True):
        row |= {f"{name}_sealed": employer.opened(name) for name in Employer.SEALED}
    for row in (row for table in rows.values() for row in table):
        row.pop("updated_at", None)
        if row.get("state") == State.REVOKED:
            row["state"] = State.VOIDED
    return rows


def in_another_world(act: Callable[[], object]) -> dict[str, list[dict[str, Any]]] | None:
    """The facts after an act, which is then undone; None where it was refused."""
    found = None
    with transaction.atomic():
        try:
            with transaction.atomic():
                act()
            found = facts()
        except (Refused, Forbidden, NotAllowed):
            pass
        transaction.set_rollback(True)
    return found


def as_never_approved(case: Case, hall: Hall, theirs: Hall, second: Any) -> bool:
    """Approve and withdraw a waiting case in one world, void it in another, and compare what stands;
    False where it cannot be approved."""

    def withdrawn() -> None:
        hall.approve(case)
        case.refresh_from_db()
        revoke(case, by=hall.reviewer, second=second, now=hall.now)

    got = in_another_world(withdrawn)
    if got is None:
        return False
    never = in_another_world(
        lambda: case_actions.void(case=case, by=theirs.operator, now=hall.now, address=None)
    )
    assert got == never, case.kind
    return True


@pytest.mark.parametrize("seed", range(20, 24))
def test_approved_and_withdrawn_is_as_never_approved(
    seed: int, hall: Hall, other: Hall, second: Any
) -> None:
    walk = Walk([hall, other], seed, second)
    compared = 0
    for _ in range(45):
        walk.step()
        waiting = list(Case.objects.filter(state=State.PENDING).order_by("pk"))
        if waiting:
            case = walk.rng.choice(waiting)
            theirs = hall if case.applicant_id == hall.employer.pk else other
            compared += as_never_approved(case, hall, theirs, second)
    assert compared >= 10


def change_answers(contract: Contract) -> dict[str, Any]:
    assert contract.current is not None
    return dumped_text(contract.current) | {
        "document_number": contract.worker.document_number,
        "changed_on": "2026-11-20",
        "change_reason": "岗位调整",
        "job": "理货员",
    }


@pytest.mark.parametrize("kind", ["new", "renewal", "change", "ending"])
def test_so_of_each_kind(hall: Hall, second: Any, kind: str) -> None:
    if kind == "new":
        case = hall.filed()
    else:
        contract = hall.in_force()
        raw = {
            "renewal": renewal_answers,
            "change": change_answers,
            "ending": lambda contract: ending_answers(on=hall.today),
        }[kind](contract)
        case = hall.file(kind, raw, contract=contract)
    assert as_never_approved(case, hall, hall, second)


def test_what_builds_on_it_is_named_and_withdrawn_first(hall: Hall, second: Any) -> None:
    contract = hall.in_force()
    new = contract.current
    assert new is not None
    change = hall.file("change", change_answers(contract), contract=contract)
    with pytest.raises(Refused, match=f"等待审核.*{change.number}"):
        revoking.ask(case=new, reason="不实", by=hall.reviewer, now=hall.now, address=None)
    hall.approve(change)
    ending = hall.approve(hall.file("ending", ending_answers(on=hall.today), contract=contract))
    with pytest.raises(Refused, match=f"{ending.number}、.*{change.number}"):
        revoking.ask(case=new, reason="不实", by=hall.reviewer, now=hall.now, address=None)
    for case in (ending, change, new):
        case.refresh_from_db()
        revoke(case, by=hall.reviewer, second=second, now=hall.now)
    contract.refresh_from_db()
    assert (contract.state, contract.term_count, contract.current) == ("void", 1, None)
    assert not Filing.objects.filter(in_post=True).exists()


def test_an_ending_stays_where_the_person_works_for_another_since(
    hall: Hall, other: Hall, second: Any
) -> None:
    """The other contract is named; once that is withdrawn the first goes on."""
    contract = hall.in_force()
    assert contract.current is not None
    person = {
        name: value
        for name, value in contract.current.values.items()
        if name in ("document_number", "name", "sex", "birth_on")
    }
    person["birth_on"] = person["birth_on"].isoformat()
    ending = hall.approve(hall.file("ending", ending_answers(on=hall.today), contract=contract))
    theirs = other.approve(other.file("new", answers(today=hall.today) | person))
    with pytest.raises(Refused, match=theirs.number):
        revoking.ask(case=ending, reason="不实", by=hall.reviewer, now=hall.now, address=None)
    revoke(theirs, by=hall.reviewer, second=second, now=hall.now)
    revoke(ending, by=hall.reviewer, second=second, now=hall.now)
    contract.refresh_from_db()
    assert (contract.state, contract.ended_on, contract.exclusive) == ("active", None, True)
    assert Filing.objects.get(in_post=True).contract == contract


def test_a_contract_that_gave_way_excludes_others_again(
    hall: Hall, other: Hall, second: Any
) -> None:
    old = hall.old()
    assert old.current is not None
    person = {
        name: value
        for name, value in dumped_text(old.current).items()
        if name in ("name", "sex", "birth_on")
    } | {"document_number": old.worker.document_number}
    said = dict.fromkeys(RULES, "情况属实。")
    raw = answers(today=hall.today) | person
    theirs = other.approve(other.file("new", raw, explanations=said))
    old.refresh_from_db()
    assert not old.exclusive
    revoke(theirs, by=hall.reviewer, second=second, now=hall.now)
    old.refresh_from_db()
    assert old.exclusive and contract_of(theirs).state == "void"


def test_a_person_is_known_by_the_approvals_that_are_left(
    hall: Hall, other: Hall, second: Any
) -> None:
    """Of part-time work a person has several contracts."""
    from tests.contracts.making import part_time_answers

    given = part_time_answers(today=hall.today)
    first = hall.approve(hall.file("new", given))
    worker = contract_of(first).worker
    again = other.approve(other.file("new", given))
    revoke(first, by=hall.reviewer, second=second, now=hall.now)
    worker.refresh_from_db()
    assert worker.confirmed
    revoke(again, by=hall.reviewer, second=second, now=hall.now)
    worker.refresh_from_db()
    assert not worker.confirmed


def test_what_an_approval_changed_of_a_person_is_changed_back_with_a_trace(
    hall: Hall, second: Any
) -> None:
    contract = hall.in_force()
    assert contract.current is not None
    worker, before = contract.worker, dumped_text(contract.current)
    hall.approve(hall.file("ending", ending_answers(on=hall.today), contract=contract))
    # A passport's sex comes from no number: filed otherwise the second time.
    Worker.objects.filter(pk=worker.pk).update(birth_on="1990-01-01")
    person = {name: before[name] for name in ("name", "sex", "birth_on")}
    person["document_number"] = worker.document_number
    again = hall.approve(hall.file("new", answers(today=hall.today) | person))
    worker.refresh_from_db()
    assert worker.birth_on is not None and worker.birth_on.isoformat() == before["birth_on"]
    revoke(again, by=hall.reviewer, second=second, now=hall.now)
    worker.refresh_from_db()
    assert (worker.confirmed, worker.birth_on.isoformat()) == (True, "1990-01-01")
    acts = list(PersonHistory.objects.order_by("pk").values_list("act", flat=True))
    assert acts == ["approve", "revoke"]


def test_a_revoked_filing_stays_on_the_paper_it_was_put_on(hall: Hall, second: Any) -> None:
    contract = hall.in_force()
    case = contract.current
    assert case is not None
    revoke(case, by=hall.reviewer, second=second, now=hall.now)
    filing = Filing.objects.get(case=case)
    assert filing.roster is not None and filing.state == "revoked"
    assert Entry.objects.filter(case=case).count() == 1


def test_what_an_office_ended_is_not_undone_by_the_way(hall: Hall, second: Any) -> None:
    case = hall.approved()
    Contract.objects.update(state="ended", ended_on=hall.today)
    with pytest.raises(Refused, match="已解除"):
        revoking.ask(case=case, reason="不实", by=hall.reviewer, now=hall.now, address=None)
