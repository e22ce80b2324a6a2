"""Filing where the work is done, by delegation (NMG-3; filing measures of Inner Mongolia, Art. 6)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.contracts.making import Hall, answers, ending_answers
from tests.contracts.test_one_way import by_workbook
from yonggong import policy
from yonggong.cases.actions import Refused
from yonggong.cases.for_province import for_province
from yonggong.cases.kinds import get_kind
from yonggong.cases.queries import visible_to
from yonggong.registry.models import Agency

pytestmark = pytest.mark.django_db

HOME, WORK = "150102", "150622"  # 新城区; 准格尔旗


@pytest.fixture
def offices(db: None) -> dict[str, Agency]:
    return {
        code: Agency.objects.create(name=name, level="county", region_code=code)
        for code, name in ((HOME, "新城区劳动关系股"), (WORK, "准格尔旗劳动关系股"))
    }


@pytest.fixture
def hall(
    offices: dict[str, Agency],
    make_employer: Callable[..., Any],
    make_user: Callable[..., Any],
    now: Any,
) -> Hall:
    """An employer of Hohhot, whose own agency reviews."""
    employer = make_employer(region_code=HOME, agency=offices[HOME])
    return Hall(
        employer=employer,
        operator=make_user("employer_operator", employer=employer),
        reviewer=make_user("reviewer", agency=offices[HOME], region_code=HOME),
        now=now,
    )


def test_a_contract_is_filed_where_the_work_is_done_and_the_own_agency_still_sees_it(
    hall: Hall, offices: dict[str, Agency], make_user: Callable[..., Any]
) -> None:
    case = hall.filed(entrusted_region=WORK)
    assert case.agency == offices[WORK] and case.filing.agency == offices[WORK]
    assert case.region_code == HOME
    there = make_user("reviewer", agency=offices[WORK], region_code=WORK)
    assert visible_to(there).filter(pk=case.pk).exists()
    assert visible_to(hall.reviewer).filter(pk=case.pk).exists()
    assert case.values["entrusted_region"] == WORK, "the version itself records who asked for what"


def test_what_follows_on_the_contract_lies_with_the_same_agency(
    hall: Hall, offices: dict[str, Agency], make_user: Callable[..., Any]
) -> None:
    there = make_user("reviewer", agency=offices[WORK], region_code=WORK)
    case = hall.filed(entrusted_region=WORK)
    hall.reviewer = there
    contract = hall.approve(case).filing.contract
    ending = hall.file("ending", ending_answers(on=hall.today), contract=contract)
    assert ending.agency == offices[WORK]


def test_nothing_is_entrusted_where_the_province_does_not_allow_it(
    make_employer: Callable[..., Any], make_user: Callable[..., Any], now: Any, agency: Agency
) -> None:
    employer = make_employer()
    operator = make_user("employer_operator", employer=employer)
    jilin = Hall(employer=employer, operator=operator, reviewer=operator, now=now)
    case = jilin.filed(entrusted_region="220103")
    assert case.agency == agency and not case.values.get("entrusted_region")


@pytest.mark.parametrize(
    ("region", "said"),
    [("220104", "不在本省"), ("150105", "尚未设置受理机构")],
    ids=["another province", "no agency there"],
)
def test_it_is_entrusted_to_an_agency_of_the_province_or_refused(
    hall: Hall, region: str, said: str
) -> None:
    with pytest.raises(Refused) as refused:
        hall.filed(entrusted_region=region)
    (problem,) = refused.value.problems
    assert problem.field == "entrusted_region" and said in problem.message


def test_rows_of_a_workbook_go_each_to_the_agency_it_is_entrusted_to(
    hall: Hall, offices: dict[str, Agency]
) -> None:
    rows = [
        answers(today=hall.today, entrusted_region=region) for region in (WORK, None, WORK, HOME)
    ]
    tried = by_workbook(hall, "new", rows, [""] * 4)
    assert tried.problems == {}
    own = offices[HOME]
    assert tried.agencies == [offices[WORK], own, offices[WORK], own]


def test_both_agencies_read_on_the_case_that_it_was_entrusted(
    hall: Hall,
    offices: dict[str, Agency],
    make_user: Callable[..., Any],
    at_screen: Callable[[Any], Any],
) -> None:
    case = hall.filed(entrusted_region=WORK)
    there = make_user("reviewer", agency=offices[WORK], region_code=WORK)
    for user in (there, hall.reviewer):
        said = at_screen(user).get(f"/bureau/case/{case.pk}/").content.decode()
        assert "由用工所在地备案，单位的送审机构为新城区劳动关系股" in said


def test_the_form_asks_only_where_the_province_allows_it(hall: Hall) -> None:
    form = get_kind("contract.new").form
    asked = [
        "entrusted_region" in for_province(form, policy.of(region, hall.today)).fields_by_name
        for region in (HOME, "220104", "140105")
    ]
    assert asked == [True, False, False]
