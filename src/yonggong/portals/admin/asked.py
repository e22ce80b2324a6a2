"""账号事项申请: acts on the accounts of administrators and auditors, done by two powers (SX-5)."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yonggong.accounts import administering
from yonggong.accounts.actions import AccountProblem
from yonggong.accounts.models import User
from yonggong.accounts.queries import asked_acts_visible_to
from yonggong.accounts.roles import Power
from yonggong.portals.access import address_of, needs, user_of

_SHOWN = 100


@needs(Power.MANAGE_ACCOUNTS, Power.GRANT_RIGHTS, Power.SEE_LOGS)
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """What was asked for and waits, and what was decided."""
    user = user_of(request)
    asked = asked_acts_visible_to(user).order_by("-pk")
    context = {
        "waiting": asked.filter(agreed=None)[:_SHOWN],
        "decided": asked.exclude(agreed=None)[:_SHOWN],
        "may_decide": not user.may(Power.MANAGE_ACCOUNTS),
    }
    return render(request, "portals/admin/asked.html", context)


@needs(Power.GRANT_RIGHTS, Power.SEE_LOGS)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree to it, or not."""
    user = user_of(request)
    asked = get_object_or_404(asked_acts_visible_to(user), pk=pk)
    verdict = request.POST.get("verdict")
    if verdict not in ("agree", "refuse"):
        raise Http404
    try:
        password = administering.decide(
            asked=asked,
            agreed=verdict == "agree",
            by=user,
            now=timezone.now(),
            address=address_of(request),
        )
    except AccountProblem as error:
        messages.error(request, str(error))
    else:
        if password:
            return shown_once(request, asked.account, password)
        messages.success(request, "已同意并办理。" if verdict == "agree" else "已记为不同意。")
    return redirect("admin:asked")


def shown_once(request: HttpRequest, account: User, password: str) -> HttpResponse:
    """A new initial password, on a page that nothing leads back to."""
    context = {
        "account": account,
        "password": password,
        "may_open": user_of(request).may(Power.MANAGE_ACCOUNTS),
    }
    return render(request, "portals/admin/password_once.html", context)
