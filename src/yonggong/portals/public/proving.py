"""单位认领 without a reviewer: by the unit's certificate, by a code to the registered mobile; and
invitations to act for an employer, answered."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from yonggong.accounts import one_time_codes
from yonggong.accounts.actions import AccountProblem
from yonggong.accounts.limits import CLAIMING, TooOften, count_act
from yonggong.accounts.models import User
from yonggong.accounts.one_time_codes import NotOffered
from yonggong.codes.errors import CodeError
from yonggong.codes.identity import parse_id_number
from yonggong.employers import charge, proving
from yonggong.employers.claims import ClaimProblem
from yonggong.employers.models import Claim
from yonggong.forms.reading import read_line
from yonggong.portals.access import address_of, signed_in, user_of
from yonggong.portals.pages import signing
from yonggong.portals.public.claiming import claimant, own_claim
from yonggong.portals.uploading import takes_files
from yonggong.proofs import trust
from yonggong.proofs.challenges import Purpose
from yonggong.proofs.refusals import CertificateRefused

# The keys of the code that was sent, by claim, in the session of who asked.
_KEYS = "claim_codes"


@signed_in
@require_http_methods(["GET", "POST"])
@takes_files(1)
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: a text to sign with the unit's certificate. POST: the text signed."""
    user = claimant(request)
    claim = own_claim(user, pk)
    problem, text = "", ""
    if request.method == "POST":
        try:
            made = proving.by_certificate(
                claim=claim,
                proven=signing.proven(request, Purpose.CLAIM),
                by=user,
                now=timezone.now(),
                address=address_of(request),
            )
            return _done(request, made)
        except (CertificateRefused, ClaimProblem, TooOften) as refused:
            problem = str(refused)
    if claim.state == Claim.State.WAITING and trust.is_configured():
        text, problem = signing.challenge(request, Purpose.CLAIM, problem)
    context = {"claim": claim, "text": text, "problem": problem}
    status = 422 if problem else 200
    return render(request, "portals/public/claim_certificate.html", context, status=status)


@signed_in
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: who is registered, and the code. POST `ask`: `send` a code, or `check` the one received."""
    user = claimant(request)
    claim = own_claim(user, pk)
    problem = ""
    if request.method == "POST":
        try:
            if request.POST.get("ask") == "check":
                return _done(request, _checked(request, claim, user))
            _send(request, claim, user)
        except (ClaimProblem, TooOften, NotOffered) as refused:
            problem = str(refused)
    context = {
        "claim": claim,
        "problem": problem,
        "sent": str(claim.pk) in request.session.get(_KEYS, {}),
        "name": read_line(request.POST.get("name", ""))[:50],
        "demonstration": settings.DEMONSTRATION,
        "minutes": one_time_codes.VALID.seconds // 60,
    }
    status = 422 if problem else 200
    return render(request, "portals/public/claim_code.html", context, status=status)


def _send(request: HttpRequest, claim: Claim, user: User) -> None:
    try:
        number = parse_id_number(request.POST.get("number", "")).number
    except CodeError as wrong:
        raise ClaimProblem(str(wrong)) from None
    now, address = timezone.now(), address_of(request)
    # Who is registered is not to be found out by trying.
    count_act(CLAIMING, user=user, address=address, now=now)
    keys = proving.ask_code(
        claim=claim,
        name=read_line(request.POST.get("name", ""))[:50],
        number=number,
        by=user,
        now=now,
        address=address,
    )
    sent = [str(key) for key in keys]
    request.session[_KEYS] = {**request.session.get(_KEYS, {}), str(claim.pk): sent}
    messages.success(request, "填写内容与登记信息一致的，验证码已发送到其在登记部门留存的手机号。")


def _checked(request: HttpRequest, claim: Claim, user: User) -> Claim:
    return proving.by_code(
        claim=claim,
        keys=request.session.get(_KEYS, {}).get(str(claim.pk), []),
        code=request.POST.get("code", "")[:20],
        by=user,
        now=timezone.now(),
        address=address_of(request),
    )


def _done(request: HttpRequest, made: Claim) -> HttpResponse:
    if made.state == Claim.State.CHOSEN:
        messages.success(request, f"已认定由您经办{made.name}，您是主经办人。")
    else:
        messages.warning(
            request, "核验通过。该单位已有其他账号填报，由人社部门核对后认定，结果以站内提醒告知。"
        )
    return redirect("claims")


@signed_in
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say `yes` or no to an invitation of one's own."""
    user = user_of(request)
    invitation = get_object_or_404(charge.invited(user), pk=pk)
    accepts = request.POST.get("answer") == "yes"
    try:
        charge.answer(
            invitation=invitation,
            accepts=accepts,
            by=user,
            now=timezone.now(),
            address=address_of(request),
        )
        name = invitation.employer.name
        messages.success(request, f"您已成为{name}的经办人。" if accepts else "已谢绝。")
    except AccountProblem as refused:
        messages.error(request, str(refused))
    return redirect("claims")
