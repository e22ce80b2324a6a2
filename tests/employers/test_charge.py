"""An employer's operators among themselves: in charge, asked to join, leaving, removed; all recorded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from tests.employers.claiming import claimed, with_licence
from tests.telling import titles
from yonggong import policy
from yonggong.accounts.actions import AccountProblem
from yonggong.accounts.models import Grant, User
from yonggong.cases import drafting
from yonggong.cases.kinds import get_kind
from yonggong.cases.models import Case
from yonggong.employers import charge, claims, operators
from yonggong.employers.models import Claim, Invitation, OperatorChange
from yonggong.registry.models import Employer
from yonggong.registry.people import content_of
from yonggong.reminders.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def second_operator(make_user: Callable[..., Any], operator: User, employer: Employer) -> User:
    """Who came after the first, who is in charge."""
    return make_user("employer_operator", employer=employer)


@pytest.fixture
def other(make_user: Callable[..., Any], make_employer: Callable[..., Any]) -> User:
    """Who acts for another employer."""
    return make_user("employer_operator", employer=make_employer())


def acts_for(user: User, employer: Employer) -> bool:
    return operators.operators_of(employer).filter(user=user).exists()


def _invite(employer: Employer, account: User, by: User, now: datetime, **given: str) -> None:
    said = {"username": account.username, "name": account.name, "reason": "新任劳资员"} | given
    charge.invite(employer=employer, by=by, now=now, **said)


def _said(employer: Employer) -> list[tuple[str, str]]:
    return [(change.act, change.account.username) for change in operators.changes_of(employer)]


def test_the_longest_is_in_charge_until_they_hand_over(
    employer: Employer, operator: User, second_operator: User, now: datetime
) -> None:
    assert charge.in_charge(employer) == operator
    grant = operators.operators_of(employer).get(user=second_operator)
    charge.hand_over(
        employer=employer, grant=grant.pk, reason="换岗", by=operator, now=now, address=None
    )
    assert charge.in_charge(employer) == second_operator
    change = operators.changes_of(employer).first()
    assert change is not None
    assert (change.act, change.account, change.by) == ("charge", second_operator, operator)
    assert Message.objects.filter(user=second_operator, title__contains="主经办人").exists()


def test_whoever_is_frozen_is_not_in_charge(
    employer: Employer, operator: User, second_operator: User
) -> None:
    User.objects.filter(pk=operator.pk).update(state=User.State.FROZEN)
    assert charge.in_charge(employer) == second_operator


def test_one_is_asked_and_joins_by_saying_yes(
    employer: Employer, operator: User, other: User, now: datetime
) -> None:
    _invite(employer, other, operator, now)
    assert not acts_for(other, employer)
    (invitation,) = charge.invited(other)
    charge.answer(invitation=invitation, accepts=True, by=other, now=now, address=None)
    assert acts_for(other, employer) and _said(employer) == [("appoint", other.username)]
    assert titles(operator) == [f"{other.name}接受经办{employer.name}的邀请"]
    with pytest.raises(AccountProblem, match="已经办理"):
        charge.answer(invitation=invitation, accepts=True, by=other, now=now, address=None)


def test_what_each_answers_on_one_day_is_told(
    employer: Employer, operator: User, other: User, make_user: Any, now: datetime
) -> None:
    second = make_user("employer_operator", employer=other.grants.get().party.employer)
    for account, accepts in ((other, True), (second, False)):
        _invite(employer, account, operator, now)
        charge.answer(
            invitation=charge.invited(account).get(),
            accepts=accepts,
            by=account,
            now=now,
            address=None,
        )
    assert titles(operator) == [
        f"{other.name}接受经办{employer.name}的邀请",
        f"{second.name}谢绝经办{employer.name}的邀请",
    ]


def test_who_joined_waits_for_no_reviewer_any_more(
    employer: Employer, operator: User, other: User, reviewer: User, now: datetime
) -> None:
    claim = with_licence(employer, other)
    assert list(claims.waiting_for(reviewer)) == [claim]
    _invite(employer, other, operator, now)
    (invitation,) = charge.invited(other)
    charge.answer(invitation=invitation, accepts=True, by=other, now=now, address=None)
    assert not claims.waiting_for(reviewer).exists()
    assert claims.own(other).get().state == Claim.State.WITHDRAWN


def test_who_was_let_in_in_another_way_waits_for_no_invitation(
    employer: Employer, operator: User, other: User, make_user: Callable[..., Any], now: datetime
) -> None:
    """Invited, and appointed by an administrator: once removed, the old invitation brings nobody back."""
    _invite(employer, other, operator, now)
    invitation = Invitation.objects.get()
    operators.appoint(
        employer=employer,
        username=other.username,
        reason="单位来函",
        by=make_user("business_administrator", region_code=employer.region_code),
        now=now,
        address=None,
    )
    invitation.refresh_from_db()
    assert invitation.state == Invitation.State.WITHDRAWN and not charge.invitations_of(employer)
    grant = operators.operators_of(employer).get(user=other)
    charge.dismiss(
        employer=employer, grant=grant.pk, reason="离职", by=operator, now=now, address=None
    )
    with pytest.raises(AccountProblem, match="已经办理"):
        charge.answer(invitation=invitation, accepts=True, by=other, now=now, address=None)
    assert not acts_for(other, employer)


def test_a_colleague_who_claimed_the_employer_is_let_in_by_who_is_in_charge(
    employer: Employer, operator: User, second_operator: User, other: User, now: datetime
) -> None:
    claim = claimed(employer, other)
    assert titles(operator) == [f"有账号申请经办{employer.name}的业务"]
    given: dict[str, Any] = {"claim": claim.pk, "reason": "同事", "now": now, "address": None}
    with pytest.raises(AccountProblem, match="只有主经办人"):
        charge.accept(employer=employer, by=second_operator, **given)
    charge.accept(employer=employer, by=operator, **given)
    assert acts_for(other, employer) and _said(employer) == [("appoint", other.username)]
    assert Message.objects.filter(user=other, title__contains="经办人").exists()
    made = claims.own(other).get()
    assert (made.state, made.way, made.reason) == ("chosen", "colleague", "同事")
    assert made.decided_by == operator
    with pytest.raises(Claim.DoesNotExist):
        charge.accept(employer=employer, by=operator, **given)


def test_another_employers_claim_is_not_theirs_to_accept(
    employer: Employer, operator: User, other: User, make_employer: Any, now: datetime
) -> None:
    claim = claimed(make_employer(), other)
    with pytest.raises(Claim.DoesNotExist):
        charge.accept(
            employer=employer, claim=claim.pk, reason="试", by=operator, now=now, address=None
        )


def test_of_an_employer_that_nobody_approved_no_claim_is_shown_or_accepted(
    employer: Employer, operator: User, other: User, now: datetime
) -> None:
    Employer.objects.filter(pk=employer.pk).update(state=Employer.State.UNFILED)
    employer.refresh_from_db()
    claim = claimed(employer, other)
    assert titles(operator) == []
    assert not charge.claims_of(employer).exists()
    with pytest.raises(Claim.DoesNotExist):
        charge.accept(
            employer=employer, claim=claim.pk, reason="试", by=operator, now=now, address=None
        )


def test_who_reviews_by_now_is_not_let_in(
    employer: Employer, operator: User, other: User, now: datetime
) -> None:
    claim = claimed(employer, other)
    Grant.objects.create(user=other, role="bureau_supervisor", region_code="220104")
    with pytest.raises(AccountProblem, match="不能担任"):
        charge.accept(
            employer=employer, claim=claim.pk, reason="试", by=operator, now=now, address=None
        )


def test_who_says_no_does_not_act(
    employer: Employer, operator: User, other: User, now: datetime
) -> None:
    _invite(employer, other, operator, now)
    charge.answer(
        invitation=charge.invited(other).get(), accepts=False, by=other, now=now, address=None
    )
    assert not acts_for(other, employer) and _said(employer) == []


@pytest.mark.parametrize("given", [{"username": "nobody"}, {"name": "别人"}])
def test_asking_tells_nothing_of_accounts(
    employer: Employer, operator: User, other: User, now: datetime, given: dict[str, str]
) -> None:
    _invite(employer, other, operator, now, **given)
    assert not Invitation.objects.exists()


def test_an_officer_is_asked_in_vain(
    employer: Employer, operator: User, reviewer: User, now: datetime
) -> None:
    _invite(employer, reviewer, operator, now)
    assert not Invitation.objects.exists()


def test_an_invitation_of_who_is_no_longer_in_charge_is_void(
    employer: Employer, operator: User, second_operator: User, other: User, now: datetime
) -> None:
    _invite(employer, other, operator, now)
    grant = operators.operators_of(employer).get(user=second_operator)
    charge.hand_over(
        employer=employer, grant=grant.pk, reason="换岗", by=operator, now=now, address=None
    )
    with pytest.raises(AccountProblem, match="重新邀请"):
        charge.answer(
            invitation=charge.invited(other).get(), accepts=True, by=other, now=now, address=None
        )


def test_anothers_invitation_is_not_ones_own(
    employer: Employer, operator: User, second_operator: User, other: User, now: datetime
) -> None:
    _invite(employer, other, operator, now)
    with pytest.raises(Invitation.DoesNotExist):
        charge.answer(
            invitation=charge.invited(other).get(),
            accepts=True, by=second_operator, now=now, address=None,
        )  # fmt: skip


def test_who_is_in_charge_removes_others_and_nobody_else_does(
    employer: Employer, operator: User, second_operator: User, other: User, now: datetime
) -> None:
    grants = {grant.user_id: grant.pk for grant in operators.operators_of(employer)}
    given: dict[str, Any] = {"employer": employer, "reason": "离职", "now": now, "address": None}
    with pytest.raises(AccountProblem, match="只有主经办人"):
        charge.dismiss(grant=grants[operator.pk], by=second_operator, **given)
    with pytest.raises(Grant.DoesNotExist):
        charge.dismiss(grant=grants[operator.pk], by=other, **given)
    charge.dismiss(grant=grants[second_operator.pk], by=operator, **given)
    assert not acts_for(second_operator, employer)
    assert _said(employer) == [("remove", second_operator.username)]


def test_one_leaves_by_ones_own_will(
    employer: Employer, operator: User, second_operator: User, now: datetime
) -> None:
    charge.leave(employer=employer, reason="调离", by=second_operator, now=now, address="10.0.0.1")
    assert not acts_for(second_operator, employer)
    change = OperatorChange.objects.get()
    assert (change.act, change.by, change.reason) == ("leave", second_operator, "调离")
    assert Message.objects.filter(user=operator, title__contains="不再经办").exists()


def test_who_is_in_charge_hands_over_first_and_the_last_one_stays(
    employer: Employer, operator: User, second_operator: User, now: datetime
) -> None:
    given: dict[str, Any] = {"employer": employer, "reason": "调离", "now": now, "address": None}
    with pytest.raises(AccountProblem, match="移交"):
        charge.leave(by=operator, **given)
    charge.leave(by=second_operator, **given)
    with pytest.raises(AccountProblem, match="唯一的经办人"):
        charge.leave(by=operator, **given)


@pytest.mark.parametrize("handed_over", [True, False])
@pytest.mark.parametrize("act", ["dismiss", "leave", "remove"])
def test_what_they_had_typed_goes_as_the_province_says(
    employer: Employer,
    operator: User,
    second_operator: User,
    make_user: Callable[..., Any],
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    act: str,
    handed_over: bool,
) -> None:
    """It stays with the employer, or nobody but themselves reads it any more."""
    monkeypatch.setattr(policy.Policy, "hands_drafts_over", handed_over)
    typed = drafting.save_draft(
        kind=get_kind("contract.new"),
        applicant=employer.party,
        raw={"name": "试小满"},
        case=None,
        by=second_operator,
        now=now,
    )
    given: dict[str, Any] = {
        "employer": employer, "reason": "调离本岗位", "now": now, "address": None,
    }  # fmt: skip
    grant = operators.operators_of(employer).get(user=second_operator).pk
    if act == "leave":
        charge.leave(by=second_operator, **given)
    elif act == "dismiss":
        charge.dismiss(grant=grant, by=operator, **given)
    else:
        above = make_user("business_administrator", region_code="220000")
        operators.remove(grant=grant, by=above, **given)
    assert Case.objects.filter(pk=typed.pk).exists() == handed_over
    kept = [content_of(claim.kept).decode() for claim in claims.own(second_operator) if claim.kept]
    told = Message.objects.filter(user=second_operator, body__contains="保存在“单位认领”")
    assert ([] if handed_over else ["试小满"]) == [text.split("：")[1].strip() for text in kept]
    assert told.exists() != handed_over
