"""待遇支付: what is to be paid is put on lists, handed over as workbooks, read back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yonggong.accounts.actions import record_access
from yonggong.accounts.roles import Power
from yonggong.batch.reading import MOST_MEGABYTES
from yonggong.batch.template import Filled, template
from yonggong.cases.items import kind_called
from yonggong.codes.errors import CodeError
from yonggong.forms.reading import read_money
from yonggong.portals.access import address_of, keys_of, needs, user_of
from yonggong.portals.bureau.answering import answering
from yonggong.portals.files import workbook
from yonggong.portals.navigation import stand_under
from yonggong.portals.pages.rows import brought
from yonggong.portals.uploading import takes_files
from yonggong.services import payees, payments, settling
from yonggong.services.errors import Unfit
from yonggong.services.models import Payment, PaymentList
from yonggong.services.payment_form import PAYMENT_FORM
from yonggong.services.payments import MOST_ROWS

_SHOWN = 100
# So many rows of a list are drawn; the whole of it is its workbook.
_ROWS_SHOWN = 500


@needs(Power.REVIEW)
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """What is to be paid at one's agencies, and the lists."""
    user = user_of(request)
    context = {
        "rows": payments.with_payments(payments.due(user)[:_SHOWN]),
        "held_up": settling.held_up(user)
        .select_related("step__case__applicant", "list")
        .order_by("pk")[:_SHOWN],
        "lists": payments.lists_visible_to(user).order_by("-pk")[:_SHOWN],
    }
    return render(request, "portals/bureau/payments.html", context)


@needs(Power.REVIEW)
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """To whom, where and how much is to be paid of one case."""
    user = user_of(request)
    step = payments.one_due(user, pk)
    if step is None:
        raise Http404
    stand_under(request, "bureau:payments")
    if request.method == "POST":
        with answering(request, "已登记，可以列入支付清单。"):
            try:
                amount = read_money(request.POST.get("amount", ""))
            except CodeError as wrong:
                raise Unfit(f"金额：{wrong}。") from None
            payments.enter(
                step=step,
                payee=request.POST.get("payee", ""),
                bank=request.POST.get("bank", ""),
                account=request.POST.get("account", ""),
                amount=amount,
                by=user,
                now=timezone.now(),
            )
        return redirect("bureau:payments")
    entered = payments.open_payment(step)
    if entered is not None:
        known = {
            "payee": entered.payee,
            "bank": entered.bank,
            "account": entered.account,
            "amount": entered.amount,
        }
    else:
        known = payees.known(step.case)
    record_access(
        step.case.reference, "登记支付，查看收款账号", by=user, address=address_of(request)
    )
    context = {"step": step, "case": step.case, "known": known}
    return render(request, "portals/bureau/payment.html", context)


@needs(Power.REVIEW)
@require_POST
def hand_over(request: HttpRequest) -> HttpResponse:
    """Put the ticked ones on a list."""
    try:
        listed = payments.hand_over(
            payments=keys_of(request), by=user_of(request), now=timezone.now()
        )
    except Unfit as unfit:
        messages.error(request, str(unfit))
        return redirect("bureau:payments")
    messages.success(request, f"已生成支付清单 {listed.number}，请下载后交付基金支付。")
    return redirect("bureau:payments-list", listed.pk)


@needs(Power.REVIEW)
@require_http_methods(["GET", "POST"])
@takes_files(MOST_MEGABYTES + 1)
def listed(request: HttpRequest, pk: int) -> HttpResponseBase:
    """GET: one list. POST `file`: what came of it, all rows or none."""
    user = user_of(request)
    found = get_object_or_404(payments.lists_visible_to(user), pk=pk)
    stand_under(request, "bureau:payments")
    context: dict[str, object] = {"list": found, "most_megabytes": MOST_MEGABYTES}
    status = 200
    if request.method == "POST":
        read = brought(request, PAYMENT_FORM, most_rows=MOST_ROWS, nothing="没有载入")
        context |= {"said": read.said, "notices": read.notices, "seen": read.seen}
        status = 422
        if part := read.part:
            done = settling.read_back(
                listed=found,
                columns=part.columns,
                numbers=part.numbers,
                by=user,
                now=timezone.now(),
                address=address_of(request),
            )
            if not done.problems:
                messages.success(request, f"已载入：支付 {done.paid} 件，失败 {done.failed} 件。")
                return redirect("bureau:payments-list", pk)
            bad = list(done.problems.items())
            context |= {"bad": bad[:_SHOWN], "count": len(bad)}
    context |= {
        **_progress(found),
        **_sums(found),
        "rows": payments.payments_of(found)[:_ROWS_SHOWN],
        "most_shown": _ROWS_SHOWN,
        "title": kind_called(found.kind).title,
    }
    return render(request, "portals/bureau/payment_list.html", context, status=status)


def _sums(listed: PaymentList) -> dict[str, Any]:
    """How many stand on a list, what they come to, how many are not settled."""
    waiting = Count("pk", filter=Q(state=Payment.State.OPEN))
    return listed.payments.aggregate(all=Count("pk"), total=Sum("amount"), waiting=waiting)


def _progress(listed: PaymentList) -> dict[str, int]:
    """How many cases of a list are to go on yet, of how many that were paid."""
    paid = listed.payments.filter(state=Payment.State.PAID)
    # A count called as the column would be taken for it in the next one's condition.
    counts = paid.aggregate(paid=Count("pk"), left=Count("pk", filter=Q(going_on=True)))
    left = counts["left"]
    return {"paid": counts["paid"], "going_on": left, "gone_on": counts["paid"] - left}


@needs(Power.REVIEW)
@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is, asked for every second; at its end, the whole page."""
    found = get_object_or_404(payments.lists_visible_to(user_of(request)), pk=pk)
    context = {"list": found, **_progress(found)}
    response = render(request, "portals/bureau/payment_progress.html", context)
    if not context["going_on"]:
        response["HX-Refresh"] = "true"
    return response


@needs(Power.REVIEW)
@require_POST
def go_on(request: HttpRequest) -> HttpResponse:
    """Take up the ticked cases that were paid and could not go on."""
    count = settling.take_up(
        payments=keys_of(request),
        by=user_of(request),
        now=timezone.now(),
        address=address_of(request),
    )
    messages.success(request, f"继续办理 {count} 件，不能办理的仍列出原因。")
    return redirect("bureau:payments")


@needs(Power.REVIEW)
@require_GET
def blank(request: HttpRequest, pk: int) -> HttpResponse:
    """The workbook of a list, with accounts whole; the look is recorded."""
    user = user_of(request)
    found = get_object_or_404(payments.lists_visible_to(user), pk=pk)
    record_access(
        f"支付清单 {found.number}",
        "下载收款账号",
        download=True,
        by=user,
        address=address_of(request),
    )
    rows = [Filled(cells=row) for row in payments.rows_of(found)]
    content = template(PAYMENT_FORM, explanations=False, rows=rows)
    return workbook(content, f"支付清单{found.number}.xlsx")
