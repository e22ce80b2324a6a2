"""年度备案: who of a supervisor's region has not filed a year, by region and level, on any day; and the
tables of what was filed."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_GET, require_http_methods

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.annual import queries
from yonggong.annual.standing import PAY, WHOLE, YEARLY
from yonggong.cases.models import Case
from yonggong.listings import (
    Badge,
    ChoiceCondition,
    Column,
    Listing,
    RegionCondition,
)
from yonggong.listings.views import listing_view
from yonggong.portals.access import address_of, needs, portal, user_of
from yonggong.portals.bureau.case import filed
from yonggong.portals.navigation import stand_under
from yonggong.portals.pages import annual as shared
from yonggong.portals.pages.site import BUREAU
from yonggong.registry import listings as registry
from yonggong.registry.models import Agency, Employer

_WORDS = {"return": WHOLE, "pay": PAY}
_TITLES = {"return": "未完成年度备案单位", "pay": "未填报年度薪酬信息单位"}


def _stands(row: Any) -> str:
    return "未审核" if row.waiting else "审核不通过" if row.returned else "未填报"


def _badge(row: Any) -> Badge:
    return Badge("wait", "hourglass") if row.waiting else Badge("warn", "alert-triangle")


def _listing(word: str) -> Listing:
    def rows(user: User) -> QuerySet[Employer]:
        return queries.missing(user, _WORDS[word], timezone.localdate())

    return Listing(
        name=f"bureau-annual-{word}",
        title=_TITLES[word],
        columns=(
            *registry.columns(
                "name",
                "credit_code",
                "region",
                "agency",
                region={"order_by": ("region_code",)},
                agency={"shown": True},
            ),
            Column(
                name="level",
                label="受理层级",
                value=lambda row: row.agency.get_level_display() if row.agency else "",
                width=12,
            ),
            Column(name="standing", label="填报情况", value=_stands, badge=_badge, width=12),
            *registry.columns("contact", contact={"shown": True}),
        ),
        default_order=("-pk",),
        rows=rows,
        conditions=(
            *registry.conditions("name"),
            RegionCondition(
                name="region",
                label="行政区划",
                field="region_code",
                within=lambda user: user.scope.regions(Power.SUPERVISE),
            ),
            ChoiceCondition(
                name="level",
                label="受理层级",
                choices=tuple(Agency.Level.choices),
                q=lambda level: Q(agency__level=level),
            ),
            *registry.conditions("nature"),
        ),
        row_link=lambda row: reverse("bureau:employer", args=[row.pk]),
        empty="没有未填报的单位。",
    )


MISSING = {word: _listing(word) for word in _WORDS}


@needs(Power.SUPERVISE)
def missing(request: HttpRequest, word: str = "") -> HttpResponseBase:
    """Who is missing, and how many of how many; the first duty that is owed here where none is named."""
    user, today = user_of(request), timezone.localdate()
    owed = {one: queries.supervised(user, kind, today) for one, kind in _WORDS.items()}
    here = [one for one in _WORDS if owed[one]]
    chosen = word or next(iter(here), "return")
    # Counted where the page shows it: neither for its list alone, nor for a file.
    counts = SimpleLazyObject(lambda: queries.counts_of(user, _WORDS[chosen], today))
    due = owed[chosen][0][1] if owed[chosen] else None
    return listing_view(
        request,
        MISSING[chosen],
        template="portals/bureau/annual.html",
        extra={
            "counts": counts,
            "owed": due,
            "passed": due is not None and due.due_on < today,
            "others": [
                (reverse(f"bureau:annual-{one}"), _TITLES[one]) for one in here if one != chosen
            ],
        },
    )


def _own(request: HttpRequest, pk: int) -> Case:
    case = filed(user_of(request), pk)
    if case.kind not in YEARLY:
        raise Http404
    return case


def _reader(request: HttpRequest, case: Case) -> shared.Reader:
    stand_under(request, "bureau:cases")
    return shared.reader_of(case, user_of(request), BUREAU)


@portal("bureau")
@require_http_methods(["GET", "POST"])
def rows(request: HttpRequest, pk: int, table: str) -> HttpResponse:
    """Table 2 or 3 as it was filed."""
    case = _own(request, pk)
    return shared.rows_page(request, case, table, _reader(request, case))


@portal("bureau")
@require_GET
def differences(request: HttpRequest, pk: int) -> HttpResponse:
    """How its tables differ from what is filed."""
    case = _own(request, pk)
    return shared.differences_page(request, case, _reader(request, case))


@portal("bureau")
@require_http_methods(["GET", "POST"])
def printed(request: HttpRequest, pk: int, table: str) -> HttpResponse:
    """One of the tables as a PDF."""
    case, user = _own(request, pk), user_of(request)
    address = address_of(request)
    return shared.printed(request, case, table, site=BUREAU, user=user, address=address)
