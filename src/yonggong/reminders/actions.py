"""What a person does with messages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from yonggong.accounts.models import User
from yonggong.reminders.models import Message


def mark_read(*, by: User, now: datetime, messages: Iterable[int] | None = None) -> int:
    """Mark these messages of `by` (keys), or all, as read; returns how many were unread."""
    rows = Message.objects.filter(user=by, read_at__isnull=True)
    if messages is not None:
        rows = rows.filter(pk__in=messages)
    return rows.update(read_at=now)
