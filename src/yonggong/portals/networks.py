"""On a process group for one network, the pages of the other do not exist (SX-6)."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from yonggong.accounts import networks
from yonggong.accounts.models import User
from yonggong.accounts.roles import AT_COUNTERS, Portal
from yonggong.portals import errors
from yonggong.portals.guide.pages import CHAPTERS

Handler = Callable[[HttpRequest], HttpResponse]
_PORTALS: tuple[Portal, ...] = ("employer", "person", "bureau", "admin")
# Where people come in who are not there yet, and claim an employer; where employers' programs send;
# where anybody asks how their case stands.
_FROM_OUTSIDE = ("/register/", "/claims/", "/api/declared/", "/progress/")


def one_network(get_response: Handler) -> Handler:
    """Middleware, after it is known who asks and whether they stand at a counter: whatever belongs
    to the network that is not served here is answered as what does not exist."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.NETWORK and not _is_here(request):
            return errors.not_found(request, Http404())
        return get_response(request)

    return middleware


def _is_here(request: HttpRequest) -> bool:
    path, user = request.path, request.user
    if isinstance(user, User) and user.is_of_another_network and path != reverse("sign-out"):
        return False
    if settings.NETWORK == networks.OFFICE and path.startswith(_FROM_OUTSIDE):
        return False
    for portal in _PORTALS:
        if path.startswith(reverse(f"{portal}:home")):
            return networks.is_served(portal) or _at_counter(request)
        # Who files at a counter reads the employers' guide.
        chapters = tuple(reverse("guide:chapter", args=[name]) for name in CHAPTERS[portal])
        if path.startswith(chapters):
            return networks.is_served(portal) or settings.NETWORK == networks.OFFICE
    return True


def _at_counter(request: HttpRequest) -> bool:
    """Whether a clerk of the bureau's types for somebody who came with papers."""
    user = request.user
    return (
        settings.NETWORK == networks.OFFICE
        and isinstance(user, User)
        and any(grant.role in AT_COUNTERS for grant in user.scope.grants)
    )
