"""Workbooks that failed, as people made them: each gets what is right. Everybody in them is
invented."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.batch.workbooks import as_xlsx, repacked, rows
from tests.contracts.making import Hall
from yonggong.batch import actions
from yonggong.batch.models import Batch
from yonggong.cases.models import Case

pytestmark = pytest.mark.django_db

FOLDER = Path(__file__).with_name("cases")
Sent = Callable[[str], Batch]


@pytest.fixture
def sent(send: Any) -> Sent:
    def act(name: str) -> Batch:
        batch: Batch = send(0, content=(FOLDER / name).read_bytes(), name=name)
        return batch

    return act


@pytest.fixture
def confirmed(hall: Hall) -> Callable[[Batch], Batch]:
    """Go on with a batch that asks."""

    def act(batch: Batch) -> Batch:
        assert (batch.state, batch.filed_rows) == ("asking", 0)
        actions.confirm(batch=batch, by=hall.operator, now=hall.now)
        actions.work(batch.pk, now=hall.now)
        batch.refresh_from_db()
        return batch

    return act


def _said(batch: Batch) -> dict[int, list[str]]:
    return {row.number: [problem[3] for problem in row.problems] for row in batch.bad.all()}


def _filed(batch: Batch) -> list[Case]:
    assert (batch.state, _said(batch)) == ("done", {}), batch.message
    return list(Case.objects.filter(batch=batch.pk).order_by("batch_row"))


def _refused(batch: Batch) -> str:
    assert (batch.state, Case.objects.count(), batch.bad.count()) == ("refused", 0, 0)
    return batch.message


def test_giant_cell_30MB(send: Any, hall: Hall) -> None:
    sheet = zipfile.ZipFile(io.BytesIO(as_xlsx(rows(3, today=hall.today)))).read(
        "xl/worksheets/sheet1.xml"
    )
    giant = sheet.replace(
        b"</sheetData>",
        b'<row r="9"><c r="A9" t="inlineStr"><is><t>'
        + Random(1).randbytes(400_000).hex().encode()
        + b"A" * 30 * 1024 * 1024
        + b"</t></is></c></row></sheetData>",
    )
    content = repacked(as_xlsx([]), {"xl/worksheets/sheet1.xml": giant})
    batch = send(0, content=content)
    assert "工作表“Sheet”第 9 行有内容过大的单元格，超过 32767 个字" in _refused(batch)


def test_duration_cell_in_unread_column(sent: Sent, confirmed: Any) -> None:
    batch = sent("duration-cell-in-unread-column.xlsx")
    assert batch.notices == ["S 列“加班时长”不是模板中的列，没有读取。"]
    assert len(_filed(confirmed(batch))) == 2


def test_error_cells_in_optional_columns(sent: Sent) -> None:
    batch = sent("error-cells-in-optional-columns.xlsx")
    assert (batch.state, batch.filed_rows) == ("done", 0)
    assert _said(batch) == {
        2: ["单元格是错误值 #N/A"] * 2,
        3: ["单元格是错误值 #REF!"],
        4: ["单元格是错误值 #VALUE!"] * 2,
    }


def test_date1904_general_serial(sent: Sent) -> None:
    found = _filed(sent("date1904-general-serial.xlsx"))
    assert [case.values["start_on"] for case in found] == [date(2026, 11, 10)] * 3
    assert [case.values["work_start_on"] for case in found] == [date(2026, 11, 10)] * 3


def test_csv_unclosed_quote_swallows_rows(sent: Sent) -> None:
    said = _refused(sent("csv-unclosed-quote-swallows-rows.csv"))
    assert said.startswith("第 3 行的双引号没有成对")


def test_duplicate_column_different_values(sent: Sent) -> None:
    said = _refused(sent("duplicate-column-different-values.xlsx"))
    assert "工作表“填报”的 B 列“证件号码”和 S 列“证件号码”" in said and "第 2 行" in said


def test_two_sheets_with_data(sent: Sent, confirmed: Any) -> None:
    batch = sent("two-sheets-with-data.xlsx")
    [said] = batch.notices
    assert said.startswith("工作表“二车间”没有读取，只读取工作表“填报”。")
    assert len(_filed(confirmed(batch))) == 2


def test_data_on_second_sheet(sent: Sent) -> None:
    assert len(_filed(sent("data-on-second-sheet.xlsx"))) == 2


def test_filtered_rows(sent: Sent, confirmed: Any) -> None:
    batch = sent("filtered-rows.xlsx")
    assert batch.notices[0].startswith("第 3—4 行被隐藏或筛选掉了，也会读取并提交。")
    assert [case.batch_row for case in _filed(confirmed(batch))] == [2, 3, 4, 5]


def test_sheet_part_named_sheet_xml(sent: Sent) -> None:
    assert len(_filed(sent("sheet-part-named-sheet.xml.xlsx"))) == 2


def test_formula_in_first_tab_part_sheet2(sent: Sent) -> None:
    said = _refused(sent("formula-in-first-tab-part-sheet2.xlsx"))
    assert "工作表“名单”中含有公式（Q2 单元格）" in said


def test_rows_with_only_prefilled_lists(sent: Sent) -> None:
    batch = sent("rows-with-only-prefilled-lists.xlsx")
    assert [case.batch_row for case in _filed(batch)] == [2, 3]
    assert "第 4—53 行只有下拉列表的选项" in batch.message


def test_heading_zhengjianhao(sent: Sent) -> None:
    [case] = _filed(sent("heading-zhengjianhao.xlsx"))
    assert case.values["document_number"] == "220105197702092107"


def test_html_utf8(sent: Sent) -> None:
    said = _refused(sent("html-utf8.xls"))
    assert "网页文件（HTML）" in said and "Excel 工作簿（.xlsx）" in said


def test_template_ods(sent: Sent) -> None:
    said = _refused(sent("template.ods"))
    assert "OpenDocument 表格（.ods）" in said and "Excel 工作簿（.xlsx）" in said


def test_csv_mac_cr(sent: Sent) -> None:
    assert len(_filed(sent("csv-mac-cr.csv"))) == 2


def test_iso_datetime_cell_with_Z(sent: Sent) -> None:
    found = _filed(sent("iso-datetime-cell-with-Z.xlsx"))
    assert {case.values["start_on"] for case in found} == {date(2026, 11, 10)}
    assert {case.values["end_on"] for case in found} == {date(2029, 11, 9)}
