"""撤销审核: asked by one, decided by another, with reasons; what is over stays as it was filed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.cases import club, match
from yonggong.cases import actions as case_actions
from yonggong.cases import revoking, second_thoughts
from yonggong.cases.actions import Forbidden, Refused
from yonggong.cases.kinds import all_kinds
from yonggong.cases.life import Action, NotAllowed, State, replay
from yonggong.cases.models import Case, Revocation

pytestmark = pytest.mark.django_db


@pytest.fixture
def approved(submit: Any, decide: Any) -> Case:
    return decide(submit(), "approve", opinion="同意")


@pytest.fixture
def ask(reviewer: Any, now: datetime) -> Callable[..., Revocation]:
    def send(case: Case, *, by: Any = None, reason: str = "材料不实") -> Revocation:
        return revoking.ask(
            case=case, reason=reason, by=by or reviewer, now=now, address="127.0.0.1"
        )

    return send


@pytest.fixture
def judge(second: Any, now: datetime) -> Callable[..., Case]:
    def send(
        asked: Revocation, *, agreed: bool = True, by: Any = None, opinion: str = "属实"
    ) -> Case:
        return revoking.decide(
            request=asked, agreed=agreed, opinion=opinion, by=by or second, now=now, address=None
        )

    return send


def test_two_people_withdraw_an_approval_and_its_facts(
    approved: Case, ask: Any, judge: Any, reviewer: Any, second: Any
) -> None:
    club.CALLS.clear()
    asked = ask(approved)
    assert club.calls_of(approved) == ["revoked"]  # tried, and rolled back
    approved.refresh_from_db()
    assert approved.state == State.APPROVED
    case = judge(asked)
    case.refresh_from_db()
    assert (case.state, case.state_title) == (State.REVOKED, "已撤销")
    assert (case.decided_by, case.opinion) == (reviewer, "同意")
    done = [Action(event.action) for event in case.events.order_by("pk")]
    assert done[-2:] == [Action.ASK_REVOKE, Action.REVOKE]
    assert replay(done) == State.REVOKED
    assert "材料不实" in case.events.get(action="revoke").opinion
    assert case.versions.count() == 1


def test_declined_it_stays_approved_and_can_be_asked_again(
    approved: Case, ask: Any, judge: Any
) -> None:
    case = judge(ask(approved), agreed=False, opinion="材料属实")
    assert case.state == State.APPROVED
    assert judge(ask(approved)).state == State.REVOKED


def test_who_asks_does_not_decide(approved: Case, ask: Any, judge: Any, reviewer: Any) -> None:
    asked = ask(approved)
    with pytest.raises(Forbidden, match="第二人"):
        judge(asked, by=reviewer)


def test_the_database_demands_the_second_person(
    approved: Case, ask: Any, operator: Any, reviewer: Any, now: datetime
) -> None:
    asked = ask(approved)
    given = {"agreed": True, "decided_at": now, "opinion": "属实"}
    for wrong in (
        given | {"decided_by": reviewer},
        given | {"decided_by": operator},
        given | {"decided_by": None},
        {"asked_by": operator},
        {"asked_as": approved.applicant_id},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Revocation.objects.filter(pk=asked.pk).update(**wrong)


def test_whose_office_it_is_not_and_who_filed_have_no_say(
    approved: Case, ask: Any, judge: Any, make_user: Any, operator: Any, agency: Any
) -> None:
    elsewhere = make_user("bureau_supervisor", region_code="220200")
    clerk = make_user("counter_clerk", agency=agency, region_code="220104")
    for person in (elsewhere, clerk, operator):
        with pytest.raises(Forbidden, match="送审机构"):
            ask(approved, by=person)
    asked = ask(approved)
    for person in (elsewhere, clerk, operator):
        with pytest.raises(Forbidden, match="送审机构"):
            judge(asked, by=person)
        assert not revoking.visible_to(person).exists()
    above = make_user("bureau_supervisor", region_code="220100")
    assert list(revoking.visible_to(above)) == [asked] and revoking.may_judge(above, asked)
    assert judge(asked, by=above).state == State.REVOKED


def test_a_reason_and_an_opinion_are_asked_for(approved: Case, ask: Any, judge: Any) -> None:
    with pytest.raises(Refused, match="撤销原因"):
        ask(approved, reason=" ")
    asked = ask(approved)
    with pytest.raises(Refused, match="决定意见"):
        judge(asked, opinion=" ")
    with pytest.raises(Refused, match="已有人申请"):
        ask(approved)


def test_only_what_is_approved_is_withdrawn_and_once(
    submit: Any, approved: Case, ask: Any, judge: Any
) -> None:
    with pytest.raises(NotAllowed):
        ask(submit())
    asked = ask(approved)
    judge(asked)
    with pytest.raises(Forbidden, match="已由他人决定"):
        judge(asked)
    with pytest.raises(NotAllowed):
        ask(approved)


def test_the_applicant_files_again_from_its_content(
    approved: Case, ask: Any, judge: Any, operator: Any, now: datetime
) -> None:
    case = judge(ask(approved))
    assert second_thoughts.may_begin_again(operator, case)
    fresh = second_thoughts.begin_again(case=case, by=operator, now=now)
    assert (fresh.state, fresh.draft.data["name"]) == (State.DRAFT, "试一")


def test_every_kind_with_effects_of_its_own_says_how_they_are_taken_back() -> None:
    ours = [kind for kind in all_kinds() if kind.name.startswith(("contract.", "employer."))]
    assert len(ours) >= 7
    assert [kind.name for kind in ours if kind.effects.take_back is None] == []


def test_what_cannot_be_taken_back_is_not_withdrawn(
    approved: Case, ask: Any, reviewer: Any, monkeypatch: Any
) -> None:
    from dataclasses import replace

    from yonggong.cases import items

    kind = club.MEMBERSHIP
    fixed = replace(kind, effects=replace(kind.effects, revoked=None))
    monkeypatch.setattr(items, "definition_of", lambda *named: fixed)
    assert not revoking.may_ask(reviewer, approved)
    with pytest.raises(Forbidden, match="不能撤销"):
        ask(approved)


def test_a_kind_that_makes_nothing_is_withdrawn_without_more(
    employer: Any, operator: Any, decide: Any, ask: Any, judge: Any, now: datetime
) -> None:
    case = case_actions.submit(
        kind=match.CHALLENGE,
        raw={"title": "友谊赛"},
        applicant=employer.party,
        key=None,
        by=operator,
        now=now,
        address=None,
    )
    assert judge(ask(decide(case, "approve"))).state == State.REVOKED
