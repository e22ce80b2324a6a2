"""Two people do the same at once: the database lets one of them through."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from tests import racing
from tests.contracts.correcting import correct, join
from tests.contracts.making import (
    Hall,
    answers,
    ending_answers,
    part_time_answers,
    renewal_answers,
)
from tests.contracts.speaking import EXPLAINED
from yonggong.accounts.models import User
from yonggong.cases.actions import Refused
from yonggong.cases.drafting import save_draft
from yonggong.cases.kinds import get_kind
from yonggong.cases.life import NotAllowed
from yonggong.cases.models import Case
from yonggong.contracts import rosters
from yonggong.contracts.models import Contract, Filing
from yonggong.contracts.new.papers import ROSTER
from yonggong.contracts.rosters import CannotList
from yonggong.documents.models import Document

pytestmark = pytest.mark.django_db(transaction=True)


at_once = partial(racing.at_once, refusals=(Refused, CannotList, NotAllowed))


def of_type(results: list[Any], kind: type) -> list[Any]:
    return [result for result in results if isinstance(result, kind)]


def test_two_employers_file_one_person_at_once(
    hall: Hall, make_employer: Any, make_user: Any
) -> None:
    other = make_employer()
    others = make_user("employer_operator", employer=other)
    raw = answers(today=hall.today)
    results = at_once(
        lambda: hall.file("new", raw),
        lambda: hall.file("new", raw, employer=other, by=others),
    )
    assert len(of_type(results, Case)) == len(of_type(results, Refused)) == 1
    assert "此人存在未审核的备案信息" in str(of_type(results, Refused)[0])
    assert Filing.objects.filter(state="pending").count() == 1
    assert Case.objects.count() == 1


def test_two_operators_end_one_contract_at_once(hall: Hall) -> None:
    contract = hall.in_force()
    raw = ending_answers(on=hall.today)
    results = at_once(*[lambda: hall.file("ending", raw, contract=contract)] * 3)
    assert len(of_type(results, Case)) == 1 and len(of_type(results, Refused)) == 2


def test_two_full_time_contracts_of_one_person_are_not_both_approved(
    hall: Hall, make_employer: Any, make_user: Any
) -> None:
    """The second was filed while the first was returned; both reach a reviewer."""
    raw, other = answers(today=hall.today), make_employer()
    others = make_user("employer_operator", employer=other)
    first = hall.return_(hall.file("new", raw))
    second = hall.approve(hall.file("new", raw, employer=other, by=others))
    with pytest.raises(Refused, match="已存在全日制劳动合同"):
        hall.file("new", raw, case=first)
    assert second.state == "approved"
    assert Contract.objects.filter(state="active").count() == 1


def test_a_renewal_and_another_employers_contract_approved_at_once(
    hall: Hall, make_employer: Any, make_user: Any
) -> None:
    """The contract has run out: whichever comes first holds, and the other is refused."""
    first, other = hall.old(), make_employer()
    others = make_user("employer_operator", employer=other)
    held = first.current
    assert held is not None
    person = {name: held.values[name] for name in ("document_number", "name", "sex", "mobile")} | {
        "birth_on": held.values["birth_on"].isoformat()
    }
    given: dict[str, Any] = {"explanations": EXPLAINED}
    renewal = hall.file("renewal", renewal_answers(first), contract=first, **given)
    raw = answers(today=hall.today, **person)
    engagement = hall.file("new", raw, employer=other, by=others, **given)
    results = at_once(lambda: hall.approve(renewal), lambda: hall.approve(engagement))
    assert len(of_type(results, Case)) == len(of_type(results, Refused)) == 1
    assert "已存在全日制劳动合同" in str(of_type(results, Refused)[0])
    assert Contract.objects.filter(state="active", exclusive=True).count() == 1
    assert Filing.objects.filter(state="pending").count() == 1


def test_two_employers_contracts_after_one_that_ran_out_are_not_both_approved(
    hall: Hall, make_employer: Any, make_user: Any
) -> None:
    """Both were filed while the other was not: one was returned when the second came in."""
    first, cases = hall.old(), []
    held = first.current
    assert held is not None
    person = {name: held.values[name] for name in ("document_number", "name", "sex", "mobile")} | {
        "birth_on": held.values["birth_on"].isoformat()
    }
    for _ in range(2):
        employer = make_employer()
        case = hall.file(
            "new",
            part_time_answers(today=hall.today, **person),
            employer=employer,
            by=make_user("employer_operator", employer=employer),
        )
        cases.append(case)
    # Part-time work may wait beside part-time work; now both turn out to be full-time.
    Filing.objects.filter(case__in=cases).update(full_time=True)
    Contract.objects.filter(filings__case__in=cases).update(full_time=True, exclusive=True)
    results = at_once(*[lambda case=case: hall.approve(case) for case in cases])
    assert len(of_type(results, Case)) == len(of_type(results, Refused)) == 1
    assert Contract.objects.filter(state="active", exclusive=True).count() == 1


def test_a_person_is_joined_to_another_while_somebody_files_for_them(
    hall: Hall, make_employer: Any, make_user: Any
) -> None:
    """No contract stays with a registration that has been joined to another."""
    permit = {"document_type": "04", "document_number": "H12345678", "sex": "1"}
    kept = hall.approve(hall.file("new", part_time_answers(today=hall.today))).filing.worker
    raw = part_time_answers(today=hall.today, **permit)
    first = make_employer()
    case = hall.file("new", raw, employer=first, by=make_user("employer_operator", employer=first))
    other = hall.approve(case).filing.worker
    acts: list[Callable[[], Any]] = []
    for _ in range(3):
        employer = make_employer()
        by = make_user("employer_operator", employer=employer)
        acts.append(partial(hall.file, "new", raw, employer=employer, by=by))
    results = at_once(*acts, lambda: join(hall, kept, other))
    assert results[-1] == kept
    for refusal in of_type(results, Refused):
        assert {problem.code for problem in refusal.problems} <= {
            "joined_meanwhile",
            "name_differs",
        }
    assert not Contract.objects.filter(worker=other).exists()
    assert not Filing.objects.filter(worker=other).exists()


def test_two_bureaus_correct_one_person_at_once(hall: Hall) -> None:
    worker = hall.approved().filing.worker
    results = at_once(*[lambda: correct(hall, worker, name="试正名")] * 2)
    assert len(of_type(results, Refused)) == 1  # nothing was left to correct
    assert worker.history.count() == 1


def test_one_form_sent_twice_at_once_files_once(hall: Hall) -> None:
    raw, key = answers(today=hall.today), uuid4()
    results = at_once(*[lambda: hall.file("new", raw, key=key)] * 3)
    assert {case.pk for case in of_type(results, Case)} == {Case.objects.get().pk}
    assert len(of_type(results, Case)) == 3


def _draft(hall: Hall) -> Case:
    return save_draft(
        kind=get_kind("contract.new"),
        applicant=hall.employer.party,
        raw={"name": "张"},
        case=None,
        by=hall.operator,
        now=hall.now,
    )


@pytest.mark.parametrize("returned", [False, True], ids=["draft", "returned"])
def test_one_case_sent_twice_at_once_with_its_key_is_filed_once(hall: Hall, returned: bool) -> None:
    case = hall.return_(hall.filed()) if returned else _draft(hall)
    before, raw, key = case.events.count(), answers(today=hall.today), uuid4()
    results = at_once(*[lambda: hall.file("new", raw, case=case, key=key)] * 3)
    assert [result.pk for result in of_type(results, Case)] == [case.pk] * 3
    assert case.events.count() == before + 1 and Filing.objects.get().state == "pending"


def test_one_draft_filed_under_two_keys_at_once_is_filed_once(hall: Hall) -> None:
    """Whoever comes second sees the case as the first left it, not as it was before the lock."""
    case, raw = _draft(hall), answers(today=hall.today)
    results = at_once(*[lambda: hall.file("new", raw, case=case, key=uuid4())] * 2)
    assert len(of_type(results, Case)) == len(of_type(results, NotAllowed)) == 1
    assert case.events.count() == Filing.objects.count() == 1


def test_a_filing_put_onto_two_rosters_at_once_stands_on_one(hall: Hall) -> None:
    case = hall.approved()
    by = User.objects.get(pk=hall.operator.pk)

    def make() -> Document:
        return rosters.make_roster(
            employer=hall.employer,
            paper=ROSTER,
            filing_ids=[case.pk],
            key=uuid4(),
            by=by,
            now=hall.now,
            address=None,
        )

    results = at_once(make, make)
    assert len(of_type(results, Document)) == len(of_type(results, CannotList)) == 1
    assert Filing.objects.get(case=case).roster == Document.objects.get()
