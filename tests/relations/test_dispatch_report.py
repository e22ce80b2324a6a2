"""劳务派遣年度经营情况报告: once a year, by who was licensed in it; who is missing is found."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.contracts.making import approve
from tests.relations.making import licence_of
from tests.relations.office import Office
from yonggong.cases.actions import Refused
from yonggong.relations import licences
from yonggong.relations.licence_models import DispatchLicence, DispatchReport

pytestmark = pytest.mark.django_db
KIND = "dispatch.report"


def answers(**changed: str) -> dict[str, str]:
    return {
        "year": "2025",
        "operations": "平稳",
        "dispatched": "30",
        "with_contract": "30",
        "insured": "30",
        "in_union": "0",
        "pay": "按月足额支付",
        "unit_count": "3",
        "agreements": "辅助性岗位，期限二年",
    } | changed


@pytest.fixture
def licence(office: Office) -> DispatchLicence:
    return licence_of(office.hall, agency=office.agency, region_code="150300")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"year": "2026"}, "not_over"),
        ({"year": "2024"}, "not_licensed"),
        ({"insured": "31"}, "more_than_all"),
    ],
)
def test_what_cannot_be_is_refused(
    office: Office, licence: DispatchLicence, changed: dict[str, str], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        office.apply(KIND, answers(**changed))
    assert code in {problem.code for problem in refused.value.problems}


def owing(year: int) -> int:
    return DispatchLicence.objects.filter(licences.owing(year)).count()


def test_who_has_not_reported_is_found_until_the_report_is_approved(
    office: Office, licence: DispatchLicence
) -> None:
    assert (owing(2025), owing(2024), owing(2028)) == (1, 0, 0)
    case: Any = office.apply(KIND, answers())
    assert case.agency == office.agency and owing(2025) == 1
    approve(case, by=office.first, now=office.hall.now)
    assert owing(2025) == 0 and DispatchReport.objects.get().dispatched == 30
    with pytest.raises(Refused):
        office.apply(KIND, answers())


def test_of_two_reports_that_wait_only_one_is_approved(
    office: Office, licence: DispatchLicence
) -> None:
    one, other = (office.apply(KIND, answers()) for _ in range(2))
    approve(one, by=office.first, now=office.hall.now)
    with pytest.raises(Refused) as refused:
        approve(other, by=office.first, now=office.hall.now)
    assert [problem.code for problem in refused.value.problems] == ["reported"]


def test_a_licence_is_held_in_the_years_of_its_days() -> None:
    licence = DispatchLicence(valid_from=date(2024, 5, 1), valid_until=date(2027, 4, 30))
    assert [year for year in range(2022, 2030) if licence.held_in(year)] == [2024, 2025, 2026, 2027]
    licence.ended_on = date(2026, 1, 1)
    assert not licence.held_in(2026)
