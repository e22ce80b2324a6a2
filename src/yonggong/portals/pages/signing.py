"""A text that somebody signs with their certificate's key, on whatever page asks for it."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone

from yonggong.accounts.limits import PROVING, TooOften, count_act
from yonggong.accounts.models import User
from yonggong.portals.access import address_of
from yonggong.proofs import challenges, signed, verifying
from yonggong.proofs.challenges import Purpose
from yonggong.proofs.refusals import CertificateRefused
from yonggong.proofs.signed import MOST_BYTES, Signed
from yonggong.proofs.verifying import Proven


def challenge(request: HttpRequest, purpose: Purpose, problem: str) -> tuple[str, str]:
    """A new text for this session to sign, and what the page says is wrong: the `problem` it has, else
    that texts are asked for too often; then there is no text."""
    now = timezone.now()
    try:
        _count(request)
    except TooOften as refused:
        return "", problem or str(refused)
    made = challenges.make(purpose, host=request.get_host(), session=request.session, now=now)
    return made, problem


def proven(request: HttpRequest, purpose: Purpose) -> Proven:
    """The certificate whose holder signed the text that was sent back: pasted or as files, CMS or a
    plain signature beside its certificate. Raises `CertificateRefused`, `TooOften`."""
    now = timezone.now()
    _count(request)
    text = challenges.take(request.POST.get("text", ""), purpose, session=request.session, now=now)
    read = _signed(_sent(request, "signature"), _sent(request, "certificate"), text)
    return verifying.verify(read.certificate, sent_along=read.others, now=now)


def _count(request: HttpRequest) -> None:
    user = request.user if isinstance(request.user, User) else None
    count_act(PROVING, user=user, address=address_of(request), now=timezone.now())


def _signed(signature: bytes, certificate: bytes, text: bytes) -> Signed:
    if not signature:
        raise CertificateRefused("请粘贴签名结果，或者选择签名文件。")
    if certificate:
        return signed.read_plain(signature, certificate, text=text)
    return signed.read_cms(signature, text=text)


def _sent(request: HttpRequest, name: str) -> bytes:
    file = request.FILES.get(f"{name}_file")
    if file is not None:
        return file.read(MOST_BYTES + 1)
    return request.POST.get(name, "").strip().encode()
