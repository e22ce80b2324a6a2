"""A real browser at an office screen, and the hall in which people file and review."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import connection
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.chromium import SHELL, WHOLE
from tests.browser.pictures import KEPT, keep
from tests.browser.steps import PATIENCE_MS, sign_in, until
from tests.portals.conftest import hall as hall

SIZE = {"width": 1366, "height": 768}
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--lang=zh-CN"]
Picture = Callable[[str], None]
Sit = Callable[..., Page]


@pytest.fixture(scope="package")
def started() -> Iterator[Callable[[str], Browser]]:
    """Browsers, each started once for all walks of a process, and anew where one has gone."""
    # Playwright keeps an event loop in this thread, which Django would take for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=PATIENCE_MS)
    running: dict[str, Browser] = {}
    with sync_playwright() as playwright:

        def start(executable: str) -> Browser:
            if executable not in running or not running[executable].is_connected():
                running[executable] = playwright.chromium.launch(
                    executable_path=executable,
                    args=_FLAGS,
                    env={**os.environ, "LANGUAGE": "zh_CN"},
                )
            return running[executable]

        yield start
        for browser in running.values():
            browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def browser(request: pytest.FixtureRequest, started: Callable[[str], Browser]) -> Iterator[Browser]:
    """The browser of a walk; no window of it stays open."""
    papers = KEPT is not None or hasattr(request.module, "SHOWS_PAPERS")
    executable = os.environ.get("YONGGONG_CHROMIUM", WHOLE if papers else SHELL)
    assert Path(executable).exists(), f"no Chromium at {executable}: install it, or run .ci/run"
    opened = started(executable)
    yield opened
    for window in opened.contexts:
        window.close()


class _Going:
    """How many requests the server is at work on, in threads of its own."""

    def __init__(self) -> None:
        self.count = 0
        self._lock = threading.Lock()
        request_started.connect(self._begun)
        request_finished.connect(self._ended)

    def _begun(self, **of_signal: object) -> None:
        self._add(1)

    def _ended(self, **of_signal: object) -> None:
        self._add(-1)

    def _add(self, more: int) -> None:
        if threading.current_thread() is not threading.main_thread():
            with self._lock:
                self.count += more


_going = _Going()
_ASKING = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
"""


@pytest.fixture(autouse=True)
def nobody_asks_any_more(live_server: Any) -> Iterator[None]:
    """The tables are emptied after a test: what a closed window had still asked for is waited for,
    since a draft being saved and the emptying would wait for each other, and what a page wrote after it
    would stand in the next test's way."""
    yield
    quiet, until = 0, time.monotonic() + 120
    while quiet < 3 and time.monotonic() < until:
        time.sleep(0.05)
        with connection.cursor() as cursor:
            cursor.execute(_ASKING)
            at_rest = cursor.fetchone()[0] == 0 and _going.count == 0
        quiet = quiet + 1 if at_rest else 0
    assert quiet == 3, f"requests of closed windows go on: {_going.count}"


@pytest.fixture
def page(browser: Browser, live_server: Any) -> Iterator[Page]:
    """A window of an office screen; a script that fails fails the test."""
    window = browser.new_context(
        base_url=live_server.url, viewport=SIZE, locale="zh-CN", accept_downloads=True
    )
    window.set_default_timeout(PATIENCE_MS)
    opened = window.new_page()
    failures: list[str] = []
    opened.on("pageerror", lambda error: failures.append(str(error)))
    opened.on("dialog", lambda dialog: dialog.accept())
    yield opened
    window.close()
    assert not failures, failures


@pytest.fixture
def windows(browser: Browser, live_server: Any) -> Iterator[Callable[[], Page]]:
    """As many further windows as there are people, each with cookies of its own."""
    opened = []

    def open_() -> Page:
        window = browser.new_context(base_url=live_server.url, viewport=SIZE, locale="zh-CN")
        window.set_default_timeout(PATIENCE_MS)
        opened.append(window)
        page = window.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        return page

    yield open_
    for window in opened:
        window.close()


@pytest.fixture
def sit(windows: Callable[[], Page]) -> Sit:
    """Windows of other people, who have signed in: `sit(user, "admin")`."""

    def at(user: Any, portal: str = "bureau") -> Page:
        page = windows()
        sign_in(page, user.username, portal=portal)
        return page

    return at


@pytest.fixture
def picture(page: Page) -> Picture:
    """What the guides show, where they are made anew; else the page is there whole, and what it asked
    for is answered."""

    def take(name: str) -> None:
        page.wait_for_load_state()
        until(page, lambda: _going.count == 0, "what the page asked for is not answered")
        keep(page, name)

    return take
