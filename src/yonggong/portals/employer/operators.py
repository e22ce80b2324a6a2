"""经办人: who acts for the employer; whoever is in charge asks others, removes them, hands over; anybody
leaves. Its own people's page alone: not an agent's, not a counter's."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from yonggong.accounts.actions import AccountProblem
from yonggong.accounts.limits import NAMING_AGENTS, TooOften, count_act
from yonggong.accounts.models import Grant
from yonggong.employers import charge, operators
from yonggong.forms.reading import read_line
from yonggong.portals.employer.desk import Desk, at_desk
from yonggong.registry.models import Employer

_SHOWN = 50


@at_desk
@require_GET
def page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Who acts for the employer, who was asked, and how it came about."""
    employer = _own(desk)
    leader = charge.in_charge(employer)
    context = {
        "employer": employer,
        "operators": operators.operators_of(employer),
        "leader": leader,
        "leads": leader == desk.user,
        "invitations": charge.invitations_of(employer),
        "claims": charge.claims_of(employer) if leader == desk.user else (),
        "changes": operators.changes_of(employer)[:_SHOWN],
        "most": operators.MOST,
    }
    return render(request, "portals/employer/operators.html", context)


@at_desk
@require_POST
def invite(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Ask an account (`username`, `name`) to act for the employer too."""
    employer = _own(desk)
    try:
        count_act(NAMING_AGENTS, user=desk.user, address=desk.address, now=desk.now)
        charge.invite(
            employer=employer,
            username=read_line(request.POST.get("username", ""))[:40],
            name=read_line(request.POST.get("name", ""))[:50],
            reason=_reason(request),
            by=desk.user,
            now=desk.now,
        )
        messages.success(
            request, "已发出邀请。账号和姓名相符的，对方登录后在“单位认领”中接受或者谢绝。"
        )
    except (AccountProblem, TooOften) as refused:
        messages.error(request, str(refused))
    return redirect("employer:operators")


@at_desk
@require_POST
def take_back(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Ask no more."""
    invitation = get_object_or_404(charge.invitations_of(_own(desk)), pk=pk)
    try:
        charge.take_back(invitation=invitation, by=desk.user, now=desk.now)
        messages.success(request, "已撤回邀请。")
    except AccountProblem as refused:
        messages.error(request, str(refused))
    return redirect("employer:operators")


@at_desk
@require_POST
def accept(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Let an account act for the employer that claims it (key of the claim)."""
    try:
        charge.accept(
            employer=_own(desk),
            claim=pk,
            reason=_reason(request),
            by=desk.user,
            now=desk.now,
            address=desk.address,
        )
        messages.success(request, "已同意，对方登录后即可办理本单位业务。")
    except AccountProblem as refused:
        messages.error(request, str(refused))
    return redirect("employer:operators")


@at_desk
@require_POST
def act(request: HttpRequest, desk: Desk, grant: int) -> HttpResponse:
    """`ask`: remove an operator (key of the grant), or put them in charge."""
    employer = _own(desk)
    ask = request.POST.get("ask")
    if ask not in ("dismiss", "hand_over"):
        raise Http404
    done = charge.dismiss if ask == "dismiss" else charge.hand_over
    try:
        done(
            employer=employer,
            grant=grant,
            reason=_reason(request),
            by=desk.user,
            now=desk.now,
            address=desk.address,
        )
        messages.success(request, "已撤销。" if ask == "dismiss" else "已移交主经办。")
    except Grant.DoesNotExist:
        raise Http404 from None
    except AccountProblem as refused:
        messages.error(request, str(refused))
    return redirect("employer:operators")


@at_desk
@require_POST
def leave(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Act for the employer no more."""
    employer = _own(desk)
    try:
        charge.leave(
            employer=employer,
            reason=_reason(request),
            by=desk.user,
            now=desk.now,
            address=desk.address,
        )
    except AccountProblem as refused:
        messages.error(request, str(refused))
        return redirect("employer:operators")
    messages.success(request, f"您已不再经办{employer.name}的业务。")
    return redirect("home")


def _own(desk: Desk) -> Employer:
    """The employer, for its own people. Raises 404."""
    if desk.own is None:
        raise Http404
    return desk.employer


def _reason(request: HttpRequest) -> str:
    return read_line(request.POST.get("reason", ""))
