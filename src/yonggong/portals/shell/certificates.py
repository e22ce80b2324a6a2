"""Signing in with a certificate: by signing what the page shows, or by showing it in TLS; and the
certificates bound to one's own account."""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yonggong.accounts.actions import AccountProblem
from yonggong.accounts.limits import PROVING, TooOften, count_act
from yonggong.accounts.models import User
from yonggong.employers import charge
from yonggong.portals.access import address_of, signed_in, user_of
from yonggong.portals.pages import signing
from yonggong.portals.shell.beginning import destination
from yonggong.portals.shell.proven import NotLetIn, begin, note_refusal
from yonggong.portals.shell.security import is_proved, proved, to_confirm
from yonggong.portals.uploading import takes_files
from yonggong.proofs import binding, provider, tls, trust, verifying
from yonggong.proofs.challenges import Purpose
from yonggong.proofs.refusals import CertificateRefused
from yonggong.proofs.verifying import Proven

_WAY = "数字证书"
_NOT_SHOWN = "浏览器没有出示证书。请插入证书介质（如 USB Key），关闭浏览器后重新打开本页，在浏览器提示时选择证书。"


@require_http_methods(["GET", "POST"])
@takes_files(1)
def sign_in(request: HttpRequest) -> HttpResponse:
    """GET: a text to sign. POST: the text signed, which signs its signer in."""
    _must_be_configured()
    if isinstance(request.user, User):
        return redirect(destination(request) or "home")
    problem = ""
    if request.method == "POST":
        try:
            proven = signing.proven(request, Purpose.SIGN_IN)
            return begin(request, _account(proven), f"{_WAY}，序列号 {proven.serial}", strong=True)
        except TooOften as refused:
            problem = str(refused)  # not logged: a flood costs nothing
        except (CertificateRefused, NotLetIn) as refused:
            problem = str(refused)
            note_refusal(request, _WAY, problem)
    return _page(request, problem)


def _page(request: HttpRequest, problem: str) -> HttpResponse:
    text, problem = signing.challenge(request, Purpose.SIGN_IN, problem)
    context = {
        "problem": problem,
        "text": text,
        "next": destination(request),
        "shown_in_tls": tls.is_configured(),
    }
    status = 422 if problem else 200
    return render(request, "portals/sign_in/certificate.html", context, status=status)


@require_http_methods(["GET", "POST"])
def shown_in_tls(request: HttpRequest) -> HttpResponse:
    """GET: the certificate that the browser showed. POST: sign in with it."""
    _must_be_configured()
    if not tls.is_configured():
        raise Http404
    proven, problem = None, ""
    try:
        count_act(PROVING, user=None, address=address_of(request), now=timezone.now())
        certificate = tls.shown(request)
        if certificate is None:
            problem = _NOT_SHOWN
        else:
            proven = verifying.verify(certificate, now=timezone.now())
        if proven is not None and request.method == "POST":
            said = f"{_WAY}（TLS），序列号 {proven.serial}"
            begin(request, _account(proven), said, strong=True)
            # Not led on: the page goes on at another port, where a form may not lead.
            return render(request, "portals/sign_in/certificate_done.html")
    except TooOften as refused:
        problem = str(refused)
    except (CertificateRefused, NotLetIn) as refused:
        problem = str(refused)
        note_refusal(request, _WAY, problem)
    status = 422 if problem else 200
    context = {"proven": proven, "problem": problem}
    return render(request, "portals/sign_in/certificate_tls.html", context, status=status)


@require_GET
def address(request: HttpRequest) -> HttpResponse:
    """To where the proxy asks the browser for a certificate."""
    if not tls.is_configured():
        raise Http404
    return redirect(settings.CERTIFICATE_ADDRESS + reverse("sign-in-certificate-tls"))


def _account(proven: Proven) -> User:
    """Whose the certificate is: bound to an account, or a unit's, whose operator in charge it signs in.
    Raises `NotLetIn`."""
    bound = binding.account_of(binding.Way.CERTIFICATE, binding.mark_of(proven))
    if bound is not None:
        return bound
    if not proven.credit_code:
        raise NotLetIn(
            "该证书没有绑定账号。请先用账号和密码登录，在“账号信息”的“证书和身份绑定”中绑定，"
            "或者请管理员绑定。"
        )
    try:
        found = charge.in_charge_of_code(proven.credit_code)
    except AccountProblem as refused:
        raise NotLetIn(str(refused)) from None
    if found is None:
        raise NotLetIn(
            f"证书所载单位（统一社会信用代码 {proven.credit_code}）在本平台没有经办人账号，请先注册单位。"
        )
    return found


@signed_in
@require_http_methods(["GET", "POST"])
@takes_files(1)
def own(request: HttpRequest) -> HttpResponse:
    """GET: what one's account is bound to, and a text to sign. POST: bind the signer's certificate;
    who binds one proved lately who they are."""
    user, may_bind = user_of(request), is_proved(request)
    problem = ""
    if request.method == "POST":
        _must_be_configured()
        if not may_bind:
            return to_confirm("account-proofs")
        try:
            made = binding.bind_certificate(
                account=user,
                proven=signing.proven(request, Purpose.BIND),
                reason="本人登录后用证书签名",
                by=user,
                now=timezone.now(),
                address=address_of(request),
            )
            messages.success(request, f"已绑定：{made.shown}。")
            return redirect("account-proofs")
        except (CertificateRefused, AccountProblem, TooOften) as refused:
            problem = str(refused)
    text = ""
    if may_bind and trust.is_configured():
        text, problem = signing.challenge(request, Purpose.BIND, problem)
    context = {
        "bindings": binding.of_account(user),
        "text": text,
        "problem": problem,
        "provider": provider.title() if provider.is_configured() else "",
        "must_confirm": not may_bind and (trust.is_configured() or provider.is_configured()),
    }
    status = 422 if problem else 200
    return render(request, "portals/account_proofs.html", context, status=status)


@partial(proved, back="account-proofs")
@require_POST
def unbind(request: HttpRequest, pk: int) -> HttpResponse:
    """End a binding of one's own."""
    user = user_of(request)
    held = get_object_or_404(binding.of_account(user), pk=pk)
    try:
        binding.unbind(binding=held, by=user, now=timezone.now(), address=address_of(request))
        messages.success(request, "已解除绑定。")
    except AccountProblem as refused:
        messages.error(request, str(refused))
    return redirect("account-proofs")


def _must_be_configured() -> None:
    if not trust.is_configured():
        raise Http404
