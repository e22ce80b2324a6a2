"""Sign-in names are one whatever their case, width and form; passwords that are easy to guess, or
were had before, are refused; a session that ended stays ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client

from yonggong.accounts import actions
from yonggong.accounts.actions import AccountProblem
from yonggong.accounts.administering import Act, administer
from yonggong.accounts.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "Yonggong-2026"


@pytest.fixture
def user(make_user: Callable[..., Any], agency: Any) -> User:
    made = make_user("reviewer", agency=agency, region_code="220104")
    User.objects.filter(pk=made.pk).update(username="Danwei", name="王小明")
    made.refresh_from_db()
    return made


@pytest.mark.parametrize("other", ["danwei", "DANWEI", "Ｄａｎｗｅｉ", "ｄanwei"])
def test_a_name_is_taken_in_every_form(user: User, other: str) -> None:
    with pytest.raises(AccountProblem, match="已被使用"):
        actions.create_user(username=other, name="试", password="Chuntian-8842", by=None)
    with pytest.raises(IntegrityError, match="user_name_once"):
        User.objects.create(username=other, name="试")


@pytest.mark.parametrize("typed", ["Danwei", "danwei", "DANWEI", "ｄａｎｗｅｉ"])
def test_one_signs_in_by_the_name_in_any_form_and_it_is_shown_as_written(
    user: User, typed: str
) -> None:
    client = Client()
    answer = client.post("/sign-in/", {"username": typed, "password": PASSWORD}, follow=True)
    assert "账号：Danwei<" in answer.content.decode()


@pytest.mark.parametrize(
    "weak",
    ["xDanwei-2026", "dAnWeI+99887", "Wangxiaoming-26", "王小明-Abc-2026", "P@ssw0rd-2026!",
     "Sunshine#2026", "Qwertyuiop-1"],
)  # fmt: skip
def test_a_name_in_it_or_a_common_word_is_refused(user: User, weak: str) -> None:
    with pytest.raises(ValidationError):
        actions.change_password(user=user, password=weak)


def test_the_last_five_are_refused_and_older_ones_are_not(user: User) -> None:
    chosen = [f"Chuntian-884{number}x" for number in range(6)]
    for password in chosen:
        actions.change_password(user=user, password=password)
    for password in chosen[1:]:
        with pytest.raises(ValidationError, match="最近 5 次"):
            actions.change_password(user=user, password=password)
    actions.change_password(user=user, password=chosen[0])


def test_one_set_by_no_action_counts_too(user: User) -> None:
    """Of an account that is older than the memory."""
    user.passwords.all().delete()
    with pytest.raises(ValidationError, match="最近 5 次"):
        actions.change_password(user=user, password=PASSWORD)


def test_a_frozen_accounts_session_does_not_live_again(
    user: User, make_user: Callable[..., Any], at_screen: Callable[[Any], Client]
) -> None:
    client = at_screen(user)
    assert client.get("/account/").status_code == 200
    chief = make_user("system_administrator", region_code="220000")
    for act in (Act.FREEZE, Act.UNFREEZE):
        administer(account=User.objects.get(pk=user.pk), act=act, by=chief)
    assert client.get("/account/").status_code == 302
    assert at_screen(user).get("/account/").status_code == 200
