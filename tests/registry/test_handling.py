"""Where it is not decided who handles what, the installation's check says so."""

from __future__ import annotations

import pytest

from yonggong.registry.handling import Matter, NoAgency, get_agency_of, unclear
from yonggong.registry.models import Agency

pytestmark = pytest.mark.django_db

FILING = Matter("contract.new", "人社", "劳动关系")
INSURANCE = Matter("pension.begin", "人社", "社会保险")


def _agency(name: str, **columns: str) -> Agency:
    given = {"level": "county", "region_code": "220104"} | columns
    return Agency.objects.create(name=name, **given)


def test_one_agency_of_all_lines_is_enough(agency: Agency) -> None:
    assert list(unclear([FILING, INSURANCE])) == []


def test_two_alike_are_said_and_none_is_picked(agency: Agency) -> None:
    _agency("另一科")
    assert list(unclear([FILING])) == [
        "吉林省长春市朝阳区县级人社劳动关系：朝阳区劳动关系科、另一科"
    ]
    with pytest.raises(NoAgency, match="多个机构"):
        get_agency_of("220104", "county", FILING)


def test_a_line_without_an_agency_is_said() -> None:
    _agency("劳动关系股", line="劳动关系")
    assert list(unclear([FILING, INSURANCE])) == [
        "吉林省长春市朝阳区县级人社社会保险：没有受理机构"
    ]


def test_a_department_that_works_elsewhere_is_no_gap_here(agency: Agency) -> None:
    assert list(unclear([Matter("fund.account", "公积金", "住房")])) == []


def test_communities_receive_and_decide_nothing() -> None:
    for name in ("一", "二"):
        _agency(name, level="community", region_code="220104")
    assert list(unclear([FILING])) == []
