"""The sessions of an account, as its owner sees and ends them, and the security officer watches."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from yonggong.accounts.actions import record_account
from yonggong.accounts.models import OpenSession, User

# What a browser says of itself, the most particular first: Edge says it is Chrome too.
_BROWSERS = {
    "Edg": "Edge", "OPR": "Opera", "MicroMessenger": "微信", "Firefox": "Firefox", "Chrome": "Chrome",
    "CriOS": "Chrome", "Safari": "Safari",
}  # fmt: skip
_SYSTEMS = {
    "Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "OpenHarmony": "鸿蒙",
    "Windows": "Windows", "Mac OS X": "macOS", "Linux": "Linux",
}  # fmt: skip


def note(request: HttpRequest, user: User, *, way: str, address: str | None, now: datetime) -> None:
    """Keep that this session has begun, in what way; forget those that cannot go on any more."""
    OpenSession.objects.filter(
        user=user, started_at__lt=now - timedelta(seconds=settings.SESSION_LIFE_SECONDS)
    ).delete()
    OpenSession.objects.update_or_create(  # whoever signs in twice keeps the session
        session_key=str(request.session.session_key),
        defaults={
            "user": user,
            "mark": user.get_session_auth_hash(),
            "device": device_of(request.headers.get("User-Agent", "")),
            "way": way.partition("，")[0][:40],
            "address": address,
            "started_at": now,
            "seen_at": now,
        },
    )


def goes_on(before: str | None, request: HttpRequest, user: User) -> None:
    """A session has another key, and another mark: its owner changed the password in it, by which
    the others are over."""
    OpenSession.objects.filter(user=user).exclude(session_key=before).delete()
    OpenSession.objects.filter(session_key=before).update(
        session_key=request.session.session_key, mark=user.get_session_auth_hash()
    )


def touch(session_key: str | None, *, address: str | None, now: datetime) -> None:
    """The session is used, from here."""
    OpenSession.objects.filter(session_key=session_key).update(seen_at=now, address=address)


def open_of(user: User, *, now: datetime) -> QuerySet[OpenSession]:
    """The account's sessions that go on, the one used last first."""
    return going_on(now=now).filter(user=user, mark=user.get_session_auth_hash())


def going_on(*, now: datetime) -> QuerySet[OpenSession]:
    """Everybody's sessions that go on, the one used last first."""
    idle = now - timedelta(seconds=settings.SESSION_IDLE_SECONDS)
    kept = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=now)
    return OpenSession.objects.filter(Exists(kept), seen_at__gt=idle).order_by("-seen_at", "-pk")


@transaction.atomic
def end(*, session: OpenSession, by: User, address: str | None) -> None:
    """End one session of the account's own."""
    _end(OpenSession.objects.filter(pk=session.pk, user=by))
    record_account(by, f"退出设备 {session.device}", by=by, address=address)


@transaction.atomic
def end_others(*, session_key: str | None, by: User, address: str | None) -> None:
    """End every session of the account but this one."""
    _end(OpenSession.objects.filter(user=by).exclude(session_key=session_key))
    record_account(by, "退出其他全部设备", by=by, address=address)


@transaction.atomic
def forget_over(*, now: datetime) -> None:
    """Delete every session whose time is over, of people and of visitors."""
    Session.objects.filter(expire_date__lt=now).delete()
    begun = now - timedelta(seconds=settings.SESSION_LIFE_SECONDS)
    OpenSession.objects.filter(started_at__lt=begun).delete()


def _end(sessions: QuerySet[OpenSession]) -> None:
    Session.objects.filter(
        session_key__in=list(sessions.values_list("session_key", flat=True))
    ).delete()
    sessions.delete()


def device_of(agent: str) -> str:
    """What a browser says of itself, in words; 未知设备 where it says nothing that is known."""
    browser = next(
        (title for sign, title in _BROWSERS.items() if re.search(rf"\b{sign}\b", agent)), ""
    )
    system = next((title for sign, title in _SYSTEMS.items() if sign in agent), "")
    return " · ".join(filter(None, (browser, system))) or "未知设备"
