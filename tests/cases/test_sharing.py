"""Leave and stand-in of a reviewer; cases shared out among reviewers by load."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.contracts.making import Hall, approve, shown
from tests.portals.conftest import hall as hall
from tests.telling import titles
from yonggong.cases import actions as case_actions
from yonggong.cases import queues, sharing, standing_in
from yonggong.cases.errors import Forbidden, Refused
from yonggong.cases.models import Case, SharedCase, SharingRule, StandIn
from yonggong.registry.models import Agency

pytestmark = pytest.mark.django_db


@pytest.fixture
def supervisor(make_user: Callable[..., Any]) -> Any:
    return make_user("bureau_supervisor", region_code="220104")


@pytest.fixture
def leave(hall: Hall, second: Any, agency: Any) -> Callable[..., StandIn]:
    """The reviewer is away for a week, and the second one stands in."""

    def arranged(**changed: Any) -> StandIn:
        given: dict[str, Any] = {
            "agency": agency,
            "reviewer": hall.reviewer,
            "stand_in": second,
            "from_on": hall.today,
            "until_on": hall.today + timedelta(days=6),
            "reason": "年休假",
            "by": hall.reviewer,
            "now": hall.now,
        } | changed
        return standing_in.arrange(**given)

    return arranged


def taken(hall: Hall, case: Case | None = None) -> Case:
    """A case that the reviewer on leave has."""
    case = case or hall.filed()
    return case_actions.assign(case=case, by=hall.reviewer, now=hall.now, address=None)


# --- leave ------------------------------------------------------------------------------------


def test_the_stand_in_decides_what_the_absent_had_and_the_history_says_so(
    hall: Hall, second: Any, leave: Any
) -> None:
    case = taken(hall)
    with pytest.raises(Forbidden):
        approve(case, by=second, now=hall.now)
    leave()
    case = approve(case, by=second, now=hall.now)
    assert case.decided_by == second
    said = list(case.events.order_by("pk").values_list("opinion", flat=True))[-2]
    assert f"{hall.reviewer}请假" in said and f"由{second}代班办理" in said


def test_the_stand_in_is_handed_the_absents_cases(hall: Hall, second: Any, leave: Any) -> None:
    case = taken(hall)
    assert case_actions.assign_next(behind=None, by=second, now=hall.now, address=None) is None
    leave()
    assert case_actions.assign_next(behind=None, by=second, now=hall.now, address=None) == case
    case.refresh_from_db()
    assert case.assigned_to == second


def test_it_ends_by_itself_and_may_end_before(hall: Hall, second: Any, leave: Any) -> None:
    case = taken(hall)
    leave()
    later = hall.now + timedelta(days=7)
    with pytest.raises(Forbidden):
        case_actions.approve(case=case, seen=shown(case), by=second, now=later, address=None)
    assert titles(second)[0].endswith(f"请假，由{second.name}代班") and not titles(hall.reviewer)
    standing_in.end(leave=StandIn.objects.get(), by=hall.reviewer, now=hall.now)
    assert titles(second) == [f"{hall.reviewer.name}的请假代班已结束"]
    with pytest.raises(Forbidden):
        approve(case, by=second, now=hall.now)


def test_the_stand_ins_own_conflicts_hold(
    hall: Hall, second: Any, leave: Any, make_user: Callable[..., Any]
) -> None:
    from yonggong.accounts.models import Grant

    case = taken(hall)
    leave()
    Grant.objects.create(user=second, role="employer_operator", party=hall.employer.party)
    second = type(second).objects.get(pk=second.pk)
    with pytest.raises(Forbidden, match="当事人"):
        approve(case, by=second, now=hall.now)


def test_a_third_reviewer_is_no_stand_in(
    hall: Hall, leave: Any, make_user: Callable[..., Any], agency: Any
) -> None:
    third = make_user("reviewer", agency=agency, region_code="220104")
    case = taken(hall)
    leave()
    with pytest.raises(Forbidden):
        approve(case, by=third, now=hall.now)


@pytest.mark.parametrize("who", ["another agency", "themself", "away too"])
def test_only_a_colleague_who_is_there_stands_in(
    who: str, hall: Hall, second: Any, leave: Any, make_user: Callable[..., Any]
) -> None:
    if who == "away too":
        leave(reviewer=second, stand_in=hall.reviewer, by=second)
    stand_in = {
        "another agency": make_user("reviewer", region_code="220103"),
        "themself": hall.reviewer,
        "away too": second,
    }[who]
    with pytest.raises(Refused):
        leave(stand_in=stand_in)


def test_a_leave_is_recorded_by_oneself_or_a_supervisor(
    hall: Hall, second: Any, leave: Any, supervisor: Any
) -> None:
    with pytest.raises(Forbidden):
        leave(by=second)
    assert leave(by=supervisor).by == supervisor


def test_a_leave_is_seen_in_its_region_and_not_where_the_code_only_begins_alike(
    make_user: Callable[..., Any], leave: Any
) -> None:
    there = Agency.objects.create(name="东丽区劳动关系科", level="county", region_code="120111")
    away, stays = (make_user("reviewer", agency=there, region_code="120111") for _ in range(2))
    leave(agency=there, reviewer=away, stand_in=stays, by=away)
    seen = {
        code: standing_in.visible_to(make_user("bureau_supervisor", region_code=code)).exists()
        for code in ("120000", "120111", "120110")
    }
    assert seen == {"120000": True, "120111": True, "120110": False}


# --- sharing out ------------------------------------------------------------------------------


def test_whoever_has_least_gets_the_next_the_first_due_first(
    hall: Hall, second: Any, agency: Any, supervisor: Any
) -> None:
    for _ in range(2):
        taken(hall)
    cases = [hall.filed() for _ in range(4)]
    planned = sharing.plan(agency, on=hall.today)
    given = {load.reviewer: (load.open, len(load.given), load.then) for load in planned.loads}
    assert given == {hall.reviewer: (2, 1, 3), second: (0, 3, 3)}
    made = sharing.share(agency=agency, by=supervisor, now=hall.now)
    assert made is not None and made.cases.count() == 4
    assert not Case.objects.filter(state="pending", assigned_to=None).exists()
    event = cases[0].events.order_by("pk").last()
    assert event is not None and event.opinion.startswith(f"{supervisor.name}分派给")
    assert titles(second) == [f"{supervisor.name}分派给您 3 件办件"]


def test_nobody_is_given_what_they_must_not_decide(
    hall: Hall, second: Any, agency: Any, supervisor: Any
) -> None:
    case = hall.filed()
    Case.objects.filter(pk=case.pk).update(filed_by=second)
    sharing.share(agency=agency, by=supervisor, now=hall.now)
    assert SharedCase.objects.get().to == hall.reviewer


def test_whoever_is_away_is_given_nothing(
    hall: Hall, second: Any, agency: Any, supervisor: Any, leave: Any
) -> None:
    leave()
    hall.filed()
    hall.filed()
    sharing.share(agency=agency, by=supervisor, now=hall.now)
    assert set(SharedCase.objects.values_list("to", flat=True)) == {second.pk}


def test_a_sharing_is_taken_back_but_for_what_was_decided_or_given_on(
    hall: Hall, second: Any, agency: Any, supervisor: Any
) -> None:
    cases = [hall.filed() for _ in range(4)]
    made = sharing.share(agency=agency, by=supervisor, now=hall.now)
    assert made is not None
    for case in cases:
        case.refresh_from_db()
    decided = cases[0]
    approve(decided, by=decided.assigned_to, now=hall.now)
    given_back = cases[1]
    case_actions.give_back(case=given_back, by=given_back.assigned_to, now=hall.now, address=None)
    assert sharing.take_back(sharing=made, by=supervisor, now=hall.now) == 2
    said = f"{supervisor.name}收回分派给您的 "
    assert any(title.startswith(said) for title in titles(second) + titles(hall.reviewer))
    assert Case.objects.filter(state="pending", assigned_to=None).count() == 3


def test_where_an_agency_wants_it_arrivals_are_shared_out(
    hall: Hall, second: Any, agency: Any, supervisor: Any
) -> None:
    hall.filed()
    sharing.share_arrivals(now=hall.now)
    assert not SharedCase.objects.exists()
    sharing.set_automatic(agency=agency, wanted=True, by=supervisor, now=hall.now)
    sharing.share_arrivals(now=hall.now)
    assert SharedCase.objects.get().sharing.automatic
    sharing.set_automatic(agency=agency, wanted=False, by=supervisor, now=hall.now)
    assert not SharingRule.objects.exists()


def test_a_supervisor_of_the_neighbouring_county_shares_out_nothing(
    hall: Hall, agency: Any, make_user: Callable[..., Any]
) -> None:
    hall.filed()
    elsewhere = make_user("bureau_supervisor", region_code="220103")
    assert not sharing.agencies_of(elsewhere).exists()
    with pytest.raises(Forbidden):
        sharing.share(agency=agency, by=elsewhere, now=hall.now)


def test_each_department_shares_out_its_own_and_sees_its_own_leaves(
    agency: Any, leave: Any, make_user: Callable[..., Any]
) -> None:
    leave()
    other = Agency.objects.create(
        name="朝阳区住房公积金管理部", level="county", region_code="220104", department="公积金"
    )
    labour, fund = (
        make_user("bureau_supervisor", region_code="220104", department=department)
        for department in ("人社", "公积金")
    )
    assert list(sharing.agencies_of(labour)) == [agency]
    assert list(sharing.agencies_of(fund)) == [other]
    assert standing_in.visible_to(labour).exists() and not standing_in.visible_to(fund).exists()


def test_what_is_shared_out_stays_in_the_agencys_queue(
    hall: Hall, second: Any, agency: Any, supervisor: Any
) -> None:
    case = hall.filed()
    sharing.share(agency=agency, by=supervisor, now=hall.now)
    assert list(queues.queue_of(second)) == [case]
