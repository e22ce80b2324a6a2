"""How often signing in may fail, and what tells of others may be asked: by account and by where
from.

A stranger's failures shut out the stranger, not the owner: they count for the address they came
from, and whoever signed in before from a browser (it carries a signed mark) has a count of their own.
Asked before a password is hashed, and the same for names that are no account.
"""

from __future__ import annotations

import ipaddress
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import connection, transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse

from yonggong.accounts.models import LimitedAct, SignInFailure, User, folded
from yonggong.vault import digest

FAILURES_BEFORE_LOCK = 5
LOCK_PERIOD = timedelta(minutes=15)
# Of all accounts from one address (an office shares one), and of one account from all addresses.
OF_ONE_ADDRESS = 50
OF_ALL_STRANGERS = 50
# Of different accounts from one address in a day, for who goes slowly through a list of them.
ACCOUNTS_OF_ONE_ADDRESS = 200

_KEPT = timedelta(days=1)
_COOKIE, _SALT, _COOKIE_SECONDS = "known", "yonggong.known-browser", 400 * 24 * 3600
_ACCOUNTS_OF_A_BROWSER = 12


@dataclass(frozen=True, slots=True)
class Source:
    """Whose sign-in is tried, and where from; `browser` is "" for one not seen before."""

    account: bytes
    address: str | None
    browser: str

    @property
    def failures(self) -> Q:
        """This source's own."""
        where = Q(browser=self.browser) if self.browser else Q(browser="", address=self.address)
        return Q(account=self.account) & where


def source_of(request: HttpRequest | None, username: str, user: User | None) -> Source:
    """`user`: the account of that name, where there is one."""
    address = network_of(request.META.get("REMOTE_ADDR") or None if request else None)
    known = _known(request) if request and user else {}
    return Source(digest(folded(username)), address, known.get(str(user.pk), "") if user else "")


def network_of(address: str | None) -> str | None:
    """What counts as one address: of IPv6 the network of its first 64 bits, which is the least that
    one subscriber has; everybody there could take another address for each try."""
    if address is None or ":" not in address:
        return address
    found = ipaddress.IPv6Address(address)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(found) >> 64 << 64, 64)).network_address)


def shut_out(source: Source, *, now: datetime, strangers: int = OF_ALL_STRANGERS) -> bool:
    """Whether the source has failed too often of late; `strangers`: how often all of them may."""
    by_strangers = Q(account=source.account, browser="")
    address = Q(address=source.address)
    asked = source.failures if source.browser else by_strangers | address
    counts = SignInFailure.objects.filter(asked, at__gt=now - LOCK_PERIOD).aggregate(
        own=Count("pk", filter=source.failures),
        strangers=Count("pk", filter=by_strangers),
        address=Count("pk", filter=address),
    )
    if counts["own"] >= FAILURES_BEFORE_LOCK:
        return True
    return not source.browser and (
        counts["strangers"] >= strangers
        or (source.address is not None and counts["address"] >= OF_ONE_ADDRESS)
        or _goes_through_accounts(source.address, now)
    )


def failed_too_often_itself(source: Source, *, now: datetime) -> bool:
    """Whether it is this source's own failures at the account that shut it out: no others'."""
    own = SignInFailure.objects.filter(source.failures, at__gt=now - LOCK_PERIOD)
    return own.count() >= FAILURES_BEFORE_LOCK


def _goes_through_accounts(address: str | None, now: datetime) -> bool:
    if address is None:
        return False
    today = SignInFailure.objects.filter(address=address, at__gt=now - _KEPT)
    return today.values("account").distinct().count() >= ACCOUNTS_OF_ONE_ADDRESS


def note_failure(source: Source, *, user: User | None, now: datetime) -> None:
    """Count a failure; the account shows until when it is locked for whoever fails there."""
    SignInFailure.objects.filter(at__lt=now - _KEPT).delete()
    SignInFailure.objects.create(
        account=source.account, address=source.address, browser=source.browser, at=now
    )
    if user is not None and shut_out(source, now=now):
        User.objects.filter(pk=user.pk).update(locked_until=now + LOCK_PERIOD)


def forget_failures(source: Source, user: User) -> None:
    """After a success: only those of the same source, for others' are not its to forgive."""
    SignInFailure.objects.filter(source.failures).delete()
    if user.locked_until is not None:
        User.objects.filter(pk=user.pk).update(locked_until=None)


def forgive(user: User) -> None:
    """All failures at the account, wherever from: an administrator's act."""
    SignInFailure.objects.filter(account=digest(folded(user.username))).delete()


def remember_browser(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Mark the browser as one that `user` signed in from."""
    known: dict[str, Any] = _known(request)
    mark = known.pop(str(user.pk), "") or secrets.token_urlsafe(12)
    kept = dict([*known.items(), (str(user.pk), mark)][-_ACCOUNTS_OF_A_BROWSER:])
    response.set_cookie(
        _COOKIE, signing.dumps(kept, salt=_SALT), max_age=_COOKIE_SECONDS, httponly=True,
        samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, path=settings.LOGIN_URL,
    )  # fmt: skip


def _known(request: HttpRequest) -> dict[str, str]:
    try:
        read = signing.loads(request.COOKIES.get(_COOKIE, ""), salt=_SALT, max_age=_COOKIE_SECONDS)
    except signing.BadSignature:
        return {}
    return read if isinstance(read, dict) else {}


class TooOften(Exception):
    """An act that its limit refuses; the message is for the person who tried."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How many of an act an account, and an address with all its accounts, may do in `within`."""

    act: str
    of_account: int
    of_address: int
    within: timedelta = timedelta(hours=1)


# What tells whether a credit code or a person is registered, each with its own count. An office
# shares one address, and so do the people at a counter's own machine.
REGISTERING = Limit("registering", of_account=10, of_address=10)
CLAIMING = Limit("claiming", of_account=5, of_address=20, within=timedelta(days=1))
LICENCES = Limit("licences", of_account=20, of_address=60, within=timedelta(days=1))
ASKING_CODES = Limit("asking_codes", of_account=30, of_address=200)
ENTERING_MANY = Limit("entering_many", of_account=20, of_address=100)
# Whom one would have act for one; whom a counter serves: so many come to one clerk in an hour.
NAMING_AGENTS = Limit("naming_agents", of_account=10, of_address=50)
SERVING_PERSONS = Limit("serving_persons", of_account=40, of_address=200)
# Challenges and signatures of strangers, looked at before it is known whose they are.
PROVING = Limit("proving", of_account=120, of_address=600)
IDENTIFYING = Limit("identifying", of_account=40, of_address=100)


def one_by_one(names: Iterable[str]) -> None:
    """Wait until no other transaction holds one of the names, and hold them: what is counted before
    it is done is so done one after the other, and none slips by."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(said, 0)) FROM unnest(%s::text[]) said",
            [sorted(names)],
        )


@transaction.atomic
def count_act(limit: Limit, *, user: User | None, address: str | None, now: datetime) -> None:
    """Count an act before it is done. Raises `TooOften`; what was refused is not counted."""
    address = network_of(address)
    own = Q(user=user) if user is not None else Q(pk__in=[])
    there = Q(address=address) if address is not None else Q(pk__in=[])
    one_by_one(f"{limit.act} {who}" for who in (user and user.pk, address) if who)
    counts = LimitedAct.objects.filter(
        own | there, act=limit.act, at__gt=now - limit.within
    ).aggregate(own=Count("pk", filter=own), there=Count("pk", filter=there))
    if counts["own"] >= limit.of_account or counts["there"] >= limit.of_address:
        raise TooOften("操作过于频繁，请稍后再试；确需办理的，请联系当地人社部门。")
    LimitedAct.objects.filter(at__lt=now - _KEPT).delete()
    LimitedAct.objects.create(act=limit.act, user=user, address=address, at=now)
