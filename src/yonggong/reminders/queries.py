"""A person's messages."""

from __future__ import annotations

from django.db.models import QuerySet

from yonggong.accounts.models import User
from yonggong.reminders.models import Message


def messages_of(user: User) -> QuerySet[Message]:
    """The person's own messages, the newest first."""
    return Message.objects.filter(user=user).order_by("-id")


def unread_count(user: User) -> int:
    """How many are unread, up to 100."""
    return Message.objects.filter(user=user, read_at__isnull=True)[:100].count()
