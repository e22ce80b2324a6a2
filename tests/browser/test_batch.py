"""A workbook uploaded in a real browser: the bar moves, bad rows are mended in place."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.batch.workbooks import NAMES, as_xlsx, rows
from tests.browser.steps import another_page, sign_in
from tests.contracts.making import Hall
from yonggong.batch import actions, filing
from yonggong.batch.models import Batch
from yonggong.cases.models import Case

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]


def test_a_workbook_is_filed_with_its_bar_seen_and_its_bad_rows_mended(
    page: Page,
    hall: Hall,
    picture: Callable[[str], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = rows(40, today=hall.today)
    good = found[7]["mobile"]
    found[7]["mobile"] = "12345"
    found[9]["job"] = ""
    workbook = tmp_path / "名单.xlsx"
    workbook.write_bytes(as_xlsx(found))

    sign_in(page, hall.operator.username)
    page.goto("/employer/batch/")
    picture("1-7-01-batch")
    page.set_input_files("#file-1", workbook)
    page.locator("form[data-uploads]").first.get_by_role("button", name="上传").click()
    expect(page.locator("#progress")).to_contain_text("排队中")

    # The job, slowly enough to be seen: half of the rows, then the rest.
    seen = threading.Event()
    real = filing._write_chunk

    def slowly(*given: Any) -> None:
        if given[0].start:
            seen.wait(60)
        real(*given)

    monkeypatch.setattr(filing, "CHUNK", 20)
    monkeypatch.setattr(filing, "_write_chunk", slowly)
    batch = Batch.objects.get()

    def work() -> None:
        actions.work(batch.pk, now=timezone.now())
        connection.close()

    job = threading.Thread(target=work)
    job.start()
    expect(page.locator("#progress")).to_contain_text("已处理 20 / 40 行")
    expect(page.locator("#progress progress")).to_have_js_property("value", 50)
    picture("1-7-02-progress")
    seen.set()
    job.join(60)
    expect(page.locator("#progress")).to_contain_text("成功 38 行，失败 2 行")
    picture("1-7-03-result")

    page.locator("input[name$='_mobile']").fill(good)
    page.locator("input[name$='_job']").fill("会计")
    page.get_by_role("button", name="修改后重新提交本页").click()
    expect(page.locator("main")).to_contain_text("2 行修正后已提交")
    picture("1-7-04-mended")
    assert Case.objects.filter(batch=batch.pk, state="pending").count() == 40


def test_a_reviewer_opens_a_batch_and_approves_it_as_a_whole(
    page: Page, hall: Hall, picture: Callable[[str], None]
) -> None:
    batch = actions.upload(
        kind="contract.new",
        employer=hall.employer,
        file_name="十一月新订.xlsx",
        content=as_xlsx(rows(12, today=hall.today)),
        key=uuid4(),
        by=hall.operator,
        today=hall.today,
        address=None,
    )
    actions.work(batch.pk, now=timezone.now())
    sign_in(page, hall.reviewer.username, portal="bureau")
    page.locator("#yg-nav").get_by_role("link", name="批量备案").click()
    expect(page.locator("main")).to_contain_text("十一月新订.xlsx")
    picture("bureau-20-batches")
    page.locator("tbody tr").get_by_role("link").first.click()
    expect(page.locator("h1")).to_contain_text(batch.number)
    picture("bureau-21-batch")
    button = page.get_by_role("button", name="整批通过（12 件）")
    button.click()
    expect(page.locator("main")).to_contain_text("以下 12 件将审核通过")
    page.get_by_role("button", name="确认通过").click()
    expect(page.locator("main")).to_contain_text("已通过 12 件")
    page.go_back()
    with another_page(page):
        page.locator("#yg-nav").get_by_role("link", name="批量备案").click()
    page.locator("tbody tr").get_by_role("link").first.click()
    expect(page.locator("#bulk")).to_contain_text("已完成")
    expect(page.locator("main")).to_contain_text("12")
    picture("bureau-22-batch-approved")
    assert Case.objects.filter(batch=batch.pk, state="approved").count() == 12


def test_templates_are_downloaded(page: Page, hall: Hall) -> None:
    sign_in(page, hall.operator.username)
    page.goto("/employer/batch-ending/")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载模板").click()
    assert download.value.suggested_filename.endswith(".xlsx")


def test_choices_are_chosen_and_rows_are_put_aside(
    page: Page, hall: Hall, picture: Callable[[str], None]
) -> None:
    found = rows(6, today=hall.today)
    found[0]["term_type"] = "三年期"
    found[1] |= {"probation_end_on": date(2027, 6, 1), "probation_pay": "1"}
    found[2] |= {"start_on": "下个月", "hazards": "有毒"}
    found[3] |= {"document_number": found[3]["document_number"][:-1] + "?"}
    found[4] = {"name": "注：以上人员均已核对"}
    batch = actions.upload(
        kind="contract.new",
        employer=hall.employer,
        file_name="名单.xlsx",
        content=as_xlsx(found, names=(*NAMES, "hazards")),
        key=uuid4(),
        by=hall.operator,
        today=hall.today,
        address=None,
    )
    actions.work(batch.pk, now=timezone.now())
    sign_in(page, hall.operator.username)
    page.goto(f"/employer/batch/{batch.pk}/")
    expect(page.locator("#progress")).to_contain_text("成功 1 行，失败 5 行")
    picture("1-7-05-bad-rows")

    row = page.locator(".ypl-bad tbody tr").filter(has_text="三年期")
    row.locator("select").select_option(label="固定期限")
    note = page.locator(".ypl-bad tbody tr").filter(has_text="备注")
    note.get_by_role("button", name="不再处理").click()
    expect(page.locator("main")).to_contain_text("第 6 行不再处理")
    expect(row.locator("select")).to_have_value("1")  # what is chosen elsewhere stays
    page.reload()
    expect(page.locator("#progress")).to_contain_text("失败 5 行（其中 1 行不再处理）")
    page.locator("summary").filter(has_text="不再处理的行").click()
    picture("1-7-06-aside")
    row.locator("select").select_option(label="固定期限")
    page.locator("[name$='_start_on']").press("Enter")  # sends the page, puts nothing aside
    expect(page.locator("main")).to_contain_text("1 行修正后已提交")
    expect(page.locator("main")).to_contain_text("不再处理的行（1）")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_of_a_workbook_is_not_read_is_confirmed_before_it_is_filed(
    page: Page, hall: Hall, picture: Callable[[str], None], tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(rows(6, today=hall.today))))
    first = book.active
    first.title = "一车间"
    further = book.create_sheet("二车间")
    for line in first.iter_rows(values_only=True):
        further.append(line)
    first.row_dimensions[4].hidden = True
    first.cell(1, 30, "工龄")
    first.cell(2, 30, 3)
    workbook = tmp_path / "两个车间.xlsx"
    book.save(workbook)

    sign_in(page, hall.operator.username)
    page.goto("/employer/batch/")
    page.set_input_files("#file-1", workbook)
    page.locator("form[data-uploads]").first.get_by_role("button", name="上传").click()
    expect(page.locator("#progress")).to_contain_text("排队中")
    batch = Batch.objects.get()
    actions.work(batch.pk, now=timezone.now())
    expect(page.locator("main")).to_contain_text("提交前请确认")
    for said in ("工作表“二车间”没有读取", "第 4 行被隐藏", "AD 列“工龄”不是模板中的列"):
        expect(page.locator(".ypl-notices")).to_contain_text(said)
    expect(page.locator("#progress")).to_contain_text("待确认")
    picture("1-7-07-asking")
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    picture("asking-narrow")
    page.set_viewport_size({"width": 1366, "height": 768})

    page.get_by_role("button", name="继续提交").click()
    expect(page.locator("#progress")).to_contain_text("排队中")
    actions.work(batch.pk, now=timezone.now())
    expect(page.locator("#progress")).to_contain_text("成功 6 行，失败 0 行")
    picture("asked-and-filed")
