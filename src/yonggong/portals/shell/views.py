"""Signing in and out, one's password, and the way home."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import authenticate, logout, update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yonggong.accounts import devices, networks
from yonggong.accounts.actions import change_password, record
from yonggong.accounts.backends import is_shut_out, proven_by_code
from yonggong.accounts.models import AccessEntry, User
from yonggong.forms.reading import read_remark
from yonggong.portals import stale
from yonggong.portals.access import address_of, signed_in, user_of
from yonggong.portals.shell.beginning import begin, destination, portal_home
from yonggong.portals.typed import held_by

# One answer for a wrong password, an unknown account, a locked, frozen or cancelled one: the
# page must not tell which accounts exist.
_REFUSED = "账号或密码不正确，或者账号已被锁定、停用。"


def home(request: HttpRequest) -> HttpResponse:
    """The public front page; for signed-in people the way to their portal."""
    if isinstance(request.user, User):
        return redirect(portal_home(request.user))
    ended = getattr(request, "session_ended", False)
    context = {
        "ended": ended,
        "register": stale.register_url(),
        "person": networks.is_served("person"),
    }
    return render(request, "portals/front.html", context)


@require_GET
def icon(request: HttpRequest) -> HttpResponse:
    """The mark, under the name by which browsers ask for it beside a file that they show themselves."""
    return redirect(static("portals/mark.svg"))


@sensitive_post_parameters("password", "code")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for account and password; lead back to where the person came from (`next`), or on with
    what they had typed into a form that could not be taken."""
    typed = held_by(request) if request.method == "POST" else None
    if isinstance(request.user, User) and typed is None:
        return redirect(destination(request) or portal_home(request.user))
    problem = ""
    if request.method == "POST":
        user = authenticate(
            request,
            username=_typed_name(request),
            password=request.POST.get("password", ""),
            code=request.POST.get("code", "")[:40],
        )
        if isinstance(user, User) and not user.is_of_another_network:
            both, to = proven_by_code(request), destination(request)
            way = "动态口令、密码" if both else "密码"
            return begin(request, user, way=way, strong=both, typed=typed, to=to)
        _note_failure(request)
        problem = _not_here() if isinstance(user, User) else _REFUSED
    return stale.sign_in_page(
        request,
        problem=problem,
        username=_typed_name(request),
        next=destination(request),
        typed=typed,
        status=422 if problem else 200,
    )


def _not_here() -> str:
    """Told to who knows the password alone: the account is of the other network."""
    return f"该账号不在本网络办理业务，请从{networks.other()}登录。"


def _typed_name(request: HttpRequest) -> str:
    """The account as typed; cut where it is longer than any account."""
    return read_remark(request.POST.get("username", ""), most=60)


def _note_failure(request: HttpRequest) -> None:
    """Log the failure. A name that is no account is not kept: it may be a mistyped password."""
    if is_shut_out(request):
        return
    known = User.objects.named(_typed_name(request)).first()
    subject = f"账号 {known.username}" if known else "不存在的账号"
    record(AccessEntry.Kind.SIGN_IN_FAILED, subject, by=known, address=address_of(request))


@require_GET
def session(request: HttpRequest) -> HttpResponse:
    """Who is signed in now: asked by the script of an open page before it sends a form. With the
    answer comes the cookie of the token that forms need."""
    get_token(request)
    user = request.user
    return JsonResponse({"user": str(user.pk) if isinstance(user, User) else ""})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    user = request.user
    if isinstance(user, User):
        record(
            AccessEntry.Kind.SIGN_OUT, f"账号 {user.username}", by=user, address=address_of(request)
        )
    logout(request)
    return redirect("sign-in")


@sensitive_post_parameters("old", "new", "again")
@signed_in
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; an initial one must be changed before anything else."""
    user = user_of(request)
    problems: dict[str, list[str]] = {}
    if request.method == "POST":
        problems = _change(request, user)
        if not problems:
            messages.success(request, "密码已修改，下次登录请使用新密码。")
            return redirect(portal_home(user))
    context = {"problems": problems, "forced": user.must_change_password}
    return render(request, "portals/password.html", context, status=422 if problems else 200)


def _change(request: HttpRequest, user: User) -> dict[str, list[str]]:
    """Change the password as sent; what is wrong with it, by field name, empty where it is done."""
    old, new, again = (request.POST.get(name, "") for name in ("old", "new", "again"))
    # As often wrong as at signing in, by whoever finds a session open.
    if authenticate(request, username=user.username, password=old) != user:
        tried = is_shut_out(request)
        return {"old": ["试错次数过多，请 15 分钟后再试。" if tried else "原密码不正确。"]}
    if new != again:
        return {"again": ["两次输入的新密码不一致。"]}
    if new == old:
        return {"new": ["新密码不能与原密码相同。"]}
    try:
        change_password(user=user, password=new, address=address_of(request))
    except ValidationError as error:
        return {"new": list(error.messages)}
    # Other sessions of this person end; this one goes on.
    before = request.session.session_key
    update_session_auth_hash(request, user)
    devices.goes_on(before, request, user)
    return {}
