"""What the workbooks that people fill in have in common: headings, drop-down lists, formats, notes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from xlsxwriter.utility import xl_col_to_name, xl_range_abs

from yonggong.batch.layout import LISTS_TAB
from yonggong.forms.columns import Column

INK, PALE, LINE, RED = "#12324F", "#E8EEF5", "#B9C4D0", "#FBE3E4"
NUMBER_FORMATS = {
    "text": "@",
    "date": "yyyy-mm-dd",
    "money": "#,##0.00",
    "number": "General",
    "integer": "0",
}


class Lists:
    """The hidden tab that holds the choices of every drop-down list of a workbook, each once; written
    row by row when all are known, so that a workbook may keep no row in memory."""

    def __init__(self, book: Any) -> None:
        self._sheet = book.add_worksheet(LISTS_TAB)
        self._sheet.hide()
        self._columns: list[Sequence[str]] = []

    def source(self, choices: Sequence[str]) -> str:
        """The formula that a drop-down list takes the choices from."""
        if choices not in self._columns:
            self._columns.append(choices)
        place = self._columns.index(choices)
        return f"={LISTS_TAB}!{xl_range_abs(0, place, len(choices) - 1, place)}"

    def write(self) -> None:
        """Write down what was asked for."""
        for row, cells in enumerate(zip_longest(*self._columns)):
            for place, cell in enumerate(cells):
                if cell is not None:
                    self._sheet.write_string(row, place, cell)


def head_format(book: Any) -> Any:
    """How headings look."""
    return book.add_format(
        {"bold": True, "font_color": "white", "bg_color": INK, "border": 1, "border_color": LINE,
         "align": "center", "valign": "vcenter", "text_wrap": True}
    )  # fmt: skip


def hint_format(book: Any) -> Any:
    """How what is said of a column looks."""
    return book.add_format(
        {"font_color": "#5B6B7B", "bg_color": PALE, "border": 1, "border_color": LINE,
         "text_wrap": True, "valign": "top"}
    )  # fmt: skip


def limit(sheet: Any, lists: Lists, column: Column, first: int, last: int, place: int) -> None:
    """The drop-down list, or the limit, of a column's cells from row `first` to `last`."""
    told: dict[str, Any]
    if column.choices:
        told = {"validate": "list", "source": lists.source(column.choices),
                "error_message": "请从下拉列表中选择。"}  # fmt: skip
    elif column.excel_format in ("money", "number", "integer"):
        told = {"validate": "integer" if column.excel_format == "integer" else "decimal",
                "criteria": ">=", "value": 0, "error_message": "请填写数字。"}  # fmt: skip
    else:
        return
    told |= {"error_title": column.heading[:32], "error_type": "warning"}
    sheet.data_validation(first, place, last, place, told)


def write_notes(
    book: Any,
    notes: Any,
    title: str,
    tables: Sequence[tuple[str, Sequence[Column]]],
    advice: Sequence[str],
    *,
    first: int = 0,
) -> None:
    """The tab that says what each column means: of one table, or of several by their titles; `first`: the
    place of their first column in their tabs."""
    head = book.add_format({"bold": True, "bg_color": PALE, "border": 1, "border_color": LINE})
    cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "border_color": LINE})
    large = book.add_format({"bold": True, "font_size": 14, "font_color": INK})
    bold = book.add_format({"bold": True, "font_color": INK})
    notes.write_string(0, 0, f"{title}填写说明", large)
    for line, words in enumerate(advice, start=1):
        notes.write_string(line, 0, f"{line}. {words}")
    for place, (_, width) in enumerate(_NOTED):
        notes.set_column(place, place, width)
    top = len(advice) + 2
    for called, every in tables:
        if called:
            notes.write_string(top, 0, called, bold)
            top += 1
        for place, (heading, _) in enumerate(_NOTED):
            notes.write_string(top, place, heading, head)
        for offset, column in enumerate(every, start=1):
            values = xl_col_to_name(first + offset - 1), *_noted(column)
            for place, value in enumerate(values):
                notes.write_string(top + offset, place, value, cell)
        top += len(every) + 2


_NOTED = (
    ("列", 6),
    ("名称", 24),
    ("必填", 8),
    ("含义", 36),
    ("格式", 36),
    ("示例", 24),
    ("可选内容", 60),
)


def _noted(column: Column) -> tuple[str, ...]:
    choices = "、".join(column.choices[:40]) if column.choices else ""
    if column.choices and len(column.choices) > 40:
        choices += f"……共 {len(column.choices)} 项，见下拉列表"
    note = column.note
    required = "必填" if column.starred else (note.condition or "选填")
    return column.heading, required, note.meaning, note.format, note.example, choices
