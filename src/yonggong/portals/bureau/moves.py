"""送审机构变更: which employers went to another agency, with what, for both agencies."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases import moving
from yonggong.cases import queries as case_queries
from yonggong.cases.models import Move
from yonggong.codes import regions
from yonggong.codes.names import employer_name
from yonggong.listings import (
    Badge,
    Column,
    DateRangeCondition,
    Listing,
    RelatedTextCondition,
)
from yonggong.listings.views import listing_view
from yonggong.portals.access import needs, user_of
from yonggong.portals.navigation import stand_under
from yonggong.registry.queries import parties_visible_to

_SHOWN = 200


def _rows(user: User) -> QuerySet[Any]:
    moves = moving.visible_to(user).select_related("applicant", "from_agency", "to_agency", "by")
    return moves.annotate(along=Count("cases"))


def _state(row: Any) -> Badge:
    return Badge("muted", "arrow-back") if row.undone_at else Badge("good", "circle-check")


MOVES = Listing(
    name="bureau-moves",
    title="送审机构变更",
    columns=(
        Column(name="applicant", label="用人单位", value=lambda row: row.applicant.name, width=34),
        Column(name="from", label="原送审机构", value=lambda row: row.from_agency.name, width=26),
        Column(name="to", label="现送审机构", value=lambda row: row.to_agency.name, width=26),
        Column(
            name="region",
            label="现行政区划",
            value=lambda row: regions.full_name(row.to_region),
            shown=False,
            width=28,
        ),
        Column(name="at", label="变更时间", value=lambda row: row.at, order_by=("at",), width=18),
        Column(name="by", label="审核人", value=lambda row: row.by.name, width=10),
        Column(
            name="along",
            label="随转办件（件）",
            value=lambda row: row.along,
            numeric=True,
            width=14,
        ),
        Column(
            name="state",
            label="状态",
            value=lambda row: "已转回" if row.undone_at else "已转",
            badge=_state,
            width=10,
        ),
    ),
    rows=_rows,
    conditions=(
        RelatedTextCondition(
            name="applicant",
            label="用人单位",
            field="name",
            normalise=(employer_name,),
            related=parties_visible_to,
            to="applicant",
        ),
        DateRangeCondition(name="at", label="变更日期", field="at", moment=True),
    ),
    default_order=("-at",),
    row_link=lambda row: reverse("bureau:moves-one", args=[row.pk]),
    empty="没有送审机构变更的单位。",
)


@needs(Power.SEE_REGION)
def moves(request: HttpRequest) -> HttpResponseBase:
    """Employers that went to another agency."""
    return listing_view(request, MOVES, template="portals/list.html")


@needs(Power.SEE_REGION)
@require_GET
def move(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One of them, with the cases that went along; a page of those one may see leads to each."""
    user = user_of(request)
    found: Move = get_object_or_404(_rows(user).select_related("case"), pk=pk)
    stand_under(request, "bureau:moves")
    along = list(found.cases.select_related("case").order_by("case")[:_SHOWN])
    keys = [one.case_id for one in along]
    visible = set(
        case_queries.filed_visible_to(user).filter(pk__in=keys).values_list("pk", flat=True)
    )
    context = {
        "move": found,
        "cases": [(one.case, one.case_id in visible) for one in along],
        "from_region": regions.full_name(found.from_region),
        "to_region": regions.full_name(found.to_region),
        "shown": _SHOWN,
    }
    return render(request, "portals/bureau/move.html", context)
