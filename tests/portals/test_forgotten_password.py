"""A forgotten password through a code on the mobile: nobody learns who is here, nobody else gets in."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from yonggong.accounts.limits import OF_ALL_STRANGERS
from yonggong.accounts.models import AccessEntry, OneTimeCode, SignInFailure, User
from yonggong.accounts.one_time_codes import TRIES, VALID

pytestmark = pytest.mark.django_db
MOBILE, OTHER = "13812345678", "13987654321"
OLD, NEW = "Yonggong-2026", "Changchun#2027"
ASK, CODE, PASSWORD = (f"/sign-in/forgotten/{part}" for part in ("", "code/", "password/"))


@pytest.fixture(autouse=True)
def demonstration(settings: Any) -> None:
    settings.DEMONSTRATION = True


@pytest.fixture
def owner(make_user: Callable[..., User], agency: Any) -> User:
    user = make_user("reviewer", agency=agency, region_code="220104")
    user.keep_mobile(MOBILE)
    user.save(update_fields=["mobile_sealed"])
    return user


def asks(client: Client, username: str, mobile: str = MOBILE, at: str = "10.0.0.1") -> Any:
    return client.post(ASK, {"username": username, "mobile": mobile}, REMOTE_ADDR=at)


def sent() -> str:
    """The newest code that goes out."""
    text = OneTimeCode.objects.filter(goes_out=True).latest("pk").outgoing[1]
    found = re.search(r"\d{6}", text)
    assert found
    return found[0]


def signs_in(client: Client, user: User, password: str, at: str = "10.0.0.1") -> bool:
    asked = {"username": user.username, "password": password}
    return client.post("/sign-in/", asked, REMOTE_ADDR=at).status_code == 302


def recovers(client: Client, user: User, new: str = NEW) -> Any:
    asks(client, user.username)
    assert client.post(CODE, {"code": sent()}).headers["Location"] == PASSWORD
    return client.post(PASSWORD, {"new": new, "again": new})


def test_who_reads_out_the_code_sets_a_new_password(client: Client, owner: User) -> None:
    assert recovers(client, owner).headers["Location"] == "/sign-in/"
    assert "密码已重新设置" in client.get("/sign-in/").content.decode()
    assert not signs_in(Client(), owner, OLD)
    assert signs_in(Client(), owner, NEW)


def test_every_session_of_the_account_ends(client: Client, owner: User) -> None:
    other = Client()
    signs_in(other, owner, OLD)
    assert other.get("/account/").status_code == 200
    recovers(client, owner)
    assert other.get("/account/").status_code == 302


def _without_token(answer: Any) -> str:
    """Without the form's token, and the number that was typed."""
    return re.sub(r"\b(\w{64}|1\d{10})\b", "", answer.content.decode())


@pytest.mark.parametrize("state", ["active", "frozen", "cancelled"])
def test_the_answer_tells_nothing_of_an_account(owner: User, state: str) -> None:
    """Unknown, known with another number, not in use: the same pages, and the same refusals."""
    User.objects.filter(pk=owner.pk).update(state=state)
    seen = set()
    for username, mobile in ((owner.username, OTHER), ("nobody", "13700000000")):
        browser = Client()
        assert asks(browser, username, mobile).headers["Location"] == CODE
        seen.add(_without_token(browser.get(CODE)))
        for _ in range(TRIES + 1):
            seen.add("wrong" + _without_token(browser.post(CODE, {"code": "123456"})))
        # a second within the minute
        seen.add("again" + _without_token(asks(browser, "x", mobile)))
    assert len(seen) == 3
    assert not OneTimeCode.objects.filter(goes_out=True).exists()


@pytest.mark.parametrize("state", ["frozen", "cancelled"])
def test_an_account_not_in_use_is_sent_nothing(client: Client, owner: User, state: str) -> None:
    User.objects.filter(pk=owner.pk).update(state=state)
    asks(client, owner.username)
    assert not OneTimeCode.objects.filter(goes_out=True).exists()


def test_accounts_of_the_other_network_are_sent_nothing(
    client: Client, owner: User, settings: Any
) -> None:
    settings.NETWORK = "public"
    asks(client, owner.username)
    assert not OneTimeCode.objects.filter(goes_out=True).exists()


def test_five_wrong_codes_and_one_asks_anew(client: Client, owner: User) -> None:
    asks(client, owner.username)
    for _ in range(TRIES):
        assert client.post(CODE, {"code": "wrong"}).status_code == 422
    assert client.post(CODE, {"code": sent()}).status_code == 422
    assert client.get(PASSWORD).headers["Location"] == ASK


def test_a_code_holds_five_minutes(client: Client, owner: User) -> None:
    asks(client, owner.username)
    row = OneTimeCode.objects.get()
    OneTimeCode.objects.update(at=row.at - VALID - timedelta(seconds=1))
    assert client.post(CODE, {"code": sent()}).status_code == 422


def test_a_code_is_of_no_use_in_another_browser(client: Client, owner: User) -> None:
    asks(client, owner.username)
    stranger = Client()
    assert stranger.post(CODE, {"code": sent()}).headers["Location"] == ASK
    assert stranger.post(PASSWORD, {"new": NEW, "again": NEW}).headers["Location"] == ASK


def test_the_last_page_is_open_for_ten_minutes_and_once(client: Client, owner: User) -> None:
    recovers(client, owner)
    assert client.post(PASSWORD, {"new": OLD, "again": OLD}).headers["Location"] == ASK
    OneTimeCode.objects.all().delete()
    asks(client, owner.username)
    client.post(CODE, {"code": sent()})
    session = client.session
    session["recovery"] = {**session["recovery"], "at": time.time() - 601}
    session.save()
    assert client.get(PASSWORD).headers["Location"] == ASK


@pytest.mark.parametrize(
    ("new", "again", "said"),
    [
        ("short", "short", "至少"),
        (NEW, "another", "两次输入的新密码不一致"),
        (OLD, OLD, "不能与最近"),
    ],
)
def test_a_password_that_will_not_do_is_told_and_the_code_is_not_lost(
    client: Client, owner: User, new: str, again: str, said: str
) -> None:
    asks(client, owner.username)
    client.post(CODE, {"code": sent()})
    answer = client.post(PASSWORD, {"new": new, "again": again})
    assert answer.status_code == 422 and said in answer.content.decode()
    assert client.post(PASSWORD, {"new": NEW, "again": NEW}).status_code == 302


def test_it_leaves_its_trace(client: Client, owner: User) -> None:
    asks(client, owner.username)
    client.post(CODE, {"code": "wrong"})
    client.post(CODE, {"code": sent()})
    client.post(PASSWORD, {"new": NEW, "again": NEW})
    asks(client, "my-secret-typed-here", OTHER)
    entries = AccessEntry.objects.order_by("pk").values_list("subject", "detail", "about")
    mine = f"账号 {owner.username}"
    assert list(entries) == [
        (mine, "申请短信验证码找回密码", owner.pk),
        (mine, "找回密码：短信验证码不正确", owner.pk),
        (mine, "凭短信验证码重设密码", owner.pk),
        ("不存在的账号", "申请短信验证码找回密码", None),
    ]


def test_wrong_codes_do_not_fill_the_log(client: Client, owner: User) -> None:
    asks(client, owner.username)
    for _ in range(TRIES + 4):
        client.post(CODE, {"code": "wrong"})
    assert AccessEntry.objects.filter(detail__contains="不正确").count() == TRIES


def test_no_number_stands_in_the_session(client: Client, owner: User) -> None:
    asks(client, owner.username)
    assert MOBILE not in str(client.session["recovery"])


def test_who_has_the_phone_is_not_shut_out_by_a_strangers_guesses(
    client: Client, owner: User
) -> None:
    recovers(client, owner)
    for number in range(OF_ALL_STRANGERS):
        signs_in(Client(), owner, "Wrong-2026", at=f"10.6.6.{number}")
    assert SignInFailure.objects.count() == OF_ALL_STRANGERS
    assert not signs_in(Client(), owner, NEW)
    assert signs_in(client, owner, NEW)


@pytest.mark.parametrize("field", ["username", "mobile"])
def test_what_is_missing_is_told_beside_the_field(client: Client, field: str) -> None:
    answer = client.post(ASK, {"username": "danwei", "mobile": MOBILE, field: ""})
    assert answer.status_code == 422 and f'id="{field}-problem"' in answer.content.decode()


def test_where_nothing_is_sent_the_page_says_whom_to_ask(client: Client, settings: Any) -> None:
    settings.DEMONSTRATION = False
    assert "没有开通短信验证码" in client.get(ASK).content.decode()
    assert asks(client, "danwei").status_code == 422
