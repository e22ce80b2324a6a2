"""Codes sent to a mobile number: who reads one out has the phone.

A code holds for five minutes and five tries, once, for one purpose, number and subject, and only for
whoever asked for it: they keep its key (in their session), so that nobody else's asking or guessing
takes a try of theirs. Kept as a keyed digest. What was asked for in vain is counted, answered and
checked in the same way as what was not.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils.crypto import constant_time_compare
from procrastinate.contrib.django import app

from yonggong.accounts import texting
from yonggong.accounts.limits import Limit, TooOften, count_act, one_by_one
from yonggong.accounts.sign_in_models import OneTimeCode
from yonggong.codes.normalise import plain
from yonggong.vault import digest, mask

VALID = timedelta(minutes=5)
TRIES = 5
# How often one number may be sent a code, and one be asked for about one account or employer.
PAUSE = timedelta(minutes=1)
OF_MOBILE, OF_SUBJECT, _WITHIN = 5, 10, timedelta(hours=1)
# An office shares one address.
ASKING = Limit("one_time_code", of_account=10, of_address=60)
# The job that sends one, by its name: `accounts.tasks` has it.
SEND = "accounts.send_code"

_DIGITS = 6
_KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a code is for: `name` is kept with it, `title` stands in the message."""

    name: str
    title: str


class NotOffered(Exception):
    """The installation sends no text messages; the message is for the person who asked."""


class Undelivered(Exception):
    """A message did not go out; says what kind of error, and nothing of the message."""


def offered() -> bool:
    """Whether codes reach anybody here: through a gateway, or shown on a demonstration."""
    return bool(settings.SMS_GATEWAY) or settings.DEMONSTRATION


@transaction.atomic
def send(
    *,
    purpose: Purpose,
    mobile: str,
    about: str = "",
    in_vain: bool = False,
    address: str | None,
    now: datetime,
) -> UUID:
    """Send a code to `mobile`; the key by which its asker has it checked.

    `about`: what is to be done with it, where that is not the number alone (an account, an
    employer). `in_vain`: nothing goes out, and nobody can tell. Raises `TooOften`, `NotOffered`.
    """
    if not offered():
        raise NotOffered("本平台没有开通短信验证码，请联系当地人社部门办理。")
    count_act(ASKING, user=None, address=address, now=now)
    row = OneTimeCode(
        purpose=purpose.name,
        mobile=digest(mobile),
        about=digest(f"{purpose.name} {about or mobile}"),
        goes_out=not in_vain,
        at=now,
    )
    _check_frequency(row, now)
    code = "".join(secrets.choice("0123456789") for _ in range(_DIGITS))
    row.code = _digest(row.key, purpose, mobile, about, code)
    row.keep_outgoing(mobile, _text(purpose, code))
    OneTimeCode.objects.filter(at__lt=now - _KEPT).delete()
    row.save(force_insert=True)
    if settings.SMS_GATEWAY:
        app.configure_task(SEND).defer(code=row.pk)
    return row.key


@transaction.atomic(durable=True)
def check(
    *,
    key: UUID | str | None,
    purpose: Purpose,
    mobile: str,
    about: str = "",
    code: str,
    now: datetime,
) -> bool:
    """Whether `code` is the one sent for all of this. The right one is used up, a wrong one is a try:
    both stay so, whatever comes after (no transaction may be open around this)."""
    row = (
        OneTimeCode.objects.select_for_update()
        .filter(key=_uuid(key), used_at=None, at__gt=now - VALID, tries__lt=TRIES)
        .first()
    )
    if row is None:
        return False
    typed = _digest(row.key, purpose, mobile, about, plain(code))
    right = constant_time_compare(bytes(row.code), typed)
    row.tries += 1
    if right and row.goes_out:
        row.used_at, row.outgoing_sealed = now, ""
    row.save(update_fields=["tries", "used_at", "outgoing_sealed"])
    return row.used_at is not None


def deliver(key: int, *, now: datetime) -> None:
    """Send the message of a row (its primary key) through the gateway, unless it went out or is too
    old. Raises `Undelivered`: then it is still there for the next try."""
    row = OneTimeCode.objects.filter(pk=key).first()
    gateway = texting.gateway()
    if row is None or not row.outgoing_sealed or gateway is None:
        return
    if row.goes_out and row.at > now - VALID:
        mobile, text = row.outgoing
        try:
            gateway.send(mobile=mobile, text=text)
        except Exception as error:  # whatever a provider raises may hold the number
            raise Undelivered(type(error).__name__) from None
    OneTimeCode.objects.filter(pk=key).update(outgoing_sealed="")


def shown(*, now: datetime) -> list[tuple[datetime, str, str]]:
    """What a demonstration shows instead of sending it: when, to which number (masked), what;
    newest first. Nothing anywhere else."""
    if not settings.DEMONSTRATION or settings.SMS_GATEWAY:
        return []
    rows = OneTimeCode.objects.filter(goes_out=True, at__gt=now - VALID).exclude(outgoing_sealed="")
    found = [(row.at, *row.outgoing) for row in rows.order_by("-at")[:20]]
    return [(at, mask(mobile, "phone"), text) for at, mobile, text in found]


def _check_frequency(row: OneTimeCode, now: datetime) -> None:
    """Raises `TooOften`. One after the other for one number or subject, so that none slips by."""
    one_by_one({row.mobile.hex(), row.about.hex()})
    to_mobile, on_subject = Q(mobile=row.mobile), Q(about=row.about)
    counts = OneTimeCode.objects.filter(to_mobile | on_subject, at__gt=now - _WITHIN).aggregate(
        sent=Count("pk", filter=to_mobile),
        asked=Count("pk", filter=on_subject),
        last=Max("at", filter=to_mobile),
    )
    if counts["last"] is not None and counts["last"] > now - PAUSE:
        raise TooOften("一分钟内只能发送一次验证码，请稍后再试。")
    if counts["sent"] >= OF_MOBILE or counts["asked"] >= OF_SUBJECT:
        raise TooOften("验证码发送过于频繁，请一小时后再试。")


def _text(purpose: Purpose, code: str) -> str:
    minutes = VALID // timedelta(minutes=1)
    return (
        f"【劳动用工备案】验证码 {code}，用于{purpose.title}，{minutes} 分钟内有效。请勿告知他人。"
    )


def _digest(key: UUID, purpose: Purpose, mobile: str, about: str, code: str) -> bytes:
    return digest(f"one-time code {key} {purpose.name} {mobile} {about} {code}")


def _uuid(key: UUID | str | None) -> UUID:
    """The key as one; for what is none, one that no code has."""
    try:
        return UUID(str(key))
    except ValueError:
        return UUID(int=0)
