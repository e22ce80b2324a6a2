"""年度备案 in a real browser: filled in from the contracts, a difference explained, sent, returned, mended,
approved, printed; then Table 3 alone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.annual.conftest import agency, employer, reviewer, staffed
from tests.annual.conftest import hall as hall_of_last_year
from tests.browser.steps import another_page, sign_in, sign_out, stands
from tests.contracts.making import Hall
from yonggong.annual.models import Return
from yonggong.cases.models import Case

__all__ = ["agency", "employer", "hall_of_last_year", "reviewer", "staffed"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
Picture = Any


@pytest.fixture
def hall(hall_of_last_year: Hall) -> Hall:
    """In place of the ordinary day's."""
    return hall_of_last_year


def decided(page: Page, case: Case, reviewer: str, button: str, opinion: str = "") -> None:
    sign_in(page, reviewer, portal="bureau")
    page.goto(f"/bureau/case/{case.pk}/")
    page.wait_for_selector("body[data-keys=armed]")
    expect(page.locator("#tables")).to_contain_text("表二")
    if opinion:
        page.get_by_role("textbox", name="审核意见").fill(opinion)
    else:
        page.locator("[name=acknowledged]").check()
    page.get_by_role("button", name=button).click()
    expect(page.locator("main")).to_contain_text("审核不通过，已退回" if opinion else "审核通过。")
    sign_out(page)


def test_a_year_is_filed_explained_returned_mended_approved_and_printed(
    page: Page, staffed: Hall, picture: Picture
) -> None:
    sign_in(page, staffed.operator.username)
    page.get_by_role("link", name="年度备案").click()
    expect(page.locator("main")).to_contain_text("年度劳动用工备案")
    picture("annual-1-home")
    row = page.locator("li", has_text="年度劳动用工备案").first
    with another_page(page):
        row.get_by_role("button", name="开始填报").click()
    stands(page)
    expect(page.locator("[name=staff]")).to_have_value("3")
    picture("annual-2-form")

    # Somebody's term is said otherwise than in the contract filed, and why.
    page.get_by_role("link", name="表二").first.click()
    picture("annual-3-persons")
    with another_page(page):
        page.get_by_role("link", name="修改").first.click()
    stands(page)
    page.locator("[name=end_on]").fill("2029-05-31")
    page.locator("[name=remark]").fill("合同已变更，备案正在办理")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("main")).to_contain_text("第 1 行已保存")
    page.get_by_role("link", name="返回填报页").click()
    page.get_by_role("link", name="与劳动合同备案的差异").click()
    expect(page.locator("main")).to_contain_text("合同终止日期")
    expect(page.locator("main")).to_contain_text("均已说明")
    picture("annual-4-differences")
    with another_page(page):
        page.get_by_role("link", name="返回填报页").click()
    stands(page)

    # A sum that does not hold is told while it is typed.
    page.locator("[name=staff]").fill("9")
    page.locator("[name=men]").click()
    expect(page.locator("main")).to_contain_text("不等于“男职工”、“女职工”之和")
    page.get_by_role("button", name="按表二重新计算表一").click()
    expect(page.locator("main")).to_contain_text("已按表二重新计算")
    # So is one whose part alone was typed: the sum itself nobody touched.
    page.locator("[name=women]").fill("9")
    expect(page.locator("[data-findings]")).to_contain_text("不等于“男职工”、“女职工”之和")
    with another_page(page):  # which says what this one says of the time before
        page.get_by_role("button", name="按表二重新计算表一").click()
    expect(page.locator("main")).to_contain_text("已按表二重新计算")
    stands(page)
    page.locator("[name=staff]").fill("3")
    page.locator("[name=men]").click()
    why = page.locator("[name=explain-annual-without-contract]")
    why.fill("正在续订，六月底前签订。")
    picture("annual-5-explained")
    page.get_by_role("button", name="保存并提交审核").click()
    expect(page.locator("main")).to_contain_text("已提交审核")
    case = Case.objects.get(kind="annual.return")
    sign_out(page)

    decided(page, case, staffed.reviewer.username, "审核不通过", "第 2 行的工资请核对。")
    sign_in(page, staffed.operator.username)
    page.goto(f"/employer/annual/{case.pk}/")
    expect(page.locator("main")).to_contain_text("第 2 行的工资请核对")
    page.goto(f"/employer/annual/{case.pk}/rows/persons/2/")
    stands(page)
    page.locator("[name=pay]").fill("5200")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("main")).to_contain_text("第 2 行已保存")
    with another_page(page):
        page.get_by_role("link", name="返回填报页").click()
    stands(page)
    # What was explained before stands there again.
    expect(why).to_have_value("正在续订，六月底前签订。")
    page.get_by_role("button", name="重新提交审核").click()
    expect(page.locator("main")).to_contain_text("已提交审核")
    sign_out(page)

    decided(page, case, staffed.reviewer.username, "审核通过")
    sign_in(page, staffed.operator.username)
    for table in ("figures", "persons"):
        paper = page.request.get(f"/employer/annual/{case.pk}/print/{table}/")
        assert paper.ok and paper.headers["content-type"] == "application/pdf"

    # Between two years: who left since.
    page.goto("/employer/annual/")
    row = page.locator("li", has_text="表三单独填报").first
    with another_page(page):
        row.get_by_role("button", name="开始填报").click()
    stands(page)
    expect(page.locator("#tables")).to_contain_text("表三")
    page.get_by_role("link", name="表三").first.click()
    expect(page.locator("main")).to_contain_text("没有人员")
    assert Return.objects.get(case=case).year == 2025
