"""How far a person gets as an applicant: known, signed in and seen as one, but not yet filed for.

What is missing is `Case.employer` as a party: the keys agree already.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from tests.cases import lesson
from yonggong.accounts.actions import create_user, identify
from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases import actions as case_actions
from yonggong.cases import queries as case_queries
from yonggong.cases.models import Case
from yonggong.registry import actions as registry
from yonggong.registry.parties import Party

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(db: None) -> Party:
    worker = registry.get_or_add_worker(
        document_type="01",
        number="22010419900307213X",
        name="试一",
        sex="1",
        birth_on=date(1990, 3, 7),
    )
    return registry.enter_person(worker=worker, region_code="220104")


@pytest.fixture
def pupil(person: Party) -> User:
    """The person, signed in with an account without any grant."""
    user = create_user(username="pupil", name="试一", password="Yonggong-2026", by=None)
    return identify(user=user, person=person.pk, by=None)


def _ask(applicant: Any, by: User, now: datetime) -> Case:
    return case_actions.submit(
        kind=lesson.LESSON,
        raw={"course": "初级"},
        employer=applicant,
        key=None,
        by=by,
        now=now,
        address=None,
    )


def test_a_person_without_grants_acts_for_themselves(pupil: User, person: Party) -> None:
    assert pupil.scope.parties(Power.FILE) == {person.pk}
    assert not case_queries.visible_to(pupil).exists()


def test_a_person_is_not_yet_an_applicant(
    pupil: User, person: Party, agency: Any, now: datetime
) -> None:
    with pytest.raises((AttributeError, ValueError)):
        _ask(person, pupil, now)


def test_only_the_foreign_key_says_no_to_a_persons_key(
    employer: Any, operator: Any, person: Party, now: datetime
) -> None:
    case = _ask(employer, operator, now)
    with pytest.raises(IntegrityError, match="registry_employer"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(employer=person.pk)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
