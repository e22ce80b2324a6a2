"""委托代理 of an employer: whom it lets act for it, and for whom it acts.

Only for its own people: an agent passes nothing on, and at a counter these pages do not exist.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yonggong.accounts.models import User
from yonggong.listings.views import listing_view
from yonggong.portals.employer.desk import Desk, at_desk
from yonggong.portals.pages import authorities, evidence
from yonggong.portals.pages.site import EMPLOYER
from yonggong.portals.uploading import takes_files

Page = Callable[..., HttpResponseBase]


def _party(user: User) -> frozenset[int]:
    return user.scope.own_employers


LISTING = authorities.listing(
    name="employer-authorities",
    rows=lambda user: authorities.of(*_party(user)),
    link=lambda row: EMPLOYER.url("authorities-one", row.pk),
)


def _own(view: Page) -> Page:
    @at_desk
    @wraps(view)
    def opened(
        request: HttpRequest, desk: Desk, *args: object, **kwargs: object
    ) -> HttpResponseBase:
        if desk.employer.pk not in desk.user.scope.own_employers:
            raise Http404
        return view(request, desk, *args, **kwargs)

    return opened


@_own
def listing(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Who acts for the employer, and for whom it acts."""
    extra = {"give_url": EMPLOYER.url("authorities-give")}
    return listing_view(request, LISTING, template="portals/pages/authorities.html", extra=extra)


@_own
@require_http_methods(["GET", "POST"])
@takes_files(evidence.MOST_MEGABYTES + 1)
def give(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Let somebody act for the employer."""
    return authorities.give(request, desk, desk.employer.party, site=EMPLOYER)


@_own
@require_GET
def show(request: HttpRequest, desk: Desk, authority: int) -> HttpResponse:
    """One authority."""
    return authorities.show(request, _party(desk.user), authority, site=EMPLOYER)


@_own
@require_GET
def paper(request: HttpRequest, desk: Desk, authority: int) -> HttpResponse:
    """The paper that it rests on."""
    return authorities.paper(request, desk, _party(desk.user), authority)


@_own
@require_POST
def end(request: HttpRequest, desk: Desk, authority: int) -> HttpResponse:
    """End it, as principal or as agent."""
    return authorities.end(request, desk, _party(desk.user), authority, site=EMPLOYER)
