"""Licences that can be extended only for so long, yearly reports, health checks of minors."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.contracts.correcting import end
from tests.contracts.making import Hall, contract_of
from tests.relations.making import licence_of, minor_of
from yonggong.reminders.of_licences import due

pytestmark = pytest.mark.django_db
LAST = date(2027, 12, 31) - timedelta(days=60)


@pytest.mark.parametrize(
    ("day", "topics"),
    [
        (LAST - timedelta(days=30), {"licence"}),
        (LAST, {"licence"}),
        (LAST + timedelta(days=1), set()),
        (date(2027, 3, 1), {"dispatch-report"}),
        (date(2027, 3, 2), set()),
        (date(2028, 3, 1), {"dispatch-report"}),
        (date(2029, 3, 1), set()),
    ],
)
def test_a_dispatcher_is_told_when_it_matters(hall: Hall, day: date, topics: set[str]) -> None:
    licence = licence_of(hall)
    told = list(due(day))
    assert {note.topic.removesuffix(f"-{licence.pk}") for note in told} == topics
    assert {note.party for note in told} <= {hall.employer.pk}


def test_of_a_minor_who_has_left_nobody_is_told(hall: Hall) -> None:
    case = hall.approved()
    minor_of(hall, case, begins_on=date(2026, 11, 20))
    day = date(2027, 11, 20)
    assert len(list(due(day))) == 1
    end(hall, contract_of(case), hall.today)
    assert not list(due(day))


def test_who_employs_a_minor_is_told_of_the_next_health_check(hall: Hall) -> None:
    minor_of(hall, hall.approved(), begins_on=date(2026, 11, 20))
    year_on = date(2027, 11, 20)
    for day, told in ((year_on - timedelta(days=15), 1), (year_on, 1), (year_on.replace(day=1), 0)):
        assert len(list(due(day))) == told
