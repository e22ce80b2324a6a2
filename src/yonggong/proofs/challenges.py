"""Texts to be signed: each for one session, for one purpose, once, and for five minutes."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from yonggong.proofs.models import Challenge
from yonggong.proofs.refusals import CertificateRefused
from yonggong.vault import digest

HOLDS_FOR = timedelta(minutes=5)
_MARK = "challenge_mark"


class Purpose(StrEnum):
    """What is agreed to by signing; the text says so, and is taken for nothing else."""

    SIGN_IN = "sign-in"
    BIND = "bind-certificate"
    CLAIM = "claim-employer"


def make(purpose: Purpose, *, host: str, session: SessionBase, now: datetime) -> str:
    """A text for this session to sign, in ASCII, so that no tool changes a byte of it."""
    mark = session.setdefault(_MARK, secrets.token_urlsafe(16))
    text = f"yonggong {purpose} {host} {secrets.token_urlsafe(24)}"
    Challenge.objects.filter(made_at__lt=now - HOLDS_FOR).delete()
    Challenge.objects.create(digest=digest(text), session=digest(mark), made_at=now)
    return text


@transaction.atomic
def take(text: str, purpose: Purpose, *, session: SessionBase, now: datetime) -> bytes:
    """Use a challenge up; the bytes that were to be signed. Raises `CertificateRefused` for one of
    another session or purpose, one used already, and one too old.

    Called before the signature is looked at: a wrong answer too has used it up.
    """
    mark = session.get(_MARK, "")
    if text.startswith(f"yonggong {purpose} ") and mark:
        found = Challenge.objects.filter(
            digest=digest(text), session=digest(mark), made_at__gt=now - HOLDS_FOR
        )
        # In one statement: of two answers at once one alone finds it.
        if found.delete()[0] == 1:
            return text.encode()
    raise CertificateRefused("登录口令已经用过或者超过 5 分钟，请用页面上新的口令重新签名。")
