"""What people do on every page."""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import Page

PASSWORD = "Yonggong-2026"
_PATIENCE_SECONDS = 20


def sign_in(page: Page, username: str, *, portal: str = "employer") -> None:
    """Sign in and arrive in one's portal."""
    page.goto("/sign-in/")
    page.get_by_label("账号").fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(f"**/{portal}/**")


def choose_levels(page: Page, name: str, *labels: str) -> None:
    """Answer a field that is chosen level by level."""
    for level, label in enumerate(labels):
        select = page.locator(f"[data-field={name}] .yf-cascade select").nth(level)
        select.wait_for()
        select.select_option(label=label)


def until(page: Page, happened: Callable[[], object], why: str) -> None:
    """Wait, with the page going on, until something that no page shows has happened."""
    end = time.monotonic() + _PATIENCE_SECONDS
    while not happened():
        assert time.monotonic() < end, why
        page.wait_for_timeout(50)
