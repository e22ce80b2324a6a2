"""Wuhai, which takes the items: its bureau, an employer of its Haibowan district."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contracts.making import Hall
from tests.relations.office import Office
from yonggong.registry.models import Agency


@pytest.fixture(autouse=True)
def scans_are_not_the_matter(without_papers: None) -> None:
    pass


@pytest.fixture
def office(make_employer: Any, make_user: Any, now: Any) -> Office:
    county = Agency.objects.create(name="海勃湾区劳动关系科", level="county", region_code="150302")
    city = Agency.objects.create(name="乌海市人社局", level="prefecture", region_code="150300")
    employer = make_employer(
        name="乌海试验人力资源有限公司",
        region_code="150302",
        agency=county,
        legal_representative="试立",
        address="海勃湾区人民路 1 号",
    )
    hall = Hall(
        employer=employer,
        operator=make_user("employer_operator", employer=employer),
        reviewer=make_user("reviewer", agency=county, region_code="150302"),
        now=now,
    )

    def three(agency: Agency) -> tuple[Any, ...]:
        given = {"agency": agency, "region_code": agency.region_code}
        return tuple(make_user("reviewer", **given) for _ in range(3))

    return Office(hall=hall, city=city, reviewers={one.pk: three(one) for one in (city, county)})
