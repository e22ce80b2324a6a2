"""The main way through in Firefox, the other browser of the manual: file, review, print."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.browser.firefox import FIREFOX, Window, firefox
from tests.browser.pictures import KEPT
from tests.browser.steps import PASSWORD
from tests.contracts.making import Hall, answers
from yonggong.contracts.models import Filing
from yonggong.documents.models import Document

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("firefox"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def window(live_server: Any, tmp_path: Path) -> Iterator[Window]:
    assert Path(FIREFOX).exists(), f"no Firefox at {FIREFOX}: install firefox-esr, or run .ci/run"
    folder = Path(KEPT or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    with firefox(live_server.url, folder) as opened:
        yield opened
        assert opened.failures() == []


def menu(window: Window, title: str) -> None:
    window.press(title, "#yg-nav a")
    window.arrives()
    window.says("h1", title)


def test_an_employer_files_and_prints_and_a_reviewer_approves(window: Window, hall: Hall) -> None:
    window.sign_in(hall.operator.username, PASSWORD)
    window.picture("ff-01-home")
    menu(window, "劳动合同新订备案")
    window.press("添加")
    window.arrives()
    given = answers(today=hall.today, name="试火狐")
    born, sex = given.pop("birth_on"), given.pop("sex")
    window.write("document_number", given.pop("document_number"))
    window.until(lambda: (window.value("birth_on"), window.value("sex")) == (born, sex), "no birth")
    for name, value in given.items():
        window.write(name, str(value))
    window.write("probation_end_on", (hall.today + timedelta(days=300)).isoformat())
    window.write("probation_pay", "3000")
    window.says("[data-findings]", "试用期")
    window.picture("ff-02-findings")
    window.write("probation_end_on", "")
    window.says("[data-findings]", "没有发现问题")
    window.says("[data-draft]", "草稿已自动保存")
    window.write("ethnicity", "01")
    window.picture("ff-03-filled")
    window.press("保存并提交审核")
    window.arrives()
    window.says("#messages", "保存成功")
    window.picture("ff-04-filed")
    filing = Filing.objects.get()
    assert filing.name == "试火狐" and filing.case.values["ethnicity"] == "01"

    window.press("退出")
    window.arrives()
    window.sign_in(hall.reviewer.username, PASSWORD)
    window.picture("ff-05-desk")
    menu(window, "待审核")
    window.find("input[name=ids]").click()
    window.picture("ff-06-queue")
    window.press("批量通过")
    window.arrives()
    window.picture("ff-07-approve-many")
    window.find("main form button[type=submit]").click()
    window.until(lambda: Filing.objects.get().state == "approved", "never approved")
    window.press("退出")
    window.arrives()
    window.sign_in(hall.operator.username, PASSWORD)
    menu(window, "实时名册打印")
    window.find("input[name=ids]").click()
    window.press("新签备案生成名册")
    window.arrives()
    window.picture("ff-08-preview")
    window.press("保存")
    window.until(lambda: Document.objects.exists(), "no roster")
    window.arrives()
    window.picture("ff-09-roster")
    menu(window, "劳动合同信息综合查询")
    window.press("更多条件", "summary, button, a")
    window.find("[name=name]").send_keys("试火")
    window.press("查询")
    window.until(lambda: "name=" in window.driver.get_url(), "never asked")
    window.says(".yg-listing tbody", "试火狐")
    window.picture("ff-10-query")
    window.press("合同新订(续订)备案批量", "#yg-nav a")
    window.arrives()
    window.says("main", "把填写好的表格拖到这里")
    window.picture("ff-11-batch")
