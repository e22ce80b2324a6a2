"""Who finds a session open does not make the account theirs: by a mobile number of their own, a
certificate, an identity of a provider."""

from __future__ import annotations

import html
import re
import time
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.proofs.authority import Authority
from yonggong.accounts.limits import FAILURES_BEFORE_LOCK
from yonggong.accounts.models import User
from yonggong.proofs.models import Binding

pytestmark = pytest.mark.django_db
CONFIRM, PROOFS = "/account/security/confirm/", "/account/proofs/"
PASSWORD = {"password": "Yonggong-2026"}


@pytest.fixture
def found_open(at_screen: Any, reviewer: User) -> Client:
    """A session that began long ago."""
    reviewer.keep_mobile("13800138000")
    reviewer.save(update_fields=["mobile_sealed"])
    screen: Client = at_screen(reviewer)
    session = screen.session
    session["proved_at"] = time.time() - 16 * 60
    session.save()
    return screen


def held_on(page: str) -> dict[str, str]:
    found = re.findall(r'type="hidden" name="(typed|typed_at|next)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


def test_another_number_waits_for_the_password_and_is_not_lost(
    found_open: Client, reviewer: User
) -> None:
    given = {"mobile": "19912345678", "email": ""}
    page = found_open.post("/account/", given).content.decode()
    reviewer.refresh_from_db()
    assert "验证密码" in page and reviewer.mobile != "19912345678"
    wrong = found_open.post(CONFIRM, {"password": "Wrong-2026"} | held_on(page))
    assert wrong.status_code == 422
    held = held_on(wrong.content.decode())
    again = found_open.post(CONFIRM, PASSWORD | held).content.decode()
    assert 'action="/account/"' in again and 'value="19912345678"' in again
    found_open.post("/account/", given)
    reviewer.refresh_from_db()
    assert reviewer.mobile == "19912345678"


def test_the_old_password_is_not_found_out_by_trying(found_open: Client, reviewer: User) -> None:
    new = {"new": "Changchun#2027", "again": "Changchun#2027"}
    for _ in range(FAILURES_BEFORE_LOCK):
        answer = found_open.post("/password/", {"old": "Wrong-2026"} | new)
        assert "原密码不正确" in answer.content.decode()
    answer = found_open.post("/password/", {"old": PASSWORD["password"]} | new)
    assert answer.status_code == 422 and "试错次数过多" in answer.content.decode()
    reviewer.refresh_from_db()
    assert reviewer.check_password(PASSWORD["password"])


def test_an_address_for_mail_waits_for_nothing(found_open: Client, reviewer: User) -> None:
    found_open.post("/account/", {"mobile": reviewer.mobile, "email": "a@example.com"})
    reviewer.refresh_from_db()
    assert reviewer.email == "a@example.com"


def test_a_certificate_is_neither_bound_nor_let_go(
    found_open: Client, reviewer: User, tmp_path: Path, settings: Any
) -> None:
    authority = Authority(timezone.now())
    authority.lay(tmp_path)
    settings.CERTIFICATE_AUTHORITIES, settings.REVOCATION_LISTS = tmp_path, None
    page = found_open.get(PROOFS).content.decode()
    first = f"{CONFIRM}?next={PROOFS}"
    assert f'href="{first}"' in page and 'name="text"' not in page
    asked = "/account/security/confirm/?next=%2Faccount%2Fproofs%2F"
    assert found_open.post(PROOFS, {"text": "x"}).headers["Location"] == asked
    held = Binding.objects.create(
        user=reviewer,
        way=Binding.Way.CERTIFICATE,
        digest=b"1" * 32,
        shown="王强",
        bound_at=timezone.now(),
        reason="本人",
    )
    assert found_open.post(f"{PROOFS}{held.pk}/end/").headers["Location"] == asked
    held.refresh_from_db()
    assert held.ended_at is None
    next_page = held_on(found_open.get(asked).content.decode())
    assert found_open.post(CONFIRM, PASSWORD | next_page).headers["Location"] == PROOFS
    assert 'name="text"' in found_open.get(PROOFS).content.decode()


def test_an_identity_is_not_bound(found_open: Client, settings: Any) -> None:
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID = "https://id.example", "yonggong"
    answer = found_open.get("/account/provider/")
    assert answer.headers["Location"] == "/account/security/confirm/?next=%2Faccount%2Fproofs%2F"
