"""谁查看过我的信息: for the person alone, on their own account."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from yonggong.accounts.models import AccessEntry, User
from yonggong.listings.views import listing_view
from yonggong.portals.access import user_of
from yonggong.portals.pages import looks
from yonggong.portals.person.desk import Desk, at_desk
from yonggong.secrecy.looks import at_persons
from yonggong.secrecy.looks import looks as looks_at


def _rows(user: User) -> QuerySet[AccessEntry]:
    """What others looked at; what one looks at oneself one knows."""
    own = user.scope.person
    return (
        AccessEntry.objects.none()
        if own is None
        else looks_at(at_persons([own])).exclude(user=user)
    )


LISTING = looks.listing(name="person-looks", title="谁查看过我的信息", rows=_rows)


@at_desk
def page(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Only for themselves: an agent, and who serves them at a counter, are not told."""
    if user_of(request).scope.person is None:
        raise Http404
    return listing_view(request, LISTING, template="portals/pages/looks.html")
