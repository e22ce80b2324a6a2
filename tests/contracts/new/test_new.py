"""New contracts: JL-3, JL-6, JL-13."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from tests.contracts.making import Hall, answers, part_time_answers
from yonggong import policy
from yonggong.cases import clocks
from yonggong.cases.actions import Refused
from yonggong.cases.checking import trying
from yonggong.cases.kinds import get_kind
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.contracts.lookups import LookedUp
from yonggong.contracts.models import Contract, Filing
from yonggong.contracts.new import effects
from yonggong.registry.models import Worker

pytestmark = pytest.mark.django_db


def codes(refused: Any) -> set[str]:
    return {problem.code for problem in refused.value.problems}


def test_a_saved_contract_is_pending_and_new(hall: Hall) -> None:
    case = hall.filed()
    filing = Filing.objects.get(case=case)
    assert (case.state, filing.state, filing.kind) == ("pending", "pending", "new")
    assert not filing.in_post and filing.roster is None
    assert Contract.objects.get(filings=filing).state == Contract.State.FILING


def test_approval_puts_the_worker_in_post(hall: Hall) -> None:
    filing = Filing.objects.get(case=hall.approved())
    assert (filing.state, filing.in_post) == (State.APPROVED, True)
    assert filing.contract.state == Contract.State.ACTIVE


def test_an_answer_missing_is_said_and_nothing_is_written(hall: Hall) -> None:
    with pytest.raises(Refused) as refused:
        hall.filed(job=None, pay_day="四号")
    assert {problem.field for problem in refused.value.problems} == {"job", "pay_day"}
    assert not Case.objects.exists() and not Worker.objects.exists()


def test_a_contract_cannot_end_before_it_begins(hall: Hall) -> None:
    with pytest.raises(Refused) as refused:
        hall.filed(end_on="2020-01-01")
    assert "ends_before_start" in codes(refused)


def test_a_person_with_an_unreviewed_filing_is_refused(hall: Hall) -> None:
    raw = answers(today=hall.today)
    hall.file("new", raw)
    with pytest.raises(Refused) as refused:
        hall.file("new", raw)
    assert codes(refused) == {"unreviewed_filing"}
    assert "此人存在未审核的备案信息" in str(refused.value)


def test_a_person_filed_full_time_elsewhere_and_unreviewed_is_refused(
    hall: Hall, make_employer: Any, make_user: Any
) -> None:
    other = make_employer()
    raw = answers(today=hall.today)
    hall.file("new", raw)
    with pytest.raises(Refused) as refused:
        hall.file("new", raw, employer=other, by=make_user("employer_operator", employer=other))
    assert codes(refused) == {"unreviewed_filing"}
    assert hall.employer.name in str(refused.value)


def test_a_person_with_a_full_time_contract_elsewhere_is_refused(
    hall: Hall, make_employer: Any, make_user: Any
) -> None:
    other = make_employer()
    raw = answers(today=hall.today)
    hall.approve(hall.file("new", raw))
    with pytest.raises(Refused) as refused:
        hall.file("new", raw, employer=other, by=make_user("employer_operator", employer=other))
    assert "full_time_elsewhere" in codes(refused)
    assert f"此人在单位【{hall.employer.name}】已存在全日制劳动合同" in str(refused.value)


def test_part_time_work_with_two_employers_is_filed(
    hall: Hall, make_employer: Any, make_user: Any
) -> None:
    other = make_employer()
    raw = part_time_answers(today=hall.today)
    hall.approve(hall.file("new", raw))
    second = hall.file(
        "new", raw, employer=other, by=make_user("employer_operator", employer=other)
    )
    hall.approve(second)
    assert Contract.objects.filter(state=Contract.State.ACTIVE).count() == 2


def test_a_worker_of_ones_own_is_renewed_not_filed_anew(hall: Hall) -> None:
    raw = answers(today=hall.today)
    hall.approve(hall.file("new", raw))
    with pytest.raises(Refused) as refused:
        hall.file("new", raw)
    assert codes(refused) == {"contract_in_force"}


def test_the_same_number_under_another_name_is_refused(hall: Hall) -> None:
    raw = part_time_answers(today=hall.today)
    hall.approve(hall.file("new", raw))
    with pytest.raises(Refused) as refused:
        hall.file("new", raw | {"name": "另一人"})
    assert "name_differs" in codes(refused)


def test_a_person_confirmed_since_the_checks_is_filed_as_known(hall: Hall) -> None:
    """Nothing is written over what was approved meanwhile, and the contract is that person's."""
    raw = answers(today=hall.today)
    known = hall.approve(hall.file("new", raw)).filing.worker
    tried, _ = trying(
        kind=get_kind("contract.new"),
        raw=raw | {"name": "另一人"},
        applicant=hall.employer.party,
        by=hall.operator,
        now=hall.now,
    )
    tried.among.kept.of(LookedUp).sought = True  # when nobody knew them yet
    contract = Contract.objects.get(pk=effects.begins(tried))
    known.refresh_from_db()
    assert contract.worker == known and (known.name, known.confirmed) == (raw["name"], True)


def test_the_same_key_files_once(hall: Hall) -> None:
    raw, key = answers(today=hall.today), uuid4()
    first = hall.file("new", raw, key=key)
    again = hall.file("new", raw, key=key)
    assert first.pk == again.pk and Case.objects.count() == 1


def test_a_returned_filing_may_correct_even_the_person(hall: Hall) -> None:
    case = hall.return_(hall.filed())
    mended = hall.file("new", answers(today=hall.today, name="试改正"), case=case)
    filing = Filing.objects.select_related("worker", "contract__worker").get(case=mended)
    assert (mended.pk, filing.state, filing.name) == (case.pk, "pending", "试改正")
    assert filing.worker == filing.contract.worker
    assert [event.action for event in case.events.order_by("id")] == ["submit", "return", "amend"]


def test_an_employer_not_filed_yet_cannot_file_contracts(hall: Hall, make_employer: Any) -> None:
    hall.employer = make_employer(state="unfiled", filed_on=None)
    hall.operator.grants.update(party=hall.employer.party)
    with pytest.raises(Refused) as refused:
        hall.filed()
    assert codes(refused) == {"employer_not_filed"}


def test_filing_late_is_known_and_not_refused(hall: Hall) -> None:
    started = hall.today.replace(month=9, day=1).isoformat()
    case = hall.filed(work_start_on=started, signed_on=started, start_on=started)
    # Thirty days end on 1 October; the holiday moves the last day to 8 October (Civil Code 203).
    assert case.statutory_due_on == hall.today.replace(month=10, day=8)
    assert case.late_days == Filing.objects.get(case=case).late_days == 43


@pytest.mark.parametrize(
    ("region", "says", "late"),
    [
        # The national notice counts from hiring, the measures of Inner Mongolia from signing.
        ("220104", {}, True),
        ("150302", {}, False),
        ("220104", {"earlier_contract": True}, False),
    ],
    ids=["from hiring", "from signing", "long at work"],
)
def test_a_limit_counts_from_hiring_where_the_source_says_so(
    region: str, says: dict[str, Any], late: bool
) -> None:
    today = date(2026, 11, 20)
    kind = get_kind("contract.new")
    rules = policy.of(region, today)
    values = {"work_start_on": date(2026, 10, 9), "signed_on": date(2026, 11, 6), **says}
    due = clocks.file_by(rules, kind.deadline, kind.counts_from(rules)(values))
    assert (clocks.days_late(due, today) > 0) is late
