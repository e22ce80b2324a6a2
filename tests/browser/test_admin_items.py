"""An administrator writes an item, another lets it hold: it is filed at once, with no restart."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import Picture
from tests.browser.steps import sign_in, stands
from tests.cases.item_versions import content
from tests.contracts.making import Hall
from yonggong.cases import item_actions, items
from yonggong.cases.models import Case, ItemProposal

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def packaged() -> Iterator[None]:
    item_actions.fill(today=timezone.localdate())
    items.forget()
    yield
    items.forget()


def leave(page: Page) -> None:
    page.context.clear_cookies()


def test_an_item_is_written_approved_and_filed_without_a_restart(
    page: Page, hall: Hall, make_user: Any, picture: Picture
) -> None:
    one, other = (make_user("business_administrator", region_code="220000") for _ in range(2))
    sign_in(page, one.username, portal="admin")
    page.get_by_role("link", name="服务事项").click()
    page.get_by_role("link", name="新增事项").click()
    page.get_by_label("修改说明").fill("新设事项，依据吉人社办字〔2026〕1号")
    page.get_by_label("启用日期").fill(str(timezone.localdate()))
    text = page.get_by_label("事项内容（JSON）")
    text.fill(json.dumps(content(kind="快办件"), ensure_ascii=False))
    page.get_by_role("button", name="提交审定").click()
    expect(page.get_by_role("alert")).to_contain_text("只能是：即办件、承诺件")
    picture("admin-item-mistakes")
    page.get_by_label("事项内容（JSON）").fill(json.dumps(content(), ensure_ascii=False))
    page.get_by_role("button", name="提交审定").click()
    page.get_by_text("待另一名管理员审定").wait_for()
    proposal = ItemProposal.objects.get()

    leave(page)
    sign_in(page, other.username, portal="admin")
    page.get_by_role("link", name="服务事项").click()
    picture("admin-items")
    page.get_by_role("link", name="风筝借用").click()
    picture("admin-item-proposal")
    page.get_by_role("button", name="同意启用").click()
    page.get_by_text("已审定，自启用日期起").wait_for()
    proposal.refresh_from_db()
    assert proposal.version is not None

    leave(page)
    sign_in(page, hall.operator.username)
    page.get_by_role("link", name="其他事项", exact=True).click()
    page.get_by_role("button", name="风筝借用").click()
    page.get_by_label("风筝名称").wait_for()
    stands(page)
    page.get_by_label("风筝名称").fill("雨燕")
    page.get_by_label("联系电话").fill("16012345678")
    page.locator("[name='f2_rows__1__name']").fill("试一")
    page.locator("[name='f2_rows__1__age']").fill("30")
    page.get_by_role("button", name="保存并提交审核").click()
    page.get_by_text("已提交审核").wait_for()
    case = Case.objects.get(kind="kite-lending")
    assert case.item_version == proposal.version
