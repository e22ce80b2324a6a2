"""Who may open a page, and what a page needs to know of the request it answers."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from yonggong.accounts.models import User
from yonggong.accounts.roles import ROLES, Portal, Power, Role
from yonggong.forms.reading import read_key
from yonggong.portals import stale
from yonggong.portals.typed import in_part, typed_in

View = Callable[..., HttpResponseBase]


def needs(*powers: Power, within: Portal | None = None) -> Callable[[View], View]:
    """Open the page to those who hold any of `powers`, by a role of a portal (`within`) where it
    says so; for other signed-in people it does not
    exist (404), others are sent to sign in. Where the power holds is the query's matter."""
    wanted = frozenset(powers)

    def opens(role: Role) -> bool:
        return bool(role.powers & wanted) and within in (None, role.portal)

    return _only(
        lambda user: any(opens(grant.role) for grant in user.scope.grants),
        frozenset(key for key, role in ROLES.items() if opens(role)),
    )


def portal(name: Portal) -> Callable[[View], View]:
    """Open the page to those who have a role in this portal, as `needs` does for powers."""
    return _only(
        lambda user: any(grant.role.portal == name for grant in user.scope.grants),
        frozenset(key for key, role in ROLES.items() if role.portal == name),
    )


def signed_in(view: View) -> View:
    """Open the page to anybody who is signed in."""
    return _only(lambda user: True, frozenset(ROLES))(view)


def roles_of(view: View) -> frozenset[str] | None:
    """The roles that a page is open to, as its guards say; None for one that is open to anybody."""
    return getattr(view, _OPEN_TO, None)


_OPEN_TO = "open_to_roles"


def _only(allowed: Callable[[User], bool], roles: frozenset[str]) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            user = request.user
            if not isinstance(user, User):
                return _to_sign_in(request)
            if not allowed(user):
                raise Http404
            return view(request, *args, **kwargs)

        within = roles_of(view)
        setattr(guarded, _OPEN_TO, roles if within is None else roles & within)
        return guarded

    return decorate


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send to the sign-in page, which leads back here. A part of a page (htmx) is replaced by
    the whole sign-in page, and leads back to the page it was part of. A script that tells people
    itself hears 401. A form that was sent is answered by the page itself, with what was typed."""
    if in_part(request):
        return HttpResponse(status=401)
    partial = request.headers.get("HX-Request") == "true"
    if not partial and (typed := typed_in(request)):
        return stale.signed_out(request, typed)
    here = request.headers.get("HX-Current-URL", "/") if partial else request.get_full_path()
    asked = {} if request.method not in ("GET", "HEAD") and not partial else {"next": here}
    if getattr(request, "session_ended", False):
        asked["ended"] = "1"
    address = settings.LOGIN_URL + (f"?{urlencode(asked)}" if asked else "")
    if partial:
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def user_of(request: HttpRequest) -> User:
    """The signed-in person, on a page that only such people reach."""
    user = request.user
    if not isinstance(user, User):
        raise TypeError("the page is open to anybody: guard it with access.signed_in")
    return user


def address_of(request: HttpRequest) -> str | None:
    """The caller's network address as the logs keep it; None where the server does not know."""
    try:
        return str(ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")))
    except ValueError:
        return None


def keys_of(request: HttpRequest, name: str = "ids") -> list[int]:
    """The keys of the rows that were ticked, each once, in the order of the list."""
    keys = map(read_key, request.POST.getlist(name))
    return list(dict.fromkeys(key for key in keys if key is not None))


def page_under(request: HttpRequest, address: str, home: str) -> str:
    """`address` where it is a page of ours under the address `home`, else ""."""
    own = url_has_allowed_host_and_scheme(address, request.get_host())
    return address if own and address.startswith(home) else ""


def moment_of(request: HttpRequest, name: str) -> datetime | None:
    """A moment that our own page sent along; None where it was not made by us."""
    return moment_in(request.POST, name)


def moment_in(sent: Mapping[str, Any], name: str) -> datetime | None:
    """The same, of what was sent in another way."""
    try:
        moment = datetime.fromisoformat(str(sent.get(name, "")))
    except ValueError:
        return None
    return moment if timezone.is_aware(moment) else None


def submission_key(request: HttpRequest) -> UUID | None:
    """The idempotency key that a submitting form carries in ``idempotency_key``; None where it
    carries none, or none that was made by us."""
    try:
        return UUID(request.POST.get("idempotency_key", ""))
    except ValueError:
        return None
