"""Accounts as cases, walked: an agency applies, three give their opinions, the sheet is printed, one administrator
creates, another grants, and the new reviewer signs in and sees their queue (SX-5)."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import SIZE, Picture
from tests.browser.steps import sign_in
from tests.staff.conftest import ANSWERS, Town, found_town
from yonggong.accounts.models import User
from yonggong.cases import held_back
from yonggong.cases.models import Case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Sit = Callable[..., Page]


@pytest.fixture
def town(make_user: Callable[..., Any]) -> Town:
    return found_town(make_user, timezone.now())


@pytest.fixture
def sit(browser: Browser, live_server: Any) -> Iterator[Sit]:
    """Windows of the people: `sit(user, "admin")`."""
    opened = []

    def at(user: User, portal: str = "bureau") -> Page:
        window = browser.new_context(base_url=live_server.url, viewport=SIZE, locale="zh-CN")
        opened.append(window)
        page = window.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        sign_in(page, user.username, portal=portal)
        return page

    yield at
    for window in opened:
        window.close()


def take(window: Page, name: str) -> None:
    """A picture of somebody else's window for the guide, where pictures are made."""
    if kept := os.environ.get("YONGGONG_GUIDE_PICTURES"):
        window.screenshot(path=Path(kept) / f"{name}.png")


def opine(page: Page, case: Case) -> None:
    """An opinion on the page of the case; it comes into force at once here."""
    page.goto(f"/bureau/case/{case.pk}/")
    page.get_by_placeholder(re.compile("办理意见")).fill("同意")
    page.locator("button[name=outcome][value=next]").click()
    page.get_by_text("已办理").first.wait_for()
    for held in case.held_decisions.all():
        held_back.carry_out(held.pk, now=held.carry_out_at)


def test_from_the_application_to_the_new_reviewer_s_queue(
    page: Page, town: Town, sit: Sit, picture: Picture
) -> None:
    sign_in(page, town.applicant.username, portal="bureau")
    page.get_by_role("link", name="账号申请", exact=True).click()
    page.get_by_role("button", name="账号申请（变更）").click()
    page.get_by_label("账号类别").select_option(label="业务操作员")
    page.get_by_label("岗位").select_option(label="审核员")
    typed = ("contact", "phone", "rights", "reason", "name", "unit", "post", "id_number", "mobile")
    for name in typed:
        page.locator(f"[name={name}]").fill(ANSWERS[name])
    picture("bureau-account-form")
    page.get_by_role("button", name="提交申请").click()
    page.get_by_text("由本机构负责人签署意见").wait_for()
    case = Case.objects.get()

    head = sit(town.head)
    head.get_by_role("link", name="账号申请", exact=True).click()
    expect(head.get_by_role("heading", name="待我签署意见")).to_be_visible()
    take(head, "bureau-account-opinion")
    for window in (head, sit(town.business), sit(town.information)):
        opine(window, case)
    case.refresh_from_db()
    assert case.state == "approved"

    town_window = sit(town.business)
    town_window.goto(f"/bureau/case/{case.pk}/")
    expect(town_window.get_by_role("link", name=re.compile("账号申请（变更）单"))).to_be_attached()

    system = sit(town.system, "admin")
    system.get_by_role("link", name="账号办理").click()
    system.get_by_label("账号", exact=True).fill("xiaodian1")
    take(system, "admin-orders")
    system.get_by_role("button", name="创建账号").click()
    password = system.locator("[data-password]").inner_text()

    granter = sit(town.granter, "admin")
    granter.get_by_role("link", name="账号办理").click()
    expect(granter.get_by_label("角色")).to_have_value("reviewer")
    granter.get_by_role("button", name="分配权限").click()
    granter.get_by_text("已为试一分配权限").wait_for()

    page.context.clear_cookies()
    page.goto("/sign-in/")
    page.get_by_label("账号").fill("xiaodian1")
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_label("原密码").fill(password)
    page.get_by_label("新密码", exact=True).fill("Xiaodian-2026-new")
    page.get_by_label("再次输入新密码").fill("Xiaodian-2026-new")
    page.get_by_role("button", name="确认修改").click()
    page.get_by_role("link", name="待审核").first.click()
    expect(page.get_by_role("heading", name="待审核").first).to_be_visible()
