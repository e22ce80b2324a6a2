"""登录监控: the security officer's page: who is signed in where, what was unusual, sessions ended, accounts
frozen in an emergency."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from yonggong.accounts import administering, watching
from yonggong.accounts.actions import AccountProblem
from yonggong.accounts.models import AccessEntry, User
from yonggong.accounts.queries import accounts_watched_by
from yonggong.accounts.roles import Power
from yonggong.forms.reading import read_line
from yonggong.listings import (
    Badge,
    ChoiceCondition,
    Column,
    DateRangeCondition,
    Listing,
    RelatedTextCondition,
    YesNoCondition,
)
from yonggong.listings.views import listing_view
from yonggong.portals.access import address_of, needs, user_of

_SHOWN = 200
_WATCHED = (
    AccessEntry.Kind.SIGN_IN,
    AccessEntry.Kind.SIGN_IN_FAILED,
    AccessEntry.Kind.SIGN_OUT,
)

SIGN_INS = Listing(
    name="admin-sign-ins",
    title="登录监控",
    columns=(
        Column(name="at", label="时间", value=lambda row: row.at, width=18),
        Column(name="name", label="姓名", value=lambda row: row.user.name, width=12),
        Column(name="account", label="账号", value=lambda row: row.user.username, width=18),
        Column(name="kind", label="类别", value=lambda row: row.get_kind_display(), width=12),
        Column(name="address", label="来源地址", value=lambda row: row.address or "", width=18),
        Column(
            name="unusual",
            label="异常",
            value=watching.unusual_of,
            badge=lambda row: Badge("warn", "alert-triangle") if watching.unusual_of(row) else None,
            width=30,
        ),
    ),
    rows=watching.sign_ins_watched_by,
    conditions=(
        YesNoCondition(
            name="unusual", label="异常登录", yes=watching.IS_UNUSUAL, no=~watching.IS_UNUSUAL
        ),
        ChoiceCondition(
            name="kind",
            label="类别",
            field="kind",
            choices=tuple((str(kind), kind.label) for kind in _WATCHED),
        ),
        RelatedTextCondition(
            name="account",
            label="账号",
            hint="账号开头",
            field="username",
            related=accounts_watched_by,
            to="user",
        ),
        DateRangeCondition(name="at", label="日期", field="at", moment=True),
    ),
)


@needs(Power.WATCH_SESSIONS)
def page(request: HttpRequest) -> HttpResponseBase:
    """Who is signed in, and every sign-in of the region's accounts."""
    present = watching.signed_in_now(user_of(request), now=timezone.now())[:_SHOWN]
    extra = {"present": present, "me": user_of(request).pk}
    return listing_view(request, SIGN_INS, template="portals/admin/watching.html", extra=extra)


@needs(Power.WATCH_SESSIONS)
@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """End the sessions of an account, or freeze it in an emergency."""
    me = user_of(request)
    account: User = get_object_or_404(accounts_watched_by(me), pk=pk)
    acts = {"end": administering.end_sessions, "freeze": administering.freeze_in_emergency}
    wanted = acts.get(request.POST.get("ask", ""))
    if wanted is None:
        raise Http404
    reason = request.POST.get("reason", "")
    try:
        wanted(account=account, reason=reason, by=me, address=address_of(request))
    except AccountProblem as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"已办理：{account}。")
    return redirect("admin:watching")


@needs(Power.WATCH_SESSIONS)
@require_POST
def act_on_named(request: HttpRequest) -> HttpResponseBase:
    """The same to an account that is not signed in now, by its whole name."""
    named = User.objects.named(read_line(request.POST.get("username", ""))[:40])
    account = accounts_watched_by(user_of(request)).filter(pk__in=named.values("pk")).first()
    if account is None:
        messages.error(request, "本辖区没有该账号，请核对后重新填写。")
        return redirect("admin:watching")
    return act(request, account.pk)
