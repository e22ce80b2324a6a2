"""Reads about versions of items and what is proposed, each beginning from what the asker may see."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases.item_models import ItemProposal, ItemVersion
from yonggong.cases.kinds import find_kind
from yonggong.catalogue import own_titles
from yonggong.codes import regions
from yonggong.registry.queries import within

_State = ItemProposal.State


def reached(user: User) -> Q:
    """What holds everywhere, in the regions of those who look after items, above or below these."""
    own = user.scope.regions(Power.MANAGE_ITEMS, department=None)
    above = {over for code in own for over in regions.upwards(code)}
    if not own:
        return Q(pk__in=[])
    return Q(region_code="") | Q(region_code__in=above) | within(own)


def versions_visible_to(user: User) -> QuerySet[ItemVersion]:
    """The versions of items that exist for `user`."""
    return ItemVersion.objects.filter(reached(user)).select_related("proposed_by", "approved_by")


def latest_visible_to(user: User) -> QuerySet[ItemVersion]:
    """The newest version of each item and region, and whether a change waits to be approved; the
    platform's own items that have no code yet are nobody's to look after."""
    to_come = [key for key in own_titles() if find_kind(key) is None]
    alike = Q(key=OuterRef("key"), region_code=OuterRef("region_code"))
    newer = ItemVersion.objects.filter(alike, number__gt=OuterRef("number"))
    waiting = ItemProposal.objects.filter(alike, state=_State.WAITING)
    found = (
        versions_visible_to(user).filter(~Exists(newer)).exclude(key__in=to_come).defer("content")
    )
    return found.annotate(waits=Exists(waiting))


def proposals_visible_to(user: User) -> QuerySet[ItemProposal]:
    """What was proposed, of what exists for `user`."""
    around = ItemProposal.objects.select_related("proposed_by", "decided_by", "version")
    return around.filter(reached(user))


def waiting_for(user: User) -> QuerySet[ItemProposal]:
    """What waits to be approved, the oldest first."""
    return proposals_visible_to(user).filter(state=_State.WAITING).order_by("pk")


def versions_of(user: User, key: str) -> QuerySet[ItemVersion]:
    """The versions of one item that exist for `user`, the newest first."""
    return versions_visible_to(user).filter(key=key).defer("content").order_by("-number")


def region_name(code: str) -> str:
    """Where a version holds, in words."""
    return regions.full_name(code) if code else "全部地区"
