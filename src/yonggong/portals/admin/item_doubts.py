"""存疑事项: what administrators of items should decide by a version, as far as the standard leaves it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yonggong.accounts.roles import Power
from yonggong.cases import item_queries, items
from yonggong.catalogue.doubts import doubts_of
from yonggong.portals.access import needs, user_of
from yonggong.portals.navigation import stand_under


@needs(Power.MANAGE_ITEMS)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The items whose latest version the person sees and that leave something doubtful, each with what
    it is."""
    stand_under(request, "admin:items")
    found = []
    rows = list(item_queries.latest_visible_to(user_of(request)))
    items.read_together(row.pk for row in rows)
    for row in rows:
        if doubts := doubts_of(items.item_of(row.pk)):
            found.append((row, doubts))
    context = {"found": found, "count": sum(len(doubts) for _, doubts in found)}
    return render(request, "portals/admin/item_doubts.html", context)
