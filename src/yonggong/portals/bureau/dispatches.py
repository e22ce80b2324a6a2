"""劳务派遣双方核对: what user units and dispatchers filed of the same workers, until they agree."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.contracts import matching
from yonggong.contracts.dispatch_lists import of_dispatchers, of_user_units
from yonggong.contracts.models import Contract, Posting
from yonggong.listings import RegionCondition
from yonggong.listings.views import listing_view
from yonggong.portals.access import needs
from yonggong.registry.queries import within

_TEMPLATE = "portals/bureau/dispatches.html"


def _posted(user: User) -> QuerySet[Posting]:
    scope = user.scope
    agencies = scope.agencies(Power.REVIEW, Power.FILE_FOR_OTHERS)
    here = Q(agency__in=agencies) | within(scope.regions(Power.SEE_REGION))
    return matching.postings().filter(here)


def _sent(user: User) -> QuerySet[Contract]:
    scope = user.scope
    agencies = scope.agencies(Power.REVIEW, Power.FILE_FOR_OTHERS)
    region = within(scope.regions(Power.SEE_REGION), field="employer__region_code")
    return matching.sent().filter(Q(current__agency__in=agencies) | region)


def _region(field: str) -> RegionCondition:
    return RegionCondition(
        name="region",
        label="行政区划",
        field=field,
        within=lambda user: user.scope.regions(Power.SEE_REGION),
    )


POSTED = of_user_units(
    "bureau-dispatches",
    rows=_posted,
    link=lambda row: reverse("bureau:case", args=[row.pk]),
    own=False,
    more=(_region("region_code"),),
)
SENT = of_dispatchers(
    "bureau-dispatches-sent",
    rows=_sent,
    link=lambda row: reverse("bureau:case", args=[row.current_id]),
    own=False,
    more=(_region("employer__region_code"),),
)


@needs(Power.SEE_REGION)
def posted(request: HttpRequest) -> HttpResponseBase:
    """What user units filed."""
    return listing_view(request, POSTED, template=_TEMPLATE, extra={"of_units": True})


@needs(Power.SEE_REGION)
def sent(request: HttpRequest) -> HttpResponseBase:
    """What dispatchers filed."""
    return listing_view(request, SENT, template=_TEMPLATE, extra={"of_units": False})
