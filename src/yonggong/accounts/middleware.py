"""Who is asking: the signed-in user, session limits, the forced change of password."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import get_user, logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

_STARTED = "session_started"
_TOUCHED = "session_touched"
# Writing the session on every request would double the cost of reading a page.
_TOUCH_EVERY_SECONDS = 60


def sign_in(get_response: Callable[[HttpRequest], HttpResponse]):  # type: ignore[no-untyped-def]
    """Set `request.user`; end sessions that idled or lived too long; force password changes."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.user = AnonymousUser()
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            _resume(request)
        user = request.user
        if user.is_authenticated and user.must_change_password:
            allowed = {reverse("password"), reverse("sign-out")}
            if request.path not in allowed and not request.path.startswith(settings.STATIC_URL):
                return HttpResponseRedirect(reverse("password"))
        return get_response(request)

    return middleware


def start_session(request: HttpRequest, *, now: float) -> None:
    """Mark the session's beginning; called at sign-in."""
    request.session[_STARTED] = now
    request.session[_TOUCHED] = now


def is_over(session: SessionBase, *, now: float) -> bool:
    """Whether the session idled or lived too long, or never began."""
    touched = session.get(_TOUCHED)
    return touched is None or (
        now - touched > settings.SESSION_IDLE_SECONDS
        or now - session[_STARTED] > settings.SESSION_LIFE_SECONDS
    )


def _resume(request: HttpRequest) -> None:
    session, now = request.session, time.time()
    touched = session.get(_TOUCHED)
    if touched is None:
        return
    idle = now - touched
    if is_over(session, now=now):
        logout(request)
        request.session_ended = True  # type: ignore[attr-defined]
        return
    request.user = get_user(request)
    if idle > _TOUCH_EVERY_SECONDS:
        session[_TOUCHED] = now
