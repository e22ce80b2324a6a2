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
from yonggong.cases.errors import Refused
from yonggong.cases.models import Case
from yonggong.registry.parties import Party

pytestmark = pytest.mark.django_db


@pytest.fixture
def pupil(person: Party) -> User:
    """The person, signed in with an account without any grant."""
    user = create_user(username="pupil", name="试一", password="Yonggong-2026", by=None)
    return identify(user=user, person=person.pk, by=None)


def _ask(applicant: Party, by: User, now: datetime) -> Case:
    return case_actions.submit(
        kind=lesson.LESSON,
        raw={"course": "初级"},
        applicant=applicant,
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
