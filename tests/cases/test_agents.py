"""An agent files for its principal by the principal's authority: while it holds, and no longer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.cases import club, lesson
from yonggong.accounts.actions import create_user, identify
from yonggong.accounts.models import Grant, User
from yonggong.accounts.roles import Power
from yonggong.cases import actions as case_actions
from yonggong.cases import queries as case_queries
from yonggong.cases.drafting import save_draft
from yonggong.cases.errors import Forbidden
from yonggong.cases.models import Case
from yonggong.registry import actions as registry
from yonggong.registry.authority import end_authority, give_authority
from yonggong.registry.parties import Authority, Party
from yonggong.registry.people import keep_evidence

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency_house(make_employer: Callable[..., Any]) -> Any:
    """A unit that files for others."""
    return make_employer()


@pytest.fixture
def clerk(make_user: Callable[..., Any], agency_house: Any) -> User:
    return make_user("employer_operator", employer=agency_house)  # type: ignore[no-any-return]


def authorise(agent: Party, principal: Party, by: User, *, until: date | None = None) -> Authority:
    evidence = keep_evidence(
        file_name="委托书.pdf", content_type="application/pdf", content=b"%PDF"
    )
    return give_authority(
        agent=agent,
        principal=principal,
        until=until,
        evidence=evidence,
        by=by,
        now=timezone.localtime(),
    )


def fresh(user: User) -> User:
    """The user as another request has them."""
    return User.objects.get(pk=user.pk)


def join_club(applicant: Party, by: User, now: datetime) -> Case:
    return case_actions.submit(
        kind=club.MEMBERSHIP,
        raw=club.answers(),
        applicant=applicant,
        key=None,
        by=by,
        now=now,
        address=None,
    )


def take_lesson(applicant: Party, by: User, now: datetime) -> Case:
    return case_actions.submit(
        kind=lesson.LESSON,
        raw={"course": "初级"},
        applicant=applicant,
        key=None,
        by=by,
        now=now,
        address=None,
    )


def test_nobody_files_for_a_party_they_do_not_act_for(
    employer: Any, person: Party, clerk: User, now: datetime
) -> None:
    for act, party in ((join_club, employer.party), (take_lesson, person)):
        with pytest.raises(Forbidden, match="您不能为"):
            act(party, clerk, now)
    with pytest.raises(Forbidden, match="您不能为"):
        save_draft(kind=lesson.LESSON, applicant=person, raw={}, case=None, by=clerk, now=now)
    assert not Case.objects.exists()


def test_an_agents_operator_files_for_the_employer_and_sees_what_is_filed(
    employer: Any, operator: User, agency_house: Any, clerk: User, now: datetime
) -> None:
    authorise(agency_house.party, employer.party, operator)
    agent = fresh(clerk)
    case = join_club(employer.party, agent, now)
    assert (case.applicant, case.filed_by) == (employer.party, clerk)
    earlier = join_club(employer.party, operator, now)
    assert set(case_queries.visible_to(agent)) == {case, earlier}
    assert agent.scope.employers(Power.FILE) == {employer.pk, agency_house.pk}


def test_a_person_lets_a_unit_file_for_them(
    person: Party, pupil: User, agency_house: Any, clerk: User, agency: Any, now: datetime
) -> None:
    authorise(agency_house.party, person, pupil)
    case = take_lesson(person, fresh(clerk), now)
    assert case.applicant == person
    assert list(case_queries.visible_to(pupil)) == [case]
    assert fresh(clerk).scope.employers(Power.FILE) == {agency_house.pk}


def test_a_person_lets_another_person_file_for_them(
    person: Party, pupil: User, agency: Any, now: datetime
) -> None:
    worker = registry.get_or_add_worker(
        document_type="01",
        number="110101199003070134",
        name="试二",
        sex="1",
        birth_on=date(1990, 3, 7),
    )
    friend = registry.enter_person(worker=worker, region_code="220104")
    user = create_user(username="friend", name="试二", password="Yonggong-2026", by=None)
    identify(user=user, person=friend.pk, by=None)
    authorise(friend, person, pupil)
    assert fresh(user).scope.persons(Power.FILE) == {person.pk, friend.pk}
    assert take_lesson(person, fresh(user), now).applicant == person


def test_after_it_ended_the_agent_neither_files_nor_sees_nor_mends(
    employer: Any,
    operator: User,
    agency_house: Any,
    clerk: User,
    decide: Callable[..., Case],
    now: datetime,
) -> None:
    authority = authorise(agency_house.party, employer.party, operator)
    case = decide(join_club(employer.party, fresh(clerk), now), "return", opinion="补正")
    assert case_queries.may_file(fresh(clerk), case)
    end_authority(authority=authority, by=operator, now=now)
    former = fresh(clerk)
    assert not case_queries.visible_to(former).exists()
    assert not case_queries.may_file(former, case)
    with pytest.raises(Forbidden):
        join_club(employer.party, former, now)


def test_the_day_after_its_last_the_agent_files_no_more(
    employer: Any, operator: User, agency_house: Any, clerk: User, now: datetime
) -> None:
    today = timezone.localdate()
    given = authorise(agency_house.party, employer.party, operator, until=today)
    assert employer.pk in fresh(clerk).scope.parties(Power.FILE)
    Authority.objects.filter(pk=given.pk).update(until=today - timedelta(days=1))
    assert employer.pk not in fresh(clerk).scope.parties(Power.FILE)


def test_an_agent_passes_on_no_authority(
    employer: Any,
    operator: User,
    agency_house: Any,
    clerk: User,
    make_employer: Any,
    make_user: Any,
) -> None:
    third = make_employer()
    authorise(agency_house.party, employer.party, operator)
    authorise(third.party, agency_house.party, clerk)
    further = make_user("employer_operator", employer=third)
    assert fresh(further).scope.employers(Power.FILE) == {third.pk, agency_house.pk}


def test_who_acts_for_the_applicant_as_an_agent_does_not_decide(
    employer: Any,
    operator: User,
    agency_house: Any,
    reviewer: User,
    decide: Callable[..., Case],
    now: datetime,
) -> None:
    case = join_club(employer.party, operator, now)
    authorise(agency_house.party, employer.party, operator)
    Grant.objects.create(user=reviewer, role="employer_operator", party=agency_house.party)
    assert not case_queries.may_decide(fresh(reviewer), case)
    with pytest.raises(Forbidden, match="当事人"):
        decide(case, "approve", by=fresh(reviewer))
