"""A hall in a region whose policy has employers declare wages and insurance."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contracts.making import Hall
from yonggong.registry.models import Agency

REGION = "150302"


@pytest.fixture
def hall(make_employer: Any, make_user: Any, now: Any) -> Hall:
    agency = Agency.objects.create(name="海勃湾区劳动关系科", level="county", region_code=REGION)
    employer = make_employer(name="乌海试验商贸有限公司", region_code=REGION, agency=agency)
    return Hall(
        employer=employer,
        operator=make_user("employer_operator", employer=employer),
        reviewer=make_user("reviewer", agency=agency, region_code=REGION),
        now=now,
    )
