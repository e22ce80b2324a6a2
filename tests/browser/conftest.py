"""A real browser at an office screen, and the hall in which people file and review."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.steps import PATIENCE_MS
from tests.contracts.making import Hall

SIZE = {"width": 1366, "height": 768}
CHROMIUM = os.environ.get("YONGGONG_CHROMIUM", "/usr/bin/chromium")
Picture = Callable[[str], None]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert Path(CHROMIUM).exists(), f"no Chromium at {CHROMIUM}: install chromium, or run .ci/run"
    # Playwright keeps an event loop in this thread, which Django would take for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--lang=zh-CN"],
            env={**os.environ, "LANGUAGE": "zh_CN"},
        )
        yield opened
        opened.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


_ASKING = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
"""


@pytest.fixture(autouse=True)
def nobody_asks_any_more(live_server: Any) -> Iterator[None]:
    """The tables are emptied after a test: what a closed window had still asked for is waited for,
    since a draft being saved and the emptying would wait for each other."""
    yield
    quiet, until = 0, time.monotonic() + 30
    while quiet < 3 and time.monotonic() < until:
        time.sleep(0.05)
        with connection.cursor() as cursor:
            cursor.execute(_ASKING)
            quiet = quiet + 1 if cursor.fetchone()[0] == 0 else 0
    assert quiet == 3, "requests of closed windows go on"


@pytest.fixture
def page(browser: Browser, live_server: Any) -> Iterator[Page]:
    """A window of an office screen; a script that fails fails the test."""
    window = browser.new_context(
        base_url=live_server.url, viewport=SIZE, locale="zh-CN", accept_downloads=True
    )
    opened = window.new_page()
    failures: list[str] = []
    opened.on("pageerror", lambda error: failures.append(str(error)))
    opened.on("dialog", lambda dialog: dialog.accept())
    yield opened
    window.close()
    assert not failures, failures


@pytest.fixture
def picture(page: Page, tmp_path: Path) -> Picture:
    kept = os.environ.get("YONGGONG_GUIDE_PICTURES")
    folder = Path(kept or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)

    def take(name: str) -> None:
        page.wait_for_load_state("networkidle")
        if kept:
            page.wait_for_timeout(700)  # what answers typing, and scrolling, come to rest
        page.screenshot(path=folder / f"{name}.png")

    return take


@pytest.fixture
def hall(employer: Any, operator: Any, reviewer: Any) -> Hall:
    return Hall(employer=employer, operator=operator, reviewer=reviewer, now=timezone.localtime())
