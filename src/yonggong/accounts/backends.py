"""Sign-in by password, with lock-out."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from yonggong.accounts.models import User

FAILURES_BEFORE_LOCK = 5
LOCK_PERIOD = timedelta(minutes=15)


class PasswordBackend(BaseBackend):
    """User name and password. Five failures in a row lock the account for fifteen minutes."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **_: Any,
    ) -> User | None:
        if not username or password is None:
            return None
        user = User.objects.filter(username=username).first()
        if user is None:
            # As slow as a wrong password, so that user names can't be probed by timing.
            make_password(password)
            return None
        now = timezone.now()
        if not user.is_active or is_locked(user, now=now):
            make_password(password)
            return None
        if not check_password(password, user.password):
            _count_failure(user, now=now)
            return None
        if user.failed_sign_ins or user.locked_until:
            User.objects.filter(pk=user.pk).update(failed_sign_ins=0, locked_until=None)
        return user

    def get_user(self, user_id: int) -> User | None:
        return (
            User.objects.prefetch_related("grants")
            .filter(pk=user_id, state=User.State.ACTIVE)
            .first()
        )


def is_locked(user: User, *, now: datetime) -> bool:
    """Whether the account is locked out at `now`."""
    return user.locked_until is not None and user.locked_until > now


@transaction.atomic
def _count_failure(user: User, *, now: datetime) -> None:
    User.objects.filter(pk=user.pk).update(failed_sign_ins=F("failed_sign_ins") + 1)
    User.objects.filter(pk=user.pk, failed_sign_ins__gte=FAILURES_BEFORE_LOCK).update(
        failed_sign_ins=0, locked_until=now + LOCK_PERIOD
    )
