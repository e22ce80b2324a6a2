"""Who of a region has not filed a year, on any day (SX-1, NMG-11)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.annual.test_filing import WHY, begun, send
from tests.contracts.making import Hall, approve, return_
from yonggong.annual import queries, standing

pytestmark = pytest.mark.django_db

IN_MAY = date(2026, 5, 11)


def named(user: Any, kind: str = standing.WHOLE, on: date = IN_MAY) -> dict[str, str]:
    found: Any = queries.missing(user, kind, on)
    return {
        one.name: "waiting" if one.waiting else "returned" if one.returned else "nothing"
        for one in found
    }


def test_who_has_not_filed_is_named_until_it_is_approved(staffed: Hall, make_user: Any) -> None:
    chief = make_user("bureau_supervisor", region_code="140100")
    name = staffed.employer.name
    assert named(chief) == {name: "nothing"}
    case = send(staffed, begun(staffed), **WHY)
    assert named(chief) == {name: "waiting"}
    return_(case, by=staffed.reviewer, now=staffed.now)
    assert named(chief) == {name: "returned"}
    approve(send(staffed, case, **WHY), by=staffed.reviewer, now=staffed.now)
    assert named(chief) == {}
    # The next year is owed anew.
    assert named(chief, on=date(2027, 1, 4)) == {name: "nothing"}


def test_a_neighbour_and_another_province_see_nothing(hall: Hall, make_user: Any) -> None:
    assert named(make_user("bureau_supervisor", region_code="140106")) == {}
    assert named(make_user("bureau_supervisor", region_code="220000")) == {}
    assert named(make_user("bureau_supervisor", region_code="140000")) == {
        hall.employer.name: "nothing"
    }


def test_who_came_or_closed_since_owes_nothing(
    make_employer: Any, make_user: Any, agency: Any
) -> None:
    chief = make_user("bureau_supervisor", region_code="140100")
    make_employer(region_code="140105", filed_on=date(2026, 1, 1))
    make_employer(region_code="140105", state="cancelled", cancelled_on=date(2025, 12, 31))
    stays = make_employer(region_code="140105", state="cancelled", cancelled_on=date(2026, 1, 1))
    assert named(chief) == {stays.name: "nothing"}


def test_it_is_counted_by_region_and_level(
    staffed: Hall, make_employer: Any, make_user: Any
) -> None:
    chief = make_user("bureau_supervisor", region_code="140100")
    make_employer(region_code="140106", agency=None)
    approve(send(staffed, begun(staffed), **WHY), by=staffed.reviewer, now=staffed.now)
    by_region, by_level = queries.counts_of(chief, standing.WHOLE, IN_MAY)
    assert [(one.title[-3:], one.owing, one.approved, one.missing) for one in by_region] == [
        ("小店区", 1, 1, 0),
        ("迎泽区", 1, 0, 1),
    ]
    assert {one.title: one.share for one in by_level} == {"县级": 100, "未确定": 0}


def test_organs_and_institutions_owe_no_pay_data(
    make_employer: Any, make_user: Any, agency: Any
) -> None:
    chief = make_user("bureau_supervisor", region_code="150300")
    owes = make_employer(region_code="150302", nature="10")
    for nature in ("20", "30"):
        make_employer(region_code="150302", nature=nature)
    assert named(chief, standing.PAY, date(2026, 3, 1)) == {owes.name: "nothing"}
