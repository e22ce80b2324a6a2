"""注销备案 in a browser: what is open stands above the form, the reviewer sees it too, and whoever has
closed finds nothing on any page of the menu that it could not do."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Picture
from tests.browser.steps import sign_in
from tests.contracts.making import Hall
from tests.employers.closing import begun, closed, left_behind, submitted
from yonggong.portals.pages.site import EMPLOYER

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]

# What begins a filing of another kind than an ending.
_BEGINS = re.compile("^(添加|新订备案|续订|变更|办理变更备案|办理注销备案|填写初次备案|上传)$")


def test_what_goes_with_a_closing_is_shown_to_both_sides(
    page: Page, hall: Hall, picture: Picture
) -> None:
    hall.in_force()
    hall.filed()
    case = begun(hall)
    sign_in(page, hall.operator.username)
    page.goto(EMPLOYER.form_url(case))
    open_ = page.locator("#open")
    expect(open_).to_contain_text("1 份履行中的劳动合同")
    picture("closing-form")
    open_.get_by_role("link", name="1 份履行中的劳动合同").click()
    page.wait_for_url("**/contracts/?in_post=1")
    expect(page.get_by_role("button", name=re.compile("导出"))).to_be_visible()
    submitted(hall, case)
    page.context.clear_cookies()
    sign_in(page, hall.reviewer.username, portal="bureau")
    page.goto(f"/bureau/case/{case.pk}/")
    expect(page.locator("#open")).to_contain_text("1 件未审核的备案和申请")
    picture("closing-review")
    hall.approve(case)
    page.goto(f"/bureau/case/{case.pk}/")
    expect(page.locator("#ended")).to_contain_text("1 份劳动合同终止")
    picture("closing-reviewed")


def test_every_page_of_who_has_closed(page: Page, hall: Hall, picture: Picture) -> None:
    hall.in_force()
    hall.filed()
    closed(hall)
    left_behind(hall)
    sign_in(page, hall.operator.username)
    picture("closed-home")
    lines = page.locator("nav a[href^='/employer/']")
    addresses = sorted({str(line.get_attribute("href")) for line in lines.all()})
    assert len(addresses) > 10
    for address in addresses:
        answer = page.goto(address)
        assert answer is not None and answer.ok, address
        if address in ("/employer/ending/", "/employer/batch-ending/"):
            picture(f"closed{address.replace('/', '-')}")
            continue
        offered = page.locator("main").get_by_role("button", name=_BEGINS)
        expect(offered).to_have_count(0)
        picture(f"closed{address.replace('/', '-')}")
