"""What was recorded wrongly about a person is corrected with evidence and trace; two registrations
of one person are joined; what nobody ended is ended (ALL-8)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, transaction

from tests.batch.conftest import send
from tests.contracts.correcting import GROUND, PDF, changed, correct, end, join
from tests.contracts.making import (
    Hall,
    answers,
    contract_of,
    part_time_answers,
    renewal_answers,
)
from tests.contracts.speaking import EXPLAINED
from yonggong.cases.actions import Forbidden, Refused
from yonggong.cases.models import Case
from yonggong.codes.identity import check_digit
from yonggong.contracts import corrections, people
from yonggong.contracts.corrections import Ground
from yonggong.contracts.models import Contract, Filing
from yonggong.contracts.threads import dumped_text
from yonggong.registry.models import Evidence, PersonHistory, Worker
from yonggong.registry.people import content_of

pytestmark = pytest.mark.django_db
__all__ = ["send"]


@pytest.fixture
def other(hall: Hall, make_employer: Any, make_user: Any) -> Callable[..., Hall]:
    """Another employer of the same county."""

    def make(**columns: Any) -> Hall:
        employer = make_employer(**columns)
        by = make_user("employer_operator", employer=employer)
        return Hall(employer=employer, operator=by, reviewer=hall.reviewer, now=hall.now)

    return make


def passport(number: str = "E12345678", **more: Any) -> dict[str, Any]:
    return {
        "document_type": "08",
        "document_number": number,
        "name": "ANNA STEIN",
        "sex": "2",
        "birth_on": "1990-05-06",
        "work_permit_until": "2031-12-31",
    } | more


def card(**more: Any) -> dict[str, Any]:
    """The same person's residence permit."""
    return passport("H12345678", document_type="04", work_permit_until=None) | more


def codes(refused: Any) -> set[str]:
    return {problem.code for problem in refused.value.problems}


# --- 更正 ---


def test_a_name_is_corrected_in_lists_and_stays_in_what_was_filed(hall: Hall) -> None:
    case = hall.approved(name="试错名")
    worker = correct(hall, case.filing.worker, name="试正名")
    case = Case.objects.get(pk=case.pk)
    assert (worker.name, case.filing.name, case.subject_name) == ("试正名",) * 3
    assert case.values["name"] == "试错名"
    [line] = worker.history.all()
    assert (line.act, line.before["name"], line.after["name"]) == ("correct", "试错名", "试正名")
    assert (line.by, line.at, line.reason) == (hall.reviewer, hall.now, GROUND.reason)
    assert content_of(line.evidence) == PDF and bytes(line.evidence.content) != PDF


def test_a_saved_roster_keeps_saying_what_it_said(hall: Hall) -> None:
    case = hall.approved(name="试错名")
    paper = hall.roster(case)
    before = bytes(paper.pdf_sealed)
    correct(hall, case.filing.worker, name="试正名")
    paper.refresh_from_db()
    assert bytes(paper.pdf_sealed) == before


def test_a_renewal_after_it_says_the_name_that_holds(hall: Hall) -> None:
    contract = hall.old(name="试错名")
    correct(hall, contract.worker, name="试正名")
    raw = renewal_answers(contract)
    case = hall.file("renewal", raw, contract=contract, explanations=EXPLAINED)
    assert case.filing.name == case.subject_name == "试正名"
    assert dumped_text(hall.approve(case))["name"] == "试正名"


def test_after_a_correction_the_right_name_is_filed_and_the_wrong_one_refused(
    hall: Hall, other: Any
) -> None:
    raw = part_time_answers(today=hall.today, name="试错名")
    case = hall.approve(hall.file("new", raw))
    correct(hall, case.filing.worker, name="试正名")
    with pytest.raises(Refused) as refused:
        other().file("new", raw)
    assert codes(refused) == {"name_differs"}
    assert other().file("new", raw | {"name": "试正名"}).state == "pending"


def test_a_number_is_corrected_and_the_wrong_one_is_free_again(hall: Hall, other: Any) -> None:
    raw = part_time_answers(today=hall.today)
    case = hall.approve(hall.file("new", raw))
    right = answers(today=hall.today)
    worker = correct(
        hall,
        case.filing.worker,
        number=right["document_number"],
        birth_on=date.fromisoformat(right["birth_on"]),
        sex=right["sex"],
    )
    assert worker.document_number == right["document_number"]
    assert people.find_people(hall.reviewer, number=raw["document_number"]) == []
    assert people.find_people(hall.reviewer, number=right["document_number"]) == [worker]
    assert raw["document_number"] not in str(PersonHistory.objects.values().get())
    # Whose number it is comes in like anybody.
    whose = other().file("new", raw | {"name": "试本人"})
    assert whose.filing.worker != worker


def test_a_document_s_type_is_corrected_and_its_number_opens_as_before(hall: Hall) -> None:
    """The number is sealed for the row of its digest, of which the type is a part."""
    case = hall.approved(**passport("E12345678"))
    worker = correct(hall, case.filing.worker, document_type="99")
    worker = Worker.objects.get(pk=worker.pk)
    assert (worker.document_type, worker.document_number) == ("99", "E12345678")
    [line] = worker.history.all()
    assert line.opened("before")["number"] == line.opened("after")["number"] == "E12345678"


def test_a_number_that_another_registration_has_is_joined_not_taken(hall: Hall) -> None:
    one, another = hall.approved(), hall.approved()
    with pytest.raises(Refused) as refused:
        taken = another.filing.worker
        correct(
            hall,
            one.filing.worker,
            number=taken.document_number,
            sex=taken.sex,
            birth_on=taken.birth_on,
        )
    assert codes(refused) == {"document_taken"}
    assert not PersonHistory.objects.exists() and not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("ground", "code"),
    [
        (Ground(reason=" ", file_name="身份证.pdf", content=PDF), "required"),
        (Ground(reason="见身份证", file_name="身份证.pdf", content=b""), "evidence"),
        (Ground(reason="见身份证", file_name="身份证.pdf", content=b"MZ"), "evidence"),
    ],
)
def test_there_is_no_correction_without_reason_and_evidence(
    hall: Hall, ground: Ground, code: str
) -> None:
    worker = hall.approved().filing.worker
    with pytest.raises(Refused) as refused:
        correct(hall, worker, ground, name="试正名")
    assert codes(refused) == {code}
    worker.refresh_from_db()
    assert worker.name != "试正名"


def test_only_whoever_holds_the_power_there_corrects(
    hall: Hall, make_user: Any, agency: Any
) -> None:
    worker = hall.approved().filing.worker
    far = make_user("reviewer", region_code="150102")
    supervisor = make_user("bureau_supervisor", region_code="220100")
    clerk = make_user("counter_clerk", region_code="220104", agency=agency)
    for by in (far, supervisor, clerk, hall.operator):
        with pytest.raises(Forbidden):
            corrections.correct(
                person=worker,
                corrected=changed(worker, name="试正名"),
                ground=GROUND,
                by=by,
                now=hall.now,
                address=None,
            )


@pytest.mark.parametrize("table", ["registry_personhistory", "registry_evidence"])
@pytest.mark.parametrize("act", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_applications_role_only_adds_to_the_history(hall: Hall, table: str, act: str) -> None:
    correct(hall, hall.approved().filing.worker, name="试正名")
    with connection.cursor() as cursor, pytest.raises(ProgrammingError), transaction.atomic():
        cursor.execute(f'SET LOCAL ROLE "{settings.APPLICATION_ROLE}"')
        cursor.execute(act.format(table))


# --- 并档 ---


def test_two_registrations_become_one_person(hall: Hall, other: Any) -> None:
    first = hall.approve(hall.file("new", part_time_answers(today=hall.today, **passport())))
    second = other()
    later = second.file("new", part_time_answers(today=hall.today, **card(name="安娜")))
    kept = join(hall, later.filing.worker, first.filing.worker)
    assert set(Contract.objects.values_list("worker", flat=True)) == {kept.pk}
    assert set(Filing.objects.values_list("worker", "name")) == {(kept.pk, "安娜")}
    for number in ("E12345678", "H12345678"):
        assert people.find_people(hall.reviewer, number=number) == [kept]
    [line] = kept.history.all()
    assert (line.act, line.other_id) == ("join", first.filing.worker_id)


def test_after_joining_either_document_finds_the_contract(hall: Hall, other: Any) -> None:
    first = hall.approve(hall.file("new", answers(today=hall.today, **passport())))
    second = other()
    later = second.file(
        "new", part_time_answers(today=hall.today, **card()), explanations=EXPLAINED
    )
    join(hall, later.filing.worker, first.filing.worker)
    third = other()
    for document in (passport(), card()):
        with pytest.raises(Refused) as refused:
            third.file("new", answers(today=hall.today, **document), explanations=EXPLAINED)
        assert "full_time_elsewhere" in codes(refused)


def test_a_workbook_finds_the_person_by_a_further_document(
    hall: Hall, other: Any, send: Any
) -> None:
    first = hall.approve(hall.file("new", part_time_answers(today=hall.today, **card())))
    later = other().file("new", part_time_answers(today=hall.today, **passport()))
    kept = join(hall, first.filing.worker, later.filing.worker)
    third = other()
    rows = [answers(today=hall.today, **passport()), answers(today=hall.today, **card())]
    batch = send(rows, employer=third.employer, by=third.operator)
    problems = {row.number: [problem[2] for problem in row.problems] for row in batch.bad.all()}
    # The one is refused for what waits elsewhere, the other as the same person again.
    assert "repeated_in_file" in problems[3]
    assert Worker.objects.filter(joined_into=None).get() == kept


def test_two_issues_of_one_pass_in_a_workbook_are_one_person(hall: Hall, send: Any) -> None:
    rows = [
        answers(today=hall.today, **card(document_number=f"H123456780{issue}")) for issue in "12"
    ]
    batch = send(rows)
    assert (batch.filed_rows, batch.bad_rows) == (1, 1)
    [row] = batch.bad.all()
    assert [problem[2] for problem in row.problems] == ["repeated_in_file"]


def test_a_new_issue_of_a_pass_is_taken_when_it_is_approved(hall: Hall, other: Any) -> None:
    raw = part_time_answers(today=hall.today, **card(document_number="H1234567801"))
    first = hall.approve(hall.file("new", raw))
    second = other()
    case = second.file("new", raw | {"document_number": "H1234567802"})
    assert case.filing.worker == first.filing.worker
    hall.approve(case)
    worker = Worker.objects.get()
    assert worker.document_number == "H1234567802"
    [line] = worker.history.all()
    assert line.act == "approve" and case.number in line.reason


def test_two_contracts_in_force_with_one_employer_stand_in_the_way(hall: Hall) -> None:
    first = hall.approve(hall.file("new", part_time_answers(today=hall.today, **passport())))
    second = hall.approve(hall.file("new", part_time_answers(today=hall.today, **card())))
    with pytest.raises(Refused) as refused:
        join(hall, second.filing.worker, first.filing.worker)
    assert codes(refused) == {"two_contracts"} and hall.employer.name in str(refused.value)
    end(hall, contract_of(first), hall.today)
    join(hall, second.filing.worker, first.filing.worker)


def test_two_full_time_contracts_stand_in_the_way_until_one_has_run_out(
    hall: Hall, other: Any
) -> None:
    raw = answers(today=hall.today, **card())
    first, second = hall.approve(hall.file("new", raw)), other()
    old = second.old(**passport())
    old_worker = old.worker
    kept = join(hall, first.filing.worker, old_worker)
    assert set(Contract.objects.filter(worker=kept).values_list("exclusive", flat=True)) == {
        True,
        False,
    }
    third = other()
    running = third.approve(third.file("new", answers(today=hall.today, **passport("E99999999"))))
    with pytest.raises(Refused) as refused:
        join(hall, kept, running.filing.worker)
    assert codes(refused) == {"two_full_time"}


def test_two_filings_that_wait_stand_in_the_way(hall: Hall, other: Any) -> None:
    first = hall.file("new", answers(today=hall.today, **passport()))
    second = other().file("new", answers(today=hall.today, **card()))
    with pytest.raises(Refused) as refused:
        join(hall, second.filing.worker, first.filing.worker)
    assert codes(refused) == {"two_filings"}


def test_what_is_joined_is_not_joined_again(hall: Hall, other: Any) -> None:
    first = hall.approve(hall.file("new", part_time_answers(today=hall.today, **passport())))
    later = other().file("new", part_time_answers(today=hall.today, **card()))
    joined = first.filing.worker
    kept = join(hall, later.filing.worker, joined)
    for pair in ((kept, joined), (kept, kept)):
        with pytest.raises(Refused):
            join(hall, *pair)


def test_whoever_waits_for_review_with_the_same_employer_is_not_engaged_twice(hall: Hall) -> None:
    first = hall.approve(hall.file("new", part_time_answers(today=hall.today, **passport())))
    waiting = hall.file("new", part_time_answers(today=hall.today, **card()))
    join(hall, first.filing.worker, waiting.filing.worker)
    with pytest.raises(Refused) as refused:
        hall.approve(waiting)
    assert codes(refused) == {"contract_in_force"}


# --- perhaps one person ---


def test_a_passport_then_a_card_are_offered_for_joining(hall: Hall) -> None:
    first = hall.approve(hall.file("new", part_time_answers(today=hall.today, **passport())))
    second = hall.file("new", part_time_answers(today=hall.today, **card()))
    assert people.perhaps_the_same(second.filing) == [first.filing.worker]
    join(hall, first.filing.worker, second.filing.worker)
    assert people.perhaps_the_same(Filing.objects.get(case=second)) == []


def test_two_id_cards_of_one_name_are_two_people(hall: Hall) -> None:
    birth = {"name": "试同名", "sex": "1", "birth_on": "1990-01-15"}
    hall.approve(hall.file("new", answers(today=hall.today, **passport(**birth))))
    raw = answers(today=hall.today)
    named = {"name": "试同名"}
    one = hall.file("new", raw | named)
    two = hall.file("new", answers(today=hall.today, **named))
    Worker.objects.filter(document_type="01").update(birth_on="1990-01-15", sex="1")
    for case in (one, two):
        found = people.perhaps_the_same(Filing.objects.get(case=case))
        assert [worker.document_type for worker in found] == ["08"]


def test_old_and_new_cards_of_a_foreign_resident_are_offered_for_joining(hall: Hall) -> None:
    """Whatever way the name was written: nationality and birth are those of both cards."""
    old = card(document_type="07", document_number="USA220190050612", name="A STEIN")
    body = "92284019900506001"
    new = card(document_type="07", document_number=body + check_digit(body))
    first = hall.file("new", part_time_answers(today=hall.today, **old))
    second = hall.file("new", part_time_answers(today=hall.today, **new))
    assert people.perhaps_the_same(second.filing) == [first.filing.worker]


def test_nobody_of_another_employer_is_offered(hall: Hall, other: Any) -> None:
    other().file("new", part_time_answers(today=hall.today, **passport()))
    second = hall.file("new", part_time_answers(today=hall.today, **card()))
    assert people.perhaps_the_same(second.filing) == []


# --- the ending that nobody filed ---


def test_a_bureau_records_the_ending_that_nobody_filed(hall: Hall, other: Any) -> None:
    contract = hall.in_force(end_on="2027-05-31")
    ending = end(hall, contract, hall.today)
    contract.refresh_from_db()
    assert (contract.state, contract.ended_on) == (Contract.State.ENDED, hall.today)
    assert not Filing.objects.filter(contract=contract, in_post=True).exists()
    assert (ending.by, ending.reason) == (hall.reviewer, GROUND.reason)
    case = contract.current
    assert case is not None
    values = {name: case.values[name] for name in ("document_number", "name", "sex")}
    raw = answers(today=hall.today, **values, birth_on=case.values["birth_on"].isoformat())
    second = other()
    assert second.approve(second.file("new", raw)).state == "approved"


@pytest.mark.parametrize(
    ("on", "code"), [("2026-11-21", "ended_in_future"), ("2020-01-01", "ended_before_start")]
)
def test_its_day_lies_within_the_contract(hall: Hall, on: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        end(hall, hall.in_force(), date.fromisoformat(on))
    assert codes(refused) == {code}


def test_a_filing_that_waits_is_decided_first(hall: Hall) -> None:
    contract = hall.old()
    hall.file("renewal", renewal_answers(contract), contract=contract, explanations=EXPLAINED)
    with pytest.raises(Refused) as refused:
        end(hall, contract, hall.today)
    assert codes(refused) == {"unreviewed_filing"}


def test_what_has_ended_is_not_ended_again(hall: Hall) -> None:
    contract = hall.in_force()
    end(hall, contract, hall.today)
    with pytest.raises(Refused) as refused:
        end(hall, contract, hall.today)
    assert codes(refused) == {"contract_not_in_force"}


def test_only_a_bureau_of_the_contract_records_its_ending(hall: Hall, make_user: Any) -> None:
    contract = hall.in_force()
    for by in (hall.operator, make_user("reviewer", region_code="150102")):
        with pytest.raises(Forbidden):
            end(hall, contract, hall.today, by=by)
