"""Joint cases: one form, several items side by side, one mended alone, ended with the last."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from tests.cases import club, festival, regatta
from tests.contracts.making import revoke
from yonggong.cases import actions as case_actions
from yonggong.cases import handling, queues
from yonggong.cases.actions import Forbidden, Refused
from yonggong.cases.life import Action, State, replay
from yonggong.cases.models import Case
from yonggong.cases.procedure import Outcome

pytestmark = pytest.mark.django_db

ANSWERS = {"who": "试一", "since": "2026-11-10", "vessel": "白鹭", "phone": "16012345678"}


@pytest.fixture
def enrol(operator: Any, employer: Any, now: datetime) -> Callable[..., Case]:
    def send(**changed: Any) -> Case:
        return case_actions.submit(
            kind=festival.FESTIVAL,
            raw=ANSWERS | changed,
            applicant=employer.party,
            key=None,
            by=operator,
            now=now,
            address=None,
        )

    return send


def item(parent: Case, kind: str) -> Case:
    return parent.children.get(kind=kind)


def member(parent: Case) -> Case:
    return item(parent, club.MEMBERSHIP.name)


def boat(parent: Case) -> Case:
    return item(parent, regatta.ENTRY.name)


@pytest.fixture
def approve(reviewer: Any, now: datetime) -> Callable[[Case], Case]:
    return lambda case: case_actions.approve(
        case=case, seen=case.filed_at, by=reviewer, now=now, address=None
    )


@pytest.fixture
def refuse_boat(reviewer: Any, now: datetime) -> Callable[[Case], Case]:
    def refuse(case: Case) -> Case:
        assert case.filed_at is not None
        return handling.complete(
            case=case,
            step=case.steps.get(acted_at__isnull=True).pk,
            outcome=Outcome.REFUSE,
            opinion="船已满。",
            seen=case.filed_at,
            by=reviewer,
            now=now,
            address=None,
        )

    return refuse


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def test_each_item_is_a_case_of_its_own_taken_from_the_joint_form(enrol: Any) -> None:
    parent = enrol()
    assert parent.children.count() == 2
    assert (
        member(parent).values["name"] == "试一" and member(parent).values["mobile"] == "16012345678"
    )
    assert boat(parent).values == {"boat": "白鹭", "phone": "16012345678"}
    assert {child.version.taken_from for child in parent.children.all()} == {parent.version}


def test_items_begin_at_once_each_with_its_own_clock(enrol: Any) -> None:
    parent = enrol()
    assert (member(parent).state_title, boat(parent).state_title) == ("未审核", "待受理")
    assert member(parent).due_on != boat(parent).due_on
    assert parent.state_title == "办理中"


def test_only_the_items_asked_for_are_opened(enrol: Any) -> None:
    assert [child.kind for child in enrol(vessel="").children.all()] == [club.MEMBERSHIP.name]


def test_no_item_at_all_is_refused(enrol: Any) -> None:
    with pytest.raises(Refused) as refused:
        enrol(vessel="", since="")
    assert {problem.code for problem in refused.value.problems} == {"no_item"}


def test_what_is_wrong_with_an_item_is_said_on_the_joint_form(enrol: Any) -> None:
    """A boat's name holds 20 characters, the joint form's field 40; nothing is half-written."""
    with pytest.raises(Refused) as refused:
        enrol(vessel="白" * 30, who="拒绝")
    assert {problem.field for problem in refused.value.problems} == {"vessel", "who"}
    assert any("参赛申请" in problem.message for problem in refused.value.problems)
    assert not Case.objects.exists()


def test_the_joint_case_ends_with_its_last_item(enrol: Any, approve: Any, refuse_boat: Any) -> None:
    parent = enrol()
    approve(member(parent))
    assert fresh(parent).state == State.PENDING
    refuse_boat(boat(parent))
    ended = fresh(parent)
    assert (ended.state, ended.state_title) == (State.APPROVED, "办结")
    assert festival.calls_of(ended) == ["applied"]
    assert replay(map(Action, ended.events.order_by("id").values_list("action", flat=True))) == (
        State.APPROVED
    )


def test_a_returned_item_is_mended_alone(
    enrol: Any, operator: Any, reviewer: Any, employer: Any, approve: Any, now: datetime
) -> None:
    parent = enrol()
    case_actions.return_case(
        case=member(parent),
        seen=member(parent).filed_at,
        opinion="姓名不符",
        by=reviewer,
        now=now,
        address=None,
    )
    assert (fresh(parent).state, boat(parent).state) == (State.PENDING, State.PENDING)
    mended = case_actions.submit(
        kind=club.MEMBERSHIP,
        raw=club.answers(name="试二"),
        applicant=employer.party,
        case=member(parent),
        key=None,
        by=operator,
        now=now,
        address=None,
    )
    assert (mended.version.number, mended.version.taken_from) == (2, None)
    assert mended.parent == parent and parent.versions.count() == 1


def test_nobody_ends_it_while_an_item_is_open(enrol: Any, reviewer: Any, now: datetime) -> None:
    parent = enrol()
    assert parent.filed_at is not None
    with pytest.raises(Forbidden, match="联办事项"):
        handling.complete(
            case=parent,
            step=parent.steps.get().pk,
            outcome=Outcome.NEXT,
            seen=parent.filed_at,
            by=reviewer,
            now=now,
            address=None,
        )


def test_taken_back_it_takes_its_open_items_along(
    enrol: Any, approve: Any, operator: Any, now: datetime
) -> None:
    parent = enrol()
    approve(member(parent))
    handling.withdraw(case=parent, by=operator, now=now, address=None)
    assert (member(parent).state, boat(parent).state_title) == (State.APPROVED, "已撤回")
    assert fresh(parent).state_title == "已撤回"


def test_every_item_taken_back_takes_it_back(enrol: Any, operator: Any, now: datetime) -> None:
    parent = enrol()
    case_actions.void(case=member(parent), by=operator, now=now, address=None)
    handling.withdraw(case=boat(parent), by=operator, now=now, address=None)
    assert fresh(parent).state_title == "已撤回"
    assert festival.calls_of(parent) == ["voided"]


def test_an_item_taken_back_last_leaves_the_decision_with_who_decided(
    enrol: Any, approve: Any, operator: Any, reviewer: Any, now: datetime
) -> None:
    parent = enrol()
    approve(member(parent))
    handling.withdraw(case=boat(parent), by=operator, now=now, address=None)
    assert (fresh(parent).state, fresh(parent).decided_by) == (State.APPROVED, reviewer)


def test_a_joint_case_that_waits_for_its_items_lies_in_no_queue(enrol: Any, reviewer: Any) -> None:
    parent = enrol()
    waiting = set(queues.queue_of(reviewer))
    assert parent not in waiting and waiting == set(parent.children.all())


def test_the_joint_case_is_withdrawn_before_its_items(
    enrol: Any, approve: Any, refuse_boat: Any, reviewer: Any, make_user: Any, now: datetime
) -> None:
    """The joint case was approved on them."""
    parent = enrol()
    joined = approve(member(parent))
    refuse_boat(boat(parent))
    second = make_user("reviewer", agency=parent.agency, region_code="220104")
    with pytest.raises(Refused, match=parent.number):
        revoke(joined, by=reviewer, second=second, now=now)
    revoke(fresh(parent), by=reviewer, second=second, now=now)
    ended = fresh(parent)
    assert (ended.state, ended.state_title) == (State.REVOKED, "已撤销")
    assert festival.calls_of(ended)[-1] == "revoked"
    assert revoke(joined, by=reviewer, second=second, now=now).state == State.REVOKED
