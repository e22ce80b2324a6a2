"""经济性裁员报告: the reports of the region, and until when re-hiring is watched."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from yonggong.accounts.roles import Power
from yonggong.listings import ChoiceCondition, Column, DateRangeCondition, Listing, RegionCondition
from yonggong.listings.views import listing_view
from yonggong.portals.access import needs
from yonggong.registry import listings as registry
from yonggong.relations import layoff_reports
from yonggong.relations.layoff_models import LayoffReport


def _watched_until(row: LayoffReport) -> date:
    return layoff_reports.watched_until(row.layoff_on)


def _watched(code: str) -> Q:
    now = layoff_reports.watched_on(timezone.localdate())
    return now if code == "now" else ~now


LAYOFFS = Listing(
    name="bureau-layoffs",
    title="经济性裁员报告",
    columns=(
        *registry.columns_of_employer("name", "credit_code"),
        Column(
            name="persons",
            label="裁员人数",
            value=lambda row: row.persons,
            order_by=("persons", "pk"),
            numeric=True,
            width=10,
        ),
        Column(name="staff", label="职工总数", value=lambda row: row.staff, numeric=True, width=10),
        Column(name="explained_on", label="说明情况", value=lambda row: row.explained_on, width=12),
        Column(
            name="layoff_on",
            label="拟裁员日期",
            value=lambda row: row.layoff_on,
            order_by=("layoff_on", "pk"),
            width=12,
        ),
        Column(name="until", label="优先招用至", value=_watched_until, width=12),
    ),
    rows=layoff_reports.visible_to,
    conditions=(
        registry.of_employer(layoff_reports.visible_to),
        ChoiceCondition(
            name="watched",
            label="裁员后六个月内",
            choices=(("now", "是"), ("past", "否")),
            q=_watched,
        ),
        RegionCondition(
            name="region",
            label="行政区划",
            field="region_code",
            within=lambda user: user.scope.regions(Power.SEE_REGION),
        ),
        DateRangeCondition(name="layoff_on", label="拟裁员日期", field="layoff_on"),
    ),
    row_link=lambda row: reverse("bureau:case", args=[row.pk]),
    empty="没有经济性裁员报告。",
)


@needs(Power.SEE_REGION)
def page(request: HttpRequest) -> HttpResponseBase:
    """The reports of the region."""
    return listing_view(request, LAYOFFS, template="portals/list.html")
