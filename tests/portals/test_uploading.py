"""Only a page that says it takes files gets any, and how much may be sent depends on who sends."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from yonggong.accounts.models import User
from yonggong.portals.uploading import FORM_BYTES, STRANGERS_BYTES, most_bytes

pytestmark = pytest.mark.django_db
_MEBIBYTE = 1024 * 1024


def _file() -> SimpleUploadedFile:
    return SimpleUploadedFile("a.txt", b"a" * 100)


def test_files_sent_to_a_page_that_takes_none_are_refused(client: Client) -> None:
    answer = client.post(reverse("sign-in"), {"username": "a", "password": "b", "file": _file()})
    assert answer.status_code == 400


def test_a_page_that_takes_files_gets_them(
    operator: User, at_screen: Callable[[Any], Client]
) -> None:
    """It says what is wrong with the file, so it saw it."""
    page = at_screen(operator).post(
        reverse("employer:batch-new"),
        {"file": _file(), "kind": "contract.new", "idempotency_key": "0" * 32},
        follow=True,
    )
    assert page.status_code == 200
    assert "没有选择文件" not in page.content.decode()


def test_a_stranger_may_send_little_anywhere() -> None:
    batch = reverse("employer:batch-new")
    assert {most_bytes(batch, key) for key in (None, "", "invented", "x" * 40)} == {STRANGERS_BYTES}


def test_the_signed_in_may_send_what_their_page_takes(
    operator: User, at_screen: Callable[[Any], Client]
) -> None:
    key = at_screen(operator).session.session_key
    assert most_bytes(reverse("employer:batch-new"), key) > 60 * _MEBIBYTE
    assert most_bytes(reverse("employer:home"), key) == FORM_BYTES
    assert most_bytes("/no/such/page/", key) == STRANGERS_BYTES


def test_a_session_that_idled_too_long_is_a_strangers(
    operator: User, at_screen: Callable[[Any], Client], settings: Any
) -> None:
    session = at_screen(operator).session
    session["session_touched"] = time.time() - settings.SESSION_IDLE_SECONDS - 1
    session.save()
    assert most_bytes(reverse("employer:batch-new"), session.session_key) == STRANGERS_BYTES
