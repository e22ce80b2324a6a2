"""An item taken along all its steps on the pages: checklist, second review, a check on site, publicity with an
objection, a payment list, delivery, evaluation and its answer."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.utils import timezone
from playwright.sync_api import Page

from tests.browser.conftest import Picture, Sit
from tests.browser.pictures import keep
from tests.browser.steps import another_page, sign_in, stands
from tests.cases.kite import ANSWERS
from tests.contracts.making import Hall
from tests.files import PNG
from tests.services import conftest
from yonggong.cases import actions as case_actions
from yonggong.cases.models import Case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
item = conftest.item


def open_case(page: Page, case: Case) -> None:
    page.goto(f"/bureau/case/{case.pk}/")


def record(page: Page, case: Case, title: str) -> None:
    """Open the record of a step."""
    open_case(page, case)
    with another_page(page):
        page.get_by_role("link", name=f"填写{title}记录").click()
    stands(page)


def done(page: Page) -> None:
    page.get_by_role("button", name="保存记录并完成环节").click()
    page.get_by_text("环节已完成").wait_for()


def test_an_item_from_its_acceptance_to_its_evaluation(
    page: Page,
    hall: Hall,
    sit: Sit,
    item: Any,
    make_user: Any,
    agency: Any,
    tmp_path: Path,
    picture: Picture,
) -> None:
    today = f"{timezone.localdate()}"
    case = case_actions.submit(
        kind=item(),
        raw=ANSWERS,
        applicant=hall.employer.party,
        key=None,
        by=hall.operator,
        now=hall.now,
        address=None,
    )
    others = [make_user("reviewer", agency=agency, region_code="220104") for _ in range(3)]

    sign_in(page, hall.reviewer.username, portal="bureau")
    record(page, case, "受理")
    page.locator("[name=check_a2]").select_option(label="不符合")
    page.locator("[name=check_a2_said]").fill("线轴开裂")
    picture("9-3-01-checklist")
    page.get_by_role("button", name="暂存").click()
    page.get_by_text("已暂存").wait_for()
    record(page, case, "受理")
    page.get_by_role("button", name="全部符合").click()
    done(page)
    page.get_by_text("受理通知书").first.wait_for()
    picture("9-3-02-accepted")

    second = sit(others[0])
    record(second, case, "初审")
    second.get_by_label("放飞地点").fill("南湖公园")
    second.get_by_label("1. 当日无大风").select_option(label="符合")
    done(second)
    third = sit(others[1])
    open_case(third, case)
    third.get_by_role("button", name="通过，进入下一环节").click()
    third.get_by_text("已办理").wait_for()

    photo = tmp_path / "现场.png"
    photo.write_bytes(PNG)
    open_case(page, case)
    page.get_by_label("照片（JPG、PNG）").set_input_files(photo)
    page.get_by_role("button", name="上传照片").click()
    page.get_by_text("照片已保存").wait_for()
    record(page, case, "现场核查")
    page.get_by_label("核查日期").fill(today)
    page.get_by_label("核查地点").fill("南湖公园")
    page.get_by_label("核查人员").fill("试甲、试乙")
    page.get_by_label("核查情况").fill("风筝在")
    page.get_by_label("核查结论").select_option(label="与申请情况相符")
    done(page)

    applicant = sit(hall.operator, "employer")
    applicant.goto("/publicity/")
    keep(applicant, "9-3-03-publicity", whole=True)
    applicant.get_by_role("link", name="风筝补贴").click()
    applicant.get_by_label("异议内容和理由").fill("金额有误")
    applicant.get_by_role("button", name="提出异议").click()
    applicant.get_by_text("异议已登记").wait_for()
    open_case(page, case)
    page.get_by_label("核实结果").select_option(label="异议不成立")
    page.get_by_label("核实情况").fill("已核对，金额无误")
    picture("9-3-04-objection")
    page.get_by_role("button", name="登记核实情况").click()
    page.get_by_text("核实情况已登记").wait_for()
    case.steps.filter(kind="publicity").update(due_on=timezone.localdate() - timedelta(days=1))
    record(page, case, "公示")
    page.get_by_label("公示方式").fill("本平台")
    page.get_by_label("公示结果").select_option(label="异议不成立")
    page.get_by_label("异议核实情况").fill("已核对，金额无误")
    done(page)

    fourth = sit(others[2])
    open_case(fourth, case)
    fourth.get_by_role("button", name="通过，进入下一环节").click()
    fourth.get_by_text("已办理").wait_for()

    page.goto("/bureau/payments/")
    page.get_by_role("link", name="登记", exact=True).click()
    page.get_by_label("收款账号").fill("6222000000000000")
    page.get_by_label("金额（元）").fill("500")
    page.get_by_role("button", name="保存").click()
    page.get_by_text("已登记").wait_for()
    picture("9-3-05-payments")
    page.get_by_role("button", name="生成支付清单").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载清单").click()
    book = openpyxl.load_workbook(BytesIO(Path(download.value.path()).read_bytes()))
    sheet = book.worksheets[0]
    heads = {str(cell.value).strip("*"): cell.column for cell in sheet[1]}
    sheet.cell(row=2, column=heads["支付结果"], value="已支付")
    sheet.cell(row=2, column=heads["支付日期"], value=today)
    book.save(tmp_path / "清单.xlsx")
    page.locator("input[type=file]").set_input_files(tmp_path / "清单.xlsx")
    page.get_by_role("button", name="上传").click()
    page.get_by_text("已载入：支付 1 件").wait_for()
    picture("9-3-06-paid")

    record(page, case, "送达")
    page.get_by_label("送达方式").select_option(label="现场领取")
    page.get_by_label("送达日期").fill(today)
    page.get_by_label("领取人或者收件人").fill("试领")
    page.get_by_label("领取人证件号码").fill("220104199001011234")
    page.get_by_label("签收").select_option(label="申请人本人（单位）签字")
    picture("9-3-07-delivery")
    done(page)
    page.get_by_text("送达回证").first.wait_for()

    applicant.goto(f"/employer/case/{case.pk}/")
    applicant.get_by_label("非常不满意").check()
    applicant.get_by_label("意见和建议").fill("等了很久")
    keep(applicant, "9-3-08-evaluation", whole=True)
    applicant.get_by_role("button", name="提交评价").click()
    applicant.get_by_text("感谢您的评价").wait_for()
    page.goto("/bureau/evaluations/")
    page.get_by_text("等了很久").wait_for()
    picture("9-3-09-evaluations")
    page.get_by_text(case.number).first.click()
    page.get_by_label("核实和整改情况").fill("已增加办理人员")
    page.get_by_role("button", name="答复").click()
    page.get_by_text("已答复，评价人将收到提醒").wait_for()
    applicant.reload()
    applicant.get_by_text("已增加办理人员").wait_for()
