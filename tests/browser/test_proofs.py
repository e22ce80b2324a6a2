"""Proofs from elsewhere: a code scanned with the social security card, a text signed with a certificate,
an employer that somebody else registered taken back by its certificate."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.x509.oid import NameOID
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import Picture
from tests.browser.steps import choose_levels, sign_in
from tests.proofs.authority import Authority, Held
from tests.proofs.provider import Provider
from yonggong.accounts.actions import create_user
from yonggong.accounts.models import User
from yonggong.employers import charge, operators
from yonggong.employers.models import OperatorChange
from yonggong.proofs import provider as client_side

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def authority(tmp_path: Path, settings: Any) -> Authority:
    made = Authority(timezone.now())
    made.lay(tmp_path)
    settings.CERTIFICATE_AUTHORITIES, settings.REVOCATION_LISTS = tmp_path, None
    return made


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    made = Provider([{"sub": "s1", "name": "试一", "id_number": "220104199003072134"}])
    made.start()
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID = made.issuer, "yonggong"
    settings.OIDC_CLIENT_SECRET, settings.OIDC_REGION = "secret", "220104"
    client_side.forget()
    yield made
    client_side.forget()
    made.stop()


def _sign(page: Page, held: Held, button: str) -> None:
    """Sign what the page shows, as a token's tool does, and send it."""
    text = page.get_by_label("签名口令").input_value()
    page.get_by_label("签名结果", exact=True).fill(held.cms(text.encode()).decode())
    page.get_by_role("button", name=button, exact=True).click()


def test_a_person_comes_in_by_scanning_a_code(
    page: Page, picture: Picture, provider: Provider, person: Any
) -> None:
    page.goto("/sign-in/")
    picture("proofs-ways")
    page.get_by_role("link", name="电子社保卡扫码登录").click()
    page.get_by_role("button", name="s1").click()
    expect(page.get_by_role("heading", name="我的办件")).to_be_visible()
    assert User.objects.get(person=person.pk).name == "试一"


def test_an_employer_that_somebody_else_registered_is_taken_back(
    page: Page,
    picture: Picture,
    authority: Authority,
    employer: Any,
    operator: User,
) -> None:
    create_user(
        username="owner",
        name="真经办",
        password="Yonggong-2026",
        region_code="220104",
        must_change_password=False,
        by=None,
    )
    sign_in(page, "owner", portal="account")
    page.goto("/claims/add/")
    page.locator("[name=credit_code]").fill(employer.credit_code)
    page.locator("[name=name]").fill(employer.name)
    choose_levels(page, "region_code", "吉林省", "长春市", "朝阳区")
    page.get_by_role("button", name="提交", exact=True).click()
    page.get_by_role("link", name="用单位证书认领").click()
    picture("proofs-claim")
    held = authority.issue(employer.name, subject={NameOID.SERIAL_NUMBER: employer.credit_code})
    _sign(page, held, "认领")
    expect(page.get_by_text("您是主经办人")).to_be_visible()
    picture("proofs-claims")

    page.goto("/employer/operators/")
    picture("operators")
    theirs = page.locator("li", has_text=operator.username)
    theirs.get_by_label("理由").fill("不是本单位人员")
    theirs.get_by_role("button", name="撤销").click()
    expect(page.get_by_text("已撤销。")).to_be_visible()
    picture("proofs-operators-after")
    assert [grant.user.username for grant in operators.operators_of(employer)] == ["owner"]
    acts = list(OperatorChange.objects.order_by("pk").values_list("act", flat=True))
    assert acts == ["appoint", "charge", "remove"]

    # From now on the unit's certificate alone signs in who is in charge.
    page.context.clear_cookies()
    page.goto("/sign-in/")
    page.get_by_role("link", name="数字证书登录").click()
    picture("proofs-sign")
    page.set_viewport_size({"width": 390, "height": 844})
    picture("proofs-sign-phone")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    _sign(page, held, "登录")
    expect(page.locator(".yg-header", has_text="真经办")).to_be_visible()
    assert charge.in_charge(employer) == User.objects.get(username="owner")
    page.goto("/account/proofs/")
    picture("proofs-account")
