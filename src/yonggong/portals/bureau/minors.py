"""未成年工登记: the minors registered in the region, with the health checks that follow."""

from __future__ import annotations

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
from yonggong.relations import register
from yonggong.relations.minor_models import Minor


def _due(row: Minor) -> str:
    due = row.next_check
    return f"{due.on}（{due.why}）" if due else ""


def _still(code: str) -> Q:
    minors = register.minors_on(timezone.localdate())
    return minors if code == "minor" else ~minors


MINORS = Listing(
    name="bureau-minors",
    title="未成年工登记",
    columns=(
        Column(name="number", label="登记证编号", value=lambda row: row.number, width=20),
        Column(name="name", label="姓名", value=lambda row: row.worker.name, width=10),
        *registry.columns_of_employer("name", "credit_code"),
        Column(name="occupation", label="工种", value=lambda row: row.occupation, width=16),
        Column(
            name="begins_on",
            label="上岗日期",
            value=lambda row: row.begins_on,
            order_by=("begins_on", "pk"),
            width=12,
        ),
        Column(
            name="adult_on",
            label="年满 18 周岁",
            value=lambda row: row.adult_on,
            order_by=("adult_on", "pk"),
            width=12,
        ),
        Column(name="due", label="下次健康检查", value=_due, width=30),
    ),
    rows=register.visible_to,
    conditions=(
        registry.of_employer(register.visible_to),
        ChoiceCondition(
            name="minor",
            label="年龄",
            choices=(("minor", "未满 18 周岁"), ("adult", "已满 18 周岁")),
            q=_still,
        ),
        RegionCondition(
            name="region",
            label="行政区划",
            field="region_code",
            within=lambda user: user.scope.regions(Power.SEE_REGION),
        ),
        DateRangeCondition(name="adult_on", label="年满 18 周岁", field="adult_on"),
    ),
    row_link=lambda row: reverse("bureau:case", args=[row.pk]),
    empty="没有登记的未成年工。",
)


@needs(Power.SEE_REGION)
def page(request: HttpRequest) -> HttpResponseBase:
    """The minors of the region."""
    return listing_view(request, MINORS, template="portals/list.html")
