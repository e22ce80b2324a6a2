"""Workbooks as people really have them are read; hostile ones are refused with a reason."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.batch.workbooks import HEADINGS, NAMES, as_csv, as_xlsx, repacked, rows
from yonggong.batch.reading import FileRefused, opened
from yonggong.batch.template import Filled, template
from yonggong.contracts.ending.form import ENDING_FORM
from yonggong.contracts.ending.workbook import ENDING_BATCH
from yonggong.contracts.forms import NEW_FORM

TODAY = date(2026, 11, 20)
GOOD = rows(5, today=TODAY)
PLAIN = as_xlsx(GOOD)


def _numbers(content: bytes) -> list[object]:
    with opened(content, NEW_FORM, size=2) as sheet:
        return [cell for part in sheet.parts for cell in part.columns["document_number"]]


@pytest.mark.parametrize(
    "content",
    [
        PLAIN,
        as_xlsx(GOOD, names=tuple(reversed(NAMES))),
        as_xlsx(GOOD, above=[["某某单位人员名单"], []]),
        as_xlsx(GOOD, headings={name: f"*{text}（必填）" for name, text in HEADINGS.items()}),
        as_csv(GOOD, encoding="gbk"),
        as_csv(GOOD, encoding="utf-8"),
        as_csv(GOOD, encoding="utf-8-sig", separator=";"),
        as_csv(GOOD, encoding="utf-16", separator="\t"),
        template(NEW_FORM, rows=[Filled({n: str(v) for n, v in row.items() if v is not None}) for row in GOOD]),
    ],
    ids=["plain", "reordered", "title above", "starred", "gbk", "utf-8", "semicolons", "utf-16", "template"],
)  # fmt: skip
def test_it_reads_the_rows_however_they_come(content: bytes) -> None:
    assert _numbers(content) == [row["document_number"] for row in GOOD]


def test_rows_keep_the_numbers_people_see() -> None:
    content = as_xlsx([GOOD[0], {}, GOOD[1]], above=[["标题"]])
    with opened(content, NEW_FORM, size=1) as sheet:
        assert [part.numbers for part in sheet.parts] == [[3], [5]]


@pytest.mark.parametrize(
    "content",
    [PLAIN, as_xlsx(GOOD, above=[["名单"], []]), as_csv(GOOD, encoding="gbk")],
    ids=["plain", "title above", "csv"],
)
def test_the_bar_knows_how_many_rows_there_are(content: bytes) -> None:
    with opened(content, NEW_FORM, size=2) as sheet:
        assert sheet.height == len(GOOD)


def test_unknown_columns_are_named_and_passed_over() -> None:
    book = openpyxl.load_workbook(io.BytesIO(PLAIN))
    book.active.cell(1, len(NAMES) + 1, "血型")
    output = io.BytesIO()
    book.save(output)
    with opened(output.getvalue(), NEW_FORM, size=10) as sheet:
        assert sheet.unknown == ("血型",)


def test_missing_starred_columns_are_named() -> None:
    names = [name for name in NAMES if name != "mobile"]
    with pytest.raises(FileRefused, match="“联系电话”"):
        _numbers(as_xlsx(GOOD, names=names))


def test_jilins_ending_template_can_say_what_the_page_can_and_its_notes_are_no_person() -> None:
    content = template(ENDING_BATCH, notes_row=True)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    headings, notes = ([cell.value for cell in row] for row in sheet.iter_rows(max_row=2))
    asked = ["姓名", "证件类型", "证件号码", "终止或解除时间", "终止或解除原因", "支付经济补偿金"]
    assert headings[:6] == asked
    assert headings[-2:] == ["情况说明", "失败原因"]
    assert notes[3:5] == ["格式：yyyy-mm-dd", "选择"]
    fields = set(ENDING_BATCH.fields_by_name) - {"name", "document_type", "document_number"}
    assert fields == set(ENDING_FORM.fields_by_name)
    with pytest.raises(FileRefused, match="没有数据"), opened(content, ENDING_BATCH, size=10):
        pass


def test_the_manuals_own_template_of_four_columns_is_read() -> None:
    book = openpyxl.Workbook()
    for line in (
        ["姓名", "身份证号码", "终止或解除时间", "终止或解除原因", "失败原因"],
        ["10个汉字以内", "18位准确的身份证号码", "格式：yyyy-mm-dd", "选择", "不需填写"],
        ["试安澜", "220104199003071249", "2026-11-20", "劳动者提前三十日通知解除", None],
    ):
        book.active.append(line)
    output = io.BytesIO()
    book.save(output)
    with opened(output.getvalue(), ENDING_BATCH, size=10) as sheet:
        [part] = list(sheet.parts)
    assert (sheet.unknown, part.numbers) == ((), [3])
    assert set(part.columns) == {"name", "document_number", "ended_on", "end_reason"}


def test_the_template_has_lists_notes_and_a_version_mark() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template(NEW_FORM)))
    assert book.sheetnames == ["填报", "填写说明", "选项"]
    assert book["选项"].sheet_state == "hidden"
    assert len(book["填报"].data_validations.dataValidation) > 10
    assert book.custom_doc_props["yonggong-form"].value == "contract-new/1"


def _with_formula() -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(PLAIN))
    book.active["D2"] = "=1+1"
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def _bomb() -> bytes:
    return repacked(PLAIN, {"xl/media/zeros.bin": b"\x00" * (200 * 1024 * 1024)})


def _empty_rows() -> bytes:
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + b"".join(b'<row r="%d"></row>' % number for number in range(1, 1_000_001))
        + b"</sheetData></worksheet>"
    )
    return repacked(PLAIN, {"xl/worksheets/sheet1.xml": sheet})


def _word() -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as package:
        package.writestr("word/document.xml", "<w/>")
    return output.getvalue()


def _encrypted() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 3


def _cell_far_out(place: str) -> bytes:
    """Three lines of XML, of which the reader would make a table up to that cell."""
    row = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        f'<row r="{row}"><c r="{place}"><v>1</v></c></row></sheetData></worksheet>'
    )
    return repacked(PLAIN, {"xl/worksheets/sheet1.xml": sheet.encode()})


@pytest.mark.parametrize("place", ["GR300000", "OJ300000", "XFD300000"])
def test_a_small_file_takes_little_memory_however_far_out_its_cells_lie(
    place: str, tmp_path: Path
) -> None:
    file = tmp_path / "far.xlsx"
    file.write_bytes(_cell_far_out(place))
    # In a process of its own, which then tells the most memory that its children had.
    program = f"""
import pathlib, resource
import django; django.setup()
from yonggong.batch.reading import FileRefused, opened
from yonggong.contracts.forms import NEW_FORM
try:
    with opened(pathlib.Path({str(file)!r}).read_bytes(), NEW_FORM, size=100):
        print("read")
except FileRefused as refused:
    print(refused)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
    )
    said, kilobytes = done.stdout.splitlines()
    assert "文件内容异常" in said
    assert int(kilobytes) < 700 * 1024


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (_with_formula, "含有公式"),
        (_bomb, "超出限制"),
        (_empty_rows, "空白行"),
        (lambda: repacked(PLAIN, {"xl/vbaProject.bin": b"x"}), "含有宏"),
        (lambda: repacked(PLAIN, {"xl/externalLinks/externalLink1.xml": b"x"}), "其他工作簿"),
        (_word, "Word 文档"),
        (_encrypted, "打开密码"),
        (lambda: PLAIN[: len(PLAIN) // 2], "已损坏"),
        (lambda: b"%PDF-1.7 not a workbook", "PDF 文件"),
        (lambda: b"\x89PNG\r\n\x1a\n" + b"0" * 99, "图片"),
        (lambda: b"\x7fELF" + b"\x00" * 500, "无法识别"),
        (lambda: b"", "文件是空的"),
        (lambda: b"1" * (61 * 1024 * 1024), "超过 60 MB"),
        (lambda: "随便写点什么\n没有标题".encode(), "没有找到标题行"),
    ],
    ids=["formula", "bomb", "empty rows", "macro", "links", "word", "encrypted", "cut", "pdf",
         "png", "elf", "empty", "huge", "prose"],
)  # fmt: skip
def test_hostile_files_are_refused_with_a_reason(make: Callable[[], bytes], said: str) -> None:
    with pytest.raises(FileRefused, match=said):
        _numbers(make())
