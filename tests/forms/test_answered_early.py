"""What people answer before a page's scripts are there, as on a slow line, is heard all the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.steps import until
from tests.forms import site

pytestmark = [pytest.mark.browser]


@pytest.fixture
def waiting(browser: Browser, address: str) -> Iterator[tuple[Page, list[Route]]]:
    """The form on a slow line: it is there, and the scripts that bring it to life are not yet."""
    page = browser.new_page(locale="zh-CN")
    scripts: list[Route] = []

    def hold(script: Route) -> None:
        scripts.append(script)

    page.route(re.compile(r"/forms/page[^/]*\.js"), hold)
    page.goto(address, wait_until="commit")
    page.get_by_label("证件号码").wait_for()
    yield page, scripts
    page.close()


def test_what_was_answered_before_the_scripts_came_is_heard(
    waiting: tuple[Page, list[Route]], number: str
) -> None:
    page, scripts = waiting
    site.drafts.clear()
    page.get_by_label("证件号码").fill(number)
    page.get_by_label("否", exact=True).check()
    page.get_by_label("球队").fill("东街队")
    until(page, lambda: scripts, "the page asks for no script")
    scripts[0].continue_()
    expect(page.get_by_label("出生日期")).to_have_value("1990-05-06")
    expect(page.get_by_label("性别")).to_have_value("2")
    expect(page.locator("#f-fee")).to_be_hidden()
    until(page, lambda: site.drafts, "nothing is kept")
    assert (site.drafts[-1]["team"], site.drafts[-1]["pays"]) == ("东街队", "false")


def test_a_file_chosen_before_the_scripts_came_goes_up(
    waiting: tuple[Page, list[Route]],
) -> None:
    page, scripts = waiting
    photo = {"name": "照片.png", "mimeType": "image/png", "buffer": b"\x89PNG" + b"0" * 2000}
    page.get_by_label("一寸照片").first.set_input_files(photo)
    until(page, lambda: scripts, "the page asks for no script")
    scripts[0].continue_()
    expect(page.get_by_role("link", name="照片.png")).to_be_visible()


def test_a_choice_made_before_the_scripts_came_is_kept(waiting: tuple[Page, list[Route]]) -> None:
    """A choice alone, with nothing typed."""
    page, scripts = waiting
    site.drafts.clear()
    page.get_by_label("性别").select_option("2")
    until(page, lambda: scripts, "the page asks for no script")
    scripts[0].continue_()
    until(page, lambda: site.drafts, "nothing is kept")
    assert site.drafts[-1]["sex"] == "2"
