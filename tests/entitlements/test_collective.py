"""集体合同备案: filed, approved into the employer's file, taken back."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contracts.making import Hall, revoke
from yonggong.cases import actions as case_actions
from yonggong.cases.actions import Refused
from yonggong.cases.kinds import get_kind
from yonggong.cases.models import Case
from yonggong.entitlements import queries
from yonggong.entitlements.models import CollectiveAgreement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_papers")]


def filed(hall: Hall, **changed: str) -> Case:
    typed = {
        "sort": "wages",
        "title": "2026 年度工资专项集体合同",
        "signed_on": "2026-03-20",
        "start_on": "2026-04-01",
        "end_on": "2027-03-31",
        "covered": "86",
        "reviewed_by": "海勃湾区人力资源和社会保障局",
        "reviewed_on": "2026-03-28",
        "number": "海人社集审〔2026〕18号",
    }
    return case_actions.submit(
        kind=get_kind("employer.collective"),
        raw=typed | changed,
        applicant=hall.employer.party,
        key=None,
        by=hall.operator,
        now=hall.now,
        address=None,
    )


def test_approved_it_stands_in_the_employer_s_file(hall: Hall) -> None:
    case = filed(hall)
    assert not queries.summary(hall.employer).agreements
    hall.approve(case)
    (kept,) = queries.summary(hall.employer).agreements
    assert (kept.case, kept.sort, kept.covered) == (case, "wages", 86)
    assert (kept.number, str(kept.end_on)) == ("海人社集审〔2026〕18号", "2027-03-31")


def test_withdrawn_it_is_gone(hall: Hall, make_user: Any) -> None:
    case = hall.approve(filed(hall))
    second = make_user("reviewer", agency=hall.employer.agency, region_code="150302")
    revoke(case, by=hall.reviewer, second=second, now=hall.now)
    assert not CollectiveAgreement.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"signed_on": "2026-12-20"},
        {"end_on": "2026-03-01"},
        {"reviewed_on": ""},
    ],
)
def test_what_cannot_be_is_refused(hall: Hall, changed: dict[str, str]) -> None:
    with pytest.raises(Refused):
        filed(hall, **changed)


def test_where_the_province_does_not_ask_it_is_refused(
    employer: Any, operator: Any, reviewer: Any, now: Any
) -> None:
    with pytest.raises(Refused):
        filed(Hall(employer=employer, operator=operator, reviewer=reviewer, now=now))
