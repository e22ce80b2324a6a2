"""A forgotten password, set anew through a code sent to the account's mobile number.

Three pages: account and number, the code, the new password. None tells whether there is such an
account, or whose number it has: until the code is right, both ways look and count the same.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from yonggong.accounts import one_time_codes
from yonggong.accounts.actions import record, recover_password
from yonggong.accounts.limits import TooOften, remember_browser
from yonggong.accounts.models import AccessEntry, User, folded
from yonggong.accounts.one_time_codes import NotOffered, Purpose
from yonggong.forms import Field, FieldType, Form, Section
from yonggong.portals.access import address_of
from yonggong.portals.contacts import MOBILE
from yonggong.portals.shell.beginning import known, still_known
from yonggong.vault import open_sealed, seal
from yonggong.vault.sealing import SealBroken

RECOVERY = Purpose("recovery", "找回密码")
# What the session keeps between the pages; a right code opens the last one for a short time.
_KEPT, _OWNER = "recovery", "session/recovery/mobile"
_ASKED = Form(
    name="recovery",
    title="找回密码",
    sections=(
        Section(
            name="account",
            title="账号",
            fields=(
                Field(name="username", label="账号", type=FieldType.TEXT, required=True),
                MOBILE,
            ),
        ),
    ),
)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Account and mobile number; POST sends a code where they belong together."""
    problems: dict[str, list[str]] = {}
    if request.method == "POST":
        cleaned = _ASKED.clean(request.POST)
        problems = cleaned.said
        if not problems:
            try:
                _send(request, str(cleaned.values["username"]), str(cleaned.values["mobile"]))
                return redirect("forgotten-code")
            except (TooOften, NotOffered) as refused:
                problems["username"] = [str(refused)]
    context = {
        "problems": problems,
        "offered": one_time_codes.offered(),
        "username": request.POST.get("username", "")[:60],
        "mobile": request.POST.get("mobile", "")[:20],
    }
    return _page(request, "ask", context)


def _send(request: HttpRequest, username: str, mobile: str) -> None:
    """Send the code, or nothing, and keep what was asked. Raises `TooOften`, `NotOffered`."""
    user = User.objects.named(username).first()
    key = one_time_codes.send(
        purpose=RECOVERY,
        mobile=mobile,
        about=_about(username),
        in_vain=not _may_recover(user, mobile),
        address=address_of(request),
        now=timezone.now(),
    )
    _note(request, user, "申请短信验证码找回密码")
    request.session[_KEPT] = {
        "key": str(key),
        "username": username,
        "mobile": seal(mobile, _OWNER),
    }


def _may_recover(user: User | None, mobile: str) -> bool:
    return (
        user is not None
        and user.is_active
        and not user.is_of_another_network
        and _mobile_of(user) == mobile
    )


def _mobile_of(user: User) -> str:
    try:
        return user.mobile
    except SealBroken:  # logged where it was found; here it must look as any other number
        return ""


@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The code that was sent; the right one leads to the new password."""
    kept = request.session.get(_KEPT, {})
    if "key" not in kept:
        return redirect("forgotten")
    problems: dict[str, list[str]] = {}
    if request.method == "POST":
        right = one_time_codes.check(
            key=kept["key"],
            purpose=RECOVERY,
            mobile=open_sealed(kept["mobile"], _OWNER),
            about=_about(kept["username"]),
            code=request.POST.get("code", ""),
            now=timezone.now(),
        )
        user = User.objects.named(kept["username"]).first()
        if right and user is not None and user.is_active:
            request.session.cycle_key()
            request.session[_KEPT] = known(user)
            return redirect("forgotten-password")
        failed = kept.get("failed", 0) + 1
        if failed <= one_time_codes.TRIES:  # later ones say nothing new
            _note(request, user, "找回密码：短信验证码不正确")
            request.session[_KEPT] = {**kept, "failed": failed}
        problems["code"] = ["验证码不正确或者已失效。连续五次不正确的，请重新获取。"]
    return _page(request, "code", {"problems": problems})


@sensitive_post_parameters("new", "again")
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """The new password; then one signs in with it."""
    user = still_known(request.session.get(_KEPT, {}))
    if user is None:
        request.session.pop(_KEPT, None)
        return redirect("forgotten")
    problems: dict[str, list[str]] = {}
    if request.method == "POST":
        new, again = request.POST.get("new", ""), request.POST.get("again", "")
        try:
            if new != again:
                problems["again"] = ["两次输入的新密码不一致。"]
            else:
                recover_password(user=user, password=new, address=address_of(request))
        except ValidationError as weak:
            problems["new"] = list(weak.messages)
        if not problems:
            del request.session[_KEPT]
            messages.success(request, "密码已重新设置，请用新密码登录。")
            answer = redirect("sign-in")
            # Whoever has the phone is no stranger: guesses of others do not shut them out here.
            remember_browser(request, answer, user)
            return answer
    return _page(request, "password", {"problems": problems, "username": user.username})


def _about(username: str) -> str:
    return f"账号 {folded(username)}"


def _note(request: HttpRequest, user: User | None, said: str) -> None:
    """In the access log, about the account; a name that is none is not kept."""
    subject = f"账号 {user.username}" if user else "不存在的账号"
    record(
        AccessEntry.Kind.ACCOUNT, subject, said, by=None, about=user, address=address_of(request)
    )


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["problems"] else 200
    context["demonstration"] = settings.DEMONSTRATION
    return render(request, f"portals/sign_in/forgotten_{name}.html", context, status=status)


@require_GET
def shown_messages(request: HttpRequest) -> HttpResponse:
    """What a demonstration would send to mobiles; on any other installation there is no such page."""
    if not settings.DEMONSTRATION:
        raise Http404
    shown = one_time_codes.shown(now=timezone.now())
    return render(request, "portals/sign_in/shown_messages.html", {"shown": shown})
