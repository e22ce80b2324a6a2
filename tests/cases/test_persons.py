"""A person applies for themselves, and only for what persons may apply for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.cases import lesson
from yonggong.accounts.actions import create_user, identify
from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases import actions as case_actions
from yonggong.cases import queries as case_queries
from yonggong.cases.drafting import save_draft
from yonggong.cases.errors import Refused
from yonggong.cases.listings import CONDITIONS
from yonggong.cases.models import Case
from yonggong.registry.parties import Party

pytestmark = pytest.mark.django_db


def _ask(applicant: Party, by: User, now: datetime, case: Case | None = None) -> Case:
    return case_actions.submit(
        kind=lesson.LESSON,
        raw={"course": "初级"},
        applicant=applicant,
        case=case,
        key=None,
        by=by,
        now=now,
        address=None,
    )


def test_a_person_without_grants_acts_for_themselves(pupil: User, person: Party) -> None:
    assert pupil.scope.parties(Power.FILE) == {person.pk}
    assert not case_queries.visible_to(pupil).exists()


def test_what_a_person_applies_for_goes_to_the_county_and_is_seen_by_them(
    pupil: User, person: Party, agency: Any, now: datetime
) -> None:
    case = _ask(person, pupil, now)
    assert (case.state, case.applicant, case.agency) == ("pending", person, agency)
    assert list(case_queries.visible_to(pupil)) == [case]
    assert case_queries.get_case(pupil, case.pk).applicant.employer is None


@pytest.mark.parametrize(
    "grant",
    [
        {"role": "reviewer", "region_code": "220102"},
        {"role": "reviewer", "region_code": "220104", "department": "公积金"},
        {"role": "counter_clerk", "region_code": "150302"},
    ],
)
def test_neither_the_neighbouring_county_nor_another_department_sees_it(
    pupil: User, person: Party, agency: Any, now: datetime, make_user: Any, grant: dict[str, str]
) -> None:
    case = _ask(person, pupil, now)
    role = grant.pop("role")
    with pytest.raises(Case.DoesNotExist):
        case_queries.get_case(make_user(role, **grant), case.pk)


def test_another_person_does_not_see_it(
    pupil: User, person: Party, agency: Any, now: datetime
) -> None:
    case = _ask(person, pupil, now)
    other = create_user(username="other", name="试二", password="Yonggong-2026", by=None)
    identify(user=other, person=Party.objects.create(kind="person", name="试二").pk, by=None)
    with pytest.raises(Case.DoesNotExist):
        case_queries.get_case(User.objects.get(pk=other.pk), case.pk)


def test_it_is_kept_sent_mended_and_voided_by_the_person(
    pupil: User, person: Party, reviewer: User, now: datetime, decide: Any
) -> None:
    draft = save_draft(
        kind=lesson.LESSON, applicant=person, raw={"course": "初"}, case=None, by=pupil, now=now
    )
    assert list(case_queries.visible_to(pupil)) == [draft]
    assert not case_queries.visible_to(reviewer).exists()
    case = _ask(person, pupil, now, draft)
    decide(case, "return", opinion="写全课程")
    assert list(case_queries.returned_to(pupil)) == [case]
    mended = _ask(person, pupil, now, case)
    assert (mended.state, mended.version.number) == ("pending", 2)
    voided = case_actions.void(case=mended, by=pupil, now=now, address=None)
    assert voided.state == "voided"


def test_a_reviewer_finds_it_by_the_beginning_of_the_persons_name(
    pupil: User, person: Party, reviewer: User, now: datetime
) -> None:
    case = _ask(person, pupil, now)
    found = CONDITIONS["applicant"].read({"applicant": ["试"]}, reviewer)
    assert list(case_queries.visible_to(reviewer).filter(found.q)) == [case]


def test_an_employer_does_not_apply_for_what_is_for_persons(
    employer: Any, operator: Any, now: datetime
) -> None:
    with pytest.raises(Refused, match="不由单位申请"):
        _ask(employer.party, operator, now)


def test_the_database_refuses_a_persons_own_decision(
    pupil: User, person: Party, agency: Any, now: datetime
) -> None:
    case = _ask(person, pupil, now)
    with pytest.raises(IntegrityError, match="case_decided_by_no_party"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(decided_as=person.pk)
