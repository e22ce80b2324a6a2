"""Sign-in by password, limited by account and by where from."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpRequest
from django.utils import timezone

from yonggong.accounts import limits
from yonggong.accounts.models import User


class PasswordBackend(BaseBackend):
    """User name, in whatever case and width, and password."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **_: Any,
    ) -> User | None:
        if not username or password is None:
            return None
        now = timezone.now()
        user = User.objects.named(username).first()
        source = limits.source_of(request, username, user)
        if limits.shut_out(source, now=now):
            # Not hashed, and not logged: a flood costs nothing.
            if request is not None:
                request.sign_in_shut_out = True  # type: ignore[attr-defined]
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


def is_locked(user: User, *, now: datetime) -> bool:
    """Whether somebody is locked out of the account at `now`, at least from where they tried."""
    return user.locked_until is not None and user.locked_until > now
