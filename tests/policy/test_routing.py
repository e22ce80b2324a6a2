"""Who reviews an employer's filings (SX-4, NMG-3, JL-1)."""

from datetime import date

import pytest

from yonggong import policy
from yonggong.policy.showing import show_condition

TODAY = date(2026, 11, 20)
CENTRAL, PROVINCIAL, CITY, COUNTY, TOWN, OTHER = "10", "20", "40", "50", "62", "90"
ENTERPRISE, SOLE, NON_ENTERPRISE, ORGAN = "10", "70", "50", "20"
STATE, PRIVATE, PRIVATE_LTD, FOREIGN, JOINT_VENTURE, HK = "110", "170", "173", "300", "310", "210"


@pytest.mark.parametrize(
    ("nature", "affiliation", "economic_type", "dispatcher", "level", "region"),
    [
        (ENTERPRISE, CENTRAL, STATE, False, "province", "140000"),
        (ENTERPRISE, PROVINCIAL, STATE, False, "province", "140000"),
        (ORGAN, PROVINCIAL, STATE, False, "province", "140000"),
        (ENTERPRISE, OTHER, FOREIGN, False, "province", "140000"),
        (ENTERPRISE, OTHER, JOINT_VENTURE, False, "province", "140000"),
        (ENTERPRISE, OTHER, HK, False, "county", "140105"),
        (ENTERPRISE, CITY, STATE, False, "prefecture", "140100"),
        (ENTERPRISE, COUNTY, STATE, False, "county", "140105"),
        (ENTERPRISE, TOWN, STATE, False, "county", "140105"),
        (ENTERPRISE, OTHER, PRIVATE, False, "county", "140105"),
        (ENTERPRISE, CITY, PRIVATE_LTD, False, "county", "140105"),
        (SOLE, OTHER, PRIVATE, False, "county", "140105"),
        (NON_ENTERPRISE, CITY, STATE, False, "county", "140105"),
        (ENTERPRISE, PROVINCIAL, STATE, True, "county", "140105"),
    ],
)
def test_shanxi_sends_each_employer_to_its_level(
    nature: str, affiliation: str, economic_type: str, dispatcher: bool, level: str, region: str
) -> None:
    shanxi = policy.of("140105", TODAY)
    found = shanxi.routing(nature, affiliation, economic_type, "140105", dispatcher=dispatcher)
    assert (found.level, found.region) == (level, region)
    assert not found.agency_chosen_by_employer
    assert found.source == (
        "《关于进一步加强劳动用工备案工作的通知》（晋人社厅函〔2022〕1142号）四、管理权限"
    )


@pytest.mark.parametrize(
    ("affiliation", "level"),
    [(CENTRAL, "prefecture"), (PROVINCIAL, "prefecture"), (CITY, "prefecture"), (COUNTY, "county")],
)
def test_inner_mongolia_leaves_filing_to_leagues_and_banners(affiliation: str, level: str) -> None:
    found = policy.of("150102", TODAY).routing(ENTERPRISE, affiliation, STATE, "150102")
    assert found.level == level


def test_each_rule_of_a_province_says_whom_it_is_about_and_stands_on_a_source() -> None:
    held = policy.of("140105", TODAY).routing_rules
    assert [(show_condition(rule), rule.level) for rule in held.value] == [
        ("劳务派遣单位", "county"),
        ("经济类型：私有", "county"),
        ("单位性质：个体工商户", "county"),
        ("单位性质：民办非企业单位", "county"),
        ("经济类型：国外投资", "province"),
        ("隶属关系：中央、省（自治区、直辖市）", "province"),
        ("隶属关系：市、地区、州", "prefecture"),
        ("以上各条以外的单位", "county"),
    ]
    assert held.checked == date(2026, 11, 20) and "1142号" in held.source


def test_in_jilin_the_employer_picks_the_agency() -> None:
    found = policy.of("220104", TODAY).routing(ENTERPRISE, OTHER, PRIVATE, "220104")
    assert found.agency_chosen_by_employer


def test_a_code_that_no_table_knows_takes_the_last_rule() -> None:
    found = policy.of("140105", TODAY).routing("", "", "", "140105")
    assert (found.level, found.region) == ("county", "140105")
