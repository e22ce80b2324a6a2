"""登录安全: the second factors of one's account, and where it is signed in."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import wraps
from urllib.parse import urlencode

import segno
from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yonggong.accounts import devices, second_factors
from yonggong.accounts.actions import AccountProblem
from yonggong.accounts.middleware import has_to_enrol, must_enrol, note_proved, proved_lately
from yonggong.accounts.models import Authenticator, OpenSession, User
from yonggong.portals import stale
from yonggong.portals.access import address_of, signed_in, user_of
from yonggong.portals.shell.beginning import destination
from yonggong.portals.typed import Typed, held_by
from yonggong.vault import open_sealed, seal

View = Callable[..., HttpResponseBase]
_SECRET = "authenticator_secret"


def proved(view: View, *, back: str = "") -> View:
    """Open the page to whoever proved who they are a short time ago; others do so first, and go on to
    the page `back`. Who finds a session open must not be able to make it theirs."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        return view(request, *args, **kwargs) if is_proved(request) else to_confirm(back)

    return signed_in(guarded)


def is_proved(request: HttpRequest) -> bool:
    """Whether whoever uses the session proved who they are a short time ago."""
    return proved_lately(request.session, now=time.time())


def to_confirm(back: str = "") -> HttpResponse:
    """To where one proves it again, then on to the page `back`."""
    asked = f"?{urlencode({'next': reverse(back)})}" if back else ""
    return redirect(reverse("security-confirm") + asked)


@signed_in
@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """The app, recovery codes, passkeys; and the sessions."""
    user, now = user_of(request), timezone.now()
    context = {
        "required": second_factors.is_required(user),
        "must_enrol": has_to_enrol(request.session),
        "authenticator": Authenticator.objects.filter(user=user).first(),
        "codes_left": user.recovery_codes.filter(used_at=None).count(),
        "passkeys": user.passkeys.order_by("pk"),
        "sessions": devices.open_of(user, now=now),
        "this_session": request.session.session_key,
    }
    return render(request, "portals/security/show.html", context)


@sensitive_post_parameters("password")
@signed_in
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Asks for the password again before proofs are changed; as often wrong as at signing in."""
    user, typed = user_of(request), held_by(request)
    if request.method == "GET":
        return confirm_page(request)
    password = request.POST.get("password", "")
    if authenticate(request, username=user.username, password=password) != user:
        return confirm_page(
            request, typed=typed, problems=["密码不正确，或者试错次数过多，请稍后再试。"]
        )
    note_proved(request.session, now=time.time())
    if typed is not None:
        return stale.again(request, user, typed)
    return redirect(destination(request) or "security")


def confirm_page(
    request: HttpRequest, *, typed: Typed | None = None, problems: Sequence[str] = ()
) -> HttpResponse:
    """Asks for the password, and holds what was `typed` into the form that has to wait for it."""
    context = {"problems": problems, "typed": typed, "next": destination(request)}
    status = 422 if problems else 200
    return render(request, "portals/security/confirm.html", context, status=status)


@sensitive_post_parameters("code")
@proved
@require_http_methods(["GET", "POST"])
def authenticator(request: HttpRequest) -> HttpResponse:
    """GET: the secret as a picture and in letters. POST: the first code that the app shows."""
    user = user_of(request)
    owner = f"session/authenticator/{user.username}"
    if _SECRET not in request.session:
        request.session[_SECRET] = seal(second_factors.new_secret(), owner)
    secret = open_sealed(request.session[_SECRET], owner)
    problems: list[str] = []
    if request.method == "POST":
        try:
            codes = second_factors.set_authenticator(
                user=user,
                secret=secret,
                code=request.POST.get("code", "")[:40],
                address=address_of(request),
                now=timezone.now(),
            )
        except AccountProblem as refused:
            problems = [str(refused)]
        else:
            del request.session[_SECRET]
            return _recovery_codes(request, codes)
    context = {
        "problems": problems,
        "picture": segno.make(second_factors.address_for_app(user, secret)).svg_data_uri(scale=4),
        "letters": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
    }
    status = 422 if problems else 200
    return render(request, "portals/security/authenticator.html", context, status=status)


@proved
@require_POST
def remove_app(request: HttpRequest) -> HttpResponse:
    """Do without the app."""
    try:
        second_factors.remove_authenticator(user=user_of(request), address=address_of(request))
    except AccountProblem as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "动态口令已停用，恢复码同时失效。")
    return redirect("security")


@proved
@require_POST
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes, shown once."""
    user = user_of(request)
    if not second_factors.has_authenticator(user):
        return redirect("security")
    codes = second_factors.renew_recovery_codes(user=user, address=address_of(request))
    return _recovery_codes(request, codes)


def _recovery_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    enrolled(request)
    return render(request, "portals/security/recovery_codes.html", {"codes": codes})


def enrolled(request: HttpRequest) -> None:
    """The account has a second factor now: everything else is open."""
    must_enrol(request.session, False)


@signed_in
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of one's own sessions elsewhere."""
    user: User = user_of(request)
    session = get_object_or_404(OpenSession, pk=pk, user=user)
    if session.session_key == request.session.session_key:
        messages.error(request, "这是您正在使用的设备，请用页面右上角的“退出”。")
        return redirect("security")
    devices.end(session=session, by=user, address=address_of(request))
    messages.success(request, f"{session.device} 已退出。")
    return redirect("security")


@signed_in
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End all of one's own sessions but this one."""
    devices.end_others(
        session_key=request.session.session_key, by=user_of(request), address=address_of(request)
    )
    messages.success(request, "其他设备已全部退出。")
    return redirect("security")
