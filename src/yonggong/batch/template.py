"""The workbook people fill in: headings, notes, drop-down lists, formats, a version mark."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_range_abs

from yonggong.batch.reading import EXPLANATION_HEADING, REASON_HEADING
from yonggong.forms import Form
from yonggong.forms.columns import Column, columns

# Rows prepared with formats and lists: more than anybody types in one go.
_PREPARED_ROWS = 5000
# So many bad rows have what is wrong beside the cell too, not in its column alone: spreadsheets
# open slowly with tens of thousands of comments.
_COMMENTED_ROWS = 2000
_INK, _PALE, _LINE, _RED = "#12324F", "#E8EEF5", "#B9C4D0", "#FBE3E4"
_NUMBER_FORMATS = {
    "text": "@",
    "date": "yyyy-mm-dd",
    "money": "#,##0.00",
    "number": "0.0",
    "integer": "0",
}

_EXPLAIN = "系统提示需要说明的填写"


@dataclass(frozen=True, slots=True)
class Filled:
    """A row to be put into the template: its cells by field name, what is wrong by field name
    (under `EXPLANATION_HEADING` what is to be explained), the reason in words, and what has been
    explained."""

    cells: Mapping[str, str]
    faults: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    explanation: str = ""


def template(
    form: Form,
    *,
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
    notes = book.add_worksheet("填写说明")
    lists = book.add_worksheet("选项")
    lists.hide()
    last = len(every)
    extra = [EXPLANATION_HEADING] if explanations else []
    extra.append(REASON_HEADING)
    _headings(book, sheet, every, extra, notes_row=notes_row)
    first = 2 if notes_row else 1
    _prepare(book, sheet, lists, every, first)
    _fill(book, sheet, every, rows, first, reason_column=last + len(extra) - 1)
    _notes(book, notes, form, every, [*_advice(explanations), *advice])
    sheet.freeze_panes(first, 0)
    sheet.activate()
    book.close()
    return output.getvalue()


def _headings(
    book: Any, sheet: Any, every: list[Column], extra: list[str], *, notes_row: bool
) -> None:
    head = book.add_format(
        {"bold": True, "font_color": "white", "bg_color": _INK, "border": 1, "border_color": _LINE,
         "align": "center", "valign": "vcenter", "text_wrap": True}
    )  # fmt: skip
    hint = book.add_format(
        {"font_color": "#5B6B7B", "bg_color": _PALE, "border": 1, "border_color": _LINE,
         "text_wrap": True, "valign": "top"}
    )  # fmt: skip
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


def _prepare(book: Any, sheet: Any, lists: Any, every: list[Column], first: int) -> None:
    """Formats, drop-down lists and limits of the rows to be filled in."""
    until = first + _PREPARED_ROWS
    for place, column in enumerate(every):
        style = book.add_format({"num_format": _NUMBER_FORMATS[column.excel_format]})
        sheet.set_column(place, place, column.width, style)
        if column.choices:
            lists.write_column(0, place, column.choices)
            source = f"=选项!{xl_range_abs(0, place, len(column.choices) - 1, place)}"
            sheet.data_validation(
                first, place, until, place,
                {"validate": "list", "source": source, "error_title": column.heading[:32],
                 "error_message": "请从下拉列表中选择。", "error_type": "warning"},
            )  # fmt: skip
        elif column.excel_format in ("money", "number", "integer"):
            sheet.data_validation(
                first, place, until, place,
                {"validate": "integer" if column.excel_format == "integer" else "decimal",
                 "criteria": ">=", "value": 0, "error_title": column.heading[:32],
                 "error_message": "请填写数字。", "error_type": "warning"},
            )  # fmt: skip


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
        {"bg_color": _RED, "num_format": "@", "border": 1, "border_color": "#C4262E"}
    )
    reason = book.add_format({"font_color": "#A3161D", "text_wrap": True, "valign": "top"})
    text = book.add_format({"num_format": "@"})
    for offset, row in enumerate(rows):
        number = first + offset
        for place, column in enumerate(every):
            cell = row.cells.get(column.name, "")
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


def _notes(book: Any, notes: Any, form: Form, every: list[Column], advice: Sequence[str]) -> None:
    head = book.add_format({"bold": True, "bg_color": _PALE, "border": 1, "border_color": _LINE})
    cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "border_color": _LINE})
    title = book.add_format({"bold": True, "font_size": 14, "font_color": _INK})
    notes.write_string(0, 0, f"{form.title}填写说明", title)
    for line, words in enumerate(advice, start=1):
        notes.write_string(line, 0, f"{line}. {words}")
    top = len(advice) + 2
    for place, (heading, width) in enumerate(
        (
            ("列", 6),
            ("名称", 24),
            ("必填", 8),
            ("含义", 36),
            ("格式", 36),
            ("示例", 24),
            ("可选内容", 60),
        )
    ):
        notes.set_column(place, place, width)
        notes.write_string(top, place, heading, head)
    for offset, column in enumerate(every, start=1):
        choices = "、".join(column.choices[:40]) if column.choices else ""
        if column.choices and len(column.choices) > 40:
            choices += f"……共 {len(column.choices)} 项，见下拉列表"
        required = "必填" if column.starred else (column.note.condition or "选填")
        values = (
            xl_col_to_name(offset - 1), column.heading, required, column.note.meaning,
            column.note.format, column.note.example, choices,
        )  # fmt: skip
        for place, value in enumerate(values):
            notes.write_string(top + offset, place, value, cell)


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
