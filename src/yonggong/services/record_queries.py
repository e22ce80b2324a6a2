"""Records as far as somebody may see them."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases import queries as case_queries
from yonggong.cases.models import Case
from yonggong.registry.parties import Party
from yonggong.services.record_models import Record, Standing

MOST = 200


def visible_to(user: User) -> QuerySet[Record]:
    """Of cases that exist for `user`; one's own, whoever applied; what an own employer's people have
    through it."""
    scope = user.scope
    mine = set(scope.persons(Power.FILE)) | set(scope.employers(Power.FILE))
    own = Q(subject__in=mine) | Q(unit__in=mine)
    return Record.objects.filter(
        own | case_queries.in_regions(user, Power.SEE_REGION, path="case__")
    )


def standing_visible_to(user: User) -> QuerySet[Standing]:
    """What is in force by such records."""
    return Standing.objects.filter(record__in=visible_to(user)).select_related("subject", "unit")


def history_of(user: User, party: int) -> QuerySet[Record]:
    """The events on a party's records, and on those that people have through it, the latest first;
    what was undone among them."""
    return (
        visible_to(user)
        .filter(Q(subject=party) | Q(unit=party), undoes=None)
        .select_related("case", "unit", "subject", "undone_by")
        .order_by("-pk")
    )


def through(user: User, unit: int) -> QuerySet[Standing]:
    """What people have in force through an employer."""
    return standing_visible_to(user).filter(unit=unit).exclude(subject=unit).order_by("-pk")


def made_by(case: Case) -> list[Record]:
    """What a case wrote."""
    return list(
        case.records.filter(undoes=None).select_related("subject", "undone_by").order_by("pk")
    )


def in_force(user: User, party: int) -> QuerySet[Standing]:
    """What of a party's is in force."""
    return standing_visible_to(user).filter(subject=party).order_by("key", "pk")


def find(user: User, *, name: str) -> list[Party]:
    """Parties whose name begins so and of whom there are records for `user`; at most `MOST`."""
    known = visible_to(user).filter(subject__name__startswith=name).order_by()
    keys = set(known.values_list("subject", flat=True)[:MOST])
    return list(Party.objects.filter(pk__in=keys).order_by("name", "pk"))


def unexpired(on: date) -> Q:
    """Of what is in force that which has not run out on a day."""
    return Q(until=None) | Q(until__gte=on)


def holds(subject: int, key: str, *, on: date, unit: int | None = None) -> bool:
    """Whether a record of somebody is in force on a day, through `unit` where one is given: asked where
    it is theirs to know."""
    held = Standing.objects.filter(
        unexpired(on), subject=subject, key=key, state=Standing.State.IN_FORCE
    )
    return held.filter(unit=unit).exists() if unit else held.exists()
