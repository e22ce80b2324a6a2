"""What a person does with messages."""

from __future__ import annotations

from datetime import datetime

from yonggong.accounts.models import User
from yonggong.reminders.models import Message


def mark_read(*, by: User, now: datetime, message: int | None = None) -> int:
    """Mark one message, or all, of `by` as read; returns how many were unread."""
    rows = Message.objects.filter(user=by, read_at__isnull=True)
    if message is not None:
        rows = rows.filter(pk=message)
    return rows.update(read_at=now)
