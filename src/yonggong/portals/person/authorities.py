"""委托代理 of a person: whom they let act for them, and for whom they act. Only for themselves: whoever
acts for a person passes nothing on."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yonggong.accounts.models import User
from yonggong.listings.views import listing_view
from yonggong.portals.pages import authorities, evidence
from yonggong.portals.pages.site import PERSON
from yonggong.portals.person.desk import Desk, at_desk
from yonggong.portals.uploading import takes_files

Page = Callable[..., HttpResponseBase]


def _party(user: User) -> frozenset[int]:
    own = user.scope.person
    return frozenset() if own is None else frozenset({own})


LISTING = authorities.listing(
    name="person-authorities",
    rows=lambda user: authorities.of(*_party(user)),
    link=lambda row: PERSON.url("authorities-one", row.pk),
)


def _own(view: Page) -> Page:
    @at_desk
    @wraps(view)
    def opened(
        request: HttpRequest, desk: Desk, *args: object, **kwargs: object
    ) -> HttpResponseBase:
        # At a counter nobody is there as themselves.
        if desk.user.scope.person is None:
            raise Http404
        return view(request, desk, *args, **kwargs)

    return opened


@_own
def listing(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Who acts for the person, and for whom they act."""
    extra = {"give_url": PERSON.url("authorities-give")}
    return listing_view(request, LISTING, template="portals/pages/authorities.html", extra=extra)


@_own
@require_http_methods(["GET", "POST"])
@takes_files(evidence.MOST_MEGABYTES + 1)
def give(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Let somebody act for oneself."""
    return authorities.give(request, desk, desk.person(desk.user.scope.person or 0), site=PERSON)


@_own
@require_GET
def show(request: HttpRequest, desk: Desk, authority: int) -> HttpResponse:
    """One authority."""
    return authorities.show(request, _party(desk.user), authority, site=PERSON)


@_own
@require_GET
def paper(request: HttpRequest, desk: Desk, authority: int) -> HttpResponse:
    """The paper that it rests on."""
    return authorities.paper(request, desk, _party(desk.user), authority)


@_own
@require_POST
def end(request: HttpRequest, desk: Desk, authority: int) -> HttpResponse:
    """End it, as principal or as agent."""
    return authorities.end(request, desk, _party(desk.user), authority, site=PERSON)
