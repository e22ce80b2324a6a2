"""监督检查: a clue becomes an order, is served, answered and closed; a second one is not answered, and
recognition is blocked; a draw."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import Picture
from tests.browser.steps import sign_in, sign_out
from tests.contracts.making import Hall
from tests.supervision.making import clue_about, served
from yonggong.registry.models import Agency
from yonggong.supervision.acting import Hand

pytestmark = pytest.mark.django_db(transaction=True)
UNIT = "乌海市海勃湾晨岱商贸有限公司"


@pytest.fixture
def unit(make_employer: Callable[..., Any]) -> Any:
    there = Agency.objects.create(
        name="海勃湾区劳动关系科", level=Agency.Level.COUNTY, region_code="150302"
    )
    return make_employer(region_code="150302", agency=there, name=UNIT)


def test_from_clue_to_order_to_the_list_and_a_draw(
    page: Page, unit: Any, make_user: Callable[..., Any], picture: Picture
) -> None:
    inspectors = [make_user("inspector", region_code="150300") for _ in range(2)]
    operator = make_user("employer_operator", employer=unit)
    reviewer = make_user("reviewer", agency=unit.agency, region_code="150302")
    hall = Hall(employer=unit, operator=operator, reviewer=reviewer, now=timezone.localtime())
    rows = [hall.approved(workplace="乌海市海勃湾区人民路 1 号").pk for _ in range(3)]
    clue_about(unit, rows=rows, found_on=hall.today, seen_on=hall.today)

    sign_in(page, inspectors[0].username, portal="bureau")
    page.get_by_role("link", name="监督线索").click()
    expect(page.get_by_role("cell", name=UNIT)).to_be_visible()
    picture("supervision-1-clues")
    page.get_by_role("link", name="逾期备案").click()
    expect(page.get_by_role("heading", name="所依据的备案")).to_be_visible()
    picture("supervision-2-clue")
    page.get_by_role("link", name="责令限期改正").click()
    page.get_by_label("存在的问题").fill("3 名劳动者的劳动合同没有按期备案。")
    page.get_by_label("改正要求").fill("补办备案，今后按期办理。")
    page.get_by_label("内蒙古自治区劳动用工备案管理办法").check()
    picture("supervision-3-order")
    page.get_by_role("button", name="制作通知书").click()
    page.get_by_label("收件人").fill("办公室主任")
    page.get_by_label("送达方式").select_option(label="留置送达")
    page.get_by_label("送达日期").fill("2020年1月1日")
    page.get_by_role("button", name="登记送达").click()
    expect(page.locator("#messages .yg-message-error")).to_be_visible()
    # What was refused has not to be typed again; nothing of it stays in the browser after that.
    expect(page.get_by_label("收件人")).to_have_value("办公室主任")
    expect(page.get_by_label("送达方式").locator("option:checked")).to_have_text("留置送达")
    assert page.evaluate("sessionStorage.getItem('yonggong-refused')") is None
    page.get_by_label("送达日期").fill(hall.today.isoformat())
    page.get_by_role("button", name="登记送达").click()
    expect(page.get_by_text("收件人：办公室主任").first).to_be_visible()
    sign_out(page)

    sign_in(page, operator.username)
    hall.filed(workplace="乌海市海勃湾区人民路 1 号")
    page.get_by_role("link", name="责令限期改正通知书 ZG").click()
    page.get_by_label("改正情况").fill("已补办备案，并指定专人按期办理。")
    picture("supervision-4-reply")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("已提交，由监察员复查")).to_be_visible()
    sign_out(page)

    sign_in(page, inspectors[0].username, portal="bureau")
    page.get_by_role("link", name="责令改正").click()
    page.get_by_role("link", name="ZG1503").click()
    expect(page.get_by_text("并指定专人按期办理")).to_be_visible()
    page.get_by_label("复查情况或者理由").fill("经查已补办。")
    page.get_by_role("button", name="已改正，结案").click()
    expect(page.get_by_text("复查，已改正")).to_be_visible()

    # The second one was served long ago, and nobody answered.
    then = Hand(by=inspectors[0], now=hall.now - timedelta(days=60), address=None)
    second = served(unit, then)
    page.goto(f"/bureau/orders/{second.pk}/")
    page.get_by_label("复查情况或者理由").fill("逾期仍未补办。")
    page.get_by_role("button", name="拒不改正，移送查处").click()
    page.get_by_label("列入理由").fill("经责令改正，逾期拒不改正。")
    page.get_by_role("button", name="列入名单").click()
    expect(page.get_by_text("不得认定：")).to_be_visible()
    picture("supervision-5-refused")
    page.get_by_role("link", name="拒不改正名单").first.click()
    expect(page.get_by_role("cell", name=UNIT)).to_be_visible()

    page.get_by_role("link", name="双随机检查").click()
    page.get_by_role("link", name="制定计划并抽取").click()
    page.get_by_label("计划名称").fill("用工备案专项检查")
    page.get_by_label("抽取户数").fill("1")
    page.get_by_role("button", name="抽取").click()
    expect(page.get_by_text("由种子重新抽取，结果一致")).to_be_visible()
    picture("supervision-6-draw")
    page.get_by_role("link", name="监察查阅").click()
    page.get_by_label("单位", exact=True).fill(UNIT)
    page.get_by_label("事由").fill("核查拒不改正情况")
    page.get_by_role("button", name="查找").click()
    page.get_by_role("button", name="查阅").click()
    expect(page.get_by_role("heading", name="线索和处理")).to_be_visible()
    picture("supervision-7-look")
    sign_out(page)

    sign_in(page, operator.username)
    page.get_by_role("link", name="责令改正").first.click()
    expect(page.get_by_text("拒不改正名单，不得认定")).to_be_visible()
