"""Every read about secrecy, taking who asks."""

from __future__ import annotations

from django.db.models import QuerySet

from yonggong.accounts.models import User
from yonggong.accounts.queries import accounts_at_work_for
from yonggong.accounts.roles import Power
from yonggong.secrecy.models import UnusualLooking


def unusual_visible_to(user: User) -> QuerySet[UnusualLooking]:
    """What stood out among the looks of accounts whose logs `user` may read, or whose sign-ins they
    watch; never their own."""
    watched = accounts_at_work_for(user, Power.SEE_LOGS, Power.WATCH_SESSIONS)
    found = UnusualLooking.objects.filter(user__in=watched.values("pk")).exclude(user=user)
    return found.select_related("user", "by")
