"""劳务派遣许可公示: who is licensed to dispatch, for anybody to look up."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yonggong.codes import regions
from yonggong.codes.normalise import plain
from yonggong.portals.public.shell import shell_of
from yonggong.relations import licences

_SHOWN, _MOST_TEXT = 50, 60
STATES = (("", "全部"), ("valid", "有效"), ("expired", "已过期"), ("ended", "已注销、撤销或者吊销"))


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The register, searched by name, code or number, and by how a licence stands today."""
    sought = plain(request.GET.get("q", "").replace("\x00", ""))[:_MOST_TEXT]
    state, today = request.GET.get("state", ""), timezone.localdate()
    found = licences.public(today).order_by("-valid_from", "-pk")
    if sought:
        found = found.filter(
            Q(name__icontains=sought)
            | Q(number__istartswith=sought)
            | Q(employer__credit_code=sought.upper())
        )
    if state in {"valid", "expired", "ended"}:
        found = found.filter(licences.in_state(state, today))
    shown = Paginator(found, _SHOWN).get_page(request.GET.get("page"))
    context = {
        "shell": shell_of(request),
        "sought": sought,
        "state": state,
        "states": STATES,
        "today": today,
        "shown": shown,
        "rows": [
            (licence, licence.state_on(today), regions.full_name(licence.region_code))
            for licence in shown
        ],
    }
    return render(request, "portals/public/licences.html", context)
