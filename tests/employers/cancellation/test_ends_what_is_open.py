"""注销备案: the contracts in force end with the employer, what is open is void, all of it or nothing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.contracts.making import (
    Hall,
    answers,
    ending_answers,
    file,
    part_time_answers,
    renewal_answers,
)
from tests.employers.closing import begun, cancellation, closed, left_behind, submitted
from yonggong import policy
from yonggong.cases.actions import Refused
from yonggong.cases.errors import Forbidden
from yonggong.cases.life import Action, replay
from yonggong.cases.models import Case, Consequence
from yonggong.codes import tables
from yonggong.contracts import closing
from yonggong.contracts.models import Contract, Filing
from yonggong.registry import actions as registry
from yonggong.registry.models import Employer

pytestmark = pytest.mark.django_db


def test_4409_is_the_end_of_an_employer_by_44_5_and_4408_its_bankruptcy() -> None:
    grounds = [tables.table("end_reason").get(code) for code in closing.GROUNDS]
    assert [ground.extras["article"] for ground in grounds] == [
        "第四十四条第四项",
        "第四十四条第五项",
    ]
    assert all(ground.extras["severance"] == "yes" for ground in grounds)


def test_contracts_in_force_end_on_the_day_of_closing_by_a_filing_of_their_own(hall: Hall) -> None:
    contracts = [hall.in_force(), hall.in_force(name="试望舒")]
    case = closed(hall)
    assert hall.employer.state == Employer.State.CANCELLED
    for contract in contracts:
        contract.refresh_from_db()
        assert (contract.state, contract.ended_on) == ("ended", hall.today)
        assert not contract.filings.filter(in_post=True).exists()
        ending = contract.filings.get(kind="ending")
        engaged = contract.filings.get(kind="new")
        assert (ending.state, ending.end_reason, ending.ended_on) == (
            "approved",
            "4409",
            hall.today,
        )
        for name in ("name", "sex", "job", "signed_on", "start_on", "end_on", "employment_form"):
            assert getattr(ending, name) == getattr(engaged, name), name
        assert ending.case.values["end_reason"] == "4409"
        assert ending.case.values["ended_on"] == hall.today
        assert ending.case.version.taken_from == case.version
        assert (ending.case.filed_by, ending.case.decided_by) == (hall.operator, hall.reviewer)
        events = list(ending.case.events.order_by("pk"))
        assert replay(Action(event.action) for event in events) == "approved"
        assert all(case.number in event.opinion for event in events)


def test_what_a_closing_brought_about_is_found_by_one_query(hall: Hall) -> None:
    hall.in_force()
    waiting, returned = hall.filed(), hall.return_(hall.filed())
    case = closed(hall)
    was = dict(Consequence.objects.filter(cause=case).values_list("case", "was"))
    ending = Filing.objects.get(kind="ending")
    assert was == {ending.pk: "", waiting.pk: "pending", returned.pk: "returned"}


def test_what_waits_or_was_returned_is_void_with_the_reason_and_drafts_stay_unsent(
    hall: Hall,
) -> None:
    contract = hall.in_force()
    waiting, returned = hall.filed(), hall.return_(hall.filed())
    later = hall.file("renewal", renewal_answers(contract), contract=contract)
    case = closed(hall)
    for voided in (waiting, returned, later):
        voided.refresh_from_db()
        assert voided.state == "voided" and voided.filing.state == "voided"
        last = voided.events.order_by("pk").last()
        assert last is not None and (last.action, last.by) == ("void", hall.reviewer)
        assert case.number in last.opinion and "一并作废" in last.opinion
    assert Contract.objects.get(pk=waiting.subject).state == "void"
    assert Contract.objects.get(pk=contract.pk).state == "ended"


def test_another_employer_files_and_gets_the_people(
    hall: Hall, make_employer: Any, make_user: Any
) -> None:
    raw = answers(today=hall.today)
    hall.approve(hall.file("new", raw))
    other = make_employer()
    theirs = {"employer": other, "by": make_user("employer_operator", employer=other)}
    with pytest.raises(Refused, match="已存在全日制劳动合同"):
        file("new", raw, now=hall.now, **theirs)
    closed(hall)
    again = hall.approve(file("new", raw, now=hall.now, **theirs))
    assert again.state == "approved"


def test_a_contract_whose_work_began_after_the_day_ends_on_its_first_day(hall: Hall) -> None:
    contract = hall.in_force()
    before = contract.work_start_on - timedelta(days=3)
    hall.approve(cancellation(hall, closed_on=before.isoformat()))
    contract.refresh_from_db()
    assert contract.ended_on == contract.work_start_on
    assert Filing.objects.get(kind="ending").case.values["ended_on"] == contract.work_start_on


def test_bankruptcy_ends_by_its_own_ground_and_an_unanswered_one_by_44_5(hall: Hall) -> None:
    hall.in_force()
    hall.approve(cancellation(hall, ground="4408"))
    assert Filing.objects.get(kind="ending").end_reason == "4408"


def test_endings_are_as_late_as_the_closing_that_brought_them(hall: Hall) -> None:
    contract = hall.old()
    on = date(2026, 9, 1)
    case = hall.approve(cancellation(hall, closed_on=on.isoformat()))
    ending = contract.filings.get(kind="ending")
    due = policy.of("220104", hall.today).deadline("contract_ended").due(on)
    assert ending.late_days == ending.case.late_days == (hall.today - due).days > 0
    assert case.late_days > 0


def test_a_contract_brought_over_without_a_filing_ends_too(hall: Hall) -> None:
    contract = Contract.objects.create(
        employer=hall.employer,
        worker=registry.get_or_add_worker(
            document_type="08", number="E12345678", name="试清和", sex="1", birth_on=None
        ),
        state="active",
        full_time=True,
        work_start_on=date(2020, 1, 6),
        start_on=date(2020, 1, 6),
        term_type="2",
        migrated=True,
    )
    closed(hall)
    contract.refresh_from_db()
    assert contract.state == "ended"
    assert contract.filings.get().employment_form == "1"


def test_all_or_nothing(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever breaks at the very end, nothing of it has happened."""
    contract, waiting = hall.in_force(), hall.filed()
    case = cancellation(hall)

    def broken(**given: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("yonggong.registry.actions.cancel_employer", broken)
    with pytest.raises(RuntimeError):
        hall.approve(case)
    for row in (contract, waiting, case):
        row.refresh_from_db()
    assert (contract.state, waiting.state, case.state) == ("active", "pending", "pending")
    assert not Consequence.objects.exists()
    monkeypatch.undo()
    hall.approve(Case.objects.get(pk=case.pk))
    contract.refresh_from_db()
    assert contract.state == "ended"


def test_a_closing_asks_as_much_of_the_database_for_three_contracts_as_for_one(
    hall: Hall, make_employer: Any, make_user: Any
) -> None:
    def asked(count: int) -> int:
        employer = make_employer()
        operator = make_user("employer_operator", employer=employer)
        own = Hall(employer=employer, operator=operator, reviewer=hall.reviewer, now=hall.now)
        for _ in range(count):
            own.approved()
            own.filed()
        case = cancellation(own)
        with CaptureQueriesContext(connection) as queries:
            own.approve(case)
        return len(queries)

    assert asked(3) == asked(1)


def test_severance_is_told_before_it_is_sent_and_explained(hall: Hall) -> None:
    """劳动合同法第四十六条第六项; 第七十一条: none for part-time work."""
    hall.approve(hall.file("new", part_time_answers(today=hall.today)))
    assert submitted(hall, begun(hall), explanations={}).finding_count == 0


def test_of_full_time_contracts_it_asks_how_severance_was_paid(hall: Hall) -> None:
    hall.in_force()
    case = begun(hall)
    with pytest.raises(Refused) as refused:
        submitted(hall, case, explanations={})
    (verdict,) = refused.value.verdicts
    assert "1 份履行中的全日制劳动合同" in verdict.message and "第四十六条" in verdict.basis
    assert submitted(hall, case).finding_count == 1


def test_who_has_closed_ends_what_it_left_and_files_nothing_else(hall: Hall) -> None:
    closed(hall)
    with pytest.raises(Refused, match="本单位已注销备案，不能再办理"):
        hall.filed()
    with pytest.raises(Forbidden, match="本单位已注销备案"):
        begun(hall)
    left = left_behind(hall)
    case = hall.approve(hall.file("ending", ending_answers(on=hall.today), contract=left))
    left.refresh_from_db()
    assert (case.state, left.state) == ("approved", "ended")
