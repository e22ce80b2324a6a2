"""Signing in, all of it, with a phone number, an app and a passkey in a real browser."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Picture
from tests.browser.steps import another_page
from yonggong.accounts.models import Authenticator, OneTimeCode, Passkey

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOBILE, NEW = "13812345678", "Changchun#2027"
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def device(page: Page) -> Any:
    """A device with a fingerprint reader, as Chromium plays one."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return session, made["authenticatorId"]


def _fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def _password(page: Page, username: str) -> None:
    page.goto("/sign-in/")
    page.get_by_label("账号").fill(username)
    page.get_by_label("密码").fill(NEW)
    page.get_by_role("button", name="登录", exact=True).click()


def _code(user: Any) -> str:
    """What the app shows once the next half minute has begun for the platform."""
    row = Authenticator.objects.get(user=user)
    app = pyotp.TOTP(row.secret)
    return str(app.generate_otp(max(app.timecode(datetime.now(UTC)), row.last_step + 1)))


def test_from_a_forgotten_password_to_a_passkey(
    page: Page, browser: Browser, device: Any, operator: Any, settings: Any, picture: Picture
) -> None:
    settings.DEMONSTRATION = True
    operator.keep_mobile(MOBILE)
    operator.save(update_fields=["mobile_sealed"])
    page.set_viewport_size(PHONE)

    # The password is forgotten; the code is found where a demonstration shows it.
    page.goto("/sign-in/")
    _fits(page)
    page.get_by_role("link", name="忘记密码").click()
    page.get_by_label("账号").fill(operator.username)
    page.get_by_label("手机号").fill(MOBILE)
    _fits(page)
    picture("forgotten")
    page.get_by_role("button", name="获取验证码").click()
    page.wait_for_url("**/forgotten/code/")
    with page.expect_popup() as shown:
        page.get_by_role("link", name="演示短信").click()
    text = shown.value.locator("main").inner_text()
    code = re.search(r"验证码 (\d{6})", text)
    assert code and OneTimeCode.objects.count() == 1
    shown.value.close()
    _fits(page)
    page.get_by_label("短信验证码").fill(code[1])
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("新密码", exact=True).fill(NEW)
    page.get_by_label("再次输入新密码").fill(NEW)
    _fits(page)
    page.get_by_role("button", name="确认").click()
    expect(page.get_by_text("密码已重新设置")).to_be_visible()

    # An app is set up.
    _password(page, operator.username)
    page.wait_for_url("**/employer/**")
    page.goto("/account/security/")
    _fits(page)
    page.get_by_role("link", name="设置动态口令").click()
    secret = page.locator(".yg-secret").inner_text().replace(" ", "")
    assert page.locator("img.yg-qr").evaluate("image => image.naturalWidth") > 100
    _fits(page)
    picture("authenticator")
    page.get_by_label("动态口令").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="完成设置").click()
    expect(page.locator(".yg-codes li")).to_have_count(10)
    on_paper = page.locator(".yg-codes li").first.inner_text()
    _fits(page)
    with another_page(page):
        page.get_by_role("link", name="已保存").click()
    page.get_by_role("button", name="退出", exact=True).first.click()
    page.wait_for_url("**/sign-in/")

    # Signing in asks for it.
    _password(page, operator.username)
    page.wait_for_url("**/sign-in/second/")
    _fits(page)
    picture("second-step")
    page.get_by_label("动态口令").fill("000000x")
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_text("动态口令或者恢复码不正确")).to_be_visible()
    page.get_by_label("动态口令").fill(_code(operator))
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url("**/employer/**")

    # A passkey is added, and is enough by itself.
    page.goto("/account/security/")
    page.get_by_role("link", name="添加通行密钥").click()
    page.get_by_label("名称").fill("本人手机")
    _fits(page)
    page.get_by_role("button", name="添加").click()
    expect(page.get_by_text("通行密钥“本人手机”已添加")).to_be_visible()
    page.get_by_role("button", name="退出", exact=True).first.click()
    page.wait_for_url("**/sign-in/")
    page.get_by_role("button", name="使用通行密钥登录").click()
    page.wait_for_url("**/employer/**")
    key = Passkey.objects.get()
    assert key.used_at is not None and key.sign_count > 1

    # Another device is signed in, by a code on paper, and is ended from here.
    other = browser.new_context(base_url=page.url.split("/employer")[0], locale="zh-CN")
    elsewhere = other.new_page()
    _password(elsewhere, operator.username)
    elsewhere.get_by_label("动态口令").fill(on_paper)
    elsewhere.get_by_role("button", name="登录", exact=True).click()
    elsewhere.wait_for_url("**/employer/**")
    page.goto("/account/security/")
    expect(page.locator(".yg-security-list li", has_text="登录")).to_have_count(2)
    _fits(page)
    picture("security")
    page.get_by_role("button", name=re.compile("退出 .+ · Linux")).click()
    expect(page.get_by_text("已退出。")).to_be_visible()
    elsewhere.goto("/account/")
    expect(elsewhere).to_have_url(re.compile("/sign-in/"))
    other.close()


def test_a_passkey_is_the_second_step_too(page: Page, device: Any, operator: Any) -> None:
    """For whoever types the password out of habit; a copied key, whose count falls back, is refused."""
    operator.set_password(NEW)
    operator.save(update_fields=["password"])
    _password(page, operator.username)
    page.wait_for_url("**/employer/**")
    page.goto("/account/security/passkeys/")
    page.get_by_label("名称").fill("办公室电脑")
    page.get_by_role("button", name="添加").click()
    expect(page.get_by_text("已添加")).to_be_visible()
    page.get_by_role("button", name="退出", exact=True).first.click()
    page.wait_for_url("**/sign-in/")
    _password(page, operator.username)
    page.wait_for_url("**/sign-in/second/")
    page.get_by_role("button", name="使用通行密钥登录").click()
    page.wait_for_url("**/employer/**")
    Passkey.objects.update(sign_count=1000)
    page.get_by_role("button", name="退出", exact=True).first.click()
    page.wait_for_url("**/sign-in/")
    page.get_by_role("button", name="使用通行密钥登录").click()
    expect(page.get_by_text("通行密钥没有通过验证")).to_be_visible()
