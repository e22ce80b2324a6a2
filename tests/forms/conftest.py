"""Members of the invented club, and a browser in which they fill in its form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from random import Random

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.chromium import SHELL
from tests.browser.steps import PATIENCE_MS
from tests.forms import site
from yonggong.codes.invent import invent_id_number

Answers = dict[str, object]


@pytest.fixture
def number() -> str:
    """The ID number of a woman born on 6 May 1990."""
    return invent_id_number(Random(7), region="220104", birth_date=date(1990, 5, 6), sex="2")


@pytest.fixture
def answers(number: str) -> Callable[..., Answers]:
    """What a member sends: all that is needed and nothing else, with what a test changes."""

    def make(**changed: object) -> Answers:
        sent: Answers = {
            "name": "测试",
            "document_type": "01",
            "document_number": number,
            "joined_on": "2024-01-05",
            "pays": "是",
            "fee": "120",
        }
        return sent | changed

    return make


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=SHELL, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with site.serving() as address:
        yield address
