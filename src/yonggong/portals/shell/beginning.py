"""How a session begins: whoever proved who they are is asked for a second factor where the account has
one or must have one, and led on to where they were going.

Every way of signing in ends in `begin`.
"""

from __future__ import annotations

import time
from typing import Any

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from yonggong.accounts import devices, second_factors
from yonggong.accounts.actions import record
from yonggong.accounts.limits import note_failure, remember_browser, shut_out, source_of
from yonggong.accounts.middleware import comes_first, must_enrol, start_session
from yonggong.accounts.models import AccessEntry, User
from yonggong.employers import charge, claims
from yonggong.portals import stale
from yonggong.portals.access import address_of
from yonggong.portals.typed import Typed, held_by

# What the session keeps between the two steps, and for how long.
_HALF, _SECONDS = "half", 600
# Wrong codes of those who have the password and are strangers to the account: all together.
_OF_STRANGERS = 15
_HINT = "手机验证器中显示的 6 位数字；手机不在身边的，可以填写一个恢复码"
_WRONG = "动态口令或者恢复码不正确。口令每 30 秒更换一次，用过的不能再用。"
_TOO_OFTEN = "试错次数过多，请 15 分钟后再试，或者使用通行密钥。"


def begin(
    request: HttpRequest,
    user: User,
    *,
    way: str,
    strong: bool = False,
    typed: Typed | None = None,
    to: str = "",
) -> HttpResponse:
    """Go on with somebody who proved who they are in one `way` (as the log and their list of devices
    call it): the second step, or the session. `strong`: the way is as good as two factors. `typed`:
    what they had typed; `to`: where they were going."""
    asked = "" if strong else second_factors.asked_of(user)
    if asked != "factor":
        return start(request, user, way=way, typed=typed, to=to, enrol=asked == "enrolment")
    request.session.cycle_key()
    request.session[_HALF] = {**known(user), "way": way, "to": to}
    return redirect("second-step") if typed is None else _ask(request, user, typed=typed)


def start(
    request: HttpRequest,
    user: User,
    *,
    way: str,
    typed: Typed | None = None,
    to: str = "",
    enrol: bool = False,
) -> HttpResponse:
    """The session itself, of somebody who has proved all that is asked. `enrol`: they must get a
    second factor before anything else."""
    now, address = timezone.now(), address_of(request)
    login(request, user, backend="yonggong.accounts.backends.PasswordBackend")
    request.session.pop(_HALF, None)
    start_session(request, now=time.time())
    devices.note(request, user, way=way, address=address, now=now)
    record(AccessEntry.Kind.SIGN_IN, f"账号 {user.username}", way, by=user, address=address)
    answer: HttpResponse = redirect(to or portal_home(user))
    if enrol:
        must_enrol(request.session, True)
        answer = redirect("security")
    if typed is not None:
        first = comes_first(request)
        answer = (
            stale.held_up(request, user, typed, first=first)
            if first
            else stale.again(request, user, typed)
        )
    remember_browser(request, answer, user)
    return answer


@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """After the password: a code of the app, or a recovery code."""
    user = half_in(request)
    if user is None:
        return redirect("sign-in")
    if request.method == "GET":
        return _ask(request, user)
    typed = held_by(request)
    now, address = timezone.now(), address_of(request)
    source = source_of(request, f"second step {user.username}", user)
    if shut_out(source, now=now, strangers=_OF_STRANGERS):
        return _ask(request, user, problem=_TOO_OFTEN, typed=typed)
    code = request.POST.get("code", "")[:40]
    way = second_factors.check_code(user=user, code=code, address=address, now=now)
    if not way:
        note_failure(source, user=None, now=now)
        failed = AccessEntry.Kind.SIGN_IN_FAILED
        record(failed, f"账号 {user.username}", "二次验证", by=user, address=address)
        return _ask(request, user, problem=_WRONG, typed=typed)
    return goes_on(request, user, way=way, typed=typed)


def goes_on(request: HttpRequest, user: User, *, way: str, typed: Typed | None) -> HttpResponse:
    """The second step is done, in this way."""
    half = request.session[_HALF]
    return start(request, user, way=f"{half['way']}、{way}", typed=typed, to=half["to"])


def half_in(request: HttpRequest) -> User | None:
    """Whose first step was right in this session, a short time ago."""
    return still_known(request.session.get(_HALF, {}))


def known(user: User) -> dict[str, Any]:
    """What a session keeps of somebody who has proved a part of what is asked."""
    return {"user": user.pk, "mark": user.get_session_auth_hash(), "at": time.time()}


def still_known(kept: dict[str, Any]) -> User | None:
    """Whom a session keeps so (`known`): for a short time, in use, and nothing changed since."""
    if time.time() - kept.get("at", 0) > _SECONDS:
        return None
    user = User.objects.filter(pk=kept.get("user", 0), state=User.State.ACTIVE).first()
    return user if user and user.get_session_auth_hash() == kept["mark"] else None


def _ask(
    request: HttpRequest, user: User, *, problem: str = "", typed: Typed | None = None
) -> HttpResponse:
    context = {
        "problem": problem,
        "hint": _HINT,
        "typed": typed,
        "has_authenticator": second_factors.has_authenticator(user),
        "has_passkey": user.passkeys.exists(),
    }
    status = 422 if problem else 200
    return render(request, "portals/sign_in/second_step.html", context, status=status)


def destination(request: HttpRequest) -> str:
    """The page to go on to, "" where none was named or it lies outside this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return wanted
    return ""


def portal_home(user: User) -> str:
    """The first page of the person's portal; for an account without a role what it claims and which
    employers ask it, or its own page where there is nothing of either."""
    if user.portal:
        return reverse(f"{user.portal}:home")
    asked = claims.own(user).exists() or charge.invited(user).exists()
    return reverse("claims" if asked else "account")
