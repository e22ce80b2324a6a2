"""Acceptance and handling checks: answered before a step goes on, told where they are not met."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.cases.kite import ANSWERS
from tests.cases.passing import passing
from tests.services.conftest import whole_way
from tests.services.handling import RECORDS, Office
from yonggong.cases import actions as case_actions
from yonggong.cases import handling
from yonggong.cases.actions import Refused
from yonggong.cases.errors import Forbidden
from yonggong.cases.models import Case
from yonggong.cases.procedure import Outcome
from yonggong.cases.step_forms import has_checks, told, without_checks

pytestmark = pytest.mark.django_db

WRONG = {"check_a1": "right", "check_a2": "wrong", "check_a2_said": "线轴开裂"}


def amended(case: Case, now: datetime) -> Case:
    return case_actions.submit(
        kind=case.definition,
        raw=ANSWERS | {"kite": "苍鹰"},
        applicant=case.applicant,
        case=case,
        key=None,
        by=case.filed_by,
        now=now,
        address=None,
    )


def test_every_check_is_answered_before_a_step_goes_on(filed: Case, office: Office) -> None:
    with pytest.raises(Refused) as refused:
        office.end(filed, answers={"check_a1": "right"})
    assert [problem.field for problem in refused.value.problems] == ["check_a2"]
    case = office.end(filed, answers={"check_a1": "right", "check_a2": "none"})
    done = case.steps.get(key="accept")
    assert done.data == {"check_a1": "right", "check_a2": "none"}
    assert (done.acted_by, done.acted_at) == (office.people[0], office.now)


@pytest.mark.parametrize(
    ("step", "day"), [("survey", "surveyed_on"), ("pay", "paid_on"), ("deliver", "delivered_on")]
)
def test_nothing_was_done_on_a_day_to_come(
    filed: Case, office: Office, step: str, day: str
) -> None:
    case = office.bring(filed, step)
    if step == "survey":
        office.photograph(case)
    ahead = {day: f"{office.now.date() + timedelta(days=1)}"}
    outcome = Outcome.END if step == "deliver" else Outcome.NEXT
    with pytest.raises(Refused, match="晚于今天") as refused:
        office.end(case, outcome, answers=RECORDS[step] | ahead)
    assert [problem.field for problem in refused.value.problems] == [day]
    office.end(case, outcome, answers=RECORDS[step] | {day: f"{office.now.date()}"})


def test_what_is_not_met_says_why_and_does_not_go_on(filed: Case, office: Office) -> None:
    with pytest.raises(Refused) as refused:
        office.end(filed, answers=WRONG | {"check_a2_said": ""})
    assert "check_a2_said" in {problem.field for problem in refused.value.problems}
    with pytest.raises(Refused) as refused:
        office.end(filed, answers=WRONG)
    assert "“线轴牢固”核验为不符合" in str(refused.value)


@pytest.mark.parametrize("outcome", [Outcome.RETURN, Outcome.REFUSE])
def test_what_is_not_met_is_a_reason_of_return_and_refusal(
    filed: Case, office: Office, outcome: Outcome
) -> None:
    case = office.end(filed, outcome, answers=WRONG)
    assert case.opinion == "核验不符合：线轴牢固（线轴开裂）。"


def test_what_was_kept_is_what_a_return_without_answers_tells(filed: Case, office: Office) -> None:
    assert filed.filed_at is not None
    step = filed.steps.get(acted_at__isnull=True)
    handling.keep(case=filed, step=step.pk, answers=WRONG, seen=filed.filed_at, by=office.people[0])
    assert filed.steps.get(pk=step.pk).data == WRONG and filed.steps.count() == 1
    case = office.end(filed, Outcome.RETURN, answers={}, opinion="请更换")
    assert case.opinion == "请更换\n核验不符合：线轴牢固（线轴开裂）。"


def test_acceptance_returns_once_and_says_so_in_words(
    filed: Case, office: Office, now: datetime
) -> None:
    case = office.end(filed, Outcome.RETURN, answers=WRONG)
    case = amended(case, now)
    with pytest.raises(Refused) as refused:
        office.end(case, Outcome.RETURN, answers=WRONG)
    assert "已经一次性告知补正内容，不能再次退回" in str(refused.value)
    assert office.end(case).state_title == "已受理"


def test_an_acceptance_that_refuses_nothing_returns_again(
    item: Any, office: Office, operator: Any, employer: Any, now: datetime
) -> None:
    steps = whole_way()["procedure"]
    next(step for step in steps if step["kind"] == "accept")["outcomes"] = ["next"]
    case = case_actions.submit(
        kind=item(procedure=steps),
        raw=ANSWERS,
        applicant=employer.party,
        key=None,
        by=operator,
        now=now,
        address=None,
    )
    with pytest.raises(Forbidden):
        office.end(case, Outcome.REFUSE, answers=WRONG)
    for _ in range(2):
        case = amended(office.end(case, Outcome.RETURN, answers=WRONG), now)
    assert office.end(case).state_title == "已受理"


def test_accepting_reviewing_and_approving_are_done_by_different_people(
    filed: Case, office: Office
) -> None:
    case = office.end(filed)
    with pytest.raises(Forbidden, match="须由不同的人办理"):
        office.end(case, by=office.who("accept"))
    case = office.end(case)
    for earlier in ("accept", "review"):
        with pytest.raises(Forbidden, match="须由不同的人办理"):
            office.end(case, by=office.who(earlier))
    case = office.bring(case, "approve")
    for earlier in ("accept", "review", "second_review"):
        with pytest.raises(Forbidden, match="须由不同的人办理"):
            office.end(case, by=office.who(earlier))
    office.end(case)


def test_others_than_the_office_do_not_read_the_checklist(filed: Case) -> None:
    form = handling.form_of(filed, filed.steps.get(key="accept"))
    assert form is not None and has_checks(form)
    rest = without_checks(form)
    assert rest is not None and list(rest.fields_by_name) == ["whose_matter"]


def test_a_long_list_of_what_is_not_met_has_room() -> None:
    wrong = [(f"c{place}", "核验事项" * 8, "说明" * 40) for place in range(20)]
    said = told("请补正", wrong)
    assert len(said) <= 500 and said.startswith("请补正\n核验不符合：") and "等 20 项" in said
    assert told("请补正", []) == "请补正"


def test_handling_checks_stand_in_the_first_review(filed: Case, office: Office) -> None:
    case = office.end(filed)
    assert passing(case) == {"check_h1": "right"}
