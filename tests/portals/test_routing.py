"""Where the province does not let employers choose, its routing finds who reviews (SX-4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.portals.test_employer_particulars import begin, send, upload
from yonggong.cases.kinds import get_kind
from yonggong.cases.models import Case
from yonggong.codes.invent import invent_id_number
from yonggong.registry.models import Agency, Employer

pytestmark = pytest.mark.django_db

XIAODIAN = "140105"


@pytest.fixture
def employer(make_employer: Callable[..., Any]) -> Employer:
    """An employer of Taiyuan's Xiaodian district that has only registered."""
    found: Employer = make_employer(
        region_code=XIAODIAN, state=Employer.State.UNFILED, filed_on=None, agency=None
    )
    return found


@pytest.fixture
def agencies(db: None) -> dict[str, Agency]:
    """An agency at each level above the district."""
    return {
        level: Agency.objects.create(name=name, level=level, region_code=region, reviews=True)
        for level, name, region in (
            ("province", "省劳动关系处", "140000"),
            ("prefecture", "市劳动关系科", "140100"),
            ("county", "小店区劳动关系股", XIAODIAN),
        )
    }


@pytest.fixture
def typed(employer: Employer, chance: Random) -> dict[str, str]:
    return {
        "name": employer.name,
        "credit_code": employer.credit_code,
        "nature": "10",
        "affiliation": "90",
        "economic_type": "173",
        "legal_representative": "试景行",
        "licence_on": (timezone.localdate() - timedelta(days=5)).isoformat(),
        "industry": "51",
        "region_code": XIAODIAN,
        "address": "太原市小店区学林路 1 号",
        "contact": "试安澜",
        "contact_mobile": "16012345678",
        "operator": "试安澜",
        "operator_mobile": "16012345678",
        "operator_document": invent_id_number(
            chance, region=XIAODIAN, birth_date=date(1990, 1, 15), sex="2"
        ),
    }


@pytest.mark.parametrize(
    ("changed", "level"),
    [
        ({}, "county"),
        ({"economic_type": "340"}, "province"),
        ({"economic_type": "110", "affiliation": "20"}, "province"),
        ({"economic_type": "110", "affiliation": "40"}, "prefecture"),
        ({"economic_type": "110", "affiliation": "50"}, "county"),
        ({"economic_type": "110", "affiliation": "20", "is_dispatcher": "true"}, "county"),
    ],
    ids=["private", "foreign", "provincial", "of the city", "of the county", "dispatcher"],
)
def test_a_filing_finds_its_agency(
    screen: Client,
    agencies: dict[str, Agency],
    typed: dict[str, str],
    changed: dict[str, str],
    level: str,
) -> None:
    case = _file(screen, typed | changed)
    assert case.agency == agencies[level]
    assert case.values["agency"] == str(agencies[level].pk)
    assert agencies[level].name in screen.get(reverse("employer:particulars")).content.decode()


def test_the_form_does_not_ask_and_what_is_sent_all_the_same_does_not_count(
    screen: Client, agencies: dict[str, Agency], typed: dict[str, str]
) -> None:
    page = screen.get(begin(screen)).content.decode()
    assert 'data-field="agency"' not in page and "按管理权限确定" in page
    # Nor does it offer the kinds of employer that the province does not name (ALL-2).
    assert "民办非企业单位" in page and "基金会" not in page
    case = _file(screen, typed | {"agency": str(agencies["province"].pk)})
    assert case.agency == agencies["county"]


def test_where_there_is_no_agency_the_employer_is_told(
    screen: Client, typed: dict[str, str]
) -> None:
    address = begin(screen)
    upload(screen, Case.objects.get(), "licence")
    answer = send(screen, address, typed)
    assert answer.status_code == 422
    assert "本行政区划尚未设置受理机构" in answer.content.decode()


@pytest.mark.parametrize(
    ("changed", "level", "reason"),
    [
        ({"affiliation": "10", "economic_type": "110"}, "province", "中央驻晋和省属用人单位"),
        ({"affiliation": "40", "economic_type": "110"}, "prefecture", "市属用人单位到市"),
        ({"economic_type": "310"}, "province", "外商投资企业到省级"),
        ({"nature": "70", "economic_type": "110"}, "county", "个体经济组织按照属地"),
        ({"nature": "50", "economic_type": "110"}, "county", "民办非企业单位按照属地"),
        ({"industry": "7263", "affiliation": "20"}, "county", "劳务派遣机构按照属地"),
    ],
)
def test_employer_and_bureau_read_the_same_reason_for_where_filings_go(
    changed: dict[str, str],
    level: str,
    reason: str,
    agencies: dict[str, Agency],
    make_employer: Callable[..., Any],
    make_user: Callable[..., Any],
    at_screen: Callable[[Any], Client],
) -> None:
    employer = make_employer(region_code=XIAODIAN, agency=agencies[level], **changed)
    inside = at_screen(make_user("employer_operator", employer=employer))
    office = at_screen(make_user("bureau_supervisor", region_code=XIAODIAN))
    for answer in (
        inside.get(reverse("employer:particulars-routing")),
        office.get(reverse("bureau:employer-routing", args=[employer.pk])),
    ):
        (decides,) = [rule for rule in answer.context["rules"] if rule["decides"]]
        assert reason in decides["reason"]
        (own,) = [
            place
            for place in answer.context["destinations"]
            if get_kind("contract.new").title in place.kinds
        ]
        assert own.agency == agencies[level] and get_kind("employer.change").title in own.kinds
        assert "晋人社厅函〔2022〕1142号）四、管理权限" in answer.content.decode()


def test_another_employers_routing_does_not_exist(
    agencies: dict[str, Agency],
    employer: Employer,
    make_user: Callable[..., Any],
    at_screen: Callable[[Any], Client],
) -> None:
    elsewhere = at_screen(make_user("bureau_supervisor", region_code="140106"))
    assert elsewhere.get(reverse("bureau:employer-routing", args=[employer.pk])).status_code == 404


def _file(screen: Client, raw: dict[str, str]) -> Case:
    address = begin(screen)
    upload(screen, Case.objects.get(), "licence")
    answer = send(screen, address, raw)
    assert answer.status_code == 302, answer.context["page"].problems
    return Case.objects.select_related("agency").get()
