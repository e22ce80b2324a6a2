"""Operators of an employer are appointed and removed by a recorded act, in the administrator's region."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.employers.claiming import with_licence
from yonggong.accounts.models import AccessEntry, Grant, User
from yonggong.employers.models import OperatorChange
from yonggong.registry.models import Employer
from yonggong.reminders.models import Message

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]


@pytest.fixture
def administrator(make_user: Make) -> User:
    user: User = make_user("business_administrator", region_code="220000")
    return user


@pytest.fixture
def desk(at_screen: Callable[[Any], Client], administrator: User) -> Client:
    return at_screen(administrator)


def appoint(desk: Client, employer: Employer, username: str, reason: str = "凭单位证明") -> str:
    address = reverse("admin:operators-appoint", args=[employer.pk])
    answer = desk.post(address, {"username": username, "reason": reason}, follow=True)
    return str(answer.content.decode())


def remove(desk: Client, employer: Employer, grant: Grant, reason: str = "离职") -> str:
    address = reverse("admin:operators-remove", args=[employer.pk, grant.pk])
    answer = desk.post(address, {"reason": reason}, follow=True)
    return str(answer.content.decode())


def test_an_administrator_appoints_and_it_is_recorded(
    desk: Client, administrator: User, employer: Employer, make_account: Make
) -> None:
    account = make_account("second")
    assert "已指定试second" in appoint(desk, employer, "SECOND")
    assert employer.pk in User.objects.get(pk=account.pk).scope.employers()
    change = OperatorChange.objects.get()
    assert (change.act, change.account, change.by, change.reason, change.address) == (
        "appoint", account, administrator, "凭单位证明", "127.0.0.1",
    )  # fmt: skip
    assert "凭单位证明" in Message.objects.get(user=account).body
    assert AccessEntry.objects.filter(about=account, user=administrator, kind="account").exists()
    page = desk.get(reverse("admin:operators-show", args=[employer.pk])).content.decode()
    assert "凭单位证明" in page


def test_the_bureau_sees_who_acts_for_an_employer_and_since_when(
    desk: Client, employer: Employer, reviewer: User, make_account: Make, at_screen: Any
) -> None:
    make_account("second")
    appoint(desk, employer, "second", "原经办人退休")
    address = reverse("bureau:employer", args=[employer.pk])
    shown = at_screen(reviewer).get(address).content.decode()
    assert "试second（second）" in shown and "原经办人退休" in shown


def test_the_last_ones_removal_is_said_before_and_after(
    desk: Client, employer: Employer, operator: User, make_account: Make
) -> None:
    account = make_account("second")
    appoint(desk, employer, "second")
    page = reverse("admin:operators-show", args=[employer.pk])
    assert "唯一的经办人" not in desk.get(page).content.decode()
    assert "没有经办人" not in remove(desk, employer, operator.grants.get())
    assert "唯一的经办人" in desk.get(page).content.decode()
    assert "已没有经办人" in remove(desk, employer, account.grants.get())
    assert not Grant.objects.filter(party=employer.pk).exists()
    for user in (operator, account):
        assert Message.objects.filter(user=user, title__contains="不再是").exists()


def test_without_operator_it_can_be_claimed(
    desk: Client, employer: Employer, operator: User, make_account: Make
) -> None:
    remove(desk, employer, operator.grants.get())
    assert with_licence(employer, make_account("second")).state == "waiting"


@pytest.mark.parametrize("reason", ["", "  ", "长" * 201])
def test_both_say_why(
    desk: Client, employer: Employer, operator: User, make_account: Make, reason: str
) -> None:
    make_account("second")
    assert "请填写理由" in appoint(desk, employer, "second", reason)
    assert "请填写理由" in remove(desk, employer, operator.grants.get(), reason)
    assert list(Grant.objects.filter(party=employer.pk)) == [operator.grants.get()]
    assert not OperatorChange.objects.exists()


def test_nobody_appoints_themself_nor_another_administrator(
    desk: Client, administrator: User, employer: Employer, make_user: Make
) -> None:
    auditor = make_user("auditor", region_code="220000")
    assert "不能变更本人的权限" in appoint(desk, employer, administrator.username)
    assert "不得兼任" in appoint(desk, employer, auditor.username)
    assert not OperatorChange.objects.exists()


def test_accounts_and_employers_of_elsewhere_do_not_exist(
    desk: Client, employer: Employer, make_account: Make, make_employer: Make, make_user: Make
) -> None:
    far = make_employer(region_code="150302")
    theirs = make_user("employer_operator", employer=far)
    assert "本辖区没有该账号" in appoint(desk, employer, theirs.username)
    assert "本辖区没有该账号" in appoint(desk, employer, "nobody")
    make_account("second")
    for name, args in (("appoint", [far.pk]), ("remove", [far.pk, theirs.grants.get().pk])):
        address = reverse(f"admin:operators-{name}", args=args)
        sent = {"username": "second", "reason": "x"}
        assert desk.post(address, sent).status_code == 404
    # Neither is an operator of another employer reached by this one's address.
    address = reverse("admin:operators-remove", args=[employer.pk, theirs.grants.get().pk])
    assert desk.post(address, {"reason": "x"}).status_code == 404
    assert Grant.objects.filter(party=far.pk).count() == 1


def test_a_frozen_account_and_one_that_acts_already_are_not_appointed(
    desk: Client, employer: Employer, operator: User, make_account: Make
) -> None:
    frozen = make_account("second")
    User.objects.filter(pk=frozen.pk).update(state="frozen")
    assert "已冻结" in appoint(desk, employer, "second")
    assert "已是本单位经办人" in appoint(desk, employer, operator.username)


def test_finding_an_employer_tells_nothing_of_elsewhere_and_is_recorded(
    desk: Client, employer: Employer, make_employer: Make
) -> None:
    far = make_employer(region_code="150302", name="乌海试用化工有限公司")
    address = reverse("admin:operators")
    found = desk.post(address, {"credit_code": f" {employer.credit_code.lower()} "})
    assert found["Location"] == reverse("admin:operators-show", args=[employer.pk])
    said = [
        [str(message) for message in desk.post(address, {"credit_code": code}).context["messages"]]
        for code in (far.credit_code, "91220104000000000X")
    ]
    assert said[0] == said[1] and far.name not in said[0][0]
    assert AccessEntry.objects.filter(kind="codes").count() == 3


def test_an_operators_role_is_not_taken_back_without_a_reason(
    desk: Client, employer: Employer, operator: User
) -> None:
    grant = operator.grants.get()
    answer = desk.post(reverse("admin:users-take-back", args=[operator.pk, grant.pk]))
    assert answer["Location"] == reverse("admin:operators-show", args=[employer.pk])
    assert operator.grants.exists()
