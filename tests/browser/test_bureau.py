"""The bureau's day in a real browser: the desk, the queue, a case, several at once, the region."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.steps import sign_in, sign_out
from tests.browser.test_employer_manual import write_all
from tests.contracts.making import Hall, answers
from tests.files import PDF
from tests.portals.test_bureau_import import HEADINGS, shop
from yonggong.accounts.models import AccessEntry
from yonggong.cases import actions as case_actions
from yonggong.cases.models import Case
from yonggong.contracts.change.kind import KIND as CHANGE
from yonggong.registry.models import Agency
from yonggong.sources import current

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
    desk.wait_for_selector("body[data-keys=armed]")
    desk.keyboard.press("a")
    expect(desk.locator("main")).to_contain_text("审核通过。")
    first.refresh_from_db()
    assert first.state == "approved"


def test_a_key_that_is_held_down_approves_one_case(desk: Page, hall: Hall) -> None:
    """The key repeats while the next page opens: there it decides nothing."""
    first = Case.objects.order_by("due_on", "pk")[0]
    desk.goto(f"/bureau/case/{first.pk}/")
    desk.wait_for_selector("body[data-keys=armed]")
    desk.keyboard.down("a")
    for _ in range(40):
        desk.keyboard.down("a")  # as a held key does
        desk.wait_for_timeout(50)
    desk.keyboard.up("a")
    expect(desk.locator("main")).to_contain_text("审核通过。")
    assert Case.objects.filter(state="approved").count() == 1
    assert f"/case/{first.pk}/" not in desk.url


def test_a_key_pressed_as_the_page_opens_was_meant_for_another(desk: Page, hall: Hall) -> None:
    first = Case.objects.order_by("due_on", "pk")[0]
    desk.goto(f"/bureau/case/{first.pk}/")
    desk.wait_for_selector("body[data-keys=armed]")
    desk.evaluate("delete document.body.dataset.keys")  # as on a page that has only just opened
    desk.keyboard.press("a")
    desk.wait_for_timeout(300)
    assert f"/case/{first.pk}/" in desk.url
    assert not Case.objects.filter(state="approved").exists()


def test_a_return_asks_for_an_opinion_and_carries_it(
    desk: Page, hall: Hall, picture: Picture
) -> None:
    case = Case.objects.order_by("due_on", "pk")[0]
    desk.goto(f"/bureau/case/{case.pk}/")
    desk.get_by_role("button", name="审核不通过").click()
    expect(desk.locator("#opinion")).to_be_focused()
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
    expect(desk.locator("main")).to_contain_text("已通过 4 件")
    picture("bureau-8-done")
    assert Case.objects.filter(state="approved").count() == 4


def test_a_colleague_was_quicker(
    desk: Page, hall: Hall, picture: Picture, make_user: Callable[..., Any], agency: Agency
) -> None:
    case = Case.objects.order_by("due_on", "pk")[0]
    desk.goto(f"/bureau/case/{case.pk}/")
    colleague = make_user("reviewer", agency=agency, region_code="220104")
    case_actions.approve(case=case, seen=case.filed_at, by=colleague, now=hall.now, address=None)
    desk.wait_for_selector("body[data-keys=armed]")
    desk.keyboard.press("a")
    expect(desk.locator("main")).to_contain_text("您本次的操作没有生效")
    picture("bureau-12-too-late")
    desk.get_by_role("button", name="审核下一件").click()
    expect(desk.locator("h1")).to_contain_text("劳动合同新订备案")


def test_papers_are_shown_in_place_and_changes_side_by_side(
    desk: Page, hall: Hall, picture: Picture
) -> None:
    contract = hall.in_force(name="试变更")
    held = answers(today=hall.today, name="试变更")
    changed = hall.file(
        "change",
        {
            **{name: held[name] for name in held if name in CHANGE.form.fields_by_name},
            "changed_on": hall.today.isoformat(),
            "change_reason": "岗位调整",
            "job": "行政主管",
            "base_pay": "5200.00",
        },
        contract=contract,
    )
    desk.goto(f"/bureau/case/{changed.pk}/")
    expect(desk.locator(".yf-diff")).to_contain_text("行政主管")
    picture("bureau-13-changes")


def test_a_clerk_files_at_the_counter(
    page: Page, hall: Hall, picture: Picture, make_user: Callable[..., Any], agency: Agency
) -> None:
    clerk = make_user("counter_clerk", agency=agency, region_code="220104")
    sign_in(page, clerk.username, portal="bureau")
    page.locator("#yg-nav").get_by_role("link", name="窗口代录").click()
    page.get_by_label("统一社会信用代码").fill(hall.employer.credit_code)
    picture("bureau-14-counter")
    page.get_by_role("button", name="开始代录").click()
    expect(page.locator("h1")).to_have_text(hall.employer.name)
    expect(page.locator("main")).to_contain_text(f"正在为{hall.employer.name}办理")
    picture("bureau-15-counter-employer")
    page.locator("#yg-nav").get_by_role("link", name="劳动合同新订备案").click()
    page.get_by_role("button", name="添加").click()
    write_all(page, answers(today=hall.today, name="试窗口"))
    page.get_by_role("button", name="保存并提交审核").click()
    expect(page.locator("#messages")).to_contain_text("保存成功")
    case = Case.objects.get()
    assert (case.counter, case.filed_by) == (agency, clerk)
    page.get_by_role("button", name="结束代录").click()
    expect(page.locator("main")).to_contain_text("试窗口")
    picture("bureau-16-counter-done")


def test_a_supervisor_sees_the_load_of_the_region(
    page: Page, hall: Hall, picture: Picture, make_user: Callable[..., Any]
) -> None:
    hall.filed()
    hall.approved()
    hall.return_(hall.filed())
    supervisor = make_user("bureau_supervisor", region_code="220100")
    sign_in(page, supervisor.username, portal="bureau")
    expect(page.locator("main")).to_contain_text("审核员工作量")
    picture("bureau-17-supervisor")


def test_a_supervisor_sees_who_files_late_and_what_is_behind_it(
    page: Page, hall: Hall, picture: Picture, make_user: Callable[..., Any]
) -> None:
    for days in (50, 80):
        on = (hall.today - timedelta(days=days)).isoformat()
        hall.filed(signed_on=on, work_start_on=on, start_on=on)
    hall.filed()
    sign_in(page, make_user("bureau_supervisor", region_code="220100").username, portal="bureau")
    page.locator("#yg-nav").get_by_role("link", name="逾期备案单位").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    picture("bureau-18-late")
    page.locator("tbody tr").get_by_role("link", name="2", exact=True).click()
    expect(page.locator("h1")).to_have_text("全部备案")
    expect(page.locator("tbody tr")).to_have_count(2)


def test_a_clerk_enters_employers_by_the_workbook_and_adds_their_materials(
    page: Page,
    picture: Picture,
    make_user: Callable[..., Any],
    agency: Agency,
    chance: Random,
    tmp_path: Path,
) -> None:
    clerk = make_user("counter_clerk", agency=agency, region_code="220104")
    sign_in(page, clerk.username, portal="bureau")
    page.locator("#yg-nav").get_by_role("link", name="窗口代录").click()
    page.get_by_role("link", name="单位批量登记").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载模板", exact=True).click()
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    sheet = book["填报"]
    headings = [str(cell.value).lstrip("*") for cell in sheet[1]]
    shops = [shop(chance), shop(chance), shop(chance, legal_representative="")]
    for place, row in enumerate(shops, start=2):
        for name, value in row.items():
            sheet.cell(place, headings.index(HEADINGS[name]) + 1, value)
    book.save(tmp_path / "单位.xlsx")
    page.locator("input[type=file]").set_input_files(tmp_path / "单位.xlsx")
    page.get_by_role("button", name="上传").click()
    expect(page.locator("main")).to_contain_text("共 3 户，登记 2 户，1 户未通过")
    expect(page.locator("main")).to_contain_text("法定代表人：不能为空")
    picture("bureau-19-import")
    page.get_by_role("button", name="补传材料并提交").first.click()
    expect(page.locator("main")).to_contain_text(f"正在为{shops[0]['name']}办理")
    page.locator("#yg-nav").get_by_role("link", name="单位基本信息").click()
    expect(page.get_by_label("统一社会信用代码")).to_have_value(shops[0]["credit_code"])


def test_the_region_is_read_only(desk: Page, hall: Hall, picture: Picture) -> None:
    desk.locator("#yg-nav").get_by_role("link", name="用人单位").click()
    picture("bureau-9-employers")
    desk.get_by_role("link", name=hall.employer.name).click()
    expect(desk.locator("h1")).to_have_text(hall.employer.name)
    picture("bureau-10-employer")
    desk.locator("#yg-nav").get_by_role("link", name="劳动合同", exact=True).click()
    expect(desk.locator("table tbody tr")).to_have_count(4)
    picture("bureau-11-contracts")


ADMIN_PAGES = {
    "账号": "accounts",
    "角色与权限": "roles",
    "政策数据": "policy",
    "放假安排": "days-off",
}


def test_administrators_see_who_may_do_what(
    page: Page, make_user: Callable[..., Any], employer: Any, picture: Picture
) -> None:
    admin = make_user("system_administrator", region_code="220000")
    sign_in(page, admin.username, portal="admin")
    for title, name in ADMIN_PAGES.items():
        page.locator("#yg-nav").get_by_role("link", name=title, exact=True).click()
        expect(page.locator("h1")).to_have_text(title)
        picture(f"admin-{name}")


@pytest.fixture
def brought() -> Iterator[None]:
    """What is confirmed in a test ends with it."""
    yield
    current.forget()


@pytest.mark.usefixtures("brought")
def test_a_bureau_confirms_a_value_with_its_document(
    page: Page, make_user: Callable[..., Any], employer: Any, picture: Picture, tmp_path: Path
) -> None:
    paper = tmp_path / "通知.pdf"
    paper.write_bytes(PDF)
    admin = make_user("business_administrator", region_code="140000")
    sign_in(page, admin.username, portal="admin")
    page.goto("/admin/policy/?region=140000&state=open")
    before = int(page.locator(".ye-figures strong").first.inner_text())
    page.locator(".yb-policy").get_by_role("link", name="核对", exact=True).first.click()
    page.get_by_label("文件名称").fill("关于调整我省最低工资标准的通知")
    page.get_by_label("文号").fill("晋人社厅发〔2022〕99号")
    page.get_by_label("发文日期").fill("2022年12月20日")
    page.get_by_label("文件", exact=True).set_input_files(paper)
    picture("admin-policy-confirm")
    page.get_by_role("button", name="确认与文件一致").click()
    expect(page.locator("#messages")).to_contain_text("已核对")
    expect(page.locator(".ye-figures strong").first).to_have_text(str(before - 1))


def test_an_account_is_made_by_one_and_given_its_role_by_another(
    page: Page, browser: Browser, make_user: Callable[..., Any], agency: Agency, picture: Picture
) -> None:
    system = make_user("system_administrator", region_code="220000")
    business = make_user("business_administrator", region_code="220000")
    sign_in(page, system.username, portal="admin")
    page.locator("#yg-nav").get_by_role("link", name="账号", exact=True).click()
    page.get_by_role("link", name="新增账号").click()
    given = {"username": "xinshenhe", "name": "试新来", "mobile": "16012345678"}
    write_all(page, given)
    picture("admin-add")
    page.get_by_role("button", name="创建账号").click()
    password = page.locator("[data-password]").inner_text()
    picture("admin-password")
    page.get_by_role("link", name="已记下，返回账号").click()
    page.get_by_label("使用人身份证号").fill("220104199003079176")
    page.get_by_role("button", name="登记使用人").click()
    expect(page.locator("#messages")).to_contain_text("已登记使用人")
    sign_out(page)

    sign_in(page, business.username, portal="admin")
    page.locator("#yg-nav").get_by_role("link", name="账号授权").click()
    page.get_by_role("link", name="xinshenhe").click()
    page.get_by_label("角色").select_option(label="审核员")
    page.get_by_label("机构（辖区）").select_option(label=agency.name)
    page.get_by_role("button", name="授予").click()
    expect(page.locator("#messages")).to_contain_text("已授予审核员")
    picture("admin-grant")
    sign_out(page)

    page.goto("/sign-in/")
    page.get_by_label("账号").fill("xinshenhe")
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_label("原密码").fill(password)
    page.get_by_label("新密码", exact=True).fill("Xinmima-2026")
    page.get_by_label("再次输入新密码").fill("Xinmima-2026")
    page.get_by_role("button", name="修改").click()
    expect(page.locator("h1")).to_have_text("工作台")


def test_an_auditor_reads_both_logs(
    page: Page, hall: Hall, picture: Picture, make_user: Callable[..., Any]
) -> None:
    hall.return_(hall.filed(name="试审计"))
    auditor = make_user("auditor", region_code="220000")
    sign_in(page, auditor.username, portal="admin")
    page.locator("#yg-nav").get_by_role("link", name="操作日志").click()
    expect(page.locator("tbody")).to_contain_text("审核不通过")
    picture("admin-operations")
    page.locator("#yg-nav").get_by_role("link", name="访问日志").click()
    expect(page.locator("tbody")).to_contain_text("登录")
    picture("admin-log")
