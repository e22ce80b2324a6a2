"""Certificates of officers, bound to their accounts by who administers these, and ended."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from yonggong.accounts.actions import AccountProblem
from yonggong.accounts.models import User
from yonggong.accounts.queries import users_visible_to
from yonggong.accounts.roles import Power
from yonggong.forms.reading import read_line
from yonggong.portals.access import address_of, needs, user_of
from yonggong.portals.uploading import takes_files
from yonggong.proofs import binding, signed, verifying
from yonggong.proofs.refusals import CertificateRefused


@needs(Power.MANAGE_ACCOUNTS)
@require_POST
@takes_files(1)
def bind(request: HttpRequest, pk: int) -> HttpResponse:
    """Bind the uploaded certificate (`certificate`) to the account, for `reason`."""
    me = user_of(request)
    account = _account(me, pk)
    file = request.FILES.get("certificate")
    try:
        if file is None:
            raise CertificateRefused("没有选择证书文件，请选择后再绑定。")
        held = signed.read_certificate(file.read(signed.MOST_BYTES + 1))
        made = binding.bind_certificate(
            account=account,
            proven=verifying.verify(held, now=timezone.now()),
            reason=read_line(request.POST.get("reason", "")),
            by=me,
            now=timezone.now(),
            address=address_of(request),
        )
        messages.success(request, f"已绑定：{made.shown}。")
    except (CertificateRefused, AccountProblem) as refused:
        messages.error(request, str(refused))
    return redirect("admin:users-show", pk)


@needs(Power.MANAGE_ACCOUNTS)
@require_POST
def end(request: HttpRequest, pk: int, binding_pk: int) -> HttpResponse:
    """End a binding of the account."""
    me = user_of(request)
    held = get_object_or_404(binding.of_account(_account(me, pk)), pk=binding_pk)
    try:
        binding.unbind(binding=held, by=me, now=timezone.now(), address=address_of(request))
        messages.success(request, "已解除绑定。")
    except AccountProblem as refused:
        messages.error(request, str(refused))
    return redirect("admin:users-show", pk)


def _account(me: User, pk: int) -> User:
    found: User = get_object_or_404(users_visible_to(me), pk=pk)
    return found
