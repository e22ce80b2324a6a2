"""Every read of what people brought from documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from yonggong import policy
from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.codes.regions import span, upwards
from yonggong.sources.models import Confirmation, DaysOffNotice


def confirmations_visible_to(user: User) -> QuerySet[Confirmation]:
    """Confirmations of values that hold where the person works: their regions', and those above."""
    found = Q(pk__in=())
    for region in user.scope.regions():
        low, high = span(region)
        found |= Q(region_code__gte=low, region_code__lt=high) | Q(region_code__in=upwards(region))
    return Confirmation.objects.filter(found).select_related("by")


def days_off_notices() -> QuerySet[DaysOffNotice]:
    """Every notice loaded, the last first; they hold for everybody."""
    return DaysOffNotice.objects.select_related("by").order_by("-pk")


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many values of somebody's regions are still to be compared with their source, and how
    many were last looked at more than a year ago."""

    open: int
    stale: int


def waiting_for(user: User, *, today: date) -> Waiting:
    """What waits for a person who confirms values: those that hold now and that their own regions'
    files set."""
    regions = user.scope.regions(Power.CONFIRM_SOURCES)
    places = {place for region in regions for place in _files_within(region)}
    found = {
        (row.region, row.path): row.state
        for place in places
        for row in policy.explain(place, today)
        if row.region in places
    }
    states = list(found.values())
    return Waiting(states.count("open"), states.count("stale"))


def _files_within(region: str) -> list[str]:
    """The regions within one whose own file sets values."""
    low, high = span(region)
    return [sheet.region for sheet in policy.default_book().sheets if low <= sheet.region < high]
