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
from django.utils import timezone

from yonggong.accounts import devices

_STARTED = "session_started"
_TOUCHED = "session_touched"
# Writing the session on every request would double the cost of reading a page.
_TOUCH_EVERY_SECONDS = 60
_MUST_ENROL = "must_enrol"
_PROVED, _PROVED_SECONDS = "proved_at", 15 * 60


def sign_in(get_response: Callable[[HttpRequest], HttpResponse]):  # type: ignore[no-untyped-def]
    """Set `request.user`; end sessions that idled or lived too long; force password changes."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.user = AnonymousUser()
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            _resume(request)
        if request.user.is_authenticated and (first := _first(request)):
            request.held_up_by = first
            # What a page asks for by itself: the page that comes first would stand inside it.
            if request.headers.get("HX-Request") == "true":
                return HttpResponse(status=204)
            return HttpResponseRedirect(reverse(first))
        return get_response(request)

    return middleware


def must_enrol(session: SessionBase, must: bool) -> None:
    """Note in a session whether its person must get a second factor before anything else."""
    if must:
        session[_MUST_ENROL] = True
    else:
        session.pop(_MUST_ENROL, None)


def has_to_enrol(session: SessionBase) -> bool:
    """Whether the session's person must get a second factor before anything else."""
    return bool(session.get(_MUST_ENROL))


def proved_lately(session: SessionBase, *, now: float) -> bool:
    """Whether its person proved who they are a short time ago, as who changes the proofs must."""
    return now - float(session.get(_PROVED, 0)) < _PROVED_SECONDS


def note_proved(session: SessionBase, *, now: float) -> None:
    """They proved it again."""
    session[_PROVED] = now


def start_session(request: HttpRequest, *, now: float) -> None:
    """Mark the session's beginning; called at sign-in."""
    request.session[_STARTED] = now
    request.session[_TOUCHED] = now
    note_proved(request.session, now=now)


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
        address = request.META.get("REMOTE_ADDR") or None
        devices.touch(session.session_key, address=address, now=timezone.now())


def comes_first(request: HttpRequest) -> str:
    """The name of the page that its person must be done with before any other; "" where there is none."""
    if request.user.must_change_password:  # type: ignore[union-attr]
        return "password"
    return "security" if has_to_enrol(request.session) else ""


def _first(request: HttpRequest) -> str:
    """The same; "" also where this is a part of it, or open to everybody."""
    first = comes_first(request)
    if not first:
        return ""
    page = reverse(first)
    is_there = request.path.startswith(page) if first == "security" else request.path == page
    always = request.path == reverse("sign-out") or request.path.startswith(settings.STATIC_URL)
    return "" if is_there or always else first
