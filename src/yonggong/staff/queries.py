"""Reads about what is ordered, each beginning from what the asker may see."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from yonggong.accounts.models import User
from yonggong.accounts.queries import inside_regions
from yonggong.accounts.roles import Power
from yonggong.cases import queries as case_queries
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.staff.models import Order


def orders_visible_to(user: User) -> QuerySet[Order]:
    """The orders of the regions whose accounts `user` creates or grants. Those of one application
    share its case, which is opened once."""
    codes = user.scope.regions(Power.MANAGE_ACCOUNTS, Power.GRANT_RIGHTS, department=None)
    found = Order.objects.filter(inside_regions(codes, "region_code")).prefetch_related("case")
    return found.select_related("agency", "account", "created_by", "granted_by")


def waiting_for(user: User) -> QuerySet[Order]:
    """Those that wait for `user`: to create, to grant."""
    wanted = Q(pk__in=[])
    if user.may(Power.MANAGE_ACCOUNTS):
        wanted |= Q(state=Order.State.CREATE)
    if user.may(Power.GRANT_RIGHTS):
        wanted |= Q(state=Order.State.GRANT)
    return orders_visible_to(user).filter(wanted)


def applications_visible_to(user: User, kinds: tuple[str, ...]) -> QuerySet[Case]:
    """The applications for accounts that exist for `user`, their own drafts among them."""
    wanted = case_queries.of_kinds(*kinds)
    filed = case_queries.filed_visible_to(user).filter(wanted)
    agencies = user.scope.agencies(Power.APPLY_FOR_ACCOUNTS)
    drafts = Q(filed_by=user, state=State.DRAFT, applicant__in=agencies)
    return Case.objects.filter(Q(pk__in=filed.values("pk")) | drafts, wanted)
