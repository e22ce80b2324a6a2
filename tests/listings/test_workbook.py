"""Workbooks hold what the rows hold, whatever was typed into them, and run none of it."""

from __future__ import annotations

import io
import re
import tracemalloc
import zipfile
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import fastexcel
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yonggong.listings import workbook
from yonggong.listings.xlsx import Sheet, workbook_chunks


def opened(*sheets: Sheet) -> Any:
    return openpyxl.load_workbook(io.BytesIO(b"".join(workbook_chunks(sheets))))


def sheet(*rows: Any, name: str = "数据") -> Sheet:
    return Sheet(name, ["甲", "乙"], [10, 20], rows)


def test_values_keep_their_kind() -> None:
    row = ("文字", 12, Decimal("1234.50"), date(2026, 3, 1), datetime(2026, 3, 1, 9, 30), None)
    cells = opened(sheet(row))["数据"][2]
    assert [cell.value for cell in cells] == [
        "文字",
        12,
        1234.5,
        datetime(2026, 3, 1),
        datetime(2026, 3, 1, 9, 30),
        None,
    ]
    assert [cell.number_format for cell in cells[2:5]] == [
        "#,##0.00",
        "yyyy\\-mm\\-dd",
        "yyyy\\-mm\\-dd\\ hh:mm",
    ]


def test_the_headings_stay_in_sight() -> None:
    found = opened(sheet(("1", "2")))["数据"]
    assert [cell.value for cell in found[1]] == ["甲", "乙"]
    assert found.freeze_panes == "A2"
    assert found.column_dimensions["B"].width == 20


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0"])
def test_text_that_looks_like_a_formula_stays_text(text: str) -> None:
    raw = b"".join(workbook_chunks([sheet((text,))]))
    part = zipfile.ZipFile(io.BytesIO(raw)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in part and f"{text}</t></is></c></row>" in part
    assert opened(sheet((text,)))["数据"]["A2"].value == text


@pytest.mark.parametrize("text", ["=1+1", "+86 431", "-", "@甲", "\t1", "＝1+1"])
def test_text_that_looks_like_a_formula_is_quoted_in_csv(text: str) -> None:
    assert workbook._csv_cell(text) == f"'{text}"


@pytest.mark.parametrize("code", ["220105197503125009", "22010519750312500X", "0431", "12E5"])
def test_a_code_keeps_its_digits_in_csv(code: str) -> None:
    assert workbook._csv_cell(code) == f'="{code}"'


@pytest.mark.parametrize("word", ["1120", "E12345678", "2201**********5009", "2026-11-20", ""])
def test_other_text_stands_in_csv_as_it_is(word: str) -> None:
    assert workbook._csv_cell(word) == word


@given(st.text() | st.from_regex(r'="?[0-9EXx"+&-]*"?', fullmatch=True))
def test_nothing_in_csv_can_be_run(text: str) -> None:
    cell = workbook._csv_cell(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) or re.fullmatch(
        '="[0-9]+[EX]?[0-9]*"', cell, re.ASCII
    )


def test_a_code_is_a_text_cell_of_the_text_format_in_xlsx() -> None:
    cell = opened(sheet(("220105197503125009",)))["数据"]["A2"]
    assert (cell.value, cell.data_type, cell.number_format) == ("220105197503125009", "s", "@")


def test_a_negative_amount_is_no_formula_in_csv() -> None:
    assert workbook._csv_cell(Decimal("-12.50")) == "-12.50"


@pytest.mark.parametrize("value", [date(1899, 1, 1), date(1900, 2, 28), 10**15, -(10**18)], ids=str)
def test_what_excel_would_spoil_is_text(value: Any) -> None:
    assert opened(sheet((value,)))["数据"]["A2"].value == str(value)


def test_a_text_longer_than_a_cell_is_cut() -> None:
    assert len(opened(sheet(("长" * 40_000,)))["数据"]["A2"].value) == 32_767


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(), min_size=1, max_size=5))
def test_any_text_makes_a_sound_workbook(texts: list[str]) -> None:
    raw = b"".join(workbook_chunks([sheet(*([text] for text in texts))]))
    assert zipfile.ZipFile(io.BytesIO(raw)).testzip() is None
    found = openpyxl.load_workbook(io.BytesIO(raw))["数据"]
    assert found.max_row <= len(texts) + 1


def test_the_fast_reader_reads_it_too() -> None:
    raw = b"".join(workbook_chunks([sheet(("王某", "一"), ("", "二"))]))
    frame = fastexcel.read_excel(raw).load_sheet("数据")
    assert (frame.height, frame.width) == (2, 2)


def test_several_sheets_are_read_one_after_the_other() -> None:
    book = opened(sheet(("1", "2"), name="一"), sheet(("3", "4"), name="二 & 三"))
    assert book.sheetnames == ["一", "二 & 三"]
    assert book["二 & 三"]["A2"].value == "3"


def test_the_first_bytes_leave_while_rows_are_still_read() -> None:
    read = 0

    def rows() -> Any:
        nonlocal read
        for number in range(5000):
            read = number
            yield (str(number), "文字" * 20)

    chunks = workbook_chunks([Sheet("数据", ["甲", "乙"], [10, 20], rows())])
    while not next(chunks):
        pass
    assert read < 4999


def test_memory_does_not_grow_with_the_rows() -> None:
    def peak(count: int) -> int:
        tracemalloc.start()
        rows = ((f"{number:018d}", "固定期限劳动合同") for number in range(count))
        for _ in workbook_chunks([Sheet("数据", ["甲", "乙"], [10, 20], rows)]):
            pass
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    assert peak(20_000) < 1.5 * peak(4_000)
