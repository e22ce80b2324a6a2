"""Passkeys on pages: signing in with one, by itself or as the second step; adding and removing them.

The browser is asked by a script (`passkeys.js`), which fetches what is to be signed and sends the
answer as a form.
"""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from yonggong.accounts import passkeys
from yonggong.accounts.actions import AccountProblem, record
from yonggong.accounts.limits import PROVING, TooOften, count_act
from yonggong.accounts.models import AccessEntry, Passkey
from yonggong.accounts.passkeys import Site
from yonggong.portals import stale
from yonggong.portals.access import address_of, user_of
from yonggong.portals.shell.beginning import begin, destination, goes_on, half_in
from yonggong.portals.shell.security import enrolled, proved
from yonggong.portals.typed import held_by

WAY = "通行密钥"
# A challenge stands in the session, with what it is for, so long.
_KEPT, _SECONDS = "passkey", 300
_FAILED = "通行密钥没有通过验证，或者账号已停用。"


@require_POST
def sign_in_options(request: HttpRequest) -> HttpResponse:
    """What the browser is to sign: with a key of whoever is between the two steps, else any."""
    try:
        count_act(PROVING, user=None, address=address_of(request), now=timezone.now())
    except TooOften as refused:
        return JsonResponse({"said": str(refused)}, status=429)
    options, challenge = passkeys.options_to_sign_in(_site(request), half_in(request))
    return _kept(request, "sign_in", options, challenge)


@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """The signed challenge: the second step, or both at once."""
    half, typed = half_in(request), held_by(request)
    challenge = _challenge(request, "sign_in")
    user = passkeys.signed(
        answer=_answer(request),
        challenge=challenge,
        site=_site(request),
        user=half,
        now=timezone.now(),
    )
    if user is None or user.is_of_another_network:
        if challenge:  # of which one address gets so many: else anybody could fill the log
            failed = AccessEntry.Kind.SIGN_IN_FAILED
            subject = f"账号 {half.username}" if half else "未知账号"
            record(failed, subject, WAY, by=half, address=address_of(request))
        return stale.sign_in_page(
            request, problem=_FAILED, next=destination(request), typed=typed, status=422
        )
    if half is not None:
        return goes_on(request, user, way=WAY, typed=typed)
    return begin(request, user, way=WAY, strong=True, typed=typed, to=destination(request))


@proved
@require_POST
def add_options(request: HttpRequest) -> HttpResponse:
    """What the browser needs to make a key."""
    options, challenge = passkeys.options_to_add(user_of(request), _site(request))
    return _kept(request, "add", options, challenge)


@proved
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """GET: name and button. POST: the key that the browser made."""
    problem = ""
    if request.method == "POST":
        try:
            key = passkeys.add(
                user=user_of(request),
                name=request.POST.get("name", ""),
                answer=_answer(request),
                challenge=_challenge(request, "add"),
                site=_site(request),
                address=address_of(request),
                now=timezone.now(),
            )
        except AccountProblem as refused:
            problem = str(refused)
        else:
            enrolled(request)
            messages.success(request, f"通行密钥“{key.name}”已添加，以后可以用它登录。")
            return redirect("security")
    context = {
        "problem": problem,
        "name": request.POST.get("name", "")[:30],
        "demonstration": settings.DEMONSTRATION,
    }
    return render(request, "portals/security/passkey.html", context, status=422 if problem else 200)


@proved
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget one of one's own keys."""
    user = user_of(request)
    key = get_object_or_404(Passkey, pk=pk, user=user)
    try:
        passkeys.remove(key=key, by=user, address=address_of(request))
    except AccountProblem as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"通行密钥“{key.name}”已删除。")
    return redirect("security")


def _site(request: HttpRequest) -> Site:
    host = request.get_host()
    return Site(domain=host.rsplit(":", 1)[0], origin=f"{request.scheme}://{host}")


def _kept(request: HttpRequest, act: str, options: dict[str, Any], challenge: str) -> JsonResponse:
    request.session[_KEPT] = {"act": act, "challenge": challenge, "at": time.time()}
    return JsonResponse(options)


def _challenge(request: HttpRequest, act: str) -> str:
    """The challenge that this session was given for the act; "" where none, or too long ago. Taken
    away: it is good for one answer."""
    kept = request.session.pop(_KEPT, {})
    lately = time.time() - kept.get("at", 0) < _SECONDS
    return str(kept["challenge"]) if lately and kept["act"] == act else ""


def _answer(request: HttpRequest) -> str:
    return request.POST.get("credential", "")[:20_000]
