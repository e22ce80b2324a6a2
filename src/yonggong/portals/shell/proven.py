"""Signing in by what others vouch for: the session of an account that was found so."""

from __future__ import annotations

import time

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from yonggong.accounts.actions import record
from yonggong.accounts.limits import remember_browser
from yonggong.accounts.middleware import start_session
from yonggong.accounts.models import AccessEntry, User
from yonggong.portals.access import address_of


class NotLetIn(Exception):
    """Nobody is signed in by this; the message is for whoever tried."""


def begin(request: HttpRequest, user: User, said: str) -> HttpResponse:
    """Start the session; `said`: by what. Leads to where they wanted to go. Raises `NotLetIn`."""
    if not user.is_active:
        raise NotLetIn("该账号已冻结或者注销，请联系管理员。")
    if user.is_of_another_network:
        raise NotLetIn("该账号不在本网络办理业务，请从其所属的网络登录。")
    login(request, user, backend="yonggong.accounts.backends.PasswordBackend")
    start_session(request, now=time.time())
    subject, address = f"账号 {user.username}", address_of(request)
    record(AccessEntry.Kind.SIGN_IN, subject, said, by=user, address=address)
    answer: HttpResponse = redirect(next_of(request) or "home")
    remember_browser(request, answer, user)
    return answer


def note_refusal(request: HttpRequest, way: str, why: str) -> None:
    """Log that somebody was not let in."""
    record(AccessEntry.Kind.SIGN_IN_FAILED, way, why, by=None, address=address_of(request))


def next_of(request: HttpRequest) -> str:
    """The page of ours to go on to, "" where none was named."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    own = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if own else ""
