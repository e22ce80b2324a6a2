"""The workbook people fill in: headings, notes, drop-down lists, formats, a version mark."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter

from yonggong.batch.case_template import Entry, bounds, tab_names, write_table
from yonggong.batch.drawing import (
    NUMBER_FORMATS,
    RED,
    Lists,
    head_format,
    hint_format,
    limit,
    write_notes,
)
from yonggong.batch.layout import EXPLANATION_HEADING, REASON_HEADING
from yonggong.batch.tabled import OWNER, tab_form
from yonggong.forms import Form
from yonggong.forms.columns import Column, columns, tables, unique_headings

# Rows prepared with formats and lists: more than anybody types in one go.
_PREPARED_ROWS = 5000
# So many bad rows have what is wrong beside the cell too, not in its column alone: spreadsheets
# open slowly with tens of thousands of comments.
_COMMENTED_ROWS = 2000

_EXPLAIN = "系统提示需要说明的填写"


@dataclass(frozen=True, slots=True)
class Filled:
    """A row to be put into the template: its cells by field name, what is wrong by field name
    (under `EXPLANATION_HEADING` what is to be explained), the reason in words, and what has been
    explained."""

    cells: Mapping[str, Any]
    faults: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    explanation: str = ""


def template(
    form: Form,
    *,
    key: str = "",
    notes_row: bool = False,
    explanations: bool = True,
    rows: Sequence[Filled] = (),
    advice: Sequence[str] = (),
) -> bytes:
    """The template of `form` as .xlsx; with `rows` filled in where bad rows are given back, or
    what is known is given along. `advice`: further lines of the notes.

    `notes_row` puts each column's hint under its heading, as Jilin's template for endings has it.
    """
    output = io.BytesIO()
    book = xlsxwriter.Workbook(output, {"in_memory": True, "strings_to_formulas": False})
    book.set_custom_property("yonggong-form", f"{form.name}/{form.version}")
    every = columns(form)
    sheet = book.add_worksheet("填报")
    tabs = _Tabs(book, form, key)
    notes = book.add_worksheet("填写说明")
    lists = Lists(book)
    last = len(every)
    extra = [EXPLANATION_HEADING] if explanations else []
    extra.append(REASON_HEADING)
    _headings(book, sheet, every, extra, notes_row=notes_row)
    first = 2 if notes_row else 1
    _prepare(book, sheet, lists, every, first)
    _fill(book, sheet, every, rows, first, reason_column=last + len(extra) - 1)
    tabs.fill(lists, rows)
    said = [*_advice(explanations), *tabs.advice(), *advice]
    write_notes(book, notes, form.title, [("", every), *tabs.noted()], said)
    sheet.freeze_panes(first, 0)
    sheet.activate()
    lists.write()
    book.close()
    return output.getvalue()


def _headings(
    book: Any, sheet: Any, every: list[Column], extra: list[str], *, notes_row: bool
) -> None:
    head, hint = head_format(book), hint_format(book)
    sheet.set_row(0, 30)
    for place, column in enumerate(every):
        # Jilin's template, which has the row of notes, has no stars.
        star = "*" if column.starred and not notes_row else ""
        sheet.write_string(0, place, star + column.heading, head)
        if notes_row:
            sheet.write_string(1, place, column.note.meaning, hint)
        elif column.note.format:
            sheet.write_comment(0, place, f"{column.note.meaning}\n{column.note.format}".strip())
    for offset, heading in enumerate(extra):
        place = len(every) + offset
        sheet.write_string(0, place, heading, head)
        sheet.set_column(place, place, 36)
        if notes_row:
            sheet.write_string(
                1, place, "不需填写" if heading == REASON_HEADING else _EXPLAIN, hint
            )


def _prepare(book: Any, sheet: Any, lists: Lists, every: list[Column], first: int) -> None:
    """Formats, drop-down lists and limits of the rows to be filled in."""
    for place, column in enumerate(every):
        style = book.add_format({"num_format": NUMBER_FORMATS[column.excel_format]})
        sheet.set_column(place, place, column.width, style)
        limit(sheet, lists, column, first, first + _PREPARED_ROWS, place)


def _fill(
    book: Any,
    sheet: Any,
    every: list[Column],
    rows: Sequence[Filled],
    first: int,
    *,
    reason_column: int,
) -> None:
    faulty = book.add_format(
        {"bg_color": RED, "num_format": "@", "border": 1, "border_color": "#C4262E"}
    )
    reason = book.add_format({"font_color": "#A3161D", "text_wrap": True, "valign": "top"})
    text = book.add_format({"num_format": "@"})
    for offset, row in enumerate(rows):
        number = first + offset
        for place, column in enumerate(every):
            cell = str(row.cells.get(column.name, ""))
            if column.name in row.faults:
                sheet.write_string(number, place, cell, faulty)
                if offset < _COMMENTED_ROWS:
                    sheet.write_comment(number, place, row.faults[column.name])
            elif cell:
                sheet.write_string(number, place, cell, text)
        if EXPLANATION_HEADING in row.faults:
            sheet.write_string(number, reason_column - 1, row.explanation, faulty)
            if offset < _COMMENTED_ROWS:
                sheet.write_comment(number, reason_column - 1, row.faults[EXPLANATION_HEADING])
        elif row.explanation:
            sheet.write_string(number, reason_column - 1, row.explanation, text)
        if row.reason:
            sheet.write_string(number, reason_column, row.reason, reason)


class _Tabs:
    """The tabs of the form's tables, whose rows name theirs by the field `key`; none without it."""

    def __init__(self, book: Any, form: Form, key: str) -> None:
        self._book, self._form, self._key = book, form, key
        names = tab_names(form) if key else {}
        self._tables = [table for table in tables(form) if table.name in names]
        self._sheets = {name: book.add_worksheet(tab) for name, tab in names.items()}
        self._names = names

    def fill(self, lists: Lists, rows: Sequence[Filled]) -> None:
        """Headings, drop-down lists, and the rows of what is filled in."""
        for table in self._tables:
            of_row = [
                {OWNER: row.cells.get(self._key, ""), **one}
                for row in rows
                for one in row.cells.get(table.name) or ()
            ]
            form = tab_form(self._form, table, self._key)
            entries = [
                {name: Entry(cell, False) for name, cell in one.items() if cell} for one in of_row
            ]
            sheet = self._sheets[table.name]
            write_table(self._book, sheet, lists, form, entries, most=_PREPARED_ROWS)

    def noted(self) -> list[tuple[str, list[Column]]]:
        """What the notes say of each."""
        return [
            (
                f"工作表“{self._names[table.name]}”：每件{bounds(table)}",
                columns(tab_form(self._form, table, self._key)),
            )
            for table in self._tables
        ]

    def advice(self) -> list[str]:
        """How the tabs hang together."""
        heading = unique_headings(self._form)[self._key] if self._tables else ""
        return [
            f"“{self._names[table.name]}”填写在同名的工作表中，一条一行，“{heading}”一列填写它属于哪一件。"
            for table in self._tables
        ]


def _advice(explanations: bool) -> list[str]:
    lines = [
        "带 * 的列必须填写；一人一行，中间不要留空行，不要合并单元格，不要使用公式。",
        "可以调整列的顺序，不要修改标题文字；多出的列和其他工作表不会读取，提交前会提示确认。",
        "证件号码、手机号等列已设为文本格式，请勿改为数字格式。",
        "上传后逐行校验：通过的行即提交审核，未通过的行列出原因，可在页面上修改或下载后修改再上传。",
    ]
    if explanations:
        lines.append("系统提示需要说明的情况，请在“情况说明”列写明，提交后由审核员查看。")
    return lines
