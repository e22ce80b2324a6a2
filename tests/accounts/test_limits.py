"""Who guesses at a password shuts out themselves, not the owner; a flood is not hashed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import hashers
from django.test import Client
from django.utils import timezone

from yonggong.accounts import limits
from yonggong.accounts.administering import Act, administer
from yonggong.accounts.limits import (
    ACCOUNTS_OF_ONE_ADDRESS,
    FAILURES_BEFORE_LOCK,
    OF_ALL_STRANGERS,
    OF_ONE_ADDRESS,
)
from yonggong.accounts.models import AccessEntry, SignInFailure, User

pytestmark = pytest.mark.django_db
PASSWORD = "Yonggong-2026"


@pytest.fixture
def owner(make_user: Callable[..., Any], agency: Any) -> User:
    return make_user("reviewer", agency=agency, region_code="220104")


def _signs_in(client: Client, name: str, password: str = PASSWORD, *, at: str = "10.0.0.1") -> bool:
    asked = {"username": name, "password": password}
    return client.post("/sign-in/", asked, REMOTE_ADDR=at).status_code == 302


def _guesses(name: str, times: int, *, at: str = "10.6.6.6") -> None:
    for _ in range(times):
        assert not _signs_in(Client(), name, "Wrong-2026", at=at)


def test_a_stranger_does_not_lock_the_owner_out(owner: User) -> None:
    _guesses(owner.username, FAILURES_BEFORE_LOCK + 1)
    assert not _signs_in(Client(), owner.username, at="10.6.6.6"), "the stranger is shut out"
    assert _signs_in(Client(), owner.username, at="10.0.0.1")


def test_from_a_browser_that_signed_in_before_the_owner_always_may_try(owner: User) -> None:
    """Also from the stranger's own address, and while guesses come from everywhere."""
    browser = Client()
    assert _signs_in(browser, owner.username)
    browser.post("/sign-out/")
    for number in range(OF_ALL_STRANGERS // FAILURES_BEFORE_LOCK):
        _guesses(owner.username, FAILURES_BEFORE_LOCK, at=f"10.6.6.{number}")
    assert not _signs_in(Client(), owner.username, at="10.0.0.77"), "guessed at from everywhere"
    assert _signs_in(browser, owner.username, at="10.6.6.1")


def test_a_known_browser_has_its_own_limit(owner: User) -> None:
    browser = Client()
    assert _signs_in(browser, owner.username)
    browser.post("/sign-out/")
    for _ in range(FAILURES_BEFORE_LOCK):
        assert not _signs_in(browser, owner.username, "Wrong-2026")
    assert not _signs_in(browser, owner.username)


def test_a_browsers_mark_is_no_strangers_to_make(owner: User) -> None:
    forged = Client()
    forged.cookies["known"] = '{"1": "abc"}'
    _guesses(owner.username, FAILURES_BEFORE_LOCK)
    assert not _signs_in(forged, owner.username, at="10.6.6.6")


def test_one_address_may_not_try_account_after_account() -> None:
    for number in range(OF_ONE_ADDRESS):
        _signs_in(Client(), f"nobody{number}", at="10.6.6.6")
    browser = Client()
    User.objects.create(username="somebody", name="某", password=hashers.make_password(PASSWORD))
    assert not _signs_in(browser, "somebody", at="10.6.6.6")
    assert _signs_in(browser, "somebody", at="10.0.0.1")


def test_who_is_shut_out_costs_no_hash_and_no_line_of_the_log(
    owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    _guesses(owner.username, FAILURES_BEFORE_LOCK)
    lines = AccessEntry.objects.count()

    def hashed(*given: object, **options: object) -> bool:
        raise AssertionError("hashed")

    monkeypatch.setattr("yonggong.accounts.backends.check_password", hashed)
    monkeypatch.setattr("yonggong.accounts.backends.make_password", hashed)
    _guesses(owner.username, 3)
    assert AccessEntry.objects.count() == lines


def test_names_that_are_no_account_are_shut_out_alike() -> None:
    """Else the answer's time would tell which accounts exist."""
    _guesses("no-such-account", FAILURES_BEFORE_LOCK)
    source = limits.Source(limits.digest("no-such-account"), "10.6.6.6", "")
    assert limits.shut_out(source, now=timezone.now())


def test_old_failures_are_forgotten(owner: User) -> None:
    _guesses(owner.username, 1)
    SignInFailure.objects.update(at=timezone.now() - timedelta(days=2))
    _guesses(owner.username, 1)
    assert SignInFailure.objects.count() == 1


def test_an_administrator_unlocks_from_everywhere(
    owner: User, make_user: Callable[..., Any]
) -> None:
    _guesses(owner.username, FAILURES_BEFORE_LOCK)
    chief = make_user("system_administrator", region_code="220000")
    administer(account=owner, act=Act.UNLOCK, by=chief)
    assert _signs_in(Client(), owner.username, at="10.6.6.6")


def test_a_list_of_accounts_is_not_gone_through_slowly_either() -> None:
    """One try every five minutes, each at another account: after two hundred the address is shut
    out, and the next goes through only as the first grows a day old."""
    begun, looked_at = timezone.now(), 0
    for number in range(ACCOUNTS_OF_ONE_ADDRESS + 60):
        now = begun + number * timedelta(minutes=5)
        source = limits.Source(limits.digest(f"account{number}"), "10.6.6.6", "")
        if not limits.shut_out(source, now=now):
            limits.note_failure(source, user=None, now=now)
            looked_at += 1
    assert looked_at == ACCOUNTS_OF_ONE_ADDRESS
    other = limits.Source(limits.digest("account1"), "10.0.0.1", "")
    assert not limits.shut_out(other, now=now), "who comes from elsewhere is not concerned"
    assert not limits.shut_out(source, now=now + timedelta(days=1))


def test_one_subscribers_addresses_count_as_one(owner: User) -> None:
    """With IPv6 everybody has more addresses than there are accounts."""
    for number in range(FAILURES_BEFORE_LOCK):
        _guesses(owner.username, 1, at=f"2001:db8:0:1:{number:x}::6")
    assert not _signs_in(Client(), owner.username, at="2001:db8:0:1::ffff")
    assert _signs_in(Client(), owner.username, at="2001:db8:0:2::1")


@pytest.mark.parametrize(
    ("address", "counts_as"),
    [
        (None, None),
        ("10.0.0.1", "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("::1", "::"),
    ],
)
def test_what_counts_as_one_address(address: str | None, counts_as: str | None) -> None:
    assert limits.network_of(address) == counts_as
