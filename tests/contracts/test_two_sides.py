"""Dispatched workers filed by both sides (NMG-3; filing measures of Inner Mongolia, Art. 6)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.batch.workbooks import as_xlsx
from tests.contracts.dispatching import HOME, WHO, Dispatch
from tests.contracts.making import answers, approve, file, revoke
from yonggong.batch import actions
from yonggong.cases import actions as case_actions
from yonggong.cases.actions import Refused
from yonggong.cases.kinds import get_kind
from yonggong.contracts import matching
from yonggong.contracts.models import Contract, Posting
from yonggong.contracts.posting_rosters import make_roster
from yonggong.contracts.rosters import CannotList
from yonggong.reminders.of_dispatches import not_agreed

pytestmark = pytest.mark.django_db

FIFTEEN = timedelta(days=15)


def test_the_sides_are_matched_by_themselves_whoever_files_first(dispatch: Dispatch) -> None:
    dispatch.posted()
    assert dispatch.standings() == ([matching.ALONE], [])
    dispatch.sent()
    assert dispatch.standings() == ([matching.AGREES], [matching.AGREES])


@pytest.mark.parametrize(
    ("changed", "label"),
    [
        ({"job": "搬运工"}, "岗位工作"),
        ({"workplace": "包头市昆都仑区钢铁大街 1 号"}, "工作地点"),
        ({"base_pay": "4000.00"}, "基本工资"),
        ({"dispatch_post": "3"}, "派遣岗位性质"),
    ],
)
def test_a_difference_is_shown_field_by_field_until_they_agree(
    dispatch: Dispatch, changed: dict[str, str], label: str
) -> None:
    dispatch.sent()
    approve(dispatch.posted(**changed), by=dispatch.reviewer, now=dispatch.now)
    assert dispatch.standings() == ([matching.DIFFERS], [matching.DIFFERS])
    posting = Posting.objects.get()
    contract = Contract.objects.get()
    assert contract.current is not None
    rows = matching.compared(posting.case.version.data, contract.current.version.data)
    assert [row.label for row in rows if not row.same] == [label]
    # Filed again, the last filing is the one that counts.
    dispatch.posted()
    assert dispatch.standings() == ([matching.AGREES], [matching.AGREES])


def test_nothing_but_what_both_must_agree_on_is_told(dispatch: Dispatch) -> None:
    contract = dispatch.sent(performance_pay="900.00", mobile="13900000000")
    assert contract.current is not None
    stored = contract.current.version.data
    told = {row.label for row in matching.compared(stored, stored)}
    assert told == {
        "派遣起始日期", "派遣结束日期", "派遣岗位性质", "岗位工作", "工作地点", "工时制度", "基本工资",
    }  # fmt: skip


def test_sides_that_do_not_name_each_other_are_not_matched(
    dispatch: Dispatch, make_employer: Callable[..., Any]
) -> None:
    other = make_employer(region_code=HOME, agency=dispatch.office)
    dispatch.sent(user_unit_code=other.credit_code, user_unit=other.name)
    dispatch.posted()
    assert dispatch.standings() == ([matching.ALONE], [matching.ALONE])


def test_periods_that_do_not_meet_are_not_matched(dispatch: Dispatch) -> None:
    dispatch.sent()
    long_ago = dispatch.today - timedelta(days=400)
    dispatch.posted(
        dispatch_start_on=long_ago.isoformat(),
        dispatch_end_on=(long_ago + timedelta(days=100)).isoformat(),
    )
    assert dispatch.standings() == ([matching.ALONE], [matching.ALONE])


def test_an_approval_withdrawn_is_matched_no_longer(dispatch: Dispatch) -> None:
    dispatch.sent()
    case = approve(dispatch.posted(), by=dispatch.reviewer, now=dispatch.now)
    revoke(case, by=dispatch.reviewer, second=dispatch.second, now=dispatch.now)
    assert dispatch.standings() == ([], [matching.ALONE])


def test_the_user_unit_files_no_contract_of_its_own(dispatch: Dispatch) -> None:
    raw = dispatch.sent_answers(
        dispatcher_code=dispatch.dispatcher.credit_code, dispatcher=dispatch.dispatcher.name
    )
    with pytest.raises(Refused) as refused:
        file("new", raw, employer=dispatch.unit, by=dispatch.of_unit, now=dispatch.now)
    assert "filed_by_user_unit" in {problem.code for problem in refused.value.problems}


def test_a_unit_is_not_its_own_dispatcher(dispatch: Dispatch) -> None:
    with pytest.raises(Refused) as refused:
        dispatch.posted(dispatcher_code=dispatch.unit.credit_code)
    assert {problem.code for problem in refused.value.problems} == {"own_code"}


def test_a_person_waits_once_with_a_unit(dispatch: Dispatch) -> None:
    dispatch.posted()
    with pytest.raises(Refused):
        dispatch.posted()


def test_two_who_file_a_person_at_once_are_told_and_not_thrown_out(
    dispatch: Dispatch, monkeypatch: Any
) -> None:
    returned = dispatch.posted()
    first = case_actions.return_case(
        case=returned,
        opinion="请补正",
        seen=returned.filed_at,
        by=dispatch.reviewer,
        now=dispatch.now,
        address=None,
    )
    dispatch.posted()
    # The other was not there yet when it was looked.
    monkeypatch.setattr("yonggong.contracts.posting.checks._waiting", lambda tried: set())
    for case in (None, first):
        with pytest.raises(Refused, match="未审核的派遣用工备案"):
            case_actions.submit(
                kind=get_kind("contract.posting"),
                raw=dispatch.posting_answers(),
                applicant=dispatch.unit.party,
                case=case,
                key=None,
                by=dispatch.of_unit,
                now=dispatch.now,
                address=None,
            )


def test_it_is_not_taken_where_the_province_does_not_want_both_sides(
    make_employer: Callable[..., Any], make_user: Callable[..., Any], dispatch: Dispatch, now: Any
) -> None:
    dispatch.unit = make_employer()
    dispatch.of_unit = make_user("employer_operator", employer=dispatch.unit)
    with pytest.raises(Refused) as refused:
        dispatch.posted()
    assert "not_taken_here" in {problem.code for problem in refused.value.problems}


def test_both_sides_are_told_when_they_do_not_agree_after_the_days_of_policy(
    dispatch: Dispatch,
) -> None:
    dispatch.sent()
    dispatch.posted(job="搬运工")
    told = {note.party: note.title for note in not_agreed(dispatch.today + FIFTEEN, ["150000"])}
    said = "1 名被派遣劳动者的双方备案未对应一致"
    assert told == {dispatch.unit.pk: said, dispatch.dispatcher.pk: said}
    assert not list(not_agreed(dispatch.today + FIFTEEN - timedelta(days=1), ["150000"]))


def test_whom_nobody_but_the_unit_filed_the_dispatcher_is_told_of_too(dispatch: Dispatch) -> None:
    dispatch.posted()
    told = {note.party for note in not_agreed(dispatch.today + FIFTEEN, ["150000"])}
    assert told == {dispatch.unit.pk, dispatch.dispatcher.pk}


def test_two_persons_of_one_name_are_told_as_two(dispatch: Dispatch) -> None:
    dispatch.sent()
    dispatch.posted(job="搬运工")
    other = answers(today=dispatch.today, name=dispatch.person["name"])
    dispatch.posted(**{name: other[name] for name in WHO})
    titles = {note.title for note in not_agreed(dispatch.today + FIFTEEN, ["150000"])}
    assert titles == {"2 名被派遣劳动者的双方备案未对应一致"}


def test_nobody_is_told_where_they_agree(dispatch: Dispatch) -> None:
    dispatch.sent()
    dispatch.posted()
    assert not list(not_agreed(dispatch.today + FIFTEEN, ["150000"]))


def test_a_workbook_files_many_and_its_people_are_the_dispatchers(dispatch: Dispatch) -> None:
    contract = dispatch.sent()
    others = [answers(today=dispatch.today) for _ in range(3)]
    rows = [
        dispatch.posting_answers(),
        *(dispatch.posting_answers(**{name: one[name] for name in WHO}) for one in others),
    ]
    names = tuple(rows[0])
    batch = actions.upload(
        kind="contract.posting",
        employer=dispatch.unit,
        file_name="派遣人员.xlsx",
        content=as_xlsx(rows, names=names, headings=_headings(names)),
        key=uuid4(),
        by=dispatch.of_unit,
        today=dispatch.today,
        address=None,
    )
    actions.work(batch.pk, now=dispatch.now)
    batch.refresh_from_db()
    assert batch.state == "done", (batch.state, list(batch.rows.values_list("problems")))
    assert Posting.objects.count() == 4
    assert Posting.objects.filter(worker=contract.worker).count() == 1
    assert sorted(dispatch.standings()[0]) == [matching.AGREES, *[matching.ALONE] * 3]


def _headings(names: tuple[str, ...]) -> dict[str, str]:
    fields = get_kind("contract.posting").form.fields_by_name
    return {name: fields[name].label for name in names}


def test_a_roster_lists_what_was_approved_once(dispatch: Dispatch) -> None:
    approve(dispatch.posted(), by=dispatch.reviewer, now=dispatch.now)
    made = {
        "employer": dispatch.unit,
        "key": None,
        "by": dispatch.of_unit,
        "now": dispatch.now,
        "address": None,
    }
    paper = make_roster(**made)
    assert (paper.row_count, paper.title) == (1, "被派遣劳动者用工备案名册")
    with pytest.raises(CannotList):
        make_roster(**made)
