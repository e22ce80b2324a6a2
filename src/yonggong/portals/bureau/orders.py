"""责令限期改正: issued with its paper, served, answered, corrected or passed on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yonggong import policy
from yonggong.accounts.roles import Power
from yonggong.codes.identifiers import CodeError
from yonggong.contracts.corrections import MOST_MEGABYTES
from yonggong.forms.reading import as_sentence, read_key, read_money
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
from yonggong.portals.bureau.inspecting import HERE, hand_of, typed_day
from yonggong.portals.files import file_response
from yonggong.portals.pages import evidence
from yonggong.portals.uploading import takes_files
from yonggong.registry import listings as registry
from yonggong.registry.models import Employer
from yonggong.supervision import clues, defaulters, grounds, orders
from yonggong.supervision.acting import Hand, Thing, Unfit, acts_on, is_concerned
from yonggong.supervision.models import Clue, Order, Penalty
from yonggong.supervision.recognition import may_be_recognised

BADGES = {
    Order.State.ISSUED: Badge("note", "file-text"),
    Order.State.SERVED: Badge("wait", "hourglass"),
    Order.State.REPLIED: Badge("warn", "message"),
    Order.State.CORRECTED: Badge("good", "circle-check"),
    Order.State.REFUSED: Badge("bad", "gavel"),
    Order.State.WITHDRAWN: Badge("muted", "ban"),
}


ORDERS = Listing(
    name="bureau-orders",
    title="责令改正",
    columns=(
        Column(name="number", label="文书编号", value=lambda row: row.number, width=24),
        *registry.columns_of_employer("name"),
        Column(name="wrong", label="存在的问题", value=lambda row: row.wrong, long=True, width=50),
        Column(
            name="state",
            label="状态",
            value=lambda row: row.get_state_display(),
            order_by=("state",),
            badge=lambda row: BADGES[row.state],
            width=18,
        ),
        Column(
            name="correct_by",
            label="改正期限",
            value=lambda row: row.correct_by,
            order_by=("correct_by",),
            width=12,
        ),
        Column(name="served_on", label="送达日期", value=lambda row: row.served_on, width=12),
        Column(
            name="issued_by",
            label="监察员",
            value=lambda row: row.issued_by.name,
            shown=False,
            width=10,
        ),
        Column(
            name="issued_at",
            label="发出时间",
            value=lambda row: row.issued_at,
            order_by=("issued_at",),
            width=18,
        ),
    ),
    rows=orders.visible_to,
    conditions=(
        ChoiceCondition(
            name="state", label="状态", field="state", choices=tuple(Order.State.choices)
        ),
        TextCondition(name="number", label="文书编号", field="number"),
        registry.of_employer(orders.visible_to),
        HERE,
        DateRangeCondition(
            name="correct_by", label="改正期限", field="correct_by", prominent=False
        ),
    ),
    row_link=lambda row: reverse("bureau:orders-show", args=[row.pk]),
    empty="没有符合条件的责令改正。",
)


@needs(Power.ORDER, Power.SUPERVISE)
def page(request: HttpRequest) -> HttpResponseBase:
    """The orders of the region."""
    return listing_view(request, ORDERS, template="portals/list.html")


@needs(Power.ORDER)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: the form of an order to an employer. POST: issue it, or say what is missing."""
    user = user_of(request)
    employer = get_object_or_404(orders.employers_ordered_by(user), pk=pk)
    clue = _clue_of(request, employer)
    today = timezone.localdate()
    rules = policy.of(employer.region_code, today)
    days = rules.supervision.correct_within_days
    sent, problem = request.POST, ""
    if request.method == "POST":
        try:
            order = orders.issue(
                employer=employer,
                content=orders.Content(
                    wrong=sent.get("wrong", ""),
                    wanted=sent.get("wanted", ""),
                    correct_by=typed_day(request, "correct_by", "改正期限"),
                    grounds=sent.getlist("grounds"),
                ),
                clue=clue,
                hand=hand_of(request),
            )
            messages.success(request, f"已制作通知书 {order.number}，请送达后登记。")
            return redirect("bureau:orders-show", order.pk)
        except Unfit as unfit:
            problem = str(unfit)
    chosen = sent.getlist("grounds") if sent else []
    context = {
        "employer": employer,
        "clue": clue,
        "problem": problem,
        "wrong": sent.get("wrong", as_sentence(clue.reason) if clue else ""),
        "wanted": sent.get("wanted", ""),
        "correct_by": sent.get("correct_by", (today + timedelta(days=days)).isoformat()),
        "days": days,
        "days_checked": rules.is_checked("supervision.correct_within_days"),
        "grounds": [
            (ground, ground.key in chosen) for ground in grounds.holding_in(employer.region_code)
        ],
    }
    status = 422 if problem else 200
    return render(request, "portals/bureau/order_add.html", context, status=status)


def _clue_of(request: HttpRequest, employer: Employer) -> Clue | None:
    """The clue about the employer that the order comes from, where it comes from one."""
    key = read_key(request.GET.get("clue", "")) or 0
    return clues.decided_by(user_of(request)).filter(clues.about(employer), pk=key).first()


@needs(Power.ORDER, Power.SUPERVISE)
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One order with all that happened to it, and what can be done now."""
    user = user_of(request)
    order = get_object_or_404(orders.visible_to(user).select_related("clue"), pk=pk)
    today = timezone.localdate()
    records = user.scope.covers(order.region_code, Power.RECORD)
    concerned = is_concerned(user, order.employer)
    listed = defaulters.now_listed(order.employer)
    context = {
        "order": order,
        "badge": BADGES[Order.State(order.state)],
        "grounds": grounds.named(order.grounds),
        "replies": order.replies.select_related("by", "evidence")
        .defer("evidence__content")
        .order_by("pk"),
        "penalties": order.penalties.order_by("pk"),
        "acts": acts_on(Thing.ORDER, order.pk),
        "may_record": records and not concerned,
        "may_close": order.state in (Order.State.SERVED, Order.State.REPLIED),
        "may_pass_on": order.state in (Order.State.SERVED, Order.State.REPLIED)
        and today > order.correct_by,
        "overdue": order.is_open and today > order.correct_by,
        "services": Order.Service.choices,
        "kinds": Penalty.Kind.choices,
        "listed": listed,
        "recognition": may_be_recognised(order.employer, on=today),
        "today": today,
    }
    return render(request, "portals/bureau/order.html", context)


@needs(Power.RECORD)
@require_POST
@takes_files(MOST_MEGABYTES + 1)
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the service, the end of an order, a penalty; enter the employer among the defaulters."""
    order = get_object_or_404(orders.visible_to(user_of(request)), pk=pk)
    acts = {
        "serve": _serve,
        "close": lambda request, order, hand: orders.close(
            order=order, said=_said(request), hand=hand
        ),
        "pass_on": lambda request, order, hand: orders.pass_on(
            order=order, said=_said(request), hand=hand
        ),
        "withdraw": lambda request, order, hand: orders.withdraw(
            order=order, reason=_said(request), hand=hand
        ),
        "enter": lambda request, order, hand: defaulters.enter(
            order=order, reason=_said(request), hand=hand
        ),
        "penalty": _penalty,
    }
    wanted: Callable[[HttpRequest, Order, Hand], object] | None = acts.get(
        request.POST.get("ask", "")
    )
    if wanted is None:
        raise Http404
    with answering(request, "已登记。"):
        wanted(request, order, hand_of(request))
    return redirect("bureau:orders-show", pk)


def _said(request: HttpRequest) -> str:
    return request.POST.get("said", "")


@transaction.atomic
def _serve(request: HttpRequest, order: Order, hand: Hand) -> None:
    kept = None
    if "evidence" in request.FILES:
        file, problems = evidence.take(request, label="送达回证")
        if file is None:
            raise Unfit(problems[0].message)
        kept = evidence.keep(request, file)
    orders.serve(
        order=order,
        how=request.POST.get("how", ""),
        on=typed_day(request, "on", "送达日期"),
        received_by=request.POST.get("received_by", ""),
        evidence=kept,
        hand=hand,
    )


def _penalty(request: HttpRequest, order: Order, hand: Hand) -> None:
    text = request.POST.get("amount", "").strip()
    try:
        amount = read_money(text, unit="元") if text else None
    except CodeError as wrong:
        raise Unfit(f"罚款金额应当是数字，{wrong.remedy_zh}。") from None
    if amount is not None and not 0 < amount < Decimal("10000000000"):
        raise Unfit("罚款金额应当大于 0。")
    defaulters.record_penalty(
        order=order,
        number=request.POST.get("number", ""),
        kind=request.POST.get("kind", ""),
        amount=amount,
        decided_on=typed_day(request, "decided_on", "决定日期"),
        ground=request.POST.get("ground", ""),
        hand=hand,
    )


@needs(Power.ORDER, Power.SUPERVISE)
@require_GET
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper of an order."""
    order = get_object_or_404(orders.visible_to(user_of(request)).select_related("notice"), pk=pk)
    name = f"责令限期改正通知书 {order.number}.pdf"
    return file_response(
        order.notice.pdf, "application/pdf", name, download="download" in request.GET
    )


@needs(Power.ORDER, Power.RECORD)
@require_GET
def proof(request: HttpRequest, pk: int, reply: int) -> HttpResponse:
    """What an employer sent along with its answer; the look is recorded."""
    user = user_of(request)
    order = get_object_or_404(orders.visible_to(user), pk=pk)
    found = get_object_or_404(order.replies.select_related("evidence"), pk=reply)
    if found.evidence is None:
        raise Http404
    said = f"{order.employer.name}提交的改正材料 {found.evidence.file_name}"
    return evidence.shown(
        request, found.evidence, reference=f"责令改正 {order.number}", said=said, by=user
    )
