"""The employer's manual walked in a real browser, one test a numbered section.

With YONGGONG_GUIDE_PICTURES set to a folder, pictures of every step go there: those of the user guide.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.browser.steps import PASSWORD, another_page, choose_levels, sign_in, stands, until
from tests.contracts.making import Hall, answers, contract_of, ending_answers, renewal_answers
from yonggong.accounts.models import Grant
from yonggong.cases import actions as case_actions
from yonggong.cases import queries as case_queries
from yonggong.cases.models import Case
from yonggong.codes.invent import invent_credit_code, invent_id_number, invent_mobile
from yonggong.contracts.models import Filing
from yonggong.registry.models import Agency, Employer
from yonggong.reminders import digests

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]

Picture = Callable[[str], None]


@pytest.fixture
def signed_in(page: Page, hall: Hall) -> Page:
    sign_in(page, hall.operator.username)
    return page


def open_menu(page: Page, title: str) -> None:
    page.locator("#yg-nav").get_by_role("link", name=title, exact=True).click()
    expect(page.locator("h1")).to_contain_text(title)
    page.wait_for_load_state()


def write(page: Page, name: str, value: str) -> None:
    """Answer one field, whatever stands for it on the page."""
    cell = page.locator(f"[data-field={name}]")
    # What is asked of the page below does not wait for it, so it is waited for here.
    cell.wait_for(state="attached")
    stands(page, cell)
    select = cell.locator("select").first
    if cell.locator("input[type=radio]").count():
        cell.locator(f"input[value={value}]").check()
    elif select.count() and select.evaluate("s => Boolean(s.tomselect)"):
        select.evaluate("(s, value) => s.tomselect.setValue(value)", value)
    elif select.count():
        select.select_option(value)
    else:
        cell.locator("input:not([type=hidden]), textarea").first.fill(value)
        page.keyboard.press("Tab")


def write_all(page: Page, given: dict[str, Any]) -> None:
    for name, value in given.items():
        write(page, name, str(value))


def search(page: Page, **asked: str) -> None:
    """Put conditions on the list and press 查询."""
    form = page.locator("form.yg-conditions")
    for name, value in asked.items():
        control = form.locator(f"[name={name}]")
        if control.evaluate("c => c.tagName") == "SELECT":
            control.select_option(label=value)
        else:
            control.fill(value)
    with page.expect_response(lambda answer: all(f"{name}=" in answer.url for name in asked)):
        form.get_by_role("button", name="查询").click()


def rows(page: Page) -> Any:
    return page.locator(".yg-listing tbody tr")


def tick(page: Page, name: str) -> None:
    rows(page).filter(has_text=name).locator("input[name=ids]").check()


def paper_picture(page: Page, words: str) -> bytes:
    """A picture of a document that belongs to nobody."""
    page.set_content(
        "<body style='margin:0;width:640px;height:400px;display:grid;place-items:center;"
        f"border:12px double #667;font:32px serif;box-sizing:border-box'>{words}（样本）</body>"
    )
    return page.locator("body").screenshot()


def test_1_2_a_new_employer_registers_and_files(
    browser: Browser, page: Page, picture: Picture, agency: Agency, reviewer: Any
) -> None:
    chance = random.Random(12)
    drawn = browser.new_page()
    sample = {
        "name": "样本.png",
        "mimeType": "image/png",
        "buffer": paper_picture(drawn, "营业执照"),
    }
    drawn.close()

    page.goto("/")
    picture("1-2-00-front")
    page.get_by_role("link", name="单位注册").first.click()
    write_all(
        page,
        {
            "credit_code": invent_credit_code(chance, region="220104"),
            "name": "长春云桥经贸有限公司",
            "operator": "试安澜",
            "mobile": invent_mobile(chance),
            "username": "yunqiao",
        },
    )
    choose_levels(page, "region_code", "吉林省", "长春市", "朝阳区")
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_label("再次输入密码").fill(PASSWORD)
    picture("1-2-01-register")
    page.get_by_role("button", name="注册", exact=True).click()

    expect(page.locator("h1")).to_have_text("单位初次备案")
    picture("1-2-02-particulars-empty")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator("[data-summary]")).to_contain_text("处需要改正")
    picture("1-2-03-particulars-missing")

    write_all(
        page,
        {
            "nature": "10",
            "affiliation": "90",
            "economic_type": "173",
            "legal_representative": "试景行",
            "licence_on": timezone.localdate() - timedelta(days=20),
            "address": "吉林省长春市朝阳区学林路 1 号",
            "contact": "试安澜",
            "contact_mobile": invent_mobile(chance),
            "operator_document": invent_id_number(
                chance, region="220104", birth_date=date(1990, 5, 6), sex="2"
            ),
            "agency": agency.pk,
        },
    )
    choose_levels(page, "industry", "批发和零售业", "批发业")
    until(
        page,
        lambda: case_queries.typed_in(Case.objects.get()).get("industry") == "51",
        "what was typed is not kept",
    )
    page.goto(page.url.partition("?")[0])
    picture("1-2-04-particulars-filled")
    page.get_by_role("button", name="保存", exact=True).click()

    expect(page.locator("h1")).to_have_text("材料上传")
    picture("1-2-05-materials-empty")
    for row in range(5):
        page.locator("form[data-uploads] input[type=file]").nth(row).set_input_files(sample)
        expect(page.locator(".ye-materials .yg-good")).to_have_count(row + 1)
    picture("1-2-06-materials-uploaded")
    page.get_by_role("link", name="查看", exact=True).first.click()
    expect(page.locator("#viewer img")).to_be_visible()
    picture("1-2-07-material-viewed")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="删除").first.click()
    expect(page.get_by_role("button", name="提交审核")).to_be_disabled()
    page.locator("form[data-uploads] input[type=file]").first.set_input_files(sample)
    page.get_by_role("button", name="提交审核").click()
    expect(page.locator("h1")).to_have_text("单位基本信息")
    expect(page.locator(".yg-badge.yg-wait")).to_have_text("未审核")
    picture("1-2-08-particulars-pending")

    page.locator("#yg-nav").get_by_role("link", name="劳动合同新订备案").click()
    expect(page.locator("#messages")).to_contain_text("尚未完成初次备案")
    picture("1-2-09-led-back")

    case = Case.objects.get()
    case_actions.approve(
        case=case,
        seen=case.filed_at,
        opinion="材料齐全。",
        by=reviewer,
        now=timezone.now(),
        address=None,
    )
    page.reload()
    expect(page.locator(".yg-badge.yg-good").first).to_have_text("审核通过")
    picture("1-2-10-particulars-approved")
    page.get_by_role("button", name="办理变更备案").click()
    expect(page.locator("[name=address]")).to_have_value("吉林省长春市朝阳区学林路 1 号")
    write(page, "change_kind", "9")
    write(page, "address", "吉林省长春市朝阳区朗月路 9 号")
    page.get_by_role("button", name="提交审核").click()
    expect(page.locator("#messages")).to_contain_text("已提交审核")
    picture("1-2-11-change-submitted")
    page.get_by_role("link", name="查看办件").first.click()
    expect(page.locator(".yf-diff")).to_contain_text("朗月路 9 号")
    picture("1-2-12-change-case")
    assert Employer.objects.get().is_filed


def test_1_3_every_contract_can_be_queried(signed_in: Page, picture: Picture, hall: Hall) -> None:
    hall.ended()
    hall.in_force()
    hall.approved()
    hall.return_(hall.filed())
    late = (hall.today - timedelta(days=80)).isoformat()
    hall.filed(work_start_on=late, signed_on=late, start_on=late)
    signed_in.goto("/employer/")
    picture("1-1-01-home")
    open_menu(signed_in, "劳动合同信息综合查询")
    expect(rows(signed_in)).to_have_count(6)
    picture("1-3-01-everything")
    signed_in.get_by_text("更多条件").click()
    picture("1-3-02-more-conditions")
    search(signed_in, in_post="是")
    expect(rows(signed_in)).to_have_count(2)
    picture("1-3-03-in-post")
    with signed_in.expect_download() as download:
        signed_in.get_by_role("button", name="导出").click()
        signed_in.get_by_role("link", name="Excel 工作簿（.xlsx）").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    rows(signed_in).first.get_by_role("link").first.click()
    expect(signed_in.locator(".ye-thread li")).to_have_count(1)
    picture("1-3-04-case")


def test_1_4_a_new_contract_is_filed_returned_and_mended(
    signed_in: Page, picture: Picture, hall: Hall
) -> None:
    page = signed_in
    open_menu(page, "劳动合同新订备案")
    picture("1-4-01-list")
    page.get_by_role("button", name="添加").click()
    expect(page.locator("h1")).to_have_text("劳动合同新订备案")
    picture("1-4-02-form-empty")
    given = answers(today=hall.today, name="试新订")
    # Birth date and sex come out of the ID number by themselves.
    born, sex = given.pop("birth_on"), given.pop("sex")
    write(page, "document_number", given.pop("document_number"))
    expect(page.locator("[name=birth_on]")).to_have_value(born)
    expect(page.locator("[name=sex]")).to_have_value(sex)
    given.pop("document_type")
    write_all(page, given)
    write(page, "probation_end_on", (hall.today + timedelta(days=300)).isoformat())
    write(page, "probation_pay", "3000")
    expect(page.locator("[data-findings]")).to_contain_text("试用期")
    page.locator("#s-term").scroll_into_view_if_needed()
    picture("1-4-03-findings")
    write(page, "probation_end_on", "")
    expect(page.locator("[data-findings]")).to_contain_text("没有发现问题")
    expect(page.locator("[data-draft]")).to_contain_text("草稿已自动保存")
    picture("1-4-04-form-filled")
    page.get_by_role("button", name="保存并提交审核").click()
    expect(page.locator("#messages")).to_contain_text("保存成功")
    expect(rows(page).first).to_contain_text("未审核")
    picture("1-4-05-saved")

    filing = Filing.objects.get()
    hall.return_(filing.case)
    page.goto("/employer/new/")
    tick(page, "试新订")
    picture("1-4-06-returned-selected")
    page.get_by_role("button", name="修改").click()
    expect(page.locator(".yg-message-error")).to_contain_text("请补正合同起始日期")
    picture("1-4-07-amend")
    write(page, "job", "行政主管")
    page.get_by_role("button", name="重新提交审核").click()
    expect(page.locator("#messages")).to_contain_text("保存成功")
    filing.refresh_from_db()
    assert (filing.state, filing.job) == ("pending", "行政主管")


def test_1_4_a_dispatched_worker_is_filed_with_the_user_unit(
    signed_in: Page, picture: Picture, hall: Hall, make_employer: Callable[..., Any]
) -> None:
    page = signed_in
    unit = make_employer(name="长春北辰机械制造有限公司")
    page.goto("/employer/new/")
    page.get_by_role("button", name="添加").click()
    write_all(
        page, answers(today=hall.today, name="试派遣", employment_form="3", contract_text="2")
    )
    # A credit code brings along no name but what the employer itself filed it with before.
    write(page, "user_unit_code", unit.credit_code)
    write(page, "user_unit", unit.name)
    start = hall.today - timedelta(days=10)
    write_all(
        page,
        {
            "dispatch_post": "1",
            "dispatch_start_on": start.isoformat(),
            "dispatch_end_on": (start + timedelta(days=170)).isoformat(),
        },
    )
    expect(page.locator("[data-findings]")).to_contain_text("没有发现问题")
    page.locator("#s-dispatch").scroll_into_view_if_needed()
    # However far down, the head of the page stays in sight.
    assert page.locator(".yg-header").bounding_box() == {
        "x": 0,
        "y": 0,
        "width": 1366,
        "height": 48,
    }
    picture("1-4-09-dispatch")
    page.get_by_role("button", name="保存并提交审核").click()
    expect(page.locator("#messages")).to_contain_text("保存成功")
    case = Filing.objects.get().case
    assert case.values["user_unit"] == unit.name

    hall.approve(case)
    page.goto("/employer/new/")
    page.get_by_role("button", name="添加").click()
    write(page, "employment_form", "3")
    write(page, "user_unit_code", unit.credit_code)
    expect(page.locator("[name=user_unit]")).to_have_value(unit.name)
    expect(page.locator("[data-field=user_unit_code]")).to_contain_text("已带出登记信息")


def test_1_5_a_contract_is_renewed(signed_in: Page, picture: Picture, hall: Hall) -> None:
    page = signed_in
    contract = hall.old(name="试续订")
    hall.approved(name="试无册")
    open_menu(page, "劳动合同续订备案")
    expect(rows(page)).to_have_count(1)
    picture("1-5-01-renewable")
    tick(page, "试续订")
    page.get_by_role("button", name="续订").click()
    assert contract.end_on is not None
    expect(page.locator("[name=start_on]")).to_have_value(
        (contract.end_on + timedelta(days=1)).isoformat()
    )
    picture("1-5-02-form")
    given = renewal_answers(contract)
    write_all(page, {name: given[name] for name in ("signed_on", "end_on", "base_pay")})
    page.get_by_role("button", name="保存并提交审核").click()
    expect(page.locator("#messages")).to_contain_text("保存成功")
    expect(rows(page)).to_have_count(1)
    expect(rows(page).first).to_contain_text("未审核")
    picture("1-5-03-saved")
    rows(page).first.get_by_role("link").first.click()
    expect(page.locator(".ye-thread li")).to_have_count(2)
    picture("1-5-04-thread")


def test_1_6_a_contract_is_ended(signed_in: Page, picture: Picture, hall: Hall) -> None:
    page = signed_in
    hall.in_force(name="试解除")
    open_menu(page, "劳动合同解除/终止备案")
    picture("1-6-01-endable")
    tick(page, "试解除")
    page.get_by_role("button", name="解除/终止").click()
    given = ending_answers(on=hall.today)
    write_all(page, given | {"severance_paid": "一千元"})
    page.get_by_role("button", name="保存并提交审核").click()
    expect(page.locator("[data-summary]")).to_contain_text("支付经济补偿金")
    picture("1-6-02-severance-in-words")
    write(page, "severance_paid", "0")
    page.get_by_role("button", name="保存并提交审核").click()
    expect(page.locator("#messages")).to_contain_text("保存成功")
    expect(rows(page).first).to_contain_text("解除（终止）")
    picture("1-6-03-saved")


def test_an_operator_of_two_employers_changes_over(
    page: Page, picture: Picture, hall: Hall, make_employer: Callable[..., Any]
) -> None:
    second = make_employer(name="长春云桥商贸有限公司")
    Grant.objects.create(user=hall.operator, role="employer_operator", party=second.party)
    sign_in(page, hall.operator.username)
    expect(page.locator("h1")).to_have_text(hall.employer.name)
    page.get_by_role("link", name="切换", exact=True).click()
    picture("1-1-02-choose")
    page.get_by_role("button", name=f"切换到{second.name}").click()
    expect(page.locator("h1")).to_have_text(second.name)
    expect(page.locator(".yg-works-for")).to_contain_text(second.name)


def test_half_a_mending_is_there_when_the_window_is_opened_again(
    signed_in: Page, picture: Picture, hall: Hall
) -> None:
    page = signed_in
    case = hall.return_(hall.filed(name="试退回", job="行政专员"))
    address = f"/employer/new/{case.pk}/"
    page.goto(address)
    write(page, "job", "理货员")
    expect(page.locator("[data-draft]")).to_contain_text("已自动保存")
    page.goto("/employer/")
    page.goto(address)
    expect(page.locator("[name=job]")).to_have_value("理货员")
    expect(page.locator("main")).to_contain_text("尚未提交的修改")
    picture("1-4-08-half-mended")
    page.get_by_role("button", name="保存修改，暂不提交").click()
    expect(page.locator("#messages")).to_contain_text("尚未提交")
    page.get_by_role("link", name="修改重报").click()
    page.get_by_role("button", name="放弃修改").click()
    page.get_by_role("link", name="修改重报").click()
    expect(page.locator("[name=job]")).to_have_value("行政专员")


def test_what_waits_is_told(signed_in: Page, picture: Picture, hall: Hall) -> None:
    page = signed_in
    hall.return_(hall.filed(name="试退回"))
    ends = hall.today + timedelta(days=30)
    begins = (ends - timedelta(days=730)).isoformat()
    on = {name: begins for name in ("work_start_on", "signed_on", "start_on")}
    hall.approved(name="试到期", end_on=ends.isoformat(), **on)
    digests.run(today=hall.today)
    page.reload()
    page.get_by_role("link", name="待办").click()
    expect(page.locator("main")).to_contain_text("审核不通过、待修改重报的备案")
    expect(rows(page).filter(has_text="试到期")).to_have_count(1)
    picture("1-1-03-messages")
    with another_page(page):
        page.get_by_role("link", name="30 日内到期的劳动合同").click()
    expect(rows(page)).to_have_count(1)

    page.get_by_role("button", name="经办人").click()
    page.get_by_role("link", name="账号信息").click()
    write(page, "mobile", invent_mobile(random.Random(3)))
    write(page, "email", "jingban")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("[data-summary]")).to_contain_text("电子邮箱")
    write(page, "email", "jingban@example.com")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#messages")).to_contain_text("联系方式已保存")
    picture("1-1-04-account")


def test_1_9_filings_are_voided(signed_in: Page, picture: Picture, hall: Hall) -> None:
    page = signed_in
    hall.filed(name="试作废")
    hall.return_(hall.filed(name="试退回"))
    hall.approved(name="试通过")
    open_menu(page, "劳动合同申报作废")
    expect(rows(page)).to_have_count(2)
    tick(page, "试作废")
    tick(page, "试退回")
    picture("1-9-01-selected")
    page.get_by_role("button", name="作废").click()
    expect(page.locator("h1")).to_have_text("确认作废")
    picture("1-9-02-confirm")
    # The question is answered from the keyboard.
    expect(page.get_by_role("button", name="确认作废")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text("已作废 2 份备案")
    picture("1-9-03-voided")
    assert Filing.objects.filter(state="voided").count() == 2


def test_1_10_and_1_11_rosters_are_made_and_found(
    signed_in: Page, picture: Picture, hall: Hall
) -> None:
    page = signed_in
    for name in ("试名册", "试柏舟", "试令仪"):
        hall.approved(name=name)
    hall.ended()
    open_menu(page, "实时名册打印")
    expect(rows(page)).to_have_count(3)
    page.locator("[data-ticks-all]").check()
    picture("1-11-01-selected")
    page.get_by_role("button", name="新签备案生成名册").click()
    expect(page.get_by_role("button", name="打印")).to_be_disabled()
    expect(page.get_by_role("button", name="下载")).to_be_disabled()
    picture("1-11-02-preview")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#messages")).to_contain_text("保存成功，编号 XD")
    picture("1-11-03-saved")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载").click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")

    page.goto("/employer/roster-print/?kind=ending&certified=0")
    page.locator("[data-ticks-all]").check()
    page.get_by_role("button", name="终止（解除）证明书生成").click()
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#messages")).to_contain_text("编号 ZM")
    picture("1-11-04-certificates")

    open_menu(page, "已办业务名册查询")
    expect(rows(page)).to_have_count(3)
    search(page, kind="新订劳动合同备案名册")
    picture("1-10-01-rosters")
    rows(page).first.get_by_role("link").first.click()
    expect(page.locator(".ye-paper iframe")).to_be_visible()
    assert contract_of(Case.objects.filter(filing__name="试名册").get()) is not None
