"""切换单位: an operator of several employers (an agent, a group) works for one of them at a time.

What they see and file is then that employer's alone. The choice lasts for the session; a link to
something of another of their employers asks first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.forms.reading import read_key
from yonggong.portals import stale
from yonggong.portals.access import page_under, portal, user_of
from yonggong.portals.carried import OPENED_FOR
from yonggong.portals.employer import elsewhere
from yonggong.portals.typed import held_by
from yonggong.registry.models import Employer

Handler = Callable[[HttpRequest], HttpResponse]

_KEPT_AS = "works_for"


def works_for_one(get_response: Handler) -> Handler:
    """In the employer's portal, let an operator of several employers reach only the chosen one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(reverse("employer:home")) and isinstance(request.user, User):
            _narrow(request, request.user)
        return get_response(request)

    def process_view(
        request: HttpRequest, view: Handler, args: Any, given: dict[str, Any]
    ) -> HttpResponse | None:
        if request.path.startswith(reverse("employer:home")):
            return elsewhere.refusal(request, given.get("pk"))
        return None

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Http404 | ObjectDoesNotExist) and request.method == "GET":
            return elsewhere.at_another(request)
        return None

    middleware.process_view = process_view  # type: ignore[attr-defined]
    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def _narrow(request: HttpRequest, user: User) -> None:
    held = user.scope.employers(Power.FILE, department=None)
    if not held:
        return
    kept = request.session.get(_KEPT_AS) if len(held) > 1 else None
    chosen = kept if kept in held else min(held)
    setattr(request, OPENED_FOR, chosen)
    if len(held) > 1:
        request.employers_held = held  # type: ignore[attr-defined]
        user.__dict__["scope"] = user.scope.working_for(chosen)


def _held(request: HttpRequest) -> frozenset[int]:
    """The employers to choose from; empty for whoever has no choice."""
    return getattr(request, "employers_held", frozenset())


@portal("employer")
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponseBase:
    """GET: the employers to choose from, `employer` marked. POST `employer`: work for it, and go
    on to `next`."""
    held = _held(request)
    if not held:
        raise Http404
    if request.method == "POST":
        return _chosen(request, held)
    asked = request.GET.get("employer", "")
    employers = list(Employer.objects.filter(pk__in=held).order_by("name"))
    return render(
        request,
        "portals/employer/choose.html",
        {
            "employers": employers,
            "present": min(user_of(request).scope.employers(Power.FILE)),
            "asked": next((item for item in employers if str(item.pk) == asked), None),
            "next": _safe(request, request.GET.get("next", "")),
        },
    )


def _chosen(request: HttpRequest, held: frozenset[int]) -> HttpResponse:
    asked = read_key(request.POST.get("employer")) or 0
    found = Employer.objects.filter(pk__in=held, pk=asked).first()
    if found is None:
        raise Http404
    request.session[_KEPT_AS] = found.pk
    if typed := held_by(request):
        return stale.again(request, user_of(request), typed)
    messages.success(request, f"现在为{found.name}办理。")
    return redirect(_safe(request, request.POST.get("next", "")) or "employer:home")


def _safe(request: HttpRequest, address: str) -> str:
    """`address` where it is a page of this portal, else ""."""
    return page_under(request, address, reverse("employer:home"))
