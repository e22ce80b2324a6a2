"""A person with nothing but a phone: signed in by a code, an item found, filed, returned and mended; every page
fits 390 px."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from tests.browser.conftest import Picture
from yonggong.accounts.models import OneTimeCode
from yonggong.cases import handling
from yonggong.cases.models import Case
from yonggong.cases.procedure import Outcome
from yonggong.cases.query_codes import code_of
from yonggong.registry.models import Agency
from yonggong.services.registering import register_person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NUMBER, MOBILE = "220104199003072134", "13812345678"
WIDTH = 390


def _fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH, page.url


def _code() -> str:
    found = re.search(r"\d{6}", OneTimeCode.objects.latest("pk").outgoing[1])
    assert found
    return found[0]


def test_from_signing_in_to_a_mended_application(
    page: Page, make_user: Any, settings: Any, picture: Picture
) -> None:
    settings.DEMONSTRATION = True
    agency = Agency.objects.create(
        name="新城区公共就业服务中心", level=Agency.Level.COUNTY, region_code="150102"
    )
    clerk = make_user("counter_clerk", agency=agency, region_code="150102")
    reviewer = make_user("reviewer", agency=agency, region_code="150102")
    register_person(
        name="试一", number=NUMBER, mobile=MOBILE, agency=agency, by=clerk, address=None
    )
    page.set_viewport_size({"width": WIDTH, "height": 844})

    page.goto("/sign-in/")
    page.get_by_role("link", name="个人凭短信验证码登录").click()
    page.get_by_label("姓名").fill("试一")
    page.get_by_label("身份证号码").fill(NUMBER)
    page.get_by_label("手机号").fill(MOBILE)
    _fits(page)
    picture("person-code-ask")
    page.get_by_role("button", name="获取验证码").click()
    page.get_by_label("短信验证码").wait_for()
    page.get_by_label("短信验证码").fill(_code())
    page.get_by_role("button", name="登录").click()

    page.wait_for_url("**/person/")
    _fits(page)
    picture("person-home")
    page.get_by_role("link", name=re.compile("^失业 ")).click()
    page.get_by_text("失业登记申请", exact=True).wait_for()
    _fits(page)
    picture("person-apply")
    line = page.locator("form.yp-line", has_text="失业登记申请")
    line.get_by_role("button", name="办理").click()
    page.get_by_label("联系电话").wait_for()
    assert page.get_by_label("联系电话").input_value() == MOBILE
    assert page.get_by_label("联系人").input_value() == "试一"
    _fits(page)
    picture("person-form")
    page.get_by_role("link", name="从以前的办件选用").first.click()
    page.get_by_text("以前的办件中没有同名").wait_for()
    _fits(page)
    picture("person-choose-material")
    page.get_by_role("link", name="返回填写").click()
    page.get_by_role("button", name="提交申请").click()
    page.get_by_text("已提交。办件编号").wait_for()
    _fits(page)
    picture("person-filed")

    case = Case.objects.get()
    assert case.filed_at is not None
    handling.complete(
        case=case,
        step=case.steps.get(acted_at=None).pk,
        outcome=Outcome.RETURN,
        opinion="请写明失业原因",
        seen=case.filed_at,
        by=reviewer,
        now=timezone.localtime(),
        address=None,
    )
    page.goto("/person/")
    page.get_by_text("退回，待修改").wait_for()
    _fits(page)
    picture("person-returned")
    page.locator(".yp-wait").click()
    page.get_by_role("link", name="修改重报").click()
    page.get_by_label("申请说明").fill("劳动合同期满终止")
    _fits(page)
    page.get_by_role("button", name="重新提交审核").click()
    page.get_by_text("已提交。办件编号").wait_for()
    case.refresh_from_db()
    assert (case.state, case.values["wanted"]) == ("pending", "劳动合同期满终止")

    for place in ("/person/papers/", "/person/authorities/", "/sign-in/person/unproven/"):
        page.goto(place)
        page.locator("h1").first.wait_for()
        _fits(page)
    page.goto("/progress/")
    page.get_by_label("办件编号").fill(case.number)
    page.get_by_label("查询码").fill(code_of(case))
    page.get_by_role("button", name="查询").click()
    page.get_by_text("正在办理").wait_for()
    _fits(page)
    picture("person-progress")
