"""The bureau's day in a real browser: the desk, the queue, a case, several at once, the region."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import sign_in
from tests.contracts.making import Hall
from yonggong.accounts.models import AccessEntry
from yonggong.cases.models import Case

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
Picture = Callable[[str], None]


@pytest.fixture
def desk(page: Page, hall: Hall) -> Page:
    """The reviewer at the desk, with four new filings waiting."""
    for _ in range(4):
        hall.filed()
    sign_in(page, hall.reviewer.username, portal="bureau")
    return page


def test_a_reviewer_works_through_the_queue(desk: Page, hall: Hall, picture: Picture) -> None:
    expect(desk.locator("h1")).to_have_text("工作台")
    picture("bureau-1-desk")
    desk.locator("#yg-nav").get_by_role("link", name="待审核").click()
    expect(desk.locator("table tbody tr")).to_have_count(4)
    picture("bureau-2-queue")
    first = Case.objects.order_by("due_on", "pk")[0]
    desk.locator(f"tbody a[href='/bureau/case/{first.pk}/']").first.click()
    expect(desk.locator("h1")).to_contain_text("劳动合同新订备案")
    expect(desk.locator("main")).not_to_contain_text(first.values["document_number"])
    picture("bureau-3-case")
    desk.get_by_role("button", name="查看完整信息").click()
    expect(desk.locator("main")).to_contain_text(first.values["document_number"])
    picture("bureau-4-whole")
    assert AccessEntry.objects.filter(kind=AccessEntry.Kind.PERSONAL).count() == 1
    desk.go_back()
    desk.keyboard.press("a")
    expect(desk.locator("main")).to_contain_text("审核通过。")
    first.refresh_from_db()
    assert first.state == "approved"


def test_a_return_asks_for_an_opinion_and_carries_it(
    desk: Page, hall: Hall, picture: Picture
) -> None:
    case = Case.objects.order_by("due_on", "pk")[0]
    desk.goto(f"/bureau/case/{case.pk}/")
    desk.get_by_role("button", name="审核不通过").click()
    case.refresh_from_db()
    assert case.state == "pending"
    desk.locator("[data-quick]").first.click()
    picture("bureau-5-return")
    desk.get_by_role("button", name="审核不通过").click()
    expect(desk.locator("main")).to_contain_text("审核不通过，已退回")
    case.refresh_from_db()
    assert (case.state, case.opinion != "") == ("returned", True)


def test_several_are_approved_at_once(desk: Page, hall: Hall, picture: Picture) -> None:
    desk.goto("/bureau/queue/")
    for box in desk.locator("tbody input[type=checkbox]").all():
        box.check()
    picture("bureau-6-selected")
    desk.get_by_role("button", name="批量通过").click()
    expect(desk.locator("main")).to_contain_text("以下 4 件将审核通过")
    picture("bureau-7-confirm")
    desk.get_by_role("button", name="确认通过").click()
    expect(desk.locator("main")).to_contain_text("4 件审核通过")
    picture("bureau-8-done")
    assert Case.objects.filter(state="approved").count() == 4


def test_the_region_is_read_only(desk: Page, hall: Hall, picture: Picture) -> None:
    desk.locator("#yg-nav").get_by_role("link", name="用人单位").click()
    picture("bureau-9-employers")
    desk.get_by_role("link", name=hall.employer.name).click()
    expect(desk.locator("h1")).to_have_text(hall.employer.name)
    picture("bureau-10-employer")
    desk.locator("#yg-nav").get_by_role("link", name="劳动合同", exact=True).click()
    expect(desk.locator("table tbody tr")).to_have_count(4)
    picture("bureau-11-contracts")


def test_administrators_see_who_may_do_what(
    page: Page, make_user: Callable[..., Any], employer: Any, picture: Picture
) -> None:
    admin = make_user("system_administrator", region_code="220000")
    sign_in(page, admin.username, portal="admin")
    for name, title in (("账号", "账号"), ("角色与权限", "角色与权限"), ("政策数据", "政策数据")):
        page.locator("#yg-nav").get_by_role("link", name=name, exact=True).click()
        expect(page.locator("h1")).to_have_text(title)
        picture(f"admin-{title}")
