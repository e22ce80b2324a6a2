"""Sign-in: lock-out, frozen accounts, the hasher that production uses."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import check_password, get_hasher, make_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from yonggong.accounts import actions, administering, granting
from yonggong.accounts.actions import AccountProblem
from yonggong.accounts.limits import FAILURES_BEFORE_LOCK, LOCK_PERIOD
from yonggong.accounts.models import AccessEntry, SignInFailure, User
from yonggong.registry.parties import Party

pytestmark = pytest.mark.django_db
PASSWORD = "Yonggong-2026"


@pytest.fixture
def user(make_user: Callable[..., Any], agency: Any) -> Any:
    return make_user("reviewer", agency=agency, region_code="220104")


def _try(user: Any, password: str = PASSWORD) -> Any:
    return authenticate(username=user.username, password=password)


def test_the_right_password_signs_in(user: Any) -> None:
    assert _try(user) == user


def test_a_wrong_password_or_name_does_not(user: Any) -> None:
    assert _try(user, "Wrong-2026") is None
    assert authenticate(username="nobody", password=PASSWORD) is None


def test_five_failures_lock_and_the_right_password_no_longer_helps(user: Any) -> None:
    for _ in range(FAILURES_BEFORE_LOCK):
        _try(user, "Wrong-2026")
    assert _try(user) is None


def test_the_lock_ends(user: Any) -> None:
    for _ in range(FAILURES_BEFORE_LOCK):
        _try(user, "Wrong-2026")
    SignInFailure.objects.update(at=timezone.now() - LOCK_PERIOD)
    assert _try(user) == user


def test_a_success_forgets_earlier_failures(user: Any) -> None:
    for _ in range(FAILURES_BEFORE_LOCK - 1):
        _try(user, "Wrong-2026")
    _try(user)
    assert not SignInFailure.objects.exists()


@pytest.mark.parametrize("state", ["frozen", "cancelled"])
def test_a_frozen_or_cancelled_account_does_not_sign_in(user: Any, state: str) -> None:
    User.objects.filter(pk=user.pk).update(state=state)
    assert _try(user) is None


def test_production_hashes_with_argon2() -> None:
    production = importlib.import_module("yonggong.settings")
    assert production.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    encoded = make_password(PASSWORD, hasher=get_hasher("argon2"))
    assert encoded.startswith("argon2$argon2id$")
    assert check_password(PASSWORD, encoded)


@pytest.mark.parametrize(
    "weak", ["short-1A", "alllowercaseletters", "123456789012", "password1234", "UPPERCASEONLY"]
)
def test_a_weak_password_is_refused(user: Any, weak: str) -> None:
    with pytest.raises(ValidationError):
        actions.change_password(user=user, password=weak)


def test_a_new_password_ends_the_forced_change(user: Any) -> None:
    user.must_change_password = True
    actions.change_password(user=user, password="Another-2026x")
    user.refresh_from_db()
    assert not user.must_change_password


def test_initial_passwords_satisfy_the_rules_and_differ(make_user: Any) -> None:
    from django.contrib.auth.password_validation import validate_password

    made = {administering.initial_password() for _ in range(50)}
    assert len(made) == 50
    assert [validate_password(password) for password in made] == [None] * 50


def test_a_reset_is_recorded_and_forces_a_change(user: Any, make_user: Any) -> None:
    admin = make_user("system_administrator", region_code="220000")
    password = administering.administer(account=user, act="reset", by=admin)
    user.refresh_from_db()
    assert user.must_change_password and _try(user, password) == user
    assert AccessEntry.objects.filter(user=admin, detail="重置密码").count() == 1


def test_nobody_freezes_themselves(make_user: Any) -> None:
    admin = make_user("system_administrator", region_code="220000")
    with pytest.raises(AccountProblem):
        administering.administer(account=admin, act="freeze", by=admin)


@pytest.mark.parametrize(
    ("held", "wanted"),
    [
        ("system_administrator", "business_administrator"),
        ("system_administrator", "auditor"),
        ("business_administrator", "auditor"),
    ],
)
def test_no_one_holds_two_of_the_three_powers(make_user: Any, held: str, wanted: str) -> None:
    user = make_user(held, region_code="220000")
    with pytest.raises(AccountProblem, match="不得兼任"):
        granting.grant(user=user, role=wanted, region_code="220000", by=None)


def test_a_username_is_taken_once(user: Any) -> None:
    with pytest.raises(AccountProblem, match="已被使用"):
        actions.create_user(username=user.username, name="试", password=PASSWORD, by=None)


def test_an_account_is_one_persons_for_good(make_user: Callable[..., Any]) -> None:
    user, chief = make_user("reviewer"), make_user("system_administrator", region_code="220000")
    first, second = (Party.objects.create(kind="person", name=name) for name in ("甲", "乙"))
    actions.identify(user=user, person=first.pk, by=chief)
    actions.identify(user=user, person=first.pk, by=chief)
    with pytest.raises(AccountProblem, match="另一人"):
        actions.identify(user=user, person=second.pk, by=chief)
    user.refresh_from_db()
    assert user.person == first
    assert AccessEntry.objects.filter(subject=f"账号 {user.username}", user=chief).exists()
