"""Whoever owns an account is told as soon as it is proven in another way from now on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from tests.portals.test_second_step import SECRET, code_now
from yonggong.accounts import actions, second_factors
from yonggong.accounts.administering import administer
from yonggong.accounts.models import User
from yonggong.proofs import binding
from yonggong.reminders.models import Message

pytestmark = pytest.mark.django_db
ADDRESS = "10.0.0.9"


def _bind(user: User) -> None:
    binding.bind(
        account=user, way=binding.Way.PROVIDER, mark="x", shown="电子社保卡", reason="本人", by=user,
        now=timezone.now(), address=ADDRESS,
    )  # fmt: skip


def _set_app(user: User) -> None:
    second_factors.set_authenticator(
        user=user, secret=SECRET, code=code_now(), address=ADDRESS, now=timezone.now()
    )


def _remove_app(user: User) -> None:
    second_factors.remove_authenticator(user=user, address=ADDRESS)


def _change(user: User) -> None:
    actions.change_password(user=user, password="Changchun#2027", address=ADDRESS)


def _recover(user: User) -> None:
    actions.recover_password(user=user, password="Changchun#2027", address=ADDRESS)


def _move(user: User) -> None:
    actions.change_contacts(user=user, mobile="19912345678", email="", address=ADDRESS)


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (_change, "修改密码"),
        (_recover, "凭短信验证码重设密码"),
        (_move, "修改手机号"),
        (_set_app, "设置动态口令"),
        (_remove_app, "停用动态口令"),
        (_bind, "绑定电子社保卡等统一身份认证"),
    ],
)
def test_the_owner_is_told_what_from_where_and_what_to_do(
    reviewer: User, act: Callable[[User], None], said: str
) -> None:
    act(reviewer)
    message = Message.objects.get(user=reviewer)
    assert message.title.startswith(f"账号变更：{said}")
    assert f"从 {ADDRESS}" in message.body and "请立即修改密码" in message.body


@pytest.mark.parametrize(("act", "said"), [("reset", "重置密码"), ("factors", "重置二次验证")])
def test_what_an_administrator_did_is_told_as_theirs(
    reviewer: User, make_user: Any, act: str, said: str
) -> None:
    administrator = make_user("system_administrator", region_code="220000")
    administer(account=reviewer, act=act, by=administrator, address=ADDRESS)
    message = Message.objects.get(user=reviewer)
    assert said in message.title and "由管理员办理" in message.body
    assert ADDRESS not in message.body


def test_two_things_of_one_day_are_two_messages(reviewer: User) -> None:
    _set_app(reviewer), _remove_app(reviewer)
    assert Message.objects.filter(user=reviewer).count() == 2


def test_what_is_no_proof_is_not_told(reviewer: User, make_user: Any) -> None:
    administrator = make_user("system_administrator", region_code="220000")
    for act in ("freeze", "unfreeze", "unlock"):
        User.objects.filter(pk=reviewer.pk).update(locked_until=timezone.now())
        reviewer.refresh_from_db()
        administer(account=reviewer, act=act, by=administrator)
    assert not Message.objects.exists()
