"""Every read about accounts, taking who asks."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from yonggong.accounts.models import AccessEntry, User
from yonggong.accounts.roles import Power
from yonggong.codes import regions


def users_visible_to(user: User) -> QuerySet[User]:
    """Accounts that `user` administers: those with a grant inside the user's regions."""
    scope = user.scope
    codes = scope.regions(Power.MANAGE_ACCOUNTS, Power.GRANT_RIGHTS)
    if not codes:
        return User.objects.none()
    inside = Q()
    for code in codes:
        low, high = regions.span(code)
        for path in ("grants__region_code", "grants__employer__region_code"):
            inside |= Q(**{f"{path}__gte": low, f"{path}__lt": high})
    return User.objects.filter(inside | Q(grants__isnull=True)).distinct()


def access_log_visible_to(user: User) -> QuerySet[AccessEntry]:
    """The access log, for those with the power to read logs; for others it does not exist."""
    if not user.may(Power.SEE_LOGS):
        return AccessEntry.objects.none()
    return AccessEntry.objects.select_related("user")
