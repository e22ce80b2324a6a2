"""A challenge is one session's, for one purpose, once, and for five minutes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore

from yonggong.proofs import challenges
from yonggong.proofs.challenges import Purpose
from yonggong.proofs.refusals import CertificateRefused

pytestmark = pytest.mark.django_db


def _made(session: SessionStore, now: datetime) -> str:
    return challenges.make(Purpose.SIGN_IN, host="example.cn", session=session, now=now)


def test_it_is_taken_once(now: datetime) -> None:
    session = SessionStore()
    text = _made(session, now)
    assert "example.cn" in text and text.isascii()
    assert challenges.take(text, Purpose.SIGN_IN, session=session, now=now) == text.encode()
    with pytest.raises(CertificateRefused, match="已经用过"):
        challenges.take(text, Purpose.SIGN_IN, session=session, now=now)


@pytest.mark.parametrize(
    ("purpose", "other", "after"),
    [
        (Purpose.BIND, False, timedelta()),
        (Purpose.SIGN_IN, True, timedelta()),
        (Purpose.SIGN_IN, False, timedelta(minutes=5)),
    ],
    ids=["another purpose", "another session", "too late"],
)
def test_it_is_not_taken(now: datetime, purpose: Purpose, other: bool, after: timedelta) -> None:
    session, stranger = SessionStore(), SessionStore()
    text = _made(session, now)
    _made(stranger, now)
    asking = stranger if other else session
    with pytest.raises(CertificateRefused):
        challenges.take(text, purpose, session=asking, now=now + after)


def test_old_ones_are_thrown_away(now: datetime) -> None:
    session = SessionStore()
    _made(session, now - timedelta(minutes=6))
    _made(session, now)
    assert challenges.Challenge.objects.count() == 1
