"""Two departments in one region: each gets its own cases, and neither sees the other's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from tests.cases import allotment
from yonggong.accounts.roles import Power
from yonggong.cases import actions as case_actions
from yonggong.cases import handling, queues, workload
from yonggong.cases import queries as case_queries
from yonggong.cases.actions import Refused
from yonggong.cases.kinds import CaseKind, get_kind
from yonggong.cases.models import Case
from yonggong.cases.procedure import Outcome
from yonggong.registry.handling import Matter
from yonggong.registry.models import Agency, AgencyItem
from yonggong.registry.queries import employers_visible_to

pytestmark = pytest.mark.django_db
FUND = "公积金"


@pytest.fixture
def office(agency: Agency) -> Agency:
    """Another department's agency, in the region and at the level of `agency`."""
    return Agency.objects.create(
        name="朝阳区公积金管理部", level="county", region_code="220104", department=FUND
    )


@pytest.fixture
def officer(make_user: Callable[..., Any], office: Agency) -> Any:
    return make_user("reviewer", agency=office, region_code="220104")


@pytest.fixture
def lease(operator: Any, employer: Any, now: datetime) -> Callable[..., Case]:
    """Apply for an allotment: `lease(kind)`."""

    def send(kind: CaseKind = allotment.LEASE) -> Case:
        return case_actions.submit(
            kind=kind,
            raw={"plot": "三号"},
            applicant=employer.party,
            key=None,
            by=operator,
            now=now,
            address=None,
        )

    return send


def _problem(refused: pytest.ExceptionInfo[Refused]) -> str:
    (problem,) = refused.value.problems
    return problem.message


# --- who gets it -----------------------------------------------------------------------------


def test_it_goes_to_its_own_department_whoever_reviews_the_employers_filings(
    lease: Callable[..., Case], office: Agency, employer: Any, agency: Agency
) -> None:
    assert employer.agency == agency
    assert lease().agency == office


def test_where_the_department_has_nobody_it_is_refused_in_its_name(
    lease: Callable[..., Case], agency: Agency
) -> None:
    with pytest.raises(Refused) as refused:
        lease()
    assert _problem(refused) == "本行政区划尚未设置受理机构，请联系当地公积金部门。"


def test_of_two_agencies_alike_none_is_picked(lease: Callable[..., Case], office: Agency) -> None:
    Agency.objects.create(
        name="朝阳区第二管理部", level="county", region_code="220104", department=FUND
    )
    with pytest.raises(Refused) as refused:
        lease()
    assert "朝阳区公积金管理部、朝阳区第二管理部" in _problem(refused)


@pytest.mark.parametrize("line", ["园地", "住房"])
def test_the_agency_of_the_line_comes_before_that_of_all_lines(
    lease: Callable[..., Case], office: Agency, line: str
) -> None:
    own = Agency.objects.create(
        name="专管科", level="county", region_code="220104", department=FUND, line=line
    )
    assert lease().agency == (own if line == "园地" else office)


def test_an_agency_named_for_the_item_comes_before_any_other(
    lease: Callable[..., Case], office: Agency
) -> None:
    named = Agency.objects.create(name="园林局", level="county", region_code="220104")
    AgencyItem.objects.create(agency=named, item=allotment.LEASE.name)
    assert lease().agency == named
    assert lease(allotment.HEARD).agency == office


def test_one_that_does_not_review_gets_nothing(lease: Callable[..., Case], office: Agency) -> None:
    Agency.objects.filter(pk=office.pk).update(reviews=False)
    with pytest.raises(Refused):
        lease()


def test_it_is_handed_on_within_its_department_only(
    lease: Callable[..., Case], office: Agency, make_user: Callable[..., Any]
) -> None:
    above = Agency.objects.create(
        name="市公积金中心", level="prefecture", region_code="220100", department=FUND
    )
    other = Agency.objects.create(name="市人社局", level="prefecture", region_code="220100")
    for agency in (above, other):
        make_user("reviewer", agency=agency, region_code="220100")
    assert list(case_queries.other_agencies(lease())) == [above]


@pytest.mark.parametrize(
    ("kind", "matter"),
    [
        ("contract.new", Matter("contract.new", "人社", "劳动关系")),
        ("club.membership", Matter("club.membership", "人社", "")),
        ("allotment.lease", Matter("allotment.lease", "公积金", "园地")),
    ],
)
def test_a_kind_is_of_its_items_department_and_line(kind: str, matter: Matter) -> None:
    assert get_kind(kind).matter == matter


# --- who sees it -----------------------------------------------------------------------------


def test_neither_department_sees_the_others_cases(
    lease: Callable[..., Case],
    submit: Callable[..., Case],
    reviewer: Any,
    officer: Any,
    employer: Any,
) -> None:
    leased, joined = lease(), submit()
    assert list(case_queries.visible_to(reviewer)) == [joined]
    assert list(case_queries.visible_to(officer)) == [leased]
    with pytest.raises(Case.DoesNotExist):
        case_queries.get_case(reviewer, leased.pk)
    assert employers_visible_to(reviewer).get() == employer
    assert not employers_visible_to(officer).exists()


def test_neither_departments_supervisor_does(
    lease: Callable[..., Case],
    submit: Callable[..., Case],
    office: Agency,
    make_user: Callable[..., Any],
    now: datetime,
) -> None:
    leased, joined = lease(), submit()
    for department, case in ((FUND, leased), ("人社", joined)):
        chief = make_user("bureau_supervisor", region_code="220100", department=department)
        assert list(case_queries.visible_to(chief)) == [case]
        (load,) = workload.of_regions(chief, today=now.date(), since=now).agencies
        assert (load.agency, load.waiting) == (case.agency_id, 1)
        assert case_queries.may_transfer(chief, case)
        assert not case_queries.may_transfer(chief, leased if case == joined else joined)


def test_personal_data_and_the_log_follow(
    lease: Callable[..., Case],
    submit: Callable[..., Case],
    reviewer: Any,
    officer: Any,
    make_user: Callable[..., Any],
) -> None:
    leased, joined = lease(), submit()
    assert case_queries.may_see_personal(reviewer, joined)
    assert not case_queries.may_see_personal(reviewer, leased)
    assert case_queries.may_see_personal(officer, leased)
    auditor = make_user("auditor", region_code="220000")
    assert {event.case_id for event in case_queries.events_visible_to(auditor)} == {joined.pk}


def test_a_grant_at_an_agency_is_of_that_agencys_department(officer: Any) -> None:
    assert officer.grants.get().department == FUND
    assert officer.scope.regions(Power.SEE_REGION) == ()
    assert officer.scope.regions(Power.SEE_REGION, department=FUND) == ("220104",)


def test_a_step_may_lie_with_another_department(
    lease: Callable[..., Case], officer: Any, reviewer: Any, agency: Agency, now: datetime
) -> None:
    case = lease(allotment.HEARD)
    assert not case_queries.visible_to(reviewer).filter(pk=case.pk).exists()
    step = case.steps.get(acted_at__isnull=True)
    assert case.filed_at is not None
    case = handling.complete(
        case=case,
        step=step.pk,
        outcome=Outcome.NEXT,
        seen=case.filed_at,
        by=officer,
        now=now,
        address=None,
    )
    assert case.acting_agency == agency
    assert list(queues.queue_of(reviewer)) == [case]
