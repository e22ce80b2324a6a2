"""Where an account is signed in, seen and ended by its owner; and how long a page about proofs holds."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from yonggong.accounts.devices import device_of, forget_over
from yonggong.accounts.models import AccessEntry, OpenSession, User

pytestmark = pytest.mark.django_db
PASSWORD, NEW = "Yonggong-2026", "Changchun#2027"
SECURITY = "/account/security/"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0"
WECHAT = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Mobile MicroMessenger/8.0.49"


@pytest.fixture
def owner(make_user: Callable[..., User], agency: Any) -> User:
    return make_user("reviewer", agency=agency, region_code="220104")


def signs_in(user: User, agent: str = EDGE, at: str = "10.0.0.1") -> Client:
    client = Client(headers={"User-Agent": agent}, REMOTE_ADDR=at)
    asked = {"username": user.username, "password": PASSWORD}
    assert client.post("/sign-in/", asked).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def listed(client: Client) -> str:
    return client.get(SECURITY).content.decode()


def test_the_page_lists_device_address_times_and_this_one(owner: User) -> None:
    desk = signs_in(owner)
    signs_in(owner, WECHAT, at="10.0.0.2")
    page = listed(desk)
    assert "Edge · Windows" in page and "微信 · iPhone" in page
    assert "10.0.0.1" in page and "10.0.0.2" in page and "以密码登录" in page
    assert page.count("本设备</span>") == 1


def test_one_is_ended(owner: User) -> None:
    desk, phone = signs_in(owner), signs_in(owner, WECHAT)
    other = OpenSession.objects.get(device="微信 · iPhone")
    assert (
        "微信 · iPhone 已退出"
        in desk.post(f"{SECURITY}sessions/{other.pk}/end/", follow=True).content.decode()
    )
    assert is_in(desk) and not is_in(phone)
    assert "微信" not in listed(desk).split("登录设备")[1]
    assert AccessEntry.objects.filter(user=owner, detail="退出设备 微信 · iPhone").exists()


def test_all_others_are_ended(owner: User) -> None:
    desk, *others = signs_in(owner), signs_in(owner, WECHAT), signs_in(owner)
    desk.post(f"{SECURITY}sessions/end-others/")
    assert is_in(desk) and not any(map(is_in, others))
    assert AccessEntry.objects.filter(user=owner, detail="退出其他全部设备").exists()


def test_this_one_is_left_by_its_own_button(owner: User) -> None:
    desk = signs_in(owner)
    desk.post(f"{SECURITY}sessions/{OpenSession.objects.get().pk}/end/")
    assert is_in(desk)


def test_anothers_session_does_not_exist(owner: User, make_user: Callable[..., User]) -> None:
    desk, stranger = signs_in(owner), signs_in(make_user("reviewer", region_code="220104"))
    own = OpenSession.objects.get(user=owner)
    assert stranger.post(f"{SECURITY}sessions/{own.pk}/end/").status_code == 404
    stranger.post(f"{SECURITY}sessions/end-others/")
    assert is_in(desk)


def test_what_is_over_is_not_listed(owner: User) -> None:
    """Signed out, idle too long, ended with the password or by an administrator."""
    desk, left = signs_in(owner), signs_in(owner, WECHAT)
    left.post("/sign-out/")
    assert "微信" not in listed(desk)
    signs_in(owner, WECHAT)
    idle = timezone.now() - timedelta(seconds=settings.SESSION_IDLE_SECONDS + 1)
    OpenSession.objects.filter(device="微信 · iPhone").update(seen_at=idle)
    assert "微信" not in listed(desk)
    signs_in(owner, WECHAT)
    desk.post("/password/", {"old": PASSWORD, "new": NEW, "again": NEW})
    page = listed(desk)
    assert "微信" not in page and "本设备" in page, "the session in which it was changed goes on"


def test_it_says_when_and_from_where_it_was_last_used(owner: User) -> None:
    desk = signs_in(owner)
    before = OpenSession.objects.get().seen_at
    session = desk.session
    session["session_touched"] = time.time() - 120
    session.save()
    desk.get("/account/", REMOTE_ADDR="10.0.0.9")
    row = OpenSession.objects.get()
    assert row.seen_at > before and row.address == "10.0.0.9"


def test_sessions_that_are_over_are_deleted_at_night(owner: User) -> None:
    signs_in(owner)
    later = timezone.now() + timedelta(seconds=settings.SESSION_LIFE_SECONDS + 1)
    forget_over(now=timezone.now())
    assert Session.objects.count() == OpenSession.objects.count() == 1
    forget_over(now=later)
    assert Session.objects.count() == OpenSession.objects.count() == 0


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (EDGE, "Edge · Windows"),
        (WECHAT, "微信 · iPhone"),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0",
            "Firefox · Linux",
        ),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile Safari/537.36", "Chrome · Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) Version/17.5 Safari/605", "Safari · macOS"),
        ("curl/8.0", "未知设备"),
        ("", "未知设备"),
    ],
)
def test_a_device_is_named_in_words(agent: str, said: str) -> None:
    assert device_of(agent) == said
