"""What somebody was told, for tests."""

from __future__ import annotations

from yonggong.accounts.models import User
from yonggong.reminders.models import Message


def titles(user: User) -> list[str]:
    """The titles of their messages, the oldest first."""
    return list(Message.objects.filter(user=user).order_by("pk").values_list("title", flat=True))
