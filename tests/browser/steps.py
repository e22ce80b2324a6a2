"""What people do on every page."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, expect

PASSWORD = "Yonggong-2026"
OWN_PASSWORD = "Xiaodian-2026-new"
_PATIENCE_SECONDS = 60
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
    with another_page(page):  # the menu stands on the page that asks for it, too
        page.get_by_role("button", name="确认修改").click()
    page.locator("#yg-nav").wait_for()


def choose_levels(page: Page, name: str, *labels: str) -> None:
    """Answer a field that is chosen level by level."""
    for level, label in enumerate(labels):
        select = page.locator(f"[data-field={name}] .yf-cascade select").nth(level)
        select.wait_for()
        select.select_option(label=label)


@contextmanager
def another_page(page: Page) -> Iterator[None]:
    """What is done within leads to another page, perhaps only once the server was asked whether the
    form may go: over when that page is there whole, even where address and words are the same."""
    page.evaluate("window.left = true")
    yield
    page.wait_for_function("() => !window.left && document.readyState === 'complete'")


def sign_out(page: Page) -> None:
    """Leave, and be out before anything else is asked."""
    page.get_by_role("button", name="退出").click()
    page.wait_for_url("**/sign-in/")


def stands(page: Page, part: Locator | None = None) -> None:
    """Wait until there is a form, or `part` of the page, whose controls the page's scripts have taken
    over."""
    within = part or page.locator("form[data-form]")
    within.first.wait_for(state="attached")
    page.wait_for_load_state()
    expect(within.locator(_BARE)).to_have_count(0)


def until(page: Page, happened: Callable[[], object], why: str) -> None:
    """Wait, with the page going on, until something that no page shows has happened."""
    end = time.monotonic() + _PATIENCE_SECONDS
    while not happened():
        assert time.monotonic() < end, why
        page.wait_for_timeout(50)
