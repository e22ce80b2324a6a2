"""登记信息: units as registered in the bureau's region, beside what they have filed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from yonggong.accounts.roles import Power
from yonggong.employers import registered
from yonggong.listings import Listing
from yonggong.listings.views import listing_view
from yonggong.portals.access import needs


def _employer_page(row: Any) -> str | None:
    return reverse("bureau:employer", args=[row.employer]) if row.employer else None


REGISTRATIONS = Listing(
    name="bureau-registrations",
    title="登记信息",
    columns=registered.COLUMNS,
    rows=registered.rows,
    conditions=registered.CONDITIONS,
    row_link=_employer_page,
    empty="没有符合条件的登记信息。",
)


@needs(Power.SEE_REGION)
def registrations(request: HttpRequest) -> HttpResponseBase:
    """Who is registered, who has not filed, who is asked to file what."""
    return listing_view(request, REGISTRATIONS, template="portals/list.html")
