"""Every read about accounts, taking who asks."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from yonggong.accounts.models import AccessEntry, AskedAct, Grant, User
from yonggong.accounts.roles import Power
from yonggong.codes import regions


def users_visible_to(user: User) -> QuerySet[User]:
    """Accounts that `user` administers: of the user's regions or with a grant there, and without any
    grant elsewhere (who also works elsewhere is for an administrator above both)."""
    return _accounts_in(user.scope.regions(Power.MANAGE_ACCOUNTS, Power.GRANT_RIGHTS))


def _accounts_in(codes: Iterable[str]) -> QuerySet[User]:
    held = Grant.objects.filter(user=OuterRef("pk"))
    inside = inside_regions(codes, "region_code") | Exists(held.filter(_within(codes)))
    return User.objects.filter(inside, ~Exists(held.exclude(_within(codes))))


def asked_acts_visible_to(user: User) -> QuerySet[AskedAct]:
    """What system administrators asked for on accounts of the regions in which `user` has power over
    accounts, or watches it; never what concerns the user's own account."""
    powers = (Power.MANAGE_ACCOUNTS, Power.GRANT_RIGHTS, Power.SEE_LOGS)
    accounts = _accounts_in(user.scope.regions(*powers)).exclude(pk=user.pk)
    return AskedAct.objects.filter(account__in=accounts).select_related(
        "account", "asked_by", "decided_by"
    )


def accounts_watched_by(user: User) -> QuerySet[User]:
    """Accounts of the regions whose sign-ins `user` watches; for anybody else none."""
    return _accounts_in(user.scope.regions(Power.WATCH_SESSIONS))


def access_log_visible_to(user: User) -> QuerySet[AccessEntry]:
    """The access log of the regions whose logs `user` may read: what their accounts and people did,
    what was done to their accounts, and what nobody known did (a sign-in that failed) to no account, or
    to one that is nowhere; for people without that power it does not exist."""
    codes = user.scope.regions(Power.SEE_LOGS)
    if not codes:
        return AccessEntry.objects.none()
    held = Grant.objects.filter(user=OuterRef("pk"))
    there = inside_regions(codes, "region_code", "person__region_code")
    accounts = User.objects.filter(there | Exists(held.filter(_within(codes)))).values("pk")
    nowhere = User.objects.filter(~Exists(held), region_code="", person=None).values("pk")
    of_nobody = Q(about=None) | Q(about__in=nowhere)
    return AccessEntry.objects.filter(
        Q(user__in=accounts) | Q(about__in=accounts) | Q(user=None) & of_nobody
    ).select_related("user")


def accounts_at_work_for(user: User, *powers: Power) -> QuerySet[User]:
    """The accounts of the regions in which `user` holds any of the powers, or with a grant there."""
    codes = user.scope.regions(*powers)
    held = Grant.objects.filter(_within(codes), user=OuterRef("pk"))
    return User.objects.filter(inside_regions(codes, "region_code") | Exists(held))


def _within(codes: Iterable[str]) -> Q:
    """Grants that hold inside any of the regions."""
    return inside_regions(codes, "region_code", "party__region_code")


def inside_regions(codes: Iterable[str], *fields: str) -> Q:
    """Rows in which any of the fields lies in any of the regions; none for no codes."""
    inside = Q(pk__in=[])
    for code in codes:
        low, high = regions.span(code)
        for field in fields:
            inside |= Q(**{f"{field}__gte": low, f"{field}__lt": high})
    return inside
