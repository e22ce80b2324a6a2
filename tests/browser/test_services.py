"""From what somebody types on a phone to the application they begin."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Picture
from tests.browser.steps import PASSWORD
from yonggong.cases.models import Case
from yonggong.registry.models import Agency
from yonggong.registry.parties import Party

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_what_is_typed_on_a_phone_leads_to_the_application(
    page: Page, pupil: Any, picture: Picture
) -> None:
    Agency.objects.create(name="新城区人社局", level="county", region_code="150102")
    Party.objects.filter(pk=pupil.person_id).update(region_code="150102")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/sign-in/")
    page.get_by_role("link", name="办事指南").first.click()
    found = page.locator("#ys-found")
    page.get_by_label("想办什么事").press_sequentially("丢了社保卡")
    expect(found.get_by_role("link")).to_have_count(2)
    picture("person-services")
    page.get_by_label("想办什么事").fill("sydj")
    expect(found.get_by_role("link").first).to_have_text("失业登记申请")
    found.get_by_role("link", name="失业登记申请").click()
    expect(page.get_by_role("img", name="失业登记申请流程图")).to_be_visible()
    picture("person-service")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("link", name="网上办理").click()
    page.get_by_label("账号").fill(pupil.username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_role("button", name="开始填写").click()
    page.get_by_role("button", name="提交申请").wait_for()
    case = Case.objects.get()
    assert (case.kind, case.applicant_id) == ("unemployment-registration", pupil.person_id)
