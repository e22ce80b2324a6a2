"""个人登录: name, ID number and a code to the mobile; whoever is not proven so is told what proves them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from yonggong.accounts import one_time_codes
from yonggong.accounts.limits import TooOften
from yonggong.accounts.networks import is_served
from yonggong.accounts.one_time_codes import NotOffered
from yonggong.codes.identity import parse_id_number
from yonggong.forms import Form, Section
from yonggong.portals.access import address_of
from yonggong.portals.contacts import BY_CARD
from yonggong.portals.shell.beginning import destination
from yonggong.portals.shell.proven import NotLetIn, begin, note_refusal
from yonggong.proofs import provider
from yonggong.services import entering
from yonggong.services.entering import Claimed, WrongCode
from yonggong.vault import open_sealed, seal

_KEPT, _OWNER = "entering", "session/entering"
_WAY = "短信验证码"
_ASKED = Form(
    name="entering",
    title="个人登录",
    sections=(Section(name="person", title="本人", fields=BY_CARD),),
)


@sensitive_post_parameters("number", "mobile")
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Who one is; POST sends a code to the mobile given, whoever that may be."""
    _must_be_served()
    problems: dict[str, list[str]] = {}
    if request.method == "POST":
        cleaned = _ASKED.clean(request.POST)
        problems = cleaned.said
        if not problems:
            try:
                _send(request, cleaned.values)
                return redirect("sign-in-person-code")
            except (TooOften, NotOffered) as refused:
                problems["mobile"] = [str(refused)]
    context = {
        "problems": problems,
        "offered": one_time_codes.offered(),
        "next": destination(request),
        "name": request.POST.get("name", "")[:50],
        "number": request.POST.get("number", "")[:20],
        "mobile": request.POST.get("mobile", "")[:20],
    }
    return _page(request, "ask", context)


def _send(request: HttpRequest, values: Any) -> None:
    number = parse_id_number(str(values["number"])).number
    claimed = Claimed(str(values["name"]), number, str(values["mobile"]))
    key = entering.ask(claimed, address=address_of(request), now=timezone.now())
    request.session[_KEPT] = {
        "key": str(key),
        "next": destination(request),
        **{part: seal(getattr(claimed, part), f"{_OWNER}/{part}") for part in _PARTS},
    }


_PARTS = ("name", "number", "mobile")


@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The code that was sent: in, or on to what proves somebody."""
    _must_be_served()
    kept = request.session.get(_KEPT)
    if kept is None:
        return redirect("sign-in-person")
    problems: dict[str, list[str]] = {}
    if request.method == "POST":
        claimed = Claimed(*(open_sealed(kept[part], f"{_OWNER}/{part}") for part in _PARTS))
        try:
            account = entering.enter(
                claimed,
                key=kept["key"],
                code=request.POST.get("code", "")[:20],
                address=address_of(request),
                now=timezone.now(),
            )
            del request.session[_KEPT]
            if account is not None:
                return begin(request, account, _WAY, strong=False, to=kept["next"])
            note_refusal(request, _WAY, "个人登录：姓名、号码与手机号没有依据是同一人")
            return redirect("sign-in-person-unproven")
        except (WrongCode, NotLetIn) as refused:
            problems["code"] = [str(refused)]
    return _page(request, "code", {"problems": problems})


@require_GET
def unproven(request: HttpRequest) -> HttpResponse:
    """What proves who somebody is, and what there is for them until then."""
    _must_be_served()
    offered = provider.title() if provider.is_configured() else ""
    return _page(request, "unproven", {"problems": {}, "provider": offered})


def _must_be_served() -> None:
    if not is_served("person"):
        raise Http404


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    context["demonstration"] = settings.DEMONSTRATION
    status = 422 if context["problems"] else 200
    return render(request, f"portals/sign_in/person_{name}.html", context, status=status)
