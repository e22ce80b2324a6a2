"""Nothing that was never approved binds: a name typed wrong blocks nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.batch.conftest import send
from tests.contracts.making import Hall, answers, part_time_answers
from yonggong.cases import actions as case_actions
from yonggong.cases.actions import Refused
from yonggong.registry.models import Worker

pytestmark = pytest.mark.django_db
__all__ = ["send"]


def void(hall: Hall, case: Any) -> None:
    case_actions.void(case=case, by=hall.operator, now=hall.now, address=None)


@pytest.fixture
def elsewhere(hall: Hall, make_employer: Any, make_user: Any) -> Callable[..., Any]:
    """File a new contract with another employer."""
    other = make_employer()
    by = make_user("employer_operator", employer=other)

    def file(raw: dict[str, Any]) -> Any:
        return hall.file("new", raw, employer=other, by=by)

    return file


def test_a_name_typed_wrong_and_voided_binds_no_employer(
    hall: Hall, elsewhere: Callable[..., Any]
) -> None:
    raw = answers(today=hall.today)
    void(hall, hall.file("new", raw | {"name": "试错字"}))
    case = elsewhere(raw)
    worker = case.filing.worker
    assert (worker.name, worker.confirmed) == (raw["name"], False)


def test_a_returned_filing_is_mended_to_the_right_name(hall: Hall) -> None:
    raw = answers(today=hall.today)
    case = hall.return_(hall.file("new", raw | {"name": "试错字"}))
    mended = hall.approve(hall.file("new", raw, case=case))
    worker = mended.filing.worker
    assert (worker.name, worker.confirmed) == (raw["name"], True)


def test_sex_and_birth_typed_wrong_are_those_of_the_next_filing(
    hall: Hall, elsewhere: Callable[..., Any]
) -> None:
    raw = answers(
        today=hall.today,
        document_type="08",
        document_number="E12345678",
        sex="1",
        birth_on="1990-01-02",
        work_permit_until="2029-12-31",
    )
    void(hall, hall.file("new", raw))
    case = elsewhere(raw | {"sex": "2", "birth_on": "1991-03-04"})
    worker = case.filing.worker
    assert (worker.sex, worker.birth_on) == ("2", date(1991, 3, 4))


def test_what_is_approved_binds(hall: Hall, elsewhere: Callable[..., Any]) -> None:
    raw = part_time_answers(today=hall.today)
    hall.approve(hall.file("new", raw))
    with pytest.raises(Refused) as refused:
        elsewhere(raw | {"name": "试错字"})
    assert [problem.code for problem in refused.value.problems] == ["name_differs"]


def test_of_two_names_filed_the_second_is_not_approved_unseen(
    hall: Hall, elsewhere: Callable[..., Any]
) -> None:
    raw = part_time_answers(today=hall.today)
    other = elsewhere(raw | {"name": "试错字"})
    hall.approve(hall.file("new", raw))
    with pytest.raises(Refused, match="姓名与该证件号码已备案的姓名"):
        hall.approve(other)
    other.refresh_from_db()
    assert other.state == "pending"
    assert other.filing.worker.name == raw["name"]


def test_a_workbook_takes_the_person_as_it_names_them(hall: Hall, send: Any) -> None:
    people = [answers(today=hall.today, name="试甲"), answers(today=hall.today, name="试乙")]
    for raw in people:
        void(hall, hall.file("new", raw | {"name": "试错字"}))
    batch = send([*people, answers(today=hall.today)])
    assert (batch.filed_rows, batch.bad_rows) == (3, 0)
    assert set(Worker.objects.values_list("name", "confirmed")) >= {
        ("试甲", False),
        ("试乙", False),
    }
    assert Worker.objects.count() == 3


def test_a_workbook_is_refused_a_name_that_differs_from_what_was_approved(
    hall: Hall, send: Any, elsewhere: Callable[..., Any]
) -> None:
    raw = answers(today=hall.today)
    hall.approve(elsewhere(raw))
    batch = send([raw | {"name": "试错字"}])
    [row] = batch.bad.all()
    assert "name_differs" in [problem[2] for problem in row.problems]
