"""A phone: the head of every page, however long the name and however much there is to do, and
whatever pages share."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import override_settings
from playwright.sync_api import Page

from tests.browser.steps import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("name", ["试一", "欧阳若兰", "古丽巴哈尔·艾合买提江"])
def test_signing_out_stays_on_the_screen(page: Page, operator: Any, name: str) -> None:
    operator.name = name
    operator.save(update_fields=["name"])
    sign_in(page, operator.username)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/employer/")
    page.wait_for_load_state("networkidle")
    count = page.locator(".yg-bell > span").last
    for waiting in ("", "5", "128"):
        count.evaluate(
            "(box, text) => { box.innerHTML = text && `<b class='yg-count'>${text}</b>`; }", waiting
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, waiting
        box = page.locator(".yg-sign-out").bounding_box()
        assert box is not None and box["x"] + box["width"] <= 390, waiting


@override_settings(ROOT_URLCONF="tests.portals.gallery")
def test_what_pages_share_keeps_to_the_screen(page: Page) -> None:
    """Tables scroll in their own boxes; nothing hidden in them makes the page wider."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/components/")
    page.wait_for_load_state("networkidle")
    assert page.locator("[data-component]").count() > 20
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
