"""What people do on every page."""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

PASSWORD = "Yonggong-2026"
OWN_PASSWORD = "Xiaodian-2026-new"
_PATIENCE_SECONDS = 20
# How long a page is waited for to say what it should; machines that test are slow and shared.
PATIENCE_MS = 1000 * _PATIENCE_SECONDS
# Controls of a form that no script has taken over yet.
_BARE = (
    "select:is([data-choices], [data-searchable]):not(.tomselected), input[data-search-url],"
    " [data-cascade-url]:not([type=hidden])"
)


def sign_in(page: Page, username: str, *, portal: str = "employer") -> None:
    """Sign in and arrive in one's portal."""
    page.goto("/sign-in/")
    page.get_by_label("账号").fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url(f"**/{portal}/**")


def first_sign_in(page: Page, username: str, password: str) -> None:
    """Sign in with the password that one was told, set one's own, and arrive."""
    page.goto("/sign-in/")
    page.get_by_label("账号").fill(username)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_label("原密码").fill(password)
    page.get_by_label("新密码", exact=True).fill(OWN_PASSWORD)
    page.get_by_label("再次输入新密码").fill(OWN_PASSWORD)
    page.get_by_role("button", name="确认修改").click()
    page.locator("#yg-nav").wait_for()


def choose_levels(page: Page, name: str, *labels: str) -> None:
    """Answer a field that is chosen level by level."""
    for level, label in enumerate(labels):
        select = page.locator(f"[data-field={name}] .yf-cascade select").nth(level)
        select.wait_for()
        select.select_option(label=label)


def sign_out(page: Page) -> None:
    """Leave, and be out before anything else is asked."""
    page.get_by_role("button", name="退出").click()
    page.wait_for_url("**/sign-in/")


def stands(page: Page, part: Locator | None = None) -> None:
    """Wait until the scripts of the page, or of a part of it, have taken its controls over."""
    page.wait_for_load_state()
    expect((part or page.locator("form[data-form]")).locator(_BARE)).to_have_count(0)


def until(page: Page, happened: Callable[[], object], why: str) -> None:
    """Wait, with the page going on, until something that no page shows has happened."""
    end = time.monotonic() + _PATIENCE_SECONDS
    while not happened():
        assert time.monotonic() < end, why
        page.wait_for_timeout(50)
