"""What a person does with messages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.accounts.telling import Told
from yonggong.reminders.models import Message


def write(told: Told) -> None:
    """Write what a person is told at once. The same of one day again takes the place of the last, and
    is unread."""
    Message.objects.update_or_create(
        user_id=told.user,
        topic=told.about,
        on=timezone.localdate(told.at),
        party=None,
        defaults={"title": told.title, "body": told.body, "read_at": None},
    )


def mark_read(*, by: User, now: datetime, messages: Iterable[int] | None = None) -> int:
    """Mark these messages of `by` (keys), or all, as read; returns how many were unread."""
    rows = Message.objects.filter(user=by, read_at__isnull=True)
    if messages is not None:
        rows = rows.filter(pk__in=messages)
    return rows.update(read_at=now)
