"""委托代理 as a bureau sees it: on an employer's and a person's page, with the paper behind it."""

from __future__ import annotations

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.portals.access import needs, user_of
from yonggong.portals.pages.authorities import paper_of
from yonggong.registry.authority import authorities_visible_to
from yonggong.registry.parties import Authority

_SHOWN = 30


def of_party(user: User, party: int) -> list[tuple[Authority, str, bool]]:
    """What a party gave and was given, as far as the person sees it: each with its state in words, and
    whether they may see its paper."""
    rows = authorities_visible_to(user).filter(Q(agent=party) | Q(principal=party))
    today = timezone.localdate()
    return [
        (found, found.state_on(today).label, _may_see(user, found))
        for found in rows.select_related("agent", "principal").order_by("-pk")[:_SHOWN]
    ]


def _may_see(user: User, authority: Authority) -> bool:
    return user.scope.covers(authority.principal.region_code, Power.SEE_PERSONAL)


@needs(Power.SEE_PERSONAL, within="bureau")
@require_GET
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper that an authority rests on; the look is recorded."""
    user = user_of(request)
    found = get_object_or_404(authorities_visible_to(user).select_related("principal"), pk=pk)
    if not _may_see(user, found):
        raise Http404
    return paper_of(request, found, by=user)
