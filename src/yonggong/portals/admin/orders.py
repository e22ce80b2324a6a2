"""账号办理: what approved applications order: a system administrator creates, a business administrator
grants (SX-5)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yonggong.accounts.actions import AccountProblem
from yonggong.accounts.models import User
from yonggong.accounts.roles import ROLES, Power
from yonggong.portals.access import address_of, keys_of, needs, user_of
from yonggong.portals.admin.asked import shown_once
from yonggong.portals.admin.forms import GIVEN_ROLES, HOLDER_FORM, USERNAME
from yonggong.staff import orders
from yonggong.staff.models import Order
from yonggong.staff.queries import orders_visible_to, waiting_for

_SHOWN = 100


@needs(Power.MANAGE_ACCOUNTS, Power.GRANT_RIGHTS)
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """What waits for one's own power, what waits for the other's, and what is done."""
    user = user_of(request)
    waiting = waiting_for(user).prefetch_related("case__current")
    mine = list(waiting.order_by("ordered_at", "pk")[:_SHOWN])
    others = orders_visible_to(user).exclude(pk__in=[order.pk for order in mine])
    context = {
        "mine": [_shown(order, user) for order in mine],
        "others": others.order_by("-pk")[:_SHOWN],
    }
    return render(request, "portals/admin/orders.html", context)


def _shown(order: Order, user: User) -> dict[str, Any]:
    """An order that waits for `user`: the roles of the kind of account that was applied for, and what
    the account has already, with its names."""
    roles = [(role.key, role.title) for role in GIVEN_ROLES if role.branch == order.branch]
    changed = order.account_id and order.created_by_id is None
    held = orders.held_in_reach(order, user) if changed else []
    return {
        "order": order,
        "of_nobody": order.account_id is None and orders.is_of_nobody(order),
        "asked": orders.role_asked(order),
        "roles": roles,
        "held": [(one, ROLES[one.role].title) for one in held],
    }


@needs(Power.MANAGE_ACCOUNTS)
@require_POST
def create(request: HttpRequest, pk: int) -> HttpResponse:
    """Create the account; its initial password is shown once."""
    user = user_of(request)
    order = get_object_or_404(orders_visible_to(user), pk=pk)
    username = request.POST.get("username", "").strip()
    if not USERNAME.fullmatch(username):
        messages.error(request, "账号只能用字母、数字和下划线，3 至 40 个字符。")
        return redirect("admin:orders")
    number = ""
    if orders.is_of_nobody(order):
        cleaned = HOLDER_FORM.clean(request.POST)
        if cleaned.problems:
            messages.error(request, cleaned.problems[0].text)
            return redirect("admin:orders")
        number = str(cleaned.values["id_number"])
    try:
        account, password = orders.create(
            order=order,
            username=username,
            id_number=number,
            by=user,
            now=timezone.now(),
            address=address_of(request),
        )
    except AccountProblem as problem:
        messages.error(request, str(problem))
        return redirect("admin:orders")
    return shown_once(request, account, password)


@needs(Power.GRANT_RIGHTS)
@require_POST
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the account the role that was applied for, beside or instead of what it has."""
    user = user_of(request)
    order = get_object_or_404(orders_visible_to(user), pk=pk)
    try:
        orders.grant(
            order=order,
            role=request.POST.get("role", ""),
            instead_of=keys_of(request, "instead_of"),
            by=user,
            now=timezone.now(),
            address=address_of(request),
        )
    except AccountProblem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"已为{order.name}分配权限。")
    return redirect("admin:orders")
