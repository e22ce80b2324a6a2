"""好差评: once, by the applicant, after the end; a bad one is a complaint that is answered in time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.services.handling import Office
from yonggong.cases.models import Case
from yonggong.reminders.models import Message
from yonggong.services import evaluations
from yonggong.services.errors import Unfit
from yonggong.services.models import Evaluation

pytestmark = pytest.mark.django_db


@pytest.fixture
def ended(filed: Case, office: Office) -> Case:
    return office.finish(filed)


def evaluated(case: Case, by: Any, office: Office, level: int = 5, **more: Any) -> Evaluation:
    return evaluations.evaluate(case=case, level=level, by=by, now=office.now, **more)


def test_it_is_said_once_after_the_end_by_the_applicant(
    filed: Case, office: Office, operator: Any, make_user: Any, make_employer: Any
) -> None:
    with pytest.raises(Unfit, match="办结后"):
        evaluated(filed, operator, office)
    case = office.finish(filed)
    strangers = (office.people[0], make_user("employer_operator", employer=make_employer()))
    for user in strangers:
        with pytest.raises(Unfit):
            evaluated(case, user, office)
    said = evaluated(case, operator, office, tags=["办理快", "办理慢", "别的"])
    assert said.tags == ["办理快"] and said.reply_by is None
    with pytest.raises(Unfit, match="已评价过"):
        evaluated(case, operator, office)


def test_who_serves_at_a_counter_does_not_evaluate(
    ended: Case, office: Office, make_user: Any, agency: Any
) -> None:
    clerk = make_user("counter_clerk", agency=agency, region_code="220104")
    assert not evaluations.may_evaluate(clerk, ended)


@pytest.mark.parametrize("level", [0, 6, -1])
def test_there_are_five_levels(ended: Case, office: Office, operator: Any, level: int) -> None:
    with pytest.raises(Unfit, match="请选择评价"):
        evaluated(ended, operator, office, level)


def test_a_bad_one_says_why_and_is_answered_by_the_agency_in_time(
    ended: Case, office: Office, operator: Any, make_user: Any
) -> None:
    with pytest.raises(Unfit, match="不满意的原因"):
        evaluated(ended, operator, office, 1)
    said = evaluated(ended, operator, office, 1, text="等了很久")
    assert said.is_complaint and said.reply_by is not None
    assert said.reply_by > office.now.date() + timedelta(days=15)
    elsewhere = make_user("reviewer", region_code="150102")
    for user in (operator, office.supervisor, elsewhere):
        with pytest.raises(Unfit):
            evaluations.reply(evaluation=said, text="已整改", by=user, now=office.now)
    with pytest.raises(Unfit, match="核实和整改情况"):
        evaluations.reply(evaluation=said, text=" ", by=office.people[1], now=office.now)
    evaluations.reply(evaluation=said, text="已整改", by=office.people[1], now=office.now)
    assert Evaluation.objects.get().reply == "已整改"
    assert Message.objects.filter(user=operator, title__contains="您的评价已答复").exists()
    with pytest.raises(Unfit, match="已经答复"):
        evaluations.reply(evaluation=said, text="再答", by=office.people[1], now=office.now)


def test_supervisors_see_figures_of_their_region(
    ended: Case, office: Office, operator: Any, make_user: Any
) -> None:
    evaluated(ended, operator, office, 2, text="材料多")
    (found,) = evaluations.figures(office.supervisor, date(2027, 3, 1))
    assert (found.count, found.average, found.content, found.complaints) == (1, 2.0, 0, 1)
    assert (found.open, found.late) == (1, 1)
    assert evaluations.figures(make_user("bureau_supervisor", region_code="150102"), date.max) == []
