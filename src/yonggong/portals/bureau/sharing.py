"""分派办件: how an agency's open work lies with its reviewers, and sharing out what nobody has."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases import sharing
from yonggong.cases.errors import Forbidden
from yonggong.cases.models import Sharing, SharingRule
from yonggong.forms.reading import read_key
from yonggong.portals.access import needs, user_of
from yonggong.registry.models import Agency

_SHOWN = 20


def _agency(user: User, sent: object) -> Agency | None:
    """The agency asked for among those that the supervisor shares out for; where none is, one where
    something waits."""
    own = sharing.agencies_of(user)
    if key := read_key(sent):
        return own.filter(pk=key).first()
    return sharing.waits_at(own).first() or own.first()


@needs(Power.SUPERVISE)
@require_GET
def page(request: HttpRequest) -> HttpResponseBase:
    """The load of an agency's reviewers, and what sharing out would make of it."""
    user = user_of(request)
    agency = _agency(user, request.GET.get("agency", ""))
    context: dict[str, Any] = {"agencies": sharing.agencies_of(user), "agency": agency}
    if agency is not None:
        done = Sharing.objects.filter(agency=agency).select_related("by", "taken_back_by")
        context |= {
            "plan": sharing.plan(agency, on=timezone.localdate()),
            "automatic": SharingRule.objects.filter(agency=agency).select_related("by").first(),
            "done": done.annotate(count=Count("cases")).order_by("-at", "-pk")[:_SHOWN],
        }
    elif request.GET.get("agency"):
        raise Http404
    return render(request, "portals/bureau/sharing.html", context)


@needs(Power.SUPERVISE)
@require_POST
def act(request: HttpRequest) -> HttpResponse:
    """Share out, take back, or have it done as cases arrive."""
    user, now = user_of(request), timezone.now()
    agency = _agency(user, request.POST.get("agency", ""))
    if agency is None:
        raise Http404
    ask = request.POST.get("ask", "")
    try:
        if ask == "share":
            made = sharing.share(agency=agency, by=user, now=now)
            count = made.cases.count() if made else 0
            said = f"已分派 {count} 件。" if count else "没有可以分派的办件。"
        elif ask == "back":
            own = Sharing.objects.filter(agency=agency)
            one = get_object_or_404(own, pk=read_key(request.POST.get("sharing", "")) or 0)
            said = f"已收回 {sharing.take_back(sharing=one, by=user, now=now)} 件。"
        elif ask in ("on", "off"):
            sharing.set_automatic(agency=agency, wanted=ask == "on", by=user, now=now)
            said = "已设为新到办件自动分派。" if ask == "on" else "已停止自动分派。"
        else:
            raise Http404
    except Forbidden as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect(f"{reverse('bureau:sharing')}?agency={agency.pk}")
