"""Ten seconds to undo, by keyboard: the bar counts down, Z takes the decision back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import sign_in
from tests.contracts.making import Hall
from yonggong.cases.models import Case, HeldDecision

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def desk(page: Page, hall: Hall, settings: Any) -> Page:
    """The reviewer before the first of two filings; what they decide is held back long enough for
    a slow machine."""
    settings.UNDO_SECONDS = 600
    for _ in range(2):
        hall.filed()
    sign_in(page, hall.reviewer.username, portal="bureau")
    page.goto(f"/bureau/case/{Case.objects.order_by('due_on', 'pk')[0].pk}/")
    page.wait_for_selector("body[data-keys=armed]")
    return page


def test_z_takes_back_what_a_decided(desk: Page, hall: Hall) -> None:
    first, second = Case.objects.order_by("due_on", "pk")
    desk.keyboard.press("a")
    desk.wait_for_url(f"**/case/{second.pk}/")
    bar = desk.locator("[data-undo-seconds]")
    expect(bar).to_contain_text(f"已决定：{first.subject_name}")
    expect(bar).to_be_in_viewport()
    began = int(desk.locator("[data-undo-left]").inner_text())
    desk.wait_for_function(
        "began => Number(document.querySelector('[data-undo-left]').textContent) < began",
        arg=began,
    )
    desk.keyboard.press("z")
    desk.wait_for_url(f"**/case/{first.pk}/")
    expect(desk.locator("main")).to_contain_text("已撤回您的决定")
    expect(desk.locator("[data-undo-seconds]")).to_have_count(0)
    first.refresh_from_db()
    assert first.state == "pending" and not HeldDecision.objects.exists()


def test_once_the_seconds_are_over_the_bar_goes_and_the_decision_counts(
    desk: Page, hall: Hall
) -> None:
    first, second = Case.objects.order_by("due_on", "pk")
    desk.keyboard.press("a")
    desk.wait_for_url(f"**/case/{second.pk}/")
    held = HeldDecision.objects.get()
    held.decided_at -= timedelta(seconds=600)
    held.carry_out_at -= timedelta(seconds=598)
    held.save()
    desk.reload()
    expect(desk.locator("[data-undo-seconds]")).to_have_count(0)
    desk.goto("/bureau/queue/")
    expect(desk.locator("table tbody tr")).to_have_count(1)
    first.refresh_from_db()
    assert first.state == "approved"
