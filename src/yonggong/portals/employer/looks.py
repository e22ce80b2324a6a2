"""谁查看过本单位信息: for the employer's own people."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from yonggong.accounts.models import AccessEntry, User
from yonggong.listings.views import listing_view
from yonggong.portals.access import user_of
from yonggong.portals.employer.desk import Desk, at_desk
from yonggong.portals.pages import looks
from yonggong.secrecy.looks import at_employers
from yonggong.secrecy.looks import looks as looks_at


def _rows(user: User) -> QuerySet[AccessEntry]:
    own = user.scope.own_employers
    return looks_at(at_employers(own)) if own else AccessEntry.objects.none()


LISTING = looks.listing(name="employer-looks", title="谁查看过本单位信息", rows=_rows)


@at_desk
def page(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Not for agents, nor at a counter."""
    if not user_of(request).scope.own_employers:
        raise Http404
    return listing_view(request, LISTING, template="portals/pages/looks.html")
