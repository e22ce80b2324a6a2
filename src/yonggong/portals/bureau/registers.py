"""劳动关系登记: collective contracts, special hours permitted, units of harmonious labour relations."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from yonggong.accounts.roles import Power
from yonggong.listings import Condition, Listing, RegionCondition
from yonggong.listings.views import listing_view
from yonggong.portals.access import needs
from yonggong.relations import agreements, listings, permits, recognitions

_TEMPLATE = "portals/bureau/registers.html"
_HERE: tuple[Condition, ...] = (
    RegionCondition(
        name="region",
        label="行政区划",
        field="employer__region_code",
        within=lambda user: user.scope.regions(Power.SEE_REGION),
    ),
)


def _case(row: Any) -> str:
    return reverse("bureau:case", args=[row.pk])


AGREEMENTS = Listing(
    name="bureau-agreements",
    title="集体合同登记",
    columns=listings.AGREEMENTS,
    rows=agreements.visible_to,
    conditions=(*listings.AGREEMENT_CONDITIONS, *_HERE),
    row_link=_case,
    empty="没有登记的集体合同。",
)
PERMITS = Listing(
    name="bureau-permits",
    title="特殊工时批准",
    columns=listings.PERMITS,
    rows=permits.visible_to,
    conditions=(*listings.PERMIT_CONDITIONS, *_HERE),
    row_link=_case,
    empty="没有批准的特殊工时。",
)
RECOGNITIONS = Listing(
    name="bureau-recognitions",
    title="和谐劳动关系单位",
    columns=listings.RECOGNITIONS,
    rows=recognitions.visible_to,
    conditions=(*listings.RECOGNITION_CONDITIONS, *_HERE),
    row_link=_case,
    empty="没有认定的和谐劳动关系单位。",
)


@needs(Power.SEE_REGION)
def collective(request: HttpRequest) -> HttpResponseBase:
    """The collective contracts of the region."""
    return listing_view(request, AGREEMENTS, template=_TEMPLATE)


@needs(Power.SEE_REGION)
def special_hours(request: HttpRequest) -> HttpResponseBase:
    """The permits of special hours of the region."""
    return listing_view(request, PERMITS, template=_TEMPLATE)


@needs(Power.SEE_REGION)
def recognised(request: HttpRequest) -> HttpResponseBase:
    """The units recognised in the region."""
    return listing_view(request, RECOGNITIONS, template=_TEMPLATE)
