"""接口申报: the keys with which the employer's own programs declare wages and insurance. Its own people's page
alone; who is in charge makes and ends keys."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from yonggong.employers import charge
from yonggong.entitlements import interface
from yonggong.entitlements.declaring import Sort
from yonggong.forms.reading import read_line
from yonggong.portals.employer.declared import LISTS, sort_of
from yonggong.portals.employer.desk import Desk, closed, labour


@labour
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, desk: Desk, what: str) -> HttpResponseBase:
    """How a program declares, and the keys; a new one (`program`) is shown this once."""
    sort = _own(request, desk, what)
    if answer := closed(request, desk):
        return answer
    leads = charge.in_charge(desk.employer) == desk.user
    made, status = "", 200
    if request.method == "POST":
        if not leads:
            raise Http404
        try:
            made = interface.issue(
                employer=desk.employer,
                program=read_line(request.POST.get("program", ""))[:50],
                by=desk.user,
                now=desk.now,
                address=desk.address,
            )
        except interface.InterfaceProblem as problem:
            messages.error(request, str(problem))
            status = 422
    context = {
        "what": what,
        "title": LISTS[what].title,
        "leads": leads,
        "made": made,
        "keys": interface.keys_of(desk.employer),
        "most_lines": interface.MOST_LINES,
        "address": request.build_absolute_uri(reverse("declare", args=[what])),
        "schema": reverse("declare-schema", args=[what]),
        "fields": [(field, field.required is True) for field in sort.form.fields],
    }
    answer = render(request, "portals/employer/declared_interface.html", context, status=status)
    answer["Cache-Control"] = "no-store, private"
    return answer


@labour
@require_POST
def end(request: HttpRequest, desk: Desk, what: str, pk: int) -> HttpResponse:
    """Let a key be good no more."""
    _own(request, desk, what)
    if charge.in_charge(desk.employer) != desk.user:
        raise Http404
    key = get_object_or_404(interface.keys_of(desk.employer), pk=pk)
    interface.end(key=key, by=desk.user, now=desk.now, address=desk.address)
    messages.success(request, f"已停用“{key.program}”的接口密钥。")
    return redirect("employer:declared-interface", what)


def _own(request: HttpRequest, desk: Desk, what: str) -> Sort:
    """What is declared, for the employer's own people. Raises 404."""
    if desk.own is None:
        raise Http404
    return sort_of(request, desk, what)
