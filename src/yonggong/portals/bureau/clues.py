"""监督线索: what the platform noticed by itself; looked into, dismissed with a reason or taken up."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from yonggong.accounts.roles import Power
from yonggong.codes import regions
from yonggong.codes.names import employer_name
from yonggong.codes.normalise import plain
from yonggong.listings import (
    Badge,
    ChoiceCondition,
    Column,
    DateRangeCondition,
    Listing,
    TextCondition,
)
from yonggong.listings.views import listing_view
from yonggong.portals.access import needs, user_of
from yonggong.portals.bureau.answering import answering
from yonggong.portals.bureau.inspecting import HERE, hand_of
from yonggong.registry import listings as registry
from yonggong.supervision import clues
from yonggong.supervision.acting import Thing, acts_on, is_concerned
from yonggong.supervision.models import Clue

_BADGES = {
    Clue.State.NEW: Badge("wait", "hourglass"),
    Clue.State.DISMISSED: Badge("muted", "circle-x"),
    Clue.State.TAKEN_UP: Badge("good", "circle-check"),
}
_SHOWN = 50


CLUES = Listing(
    name="bureau-clues",
    title="监督线索",
    columns=(
        Column(
            name="kind",
            label="线索类型",
            value=lambda row: row.get_kind_display(),
            order_by=("kind",),
            width=16,
        ),
        *registry.columns("name", "credit_code", "region", credit_code={"shown": False}),
        Column(name="reason", label="发现的情况", value=lambda row: row.told, long=True, width=60),
        Column(
            name="figure",
            label="涉及数目",
            value=lambda row: row.figure,
            order_by=("figure",),
            numeric=True,
            width=10,
        ),
        Column(
            name="state",
            label="状态",
            value=lambda row: row.get_state_display(),
            order_by=("state",),
            badge=lambda row: _BADGES[row.state],
            width=10,
        ),
        Column(
            name="found_on",
            label="发现日期",
            value=lambda row: row.found_on,
            order_by=("found_on",),
            width=12,
        ),
        Column(
            name="seen_on",
            label="最近一次发现",
            value=lambda row: row.seen_on,
            shown=False,
            width=14,
        ),
        Column(
            name="decided_by",
            label="核查人",
            value=lambda row: row.decided_by.name if row.decided_by else "",
            shown=False,
            width=10,
        ),
        Column(
            name="opinion",
            label="核查意见",
            value=lambda row: row.opinion,
            shown=False,
            long=True,
            width=40,
        ),
    ),
    rows=lambda user: clues.visible_to(user).select_related("decided_by"),
    conditions=(
        ChoiceCondition(
            name="kind", label="线索类型", field="kind", choices=tuple(Clue.Kind.choices)
        ),
        ChoiceCondition(
            name="state", label="状态", field="state", choices=tuple(Clue.State.choices)
        ),
        TextCondition(
            name="name",
            label="单位",
            hint="单位名称开头，或信用代码",
            field=("name", "credit_code"),
            normalise=(employer_name, plain),
        ),
        HERE,
        DateRangeCondition(name="found_on", label="发现日期", field="found_on", prominent=False),
    ),
    row_link=lambda row: reverse("bureau:clues-show", args=[row.pk]),
    empty="没有符合条件的线索。线索每日凌晨由平台自动查找。",
)


@needs(Power.ORDER, Power.SUPERVISE)
def page(request: HttpRequest) -> HttpResponseBase:
    """The clues of the region."""
    extra = {"may_load": user_of(request).may(Power.ORDER)}
    return listing_view(request, CLUES, template="portals/bureau/clues.html", extra=extra)


@needs(Power.ORDER, Power.SUPERVISE)
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One clue, with the filings or employers behind it; of people no more than names."""
    user = user_of(request)
    clue = get_object_or_404(clues.visible_to(user).select_related("employer", "decided_by"), pk=pk)
    decides = user.scope.covers(clue.region_code, Power.ORDER)
    concerned = clue.employer is not None and is_concerned(user, clue.employer)
    context = {
        "clue": clue,
        "region": regions.full_name(clue.region_code),
        "filings": clues.filings_behind(clue)[:_SHOWN],
        "employers": clues.employers_behind(clue)[:_SHOWN],
        "acts": acts_on(Thing.CLUE, clue.pk),
        "may_decide": decides and not concerned and clue.state == Clue.State.NEW,
        "may_order": decides and not concerned,
        "concerned": decides and concerned,
        "shown": _SHOWN,
    }
    return render(request, "portals/bureau/clue.html", context)


@needs(Power.ORDER)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Dismiss the clue, note what is done about it, or go on to an order where the employer is to be
    entered for it."""
    clue = get_object_or_404(clues.visible_to(user_of(request)), pk=pk)
    said = request.POST.get("opinion", "")
    if request.POST.get("verdict") == "order":
        with answering(request, "请填写通知书的内容。"):
            employer = clues.enter_employer(clue=clue, hand=hand_of(request))
            return redirect(f"{reverse('bureau:orders-add', args=[employer.pk])}?clue={pk}")
    elif request.POST.get("verdict") == "dismiss":
        with answering(request, "已排除该线索，以后不再列为待核查。"):
            clues.dismiss(clue=clue, reason=said, hand=hand_of(request))
    else:
        with answering(request, "已记录处置情况。"):
            clues.take_up(clue=clue, said=said, hand=hand_of(request))
    return redirect("bureau:clues-show", pk)
