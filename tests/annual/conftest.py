"""An employer of a province that takes annual filings, with contracts of the year before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from tests.contracts.making import Hall


@pytest.fixture
def agency(db: None) -> Any:
    from yonggong.registry.models import Agency

    return Agency.objects.create(
        name="小店区劳动关系科", level=Agency.Level.COUNTY, region_code="140105"
    )


@pytest.fixture
def employer(make_employer: Callable[..., Any]) -> Any:
    return make_employer(region_code="140105", name="太原试验机械有限公司")


@pytest.fixture
def reviewer(make_user: Callable[..., Any], agency: Any) -> Any:
    return make_user("reviewer", agency=agency, region_code="140105")


@pytest.fixture
def hall(employer: Any, operator: Any, reviewer: Any, now: datetime) -> Hall:
    """In the spring of the year before, when its contracts are filed."""
    return Hall(
        employer=employer, operator=operator, reviewer=reviewer, now=now.replace(year=2025, month=3)
    )


@pytest.fixture
def staffed(hall: Hall) -> Hall:
    """Three in post at the end of 2025, of whom one term had run out; one who left in June."""
    hall.approved(post_kind="4", is_rural_worker="yes")
    hall.approved(post_kind="3", term_type="2", end_on=None, explained="")
    run_out = hall.approved(post_kind="4", end_on="2025-09-09")
    assert run_out.state == "approved"
    leaves = hall.in_force(post_kind="2")
    from tests.contracts.making import ending_answers

    hall.now = hall.now.replace(month=6, day=16)
    hall.approve(hall.file("ending", ending_answers(on=hall.today), contract=leaves))
    hall.now = hall.now.replace(year=2026, month=5, day=11)
    return hall
