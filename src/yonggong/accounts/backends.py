"""Sign-in by password, limited by account and by where from."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpRequest
from django.utils import timezone

from yonggong.accounts import limits, second_factors
from yonggong.accounts.models import User

# What a request is marked with, for the page: it was not looked at, and why; or a code came first.
_SHUT_OUT, _BY_CODE = "sign_in_shut_out", "sign_in_by_code"


class PasswordBackend(BaseBackend):
    """User name, in whatever case and width, and password.

    Whom others' guesses have shut out may type the code of their app beside the password: whoever has
    the app is no stranger, and their password is looked at.
    """

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        code: str = "",
        **_: Any,
    ) -> User | None:
        if not username or password is None:
            return None
        now = timezone.now()
        user = User.objects.named(username).first()
        source = limits.source_of(request, username, user)
        if limits.shut_out(source, now=now) and not _let_in(request, source, user, code, now):
            # Not hashed, and not logged: a flood costs nothing.
            if request is not None:
                setattr(request, _SHUT_OUT, True)
            return None
        if user is None or not user.is_active:
            # As slow as a wrong password, so that user names can't be probed by timing.
            make_password(password)
        elif check_password(password, user.password):
            limits.forget_failures(source, user)
            return user
        limits.note_failure(source, user=user, now=now)
        return None

    def get_user(self, user_id: int) -> User | None:
        return (
            User.objects.prefetch_related("grants")
            .filter(pk=user_id, state=User.State.ACTIVE)
            .first()
        )


def _let_in(
    request: HttpRequest | None,
    source: limits.Source,
    user: User | None,
    code: str,
    now: datetime,
) -> bool:
    """Whether the right code of the app came along, and no failures of their own are in the way."""
    if request is None or not code or limits.failed_too_often_itself(source, now=now):
        return False
    tried = limits.source_of(request, f"code {source.account.hex()}", user)
    if limits.failed_too_often_itself(tried, now=now):
        return False
    if user is not None and second_factors.check_app_code(user=user, code=code, now=now):
        setattr(request, _BY_CODE, True)
        return True
    limits.note_failure(tried, user=None, now=now)
    return False


def is_shut_out(request: HttpRequest) -> bool:
    """Whether the password was not looked at, for there were too many failures."""
    return getattr(request, _SHUT_OUT, False)


def proven_by_code(request: HttpRequest) -> bool:
    """Whether the app's code came along with the password, and was right."""
    return getattr(request, _BY_CODE, False)


def is_locked(user: User, *, now: datetime) -> bool:
    """Whether somebody is locked out of the account at `now`, at least from where they tried."""
    return user.locked_until is not None and user.locked_until > now
