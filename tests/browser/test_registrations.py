"""A feed of registrations asks an employer for a change, which it files; and an employer merges: its
contracts stand with the successor."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import Picture
from tests.browser.steps import another_page, sign_in, stands
from tests.contracts.making import Hall
from tests.employers.particulars import particulars
from tests.files import PNG
from tests.registry.feeding import registered
from yonggong.cases.models import Case
from yonggong.contracts.models import Contract
from yonggong.employers.forms import EMPLOYER_FORM
from yonggong.forms.columns import columns
from yonggong.registry import actions as registry
from yonggong.registry.feeding import FEED_FORM
from yonggong.registry.models import Agency, Employer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
REGION = "150302"


@pytest.fixture
def make_hall(make_employer: Any, make_user: Any) -> Callable[[str], Hall]:
    agency = Agency.objects.create(name="海勃湾区劳动关系科", level="county", region_code=REGION)
    reviewer = make_user("reviewer", agency=agency, region_code=REGION)
    now = timezone.localtime()

    def make(name: str) -> Hall:
        employer = make_employer(name=name, region_code=REGION, agency=agency)
        typed = particulars(employer, agency=agency, today=now.date()) | {
            "licence_on": "2024-01-02",
            "contact_mobile": "16012345678",
        }
        values = EMPLOYER_FORM.clean(typed).values
        registry.take_employer_particulars(
            employer=employer, values=values, agency_id=agency.pk, on=now.date()
        )
        operator = make_user("employer_operator", employer=employer)
        return Hall(employer=employer, operator=operator, reviewer=reviewer, now=now)

    return make


def workbook(rows: list[dict[str, Any]], path: Path) -> Path:
    book = openpyxl.Workbook()
    headings = {column.name: column.heading for column in columns(FEED_FORM)}
    book.active.append([headings[name] for name in rows[0]])
    for row in rows:
        book.active.append([str(value) for value in row.values()])
    book.save(path)
    return path


def approve(page: Page, reviewer: Any, case: Case) -> None:
    """The reviewer approves on the page of the case."""
    page.context.clear_cookies()
    sign_in(page, reviewer.username, portal="bureau")
    page.goto(f"/bureau/case/{case.pk}/")
    for seen in page.get_by_label("已查看").all():
        seen.check()
    page.get_by_role("button", name="审核通过").click()
    page.wait_for_url(lambda url: f"/case/{case.pk}/" not in url)


def test_from_the_feed_to_the_change(
    page: Page, make_hall: Any, make_user: Any, tmp_path: Path, picture: Picture
) -> None:
    hall = make_hall("乌海试验旧名商贸有限公司")
    supervisor = make_user("bureau_supervisor", region_code="150300")
    row = registered(
        hall.employer.credit_code,
        name="乌海试验新名商贸有限公司",
        region_code=REGION,
        changed_on=hall.today - timedelta(days=2),
    )
    sign_in(page, supervisor.username, portal="bureau")
    page.get_by_role("link", name="载入登记信息").click()
    page.locator("input[type=file]").set_input_files(workbook([row], tmp_path / "登记.xlsx"))
    page.get_by_role("button", name="上传").click()
    expect(page.get_by_role("status").first).to_contain_text("已通知 1 户")
    picture("registrations-loaded")
    page.get_by_role("link", name="登记信息", exact=True).click()
    expect(page.locator("main")).to_contain_text("应办变更备案")
    picture("registrations-list")

    page.context.clear_cookies()
    sign_in(page, hall.operator.username)
    page.goto("/messages/")
    page.get_by_role("link", name="登记机关的登记信息已变动").click()
    expect(page.locator("#registration")).to_contain_text("不一致")
    picture("registrations-employer")
    with another_page(page):
        page.get_by_role("button", name="办理变更备案").click()
    stands(page)
    expect(page.get_by_label("单位名称")).to_have_value("乌海试验新名商贸有限公司")
    picture("registrations-change")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator("h1")).to_have_text("材料上传")
    paper = tmp_path / "执照.png"
    paper.write_bytes(PNG)
    page.locator("form[data-uploads] input[type=file]").first.set_input_files(paper)
    expect(page.locator(".ye-materials .yg-good")).to_have_count(1)
    page.get_by_role("button", name="提交审核").click()
    expect(page.locator("h1")).to_have_text("单位基本信息")
    case = Case.objects.get(kind="employer.change")
    approve(page, hall.reviewer, case)
    page.goto(f"/bureau/employers/{hall.employer.pk}/")
    expect(page.locator("#registration")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("应当于")
    picture("registrations-settled")


# Of each file is asked whether it may be sent; here the answers take their time.
_SLOW = """(() => {
  const asks = window.fetch;
  let asked = 0;
  window.fetch = (url, ...rest) =>
    String(url).includes("/session/") && ++asked <= 2
      ? new Promise((go) => setTimeout(go, 1500)).then(() => asks(url, ...rest))
      : asks(url, ...rest);
})()"""


def test_merged_the_contracts_stand_with_the_successor(
    page: Page, make_hall: Any, tmp_path: Path, picture: Picture
) -> None:
    hall, other = make_hall("乌海试验被并商贸有限公司"), make_hall("乌海试验承继商贸有限公司")
    contract = hall.in_force(name="试安澜")
    paper = tmp_path / "协议.png"
    paper.write_bytes(PNG)
    sign_in(page, hall.operator.username)
    page.get_by_role("link", name="其他事项", exact=True).click()
    with another_page(page):
        page.get_by_role("button", name="单位合并备案").click()
    stands(page)
    page.get_by_label("合并方式").select_option("absorbed")
    page.get_by_label("合并日期").fill(hall.today.isoformat())
    page.get_by_label("承继单位统一社会信用代码").fill(other.employer.credit_code)
    page.get_by_label("承继单位名称").fill(other.employer.name)
    picture("merger-form")
    page.evaluate(_SLOW)
    for slot in range(2):
        page.locator("input[type=file]").nth(slot).set_input_files(paper)
    # Pressed before the files have gone, which are not left behind.
    page.get_by_role("button", name="提交审核").last.click()
    page.get_by_text("已提交审核").first.wait_for()
    case = Case.objects.get(kind="employer.merge")
    page.context.clear_cookies()
    sign_in(page, hall.reviewer.username, portal="bureau")
    page.goto(f"/bureau/case/{case.pk}/")
    expect(page.locator("main")).to_contain_text("履行中的劳动合同 1 份")
    picture("merger-review")
    approve(page, hall.reviewer, case)
    page.goto(f"/bureau/case/{case.pk}/")
    expect(page.locator("main")).to_contain_text("共 1 份劳动合同由承继单位继续履行")

    page.context.clear_cookies()
    sign_in(page, other.operator.username)
    page.goto("/employer/contracts/?in_post=1")
    page.get_by_role("link", name="试安澜").click()
    expect(page.locator("main")).to_contain_text("原用人单位：乌海试验被并商贸有限公司")
    picture("merger-contract")
    held = Contract.objects.get(pk=contract.pk)
    assert (held.employer, held.work_start_on) == (other.employer, contract.work_start_on)
    assert Employer.objects.get(pk=hall.employer.pk).is_closed
