"""A form whose page had grown stale: the session had ended, its token was of another session, or
somebody else is signed in. The answer holds what was typed, to be sent on by whoever typed it.

Scripts notice all of this before a form is sent (`forms/session.js`); this is for whoever has none.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from yonggong.accounts import networks
from yonggong.accounts.backends import is_shut_out, proven_by_code
from yonggong.accounts.models import User
from yonggong.portals import errors
from yonggong.portals.typed import Typed, in_part, typed_in

_LOCK_RULE = "连续 5 次输错密码，15 分钟内不能再从这里登录该账号。"
_CODE_HINT = "试错次数过多，暂时不能只凭密码登录。设置了动态口令的，请同时填写。"
_ENDED = "登录已失效，本次提交没有办理。刚才填写的内容仍保留在本页，请登录后继续。"
_OLD_PAGE = "页面打开时间过长，或在其他窗口重新登录过，本次提交没有被受理。"


def sign_in_page(
    request: HttpRequest,
    *,
    problem: str = "",
    username: str = "",
    next: str = "",
    typed: Typed | None = None,
    status: int = 200,
) -> HttpResponse:
    """Asks for account and password. `next`: where it leads; `typed`: what it leads on with."""
    context = {
        "problem": problem,
        "lock_rule": _LOCK_RULE,
        "with_code": is_shut_out(request) or proven_by_code(request),
        "code_hint": _CODE_HINT,
        "username": username,
        "next": next,
        "typed": typed,
        "ended": "ended" in request.GET or getattr(request, "session_ended", False),
        "register": register_url(),
    }
    return render(request, "portals/sign_in.html", context, status=status)


def register_url() -> str:
    """The page where employers register themselves, "" where this deployment offers none."""
    if not networks.is_served("employer"):
        return ""
    try:
        return reverse("register")
    except NoReverseMatch:
        return ""


def signed_out(request: HttpRequest, typed: Typed) -> HttpResponse:
    """401: nobody is signed in any more; here one signs in and goes on with what was typed."""
    return sign_in_page(request, problem=_ENDED, typed=typed, status=401)


def again(
    request: HttpRequest, user: User, typed: Typed, *, said: str = "", status: int = 200
) -> HttpResponse:
    """A page that sends on what was typed, once whoever typed it says so. To anybody else it only
    says whose it is (409). `said`: why it was not taken."""
    if typed.opened_by not in ("", str(user.pk)):
        return sign_in_page(request, problem=of_another(user), typed=typed, status=409)
    context = {"typed": typed, "said": said}
    return render(request, "portals/send_again.html", context, status=status)


_FIRST = {"password": "修改初始密码", "security": "设置二次验证"}


def held_up(
    request: HttpRequest, user: User, typed: Typed, *, first: str, status: int = 200
) -> HttpResponse:
    """As `again`, where something else comes first: the page called `first` is opened beside this one,
    which goes on holding what was typed."""
    if typed.opened_by not in ("", str(user.pk)):
        return sign_in_page(request, problem=of_another(user), typed=typed, status=409)
    context = {"typed": typed, "first": first, "what": _FIRST[first]}
    return render(request, "portals/held_up.html", context, status=status)


def keeps_typed(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """What somebody sends who has to do something else first is not lost (`accounts.middleware`)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        first = getattr(request, "held_up_by", "")
        if not first or request.method != "POST" or not _from_here(request):
            return answer
        if in_part(request):
            said = f"本账号须先{_FIRST[first]}，本次操作没有办理，填写的内容仍在本页。"
            return JsonResponse({"message": said}, status=409)
        typed = typed_in(request)
        if typed is None or not isinstance(request.user, User):
            return answer
        return held_up(request, request.user, typed, first=first, status=409)

    return middleware


def of_another(user: User) -> str:
    """Why what another person typed is not done as `user`."""
    return (
        f"本页面由另一账号打开，现在登录的是{user.name}（{user.username}），本次操作没有办理，"
        "填写的内容仍在原页面。"
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form's token does not belong to this session. Where the form was one of our own
    pages, the answer holds what was typed; what another site sent is not shown to anybody."""
    typed = typed_in(request) if _from_here(request) else None
    if typed is None:
        return errors.stale_page(request)
    if isinstance(request.user, User):
        return again(request, request.user, typed, said=_OLD_PAGE, status=403)
    if typed.address == settings.LOGIN_URL:
        name = dict(typed.fields).get("username", "")
        return sign_in_page(request, problem=_OLD_PAGE, username=name, status=403)
    return sign_in_page(request, problem=_OLD_PAGE, typed=typed, status=403)


def _from_here(request: HttpRequest) -> bool:
    sender = request.headers.get("Origin") or request.headers.get("Referer", "")
    parts = urlsplit(sender)
    return f"{parts.scheme}://{parts.netloc}" == f"{request.scheme}://{request.get_host()}"
