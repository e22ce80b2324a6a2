"""A table as text: .csv with commas, semicolons or tabs, in any encoding people save it in."""

from __future__ import annotations

import csv
import io
from typing import Any

from yonggong.batch.cells import (
    EMPTY_ROWS_ALLOWED,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_ROWS,
    FileRefused,
    Tab,
    Table,
    letters,
)
from yonggong.batch.foreign import refuse_markup, refuse_other_file

_SAVE_AS_XLSX = "请在表格软件中另存为“Excel 工作簿（.xlsx）”后上传。"
_SAMPLE = 20_000


class TextBook:
    """A file of text as a workbook of one tab without a name."""

    tabs = (Tab(""),)
    starts_1904 = False

    def __init__(self, content: bytes) -> None:
        """Raises `FileRefused`."""
        refuse_other_file(content)
        text = decoded(content)
        refuse_markup(text)
        self._rows = _rows(text)
        self._computes = "=" in text
        both, first, second = (text.count(end) for end in ("\r\n", "\r", "\n"))
        self._mixed_ends = sum((both > 0, first > both, second > both)) > 1

    def table(self, tab: int) -> Table:
        rows = self._rows
        return Table(
            rows=lambda: rows,
            height=len(rows),
            width=max(map(len, rows), default=0),
            formulas=_formulas(rows) if self._computes else {},
            separated=True,
            mixed_ends=self._mixed_ends,
        )

    def holds_table(self, tab: int) -> bool:
        return True


def decoded(content: bytes) -> str:
    """The text, in the encoding it is written in. Raises `FileRefused`."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\x00" in content[:4096]:
        raise FileRefused("无法识别文件内容。请上传 .xlsx、.xls 或 .csv 文件。")
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileRefused("无法识别文件的文字编码。请另存为 .xlsx，或以 UTF-8、GBK 编码保存 CSV。")


def _rows(text: str) -> list[list[str | None]]:
    sample = text[:_SAMPLE]
    separator = max(",\t;", key=sample.count)
    csv.field_size_limit(MOST_CHARACTERS)
    rows: list[list[str | None]] = []
    width = lines = 0
    # `strict`: a quote that is not closed would swallow the rows below it.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for row in reader:
            if len(rows) > MOST_ROWS + EMPTY_ROWS_ALLOWED:
                raise FileRefused(f"文件超过 {MOST_ROWS} 行。请分成几个文件。")
            if len(row) > MOST_COLUMNS:
                raise FileRefused(
                    f"第 {len(rows) + 1} 行超过 {MOST_COLUMNS} 列。请使用下载的模板填写。"
                )
            width = max(width, len(row))
            if reader.line_num > lines + 1:
                _refuse_swallowed(row, len(rows) + 1, separator, width)
            lines = reader.line_num
            rows.append([_cell(cell) for cell in row])
    except csv.Error as error:
        raise _malformed(str(error), len(rows) + 1) from error
    return rows


def _refuse_swallowed(row: list[str], number: int, separator: str, width: int) -> None:
    """Refuse a cell that looks as if it held rows: a quote opened here, and the next one found
    below closed it."""
    for column, cell in enumerate(row):
        if "\n" not in cell and "\r" not in cell:
            continue
        lines = cell.splitlines()[1:]
        if width > 2 and any(line.count(separator) >= max(2, (width - 1) // 2) for line in lines):
            raise _unclosed(number, f"{letters(column)} 列")


def _malformed(said: str, number: int) -> FileRefused:
    if "field larger" in said:
        return FileRefused(
            f"第 {number} 行有单元格超过 {MOST_CHARACTERS} 个字，或者双引号没有成对。"
            f"请检查这一行。也可以{_SAVE_AS_XLSX.removeprefix('请')}"
        )
    if "unexpected end" in said or "expected after" in said:
        return _unclosed(number)
    return FileRefused(f"第 {number} 行不符合 CSV 格式。{_SAVE_AS_XLSX}")


def _unclosed(number: int, place: str = "") -> FileRefused:
    return FileRefused(
        f"第 {number} 行{place}的双引号没有成对，下面的行会被并入这一行，文件没有读取。"
        f"请在这一行补上或删去双引号。也可以{_SAVE_AS_XLSX.removeprefix('请')}"
    )


def _cell(cell: str) -> str | None:
    # Excel writes ="0123" to keep a number a text.
    if cell.startswith('="') and cell.endswith('"') and len(cell) > 2:
        cell = cell[2:-1]
    return cell or None


def _formulas(rows: list[list[Any]]) -> dict[int | None, str]:
    """Cells that a spreadsheet would compute on opening the file."""
    found: dict[int | None, str] = {}
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if cell is not None and cell[0] == "=" and len(cell) > 1:
                found.setdefault(column, f"{letters(column)}{number}")
    return found
