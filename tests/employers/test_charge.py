"""An employer's operators among themselves: in charge, asked to join, leaving, removed; all recorded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from yonggong.accounts.actions import AccountProblem
from yonggong.accounts.models import Grant, User
from yonggong.employers import charge, operators
from yonggong.employers.models import Invitation, OperatorChange
from yonggong.registry.models import Employer
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
    with pytest.raises(AccountProblem, match="已经办理"):
        charge.answer(invitation=invitation, accepts=True, by=other, now=now, address=None)


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
