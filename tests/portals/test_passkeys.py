"""Passkeys: a challenge for one session and one answer, a finger or PIN, a count that only grows."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.accounts.software_key import SoftwareKey
from yonggong.accounts import passkeys, second_factors
from yonggong.accounts.limits import OF_ALL_STRANGERS, PROVING
from yonggong.accounts.models import AccessEntry, LimitedAct, Passkey, User
from yonggong.accounts.passkeys import Site

pytestmark = pytest.mark.django_db
PASSWORD = "Yonggong-2026"
ADD, SIGN_IN = "/account/security/passkeys/", "/sign-in/passkey/"
HERE = Site("testserver", "http://testserver")


@pytest.fixture
def owner(make_user: Callable[..., User], agency: Any) -> User:
    return make_user("reviewer", agency=agency, region_code="220104")


@pytest.fixture
def at_home(client: Client, owner: User) -> Client:
    client.post("/sign-in/", {"username": owner.username, "password": PASSWORD})
    return client


def options(client: Client, path: str) -> dict[str, Any]:
    return json.loads(client.post(f"{path}options/").content)


def adds(client: Client, key: SoftwareKey, name: str = "办公室电脑") -> Any:
    return client.post(ADD, {"name": name, "credential": key.make(options(client, ADD))})


def signs_in(client: Client, key: SoftwareKey, **more: str) -> Any:
    return client.post(SIGN_IN, {"credential": key.sign(options(client, SIGN_IN)), **more})


@pytest.fixture
def key(at_home: Client) -> SoftwareKey:
    """One that the owner has added."""
    made = SoftwareKey()
    assert adds(at_home, made).status_code == 302
    return made


def test_a_key_signs_in_by_itself(key: SoftwareKey, owner: User) -> None:
    browser = Client()
    answer = signs_in(browser, key, next="/bureau/cases/")
    assert answer.headers["Location"] == "/bureau/cases/"
    assert browser.get("/account/").status_code == 200
    assert AccessEntry.objects.filter(kind="sign_in", user=owner, detail="通行密钥").exists()
    assert Passkey.objects.get().used_at is not None


def test_it_is_enough_where_a_second_factor_is_required(
    key: SoftwareKey, owner: User, settings: Any
) -> None:
    settings.SECOND_FACTOR = "required"
    browser = Client()
    assert signs_in(browser, key).headers["Location"] == "/bureau/"
    assert browser.get("/bureau/cases/").status_code == 200


def test_adding_one_fulfils_what_is_required(client: Client, owner: User, settings: Any) -> None:
    settings.SECOND_FACTOR = "required"
    client.post("/sign-in/", {"username": owner.username, "password": PASSWORD})
    assert client.get("/bureau/cases/").status_code == 302
    adds(client, SoftwareKey())
    assert client.get("/bureau/cases/").status_code == 200


def test_after_the_password_it_is_the_second_step_and_of_that_account_alone(
    key: SoftwareKey, owner: User, make_user: Callable[..., User]
) -> None:
    other = make_user("reviewer", region_code="220104")
    browser, foreign = Client(), SoftwareKey()
    browser.post("/sign-in/", {"username": other.username, "password": PASSWORD})
    adds(browser, foreign)
    browser = Client()
    password = {"username": owner.username, "password": PASSWORD}
    assert browser.post("/sign-in/", password).headers["Location"] == "/sign-in/second/"
    assert "通行密钥" in browser.get("/sign-in/second/").content.decode()
    assert [one["id"] for one in options(browser, SIGN_IN)["allowCredentials"]] != []
    assert signs_in(browser, foreign).status_code == 422
    assert signs_in(browser, key).headers["Location"] == "/bureau/"
    assert AccessEntry.objects.filter(kind="sign_in", detail="密码、通行密钥", user=owner).exists()


def test_a_challenge_is_for_one_answer_one_session_and_one_act(
    key: SoftwareKey, at_home: Client
) -> None:
    browser, other = Client(), Client()
    asked = options(browser, SIGN_IN)
    options(other, SIGN_IN)
    assert other.post(SIGN_IN, {"credential": key.sign(asked)}).status_code == 422
    assert browser.post(SIGN_IN, {"credential": key.sign(asked)}).status_code == 302
    browser.post("/sign-out/")
    assert browser.post(SIGN_IN, {"credential": key.sign(asked)}).status_code == 422
    to_sign = options(at_home, SIGN_IN)
    made = SoftwareKey().make({**to_sign, "user": {"id": key.handle}})
    assert at_home.post(ADD, {"name": "另一", "credential": made}).status_code == 422


def test_a_challenge_holds_five_minutes(key: SoftwareKey) -> None:
    browser = Client()
    asked = options(browser, SIGN_IN)
    session = browser.session
    session["passkey"] = {**session["passkey"], "at": session["passkey"]["at"] - 301}
    session.save()
    assert browser.post(SIGN_IN, {"credential": key.sign(asked)}).status_code == 422


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "https://evil.example"},
        {"domain": "evil.example"},
        {"verifies": False},
        {"count": -1},
        {"handle": "AAAA"},
        {"identity": b"unknown"},
        {"private": SoftwareKey().private},
    ],
)
def test_what_is_not_signed_here_by_that_key_with_a_finger_is_refused(
    key: SoftwareKey, wrong: dict[str, Any]
) -> None:
    """From another site, by nobody verified, with a count that fell back (a copy), for another
    account, by an unknown key, with another signature."""
    assert signs_in(Client(), key).status_code == 302
    tampered = replace(key, **wrong)
    browser = Client()
    assert signs_in(browser, tampered).status_code == 422
    assert browser.get("/account/").status_code == 302
    assert AccessEntry.objects.filter(kind="sign_in_failed", detail="通行密钥").count() == 1


@pytest.mark.parametrize("state", ["frozen", "cancelled"])
def test_an_account_not_in_use_does_not_sign_in(key: SoftwareKey, owner: User, state: str) -> None:
    User.objects.filter(pk=owner.pk).update(state=state)
    assert signs_in(Client(), key).status_code == 422


@pytest.mark.parametrize("wrong", [{"origin": "https://evil.example"}, {"verifies": False}])
def test_a_key_made_elsewhere_or_without_a_finger_is_not_taken(
    at_home: Client, wrong: dict[str, Any]
) -> None:
    answer = adds(at_home, SoftwareKey(**wrong))
    assert answer.status_code == 422 and "没有通过验证" in answer.content.decode()
    assert not Passkey.objects.exists()


def test_an_account_has_several_each_named_and_removable(
    at_home: Client, key: SoftwareKey, owner: User
) -> None:
    phone = SoftwareKey()
    adds(at_home, phone, "本人手机")
    again = adds(at_home, SoftwareKey(), "本人手机")
    assert again.status_code == 422 and "该名称已使用" in again.content.decode()
    assert adds(at_home, SoftwareKey(), " ").status_code == 422
    page = at_home.get("/account/security/").content.decode()
    assert "办公室电脑" in page and "本人手机" in page
    lost = owner.passkeys.get(name="办公室电脑")
    at_home.post(f"{ADD}{lost.pk}/remove/")
    assert signs_in(Client(), key).status_code == 422
    assert signs_in(Client(), phone).status_code == 302
    logged = AccessEntry.objects.filter(user=owner, kind="account").values_list("detail", flat=True)
    assert {"添加通行密钥 办公室电脑", "删除通行密钥 办公室电脑"} <= set(logged)


def test_nobody_removes_anothers(
    key: SoftwareKey, owner: User, make_user: Callable[..., User], at_screen: Any
) -> None:
    stranger = at_screen(make_user("reviewer", region_code="220104"))
    assert stranger.post(f"{ADD}{owner.passkeys.get().pk}/remove/").status_code == 404
    assert owner.passkeys.exists()


def test_the_last_one_stays_where_a_second_factor_is_required(
    at_home: Client, key: SoftwareKey, owner: User, settings: Any
) -> None:
    settings.SECOND_FACTOR = "required"
    at_home.post(f"{ADD}{owner.passkeys.get().pk}/remove/")
    assert second_factors.has_factor(owner)


def test_what_a_key_keeps_of_its_account_says_not_who_it_is(at_home: Client, owner: User) -> None:
    handle = options(at_home, ADD)["user"]["id"]
    assert str(owner.pk) not in handle and owner.username not in handle


def test_whatever_strangers_guess_the_owner_of_a_key_goes_on(key: SoftwareKey, owner: User) -> None:
    for number in range(OF_ALL_STRANGERS):
        asked = {"username": owner.username, "password": "Wrong-2026"}
        Client().post("/sign-in/", asked, REMOTE_ADDR=f"10.6.6.{number}")
    asked = {"username": owner.username, "password": PASSWORD}
    assert Client().post("/sign-in/", asked).status_code == 422
    assert signs_in(Client(), key).status_code == 302


def test_one_address_is_given_so_many_challenges_and_fills_no_log() -> None:
    for _ in range(3):
        Client().post(SIGN_IN, {"credential": "{}"})
    assert not AccessEntry.objects.exists()
    now = timezone.now()
    for _ in range(PROVING.of_address):
        LimitedAct.objects.create(act=PROVING.act, address="127.0.0.1", at=now)
    assert Client().post(f"{SIGN_IN}options/").status_code == 429


def test_nobody_signed_in_is_told_which_keys_there_are(key: SoftwareKey) -> None:
    assert options(Client(), SIGN_IN)["allowCredentials"] == []


_PARTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "rawId", "type", "response", "clientDataJSON", "signature"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(answer=st.text(max_size=60) | _PARTS.map(json.dumps) | st.just("[" * 20_000))
def test_no_answer_however_made_is_a_fault(owner: User, answer: str) -> None:
    known = {"user": owner, "name": "一", "public_key": b"x", "added_at": timezone.now()}
    Passkey.objects.get_or_create(credential=b"id", defaults=known)
    found = passkeys.signed(answer=answer, challenge="", site=HERE, now=timezone.now())
    assert found is None
    with pytest.raises(second_factors.AccountProblem):
        passkeys.add(
            user=owner, name="二", answer=answer, challenge="", site=HERE, address=None,
            now=timezone.now(),
        )  # fmt: skip
