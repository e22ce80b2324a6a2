"""Cells as the calamine library gives them, for .xlsx and .xls."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from yonggong.batch.cells import FileRefused, Row, check_extent

_DAMAGED = "文件已损坏，无法读取。请在表格软件中重新保存后上传。"


def open_book(content: bytes) -> Any:
    """The workbook. Raises `FileRefused`."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except CalamineError as error:
        said = str(error).lower()
        if "password" in said or "encrypt" in said:
            raise FileRefused("文件设置了打开密码。请去掉密码后上传。") from error
        raise FileRefused(_DAMAGED) from error


def open_sheet(book: Any, name: str, place: int) -> Any:
    """The sheet called `name`, which is the one at `place` where names are told apart no further.
    Raises `FileRefused`."""
    from python_calamine import CalamineError

    try:
        same = place < len(book.sheet_names) and book.sheet_names[place] == name
        sheet = book.get_sheet_by_index(place) if same else book.get_sheet_by_name(name)
    except CalamineError as error:
        raise FileRefused(_DAMAGED) from error
    check_extent(height(sheet), width(sheet), name)
    return sheet


def height(sheet: Any) -> int:
    """The number of the last row that holds anything."""
    return sheet.end[0] + 1 if sheet.end else 0


def width(sheet: Any) -> int:
    """The number of the last column that holds anything."""
    return sheet.end[1] + 1 if sheet.end else 0


def rows(sheet: Any) -> Iterator[Row]:
    """The rows from the sheet's first on, each from its first column on; the library begins with
    the first column that holds anything."""
    before = [None] * sheet.start[1] if sheet.start else []
    if not before:
        return iter(sheet.iter_rows())
    return (before + row for row in sheet.iter_rows())
