"""责令改正: the orders that were served on the employer, and what it answers."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from yonggong.contracts.corrections import MOST_MEGABYTES
from yonggong.portals.employer.desk import Desk, of_labour
from yonggong.portals.files import file_response
from yonggong.portals.pages import evidence
from yonggong.portals.uploading import takes_files
from yonggong.supervision import grounds, orders
from yonggong.supervision.acting import Unfit
from yonggong.supervision.models import Order
from yonggong.supervision.recognition import may_be_recognised


@of_labour
@require_GET
def page(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Every order that was served, and whether the employer may be recognised."""
    context = {
        "orders": orders.own(desk.user).filter(employer=desk.employer),
        "recognition": may_be_recognised(desk.employer, on=desk.today),
    }
    return render(request, "portals/employer/orders.html", context)


@of_labour
@require_GET
def show(request: HttpRequest, desk: Desk, pk: int) -> HttpResponseBase:
    """One order, and where it is answered."""
    order = _order(desk, pk)
    context = {
        "order": order,
        "grounds": grounds.named(order.grounds),
        "replies": order.replies.select_related("by", "evidence")
        .defer("evidence__content")
        .order_by("pk"),
        "may_reply": order.state in (Order.State.SERVED, Order.State.REPLIED),
    }
    return render(request, "portals/employer/order.html", context)


@of_labour
@require_GET
def paper(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """The paper of an order."""
    order = _order(desk, pk)
    name = f"责令限期改正通知书 {order.number}.pdf"
    return file_response(order.notice.pdf, "application/pdf", name, download=False)


@of_labour
@require_POST
@takes_files(MOST_MEGABYTES + 1)
def reply(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Tell what was done, with a file where there is one."""
    order = _order(desk, pk)
    try:
        with transaction.atomic():
            kept = None
            if "evidence" in request.FILES:
                file, problems = evidence.take(request, label="附件")
                if file is None:
                    raise Unfit(problems[0].message)
                kept = evidence.keep(request, file)
            orders.reply(
                order=order,
                said=request.POST.get("said", ""),
                evidence=kept,
                by=desk.user,
                now=desk.now,
                address=desk.address,
            )
        messages.success(request, "已提交，由监察员复查。")
    except Unfit as unfit:
        messages.error(request, str(unfit))
    except Order.DoesNotExist:
        raise Http404 from None
    return redirect("employer:orders-show", pk)


def _order(desk: Desk, pk: int) -> Order:
    return get_object_or_404(orders.own(desk.user).filter(employer=desk.employer), pk=pk)
