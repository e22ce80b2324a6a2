"""Batches of the region: the list, one with its rows, approving it as a whole."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.batch import deciding, queries
from yonggong.batch import listings as batches_
from yonggong.batch.models import Batch
from yonggong.cases import listings as cases
from yonggong.cases.kinds import all_kinds
from yonggong.cases.life import STATE_TITLES
from yonggong.cases.models import Case
from yonggong.cases.queries import visible_to as cases_visible_to
from yonggong.codes.names import employer_name
from yonggong.listings import (
    Column,
    Listing,
    RegionCondition,
    RelatedTextCondition,
)
from yonggong.listings.views import listing_view
from yonggong.portals.access import needs, user_of
from yonggong.portals.bureau import bulk
from yonggong.portals.bureau.lists import DECIDE_MANY
from yonggong.registry.queries import employers_spelled, employers_visible_to


def _page_of(batch: Batch) -> str:
    return reverse("bureau:batch", args=[batch.pk])


BATCHES = Listing(
    name="bureau-batches",
    title="批量备案",
    columns=batches_.columns(
        "number", "kind", "employer", "file", "filed_by", "counter", "created", "state", "total",
        "filed", "bad", "agency",
    ),
    rows=queries.visible_to,
    conditions=(
        RelatedTextCondition(
            name="employer",
            label="用人单位",
            hint="单位名称或拼音开头",
            field="name",
            normalise=(employer_name,),
            related=employers_visible_to,
            spelled=employers_spelled,
            to="employer",
        ),
        batches_.kind_condition(lambda: [kind.name for kind in all_kinds() if kind.workbook]),
        *batches_.conditions("state", "created"),
        RegionCondition(
            name="region",
            label="行政区划",
            field="region_code",
            within=lambda user: user.scope.regions(),
            prominent=False,
        ),
    ),
    row_link=_page_of,
    empty="没有符合条件的批次。",
)  # fmt: skip

ROWS = Listing(
    name="bureau-batch",
    title="批次明细",
    columns=(
        Column(name="row", label="行号", value=lambda row: row.batch_row, numeric=True, width=8),
        *cases.columns(
            "subject", "state", "late", "findings", "due_on", "clock", "decided_by", "decided_at",
            "assigned_to", "number",
            due_on={"order_by": None},
            late={"order_by": None},
            state={"order_by": None},
            decided_at={"order_by": None},
        ),
    ),
    rows=lambda user: cases.counted(cases_visible_to(user)),
    conditions=cases.conditions("subject", "state", "late", "taken"),
    actions=tuple(replace(action, whole=False) for action in DECIDE_MANY),
    selectable=lambda row: row.state == "pending",
    row_link=lambda row: reverse("bureau:case", args=[row.pk]),
    empty="该批次没有提交成功的备案。",
)  # fmt: skip


@needs(Power.SEE_REGION)
def batches(request: HttpRequest) -> HttpResponseBase:
    """批量备案: every workbook uploaded in the region or for the agency."""
    return listing_view(request, BATCHES, template="portals/list.html")


def _batch(user: User, pk: int) -> Batch:
    found: Batch = get_object_or_404(queries.visible_to(user), pk=pk)
    return found


@needs(Power.SEE_REGION)
def batch(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One batch: who, when, which file, how its cases stand, every row, and its approval."""
    user = user_of(request)
    found = _batch(user, pk)

    def rows(asker: User) -> QuerySet[Case]:
        return ROWS.rows(asker).filter(batch=found.pk)

    listing = replace(
        ROWS, title=f"批次{found.number}明细", rows=rows, default_order=("batch_row", "pk")
    )
    context = {"batch": found, **_standing(user, found)}
    return listing_view(request, listing, template="portals/bureau/batch.html", extra=context)


def _standing(user: User, found: Batch) -> dict[str, object]:
    decision = queries.last_decision(found)
    counts = (
        cases_visible_to(user)
        .filter(batch=found.pk)
        .order_by()
        .values("state")
        .annotate(count=Count("pk"))
    )
    by_state = {row["state"]: row["count"] for row in counts}
    waiting = 0
    if user.may(Power.REVIEW) and not found.is_open:
        waiting = deciding.decidable(found, user).count()
    return {
        "counts": [
            (state, by_state[state]) for state, _ in STATE_TITLES.items() if by_state.get(state)
        ],
        "waiting": waiting,
        "own": found.filed_by_id == user.pk,
        "bulk": decision,
        **bulk.progress_of(decision),
    }


@needs(Power.REVIEW)
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """整批通过: all that waits, on to the page that shows it."""
    user = user_of(request)
    return bulk.choose_batch(request, user, _batch(user, pk))
