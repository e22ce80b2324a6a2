"""Accounts as cases, walked: an agency applies, three give their opinions, the sheet is printed, one administrator
creates, another grants, and the new reviewer signs in and decides a filing (SX-5)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import Picture, Sit
from tests.browser.pictures import keep
from tests.browser.steps import another_page, first_sign_in, sign_in, until
from tests.contracts.making import Hall
from tests.staff.conftest import ANSWERS, Town, found_town
from yonggong.accounts.models import User
from yonggong.cases import held_back
from yonggong.cases.models import Case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def town(make_user: Callable[..., Any]) -> Town:
    return found_town(make_user, timezone.now())


def opine(page: Page, case: Case) -> None:
    """An opinion on the page of the case; it comes into force at once here."""
    page.goto(f"/bureau/case/{case.pk}/")
    page.get_by_placeholder(re.compile("办理意见")).fill("同意")
    with another_page(page):
        page.locator("button[name=outcome][value=next]").click()
    page.get_by_text("已办理").first.wait_for()
    for held in case.held_decisions.all():
        held_back.carry_out(held.pk, now=held.carry_out_at)


def test_from_the_application_to_what_the_new_reviewer_decides(
    page: Page,
    town: Town,
    sit: Sit,
    picture: Picture,
    make_employer: Callable[..., Any],
    make_user: Callable[..., Any],
) -> None:
    unit = make_employer(region_code="140105", agency=town.county)
    operator = make_user("employer_operator", employer=unit)
    hall = Hall(employer=unit, operator=operator, reviewer=town.business, now=timezone.localtime())
    waiting = hall.filed(name="试待审")
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
    case = Case.objects.get(kind="account.request")

    head = sit(town.head)
    head.get_by_role("link", name="账号申请", exact=True).click()
    expect(head.get_by_role("heading", name="待我签署意见")).to_be_visible()
    keep(head, "bureau-account-opinion")
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
    keep(system, "admin-orders")
    system.get_by_role("button", name="创建账号").click()
    password = system.locator("[data-password]").inner_text()

    granter = sit(town.granter, "admin")
    granter.get_by_role("link", name="账号办理").click()
    expect(granter.get_by_label("角色")).to_have_value("reviewer")
    granter.get_by_role("button", name="分配权限").click()
    granter.get_by_text("已为试一分配权限").wait_for()

    page.context.clear_cookies()
    first_sign_in(page, "xiaodian1", password)
    page.get_by_role("link", name="待审核").first.click()
    page.get_by_role("link", name=waiting.subject_name).first.click()
    page.get_by_role("button", name="审核通过").click()
    until(page, lambda: Case.objects.filter(pk=waiting.pk, state="approved").exists(), "decided")
    waiting.refresh_from_db()
    assert waiting.decided_by == User.objects.get(username="xiaodian1")
