"""A contract with averaged or flexible hours is judged by the permits of its employer."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.contracts.making import Hall
from tests.contracts.making import answers as contract
from tests.contracts.speaking import rules_of, verdicts
from tests.relations.special_hours.asked import asked, decided

pytestmark = pytest.mark.django_db
RULE = "special-hours-on-record"


@pytest.fixture
def permit(hall: Hall, make_user: Any) -> None:
    """装卸工 may work averaged hours for a year from today, 外勤销售 flexible ones for two."""
    second = make_user("reviewer", agency=hall.employer.agency, region_code="150302")
    decided(asked(hall), hall, second)


def told(hall: Hall, **changed: Any) -> bool:
    given = {"hours_system": "2", "job": "装卸工", "start_on": "2026-11-20"} | changed
    found = verdicts(hall, "new", contract(today=hall.today, **given))
    return RULE in rules_of(found)


def test_without_a_permit_it_is_told_and_with_one_it_is_not(hall: Hall, make_user: Any) -> None:
    assert told(hall)
    second = make_user("reviewer", agency=hall.employer.agency, region_code="150302")
    decided(asked(hall), hall, second)
    assert not told(hall)


@pytest.mark.parametrize(
    ("changed", "speaks"),
    [
        ({"job": "装卸工（夜班）"}, False),
        ({"job": "行政专员"}, True),
        ({"hours_system": "3"}, True),
        ({"hours_system": "3", "job": "外勤销售"}, False),
        ({"start_on": "2026-11-19"}, True),
        ({"hours_system": "1"}, False),
    ],
)
@pytest.mark.usefixtures("permit")
def test_the_permit_covers_its_posts_system_and_days(
    hall: Hall, changed: dict[str, Any], speaks: bool
) -> None:
    assert told(hall, **changed) is speaks


@pytest.mark.parametrize(
    ("changed_on", "speaks"), [("2026-11-19", True), ("2026-11-20", False), ("2027-11-20", True)]
)
@pytest.mark.usefixtures("permit")
def test_a_change_to_such_hours_is_judged_by_the_day_of_the_change(
    hall: Hall, changed_on: str, speaks: bool
) -> None:
    """The contract began ten days before the permit."""
    held = contract(today=hall.today)
    in_force = hall.in_force(**held)
    given = held | {"changed_on": changed_on, "change_reason": "调岗"}
    given |= {"hours_system": "2", "job": "装卸工"}
    found = [one for one in verdicts(hall, "change", given, in_force) if one.rule == RULE]
    assert [changed_on in one.message for one in found] == [True] * speaks


def test_it_informs_and_refuses_nothing(hall: Hall) -> None:
    given = contract(today=hall.today, hours_system="2", job="装卸工")
    (found,) = [one for one in verdicts(hall, "new", given) if one.rule == RULE]
    assert found.severity == "inform"


def test_where_the_register_is_elsewhere_nothing_is_said(
    employer: Any, operator: Any, reviewer: Any, now: Any
) -> None:
    assert not told(Hall(employer=employer, operator=operator, reviewer=reviewer, now=now))


def test_standard_hours_ask_the_register_nothing(hall: Hall) -> None:
    with CaptureQueriesContext(connection) as seen:
        told(hall, hours_system="1")
    assert not [one for one in seen if "permittedpost" in one["sql"]]
