"""A person's messages, and those that have still to go out."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from yonggong.accounts.models import User
from yonggong.reminders.models import Delivery, Message

_GOES_OUT_FOR = timedelta(days=2)


def messages_of(user: User) -> QuerySet[Message]:
    """The person's own messages, the newest first."""
    return Message.objects.filter(user=user).order_by("-id")


def unread_count(user: User) -> int:
    """How many are unread, up to 100."""
    return Message.objects.filter(user=user, read_at__isnull=True)[:100].count()


def unsent(*, channel: str, today: date) -> QuerySet[Message]:
    """What this channel has not taken up yet, of today and yesterday: older news is no reminder,
    and neither is what was read. The person comes with each message."""
    taken_up = Delivery.objects.filter(message=OuterRef("pk"), channel=channel)
    return (
        Message.objects.filter(
            ~Exists(taken_up),
            on__gt=today - _GOES_OUT_FOR,
            on__lte=today,
            read_at__isnull=True,
            user__state=User.State.ACTIVE,
        )
        .select_related("user")
        .order_by("pk")
    )
