"""Every read about accounts, taking who asks."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from yonggong.accounts.models import AccessEntry, Grant, User
from yonggong.accounts.roles import Power
from yonggong.codes import regions


def users_visible_to(user: User) -> QuerySet[User]:
    """Accounts that `user` administers: those without any grant yet, and those whose grants all lie
    inside the user's regions (who also works elsewhere is for an administrator above both)."""
    codes = user.scope.regions(Power.MANAGE_ACCOUNTS, Power.GRANT_RIGHTS)
    if not codes:
        return User.objects.none()
    outside = Grant.objects.filter(~_within(codes), user=OuterRef("pk"))
    return User.objects.filter(~Exists(outside))


def access_log_visible_to(user: User) -> QuerySet[AccessEntry]:
    """The access log of the accounts inside the regions whose logs `user` may read, and what
    nobody known did (a sign-in that failed); for people without that power it does not exist."""
    codes = user.scope.regions(Power.SEE_LOGS)
    if not codes:
        return AccessEntry.objects.none()
    inside = Grant.objects.filter(_within(codes), user=OuterRef("pk"))
    without = ~Exists(Grant.objects.filter(user=OuterRef("pk")))
    accounts = User.objects.filter(Exists(inside) | without).values("pk")
    return AccessEntry.objects.filter(Q(user__in=accounts) | Q(user=None)).select_related("user")


def _within(codes: Iterable[str]) -> Q:
    """Grants that hold inside any of the regions."""
    inside = Q(pk__in=[])
    for code in codes:
        low, high = regions.span(code)
        for path in ("region_code", "employer__region_code"):
            inside |= Q(**{f"{path}__gte": low, f"{path}__lt": high})
    return inside
