"""逾期备案: who files late in a supervisor's region, how often and by how much (NMG-6).

Lateness blocks nothing and is never forgotten; this page is where it is seen. A returned case
counts by the day it first came in; drafts and voided cases do not count.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import Avg, Count, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases.life import State
from yonggong.contracts.queries import run_out
from yonggong.listings import (
    Badge,
    Column,
    Listing,
    RegionCondition,
)
from yonggong.listings.views import listing_view
from yonggong.portals.access import needs
from yonggong.registry import listings as registry
from yonggong.registry.models import Employer
from yonggong.registry.queries import within

_LONG_DAYS = 30
_COUNTED = [State.PENDING, State.APPROVED, State.RETURNED]


class _OncePerRow(Coalesce):
    """What hangs on the row alone: asked once a group, not once for each row grouped."""

    def get_group_by_cols(self) -> list[Any]:
        return []


def rows(user: User) -> QuerySet[Employer]:
    """The employers with late filings in the regions `user` supervises, with `late_count`,
    `worst_days`, `mean_days`, `last_at`, and `run_out_count`: contracts whose term ran out over a
    month ago, neither renewed nor ended."""
    scope = user.scope.regions(Power.SUPERVISE)
    late = within(scope, field="cases__region_code") & Q(cases__late_days__gt=0)
    return Employer.objects.filter(late, cases__state__in=_COUNTED).annotate(
        late_count=Count("cases__late_days"),  # a column of the index that is read
        worst_days=Max("cases__late_days"),
        mean_days=Avg("cases__late_days"),
        last_at=Max("cases__filed_at"),
        run_out_count=_OncePerRow(
            Subquery(
                run_out(timezone.localdate())
                .filter(employer=OuterRef("pk"))
                .order_by()
                .values("employer")
                .annotate(n=Count("pk"))
                .values("n")
            ),
            0,
        ),
    )


def _cases_of(row: Any) -> str:
    return f"{reverse('bureau:cases')}?{urlencode({'applicant': row.name, 'late': '1'})}"


def _long(row: Any) -> Badge | None:
    return Badge("warn", "calendar-exclamation") if row.worst_days > _LONG_DAYS else None


LATE = Listing(
    name="bureau-late",
    title="逾期备案单位",
    columns=(
        *registry.columns("name", "credit_code", "region", name={"order_by": None}),
        Column(
            name="late",
            label="逾期备案（件）",
            value=lambda row: row.late_count,
            order_by=("late_count",),
            numeric=True,
            link=_cases_of,
            width=14,
        ),
        Column(
            name="worst",
            label="最长逾期（天）",
            value=lambda row: row.worst_days,
            order_by=("worst_days",),
            numeric=True,
            badge=_long,
            width=14,
        ),
        Column(
            name="mean",
            label="平均逾期（天）",
            value=lambda row: round(row.mean_days),
            order_by=("mean_days",),
            numeric=True,
            width=14,
        ),
        Column(
            name="last",
            label="最近一次逾期提交",
            value=lambda row: row.last_at,
            order_by=("last_at",),
            width=18,
        ),
        Column(
            name="run_out",
            label="到期未处理（份）",
            value=lambda row: row.run_out_count,
            numeric=True,
            width=16,
        ),
    ),
    default_order=("-late_count", "-pk"),
    rows=rows,
    conditions=(
        *registry.conditions("name"),
        RegionCondition(
            name="region",
            label="行政区划",
            field="region_code",
            within=lambda user: user.scope.regions(Power.SUPERVISE),
        ),
        *registry.conditions("nature"),
    ),
    row_link=lambda row: reverse("bureau:employer", args=[row.pk]),
    empty="没有逾期备案的单位。",
)


@needs(Power.SUPERVISE)
def late(request: HttpRequest) -> HttpResponseBase:
    """Who is late, and by how much."""
    return listing_view(request, LATE, template="portals/list.html")
