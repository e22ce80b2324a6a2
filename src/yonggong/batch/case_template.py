"""The workbook of one case: its fields one below the other, each of its tables in a tab of its own;
empty, or filled in from a draft."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import xlsxwriter

from yonggong.batch.cells import MOST_CHARACTERS
from yonggong.batch.drawing import (
    LINE,
    NUMBER_FORMATS,
    PALE,
    Lists,
    head_format,
    hint_format,
    limit,
    write_notes,
)
from yonggong.batch.layout import LISTS_TAB, NOTES_TAB
from yonggong.forms import Field, Form
from yonggong.forms.columns import Column, cell_words, columns, tables
from yonggong.forms.reading import is_blank, shown
from yonggong.forms.types.table import TABLE, is_filled
from yonggong.forms.words import words

FIELDS_TAB = "填报"
ITEM, ANSWER, REMARK = "项目", "填写内容", "填写说明"
# Of a tab's name, in every spreadsheet; and what it may not hold.
_LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
# A spreadsheet keeps no more digits of a number.
_SAFE_DIGITS = 15
_FIRST_DAY = date(1901, 1, 1)


class Entry(NamedTuple):
    """An answer: its typed value, or (not `understood`) what was written."""

    value: Any
    understood: bool


def understood(form: Form, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Entry]]:
    """Raw answers, row by row, as far as they can be read; blank ones and tables left out."""
    raw = {name: [row.get(name) for row in rows] for name in form.fields_by_name}
    typed = form.clean_columns(raw, len(rows)).values
    return [
        {item.name: entry for item in form.fields if (entry := _entry(item, row, typed, place))}
        for place, row in enumerate(rows)
    ]


def _entry(
    item: Field, row: Mapping[str, Any], typed: Mapping[str, Sequence[Any]], place: int
) -> Entry | None:
    value, raw = typed[item.name][place], row.get(item.name)
    if item.type.tabular:
        return None
    if value is not None and value != []:
        return Entry(value, True)
    return None if is_blank(raw) else Entry(raw, False)


def rows_of(field: Field, raw: Any) -> list[Mapping[str, Any]]:
    """The rows of a table's raw answer that say something."""
    given = raw if isinstance(raw, list | tuple) else ()
    return [row for row in given if isinstance(row, Mapping) and is_filled(field, row)]


def tab_names(form: Form) -> dict[str, str]:
    """The tab of each table, by field: its label, as far as a spreadsheet takes it for a name."""
    taken = {FIELDS_TAB, NOTES_TAB, LISTS_TAB, "history"}
    names = {}
    for table in tables(form):
        label = _NOT_IN_NAMES.sub(" ", table.label).strip() or table.name
        name, number = label[:_LONGEST_NAME].strip(), 2
        while name.lower() in taken:
            tail = f" {number}"
            name, number = f"{label[: _LONGEST_NAME - len(tail)].strip()}{tail}", number + 1
        taken.add(name.lower())
        names[table.name] = name
    return names


def case_template(form: Form, raw: Mapping[str, Any] | None = None) -> bytes:
    """The workbook of one case of `form` as .xlsx, filled in with the raw answers `raw`."""
    output = io.BytesIO()
    book = xlsxwriter.Workbook(output, {"in_memory": True, "strings_to_formulas": False})
    book.set_custom_property("yonggong-form", f"{form.name}/{form.version}")
    answers = dict(raw or {})
    names, listed = tab_names(form), tables(form)
    fields = book.add_worksheet(FIELDS_TAB) if columns(form) else None
    sheets = {table.name: book.add_worksheet(names[table.name]) for table in listed}
    notes = book.add_worksheet(NOTES_TAB)
    lists = Lists(book)
    if fields is not None:
        write_fields(book, fields, lists, form, understood(form, [answers])[0])
    noted = []
    for table in listed:
        assert table.rows is not None
        rows = understood(table.rows, rows_of(table, answers.get(table.name)))
        write_table(book, sheets[table.name], lists, table.rows, rows, most=TABLE.most(table))
        noted.append((f"工作表“{names[table.name]}”：{bounds(table)}", columns(table.rows)))
    write_notes(book, notes, form.title, noted, list(_advice(form)))
    lists.write()
    book.close()
    return output.getvalue()


def _advice(form: Form) -> Iterator[str]:
    if columns(form):
        yield (
            f"在工作表“{FIELDS_TAB}”的“{ANSWER}”一列填写，一项一行，带 * 的必须填写；"
            f"“{ITEM}”一列的文字不要修改。"
        )
    if tables(form):
        yield "每张表在自己的工作表中填写，一条一行，可从其他表格复制粘贴；标题文字不要修改。"
    yield "证件号码、手机号等已设为文本格式，请勿改为数字格式；不要合并单元格，不要使用公式。"
    yield "上传后，内容填入网上表单，有问题的单元格逐一列出；在网上核对、上传材料后再提交。"


def bounds(table: Field) -> str:
    """How many rows a table takes, and what tells them apart."""
    assert table.rows is not None
    labels = table.rows.fields_by_name
    parts = [f"最多 {TABLE.most(table)} 行"]
    if table.least:
        parts = [f"{table.least} 至 {TABLE.most(table)} 行"]
    parts += [
        f"{'、'.join(f'“{labels[one].label}”' for one in key)}不得重复" for key in table.unique
    ]
    return "，".join(parts)


def write_fields(
    book: Any, sheet: Any, lists: Lists, form: Form, answers: Mapping[str, Entry]
) -> None:
    """A tab with the fields of `form` one below the other, and what is answered."""
    for place, (heading, width) in enumerate(((ITEM, 34), (ANSWER, 44), (REMARK, 60))):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, heading, head_format(book))
    bordered = {"border": 1, "border_color": LINE, "valign": "vcenter", "text_wrap": True}
    part = book.add_format({"bold": True, "bg_color": PALE})
    label, hint = book.add_format(bordered), hint_format(book)
    every = {column.name: column for column in columns(form)}
    row = 1
    for section in form.sections:
        inside = [every[item.name] for item in section.fields if item.name in every]
        if inside and section.title:
            sheet.write_string(row, 0, section.title, part)
            sheet.write_blank(row, 1, None, part)
            sheet.write_blank(row, 2, None, part)
            row += 1
        for column in inside:
            cell = book.add_format(bordered | {"num_format": NUMBER_FORMATS[column.excel_format]})
            sheet.write_string(row, 0, ("*" if column.starred else "") + column.heading, label)
            sheet.write_blank(row, 1, None, cell)
            sheet.write_string(row, 2, _remark(column), hint)
            limit(sheet, lists, column, row, row, 1)
            if column.name in answers:
                write_entry(
                    sheet, row, 1, form.fields_by_name[column.name], answers[column.name], cell
                )
            row += 1
    sheet.freeze_panes(1, 1)


def _remark(column: Column) -> str:
    note = column.note
    said = (
        note.condition,
        note.meaning,
        note.format,
        f"如：{note.example}" if note.example else "",
    )
    return "；".join(part.rstrip("。") for part in said if part)


def write_table(
    book: Any,
    sheet: Any,
    lists: Lists,
    form: Form,
    rows: Sequence[Mapping[str, Entry]],
    *,
    most: int,
) -> None:
    """A tab of rows of `form`, prepared for `most` of them, with `rows` filled in."""
    head = head_format(book)
    sheet.set_row(0, 30)
    for place, column in enumerate(columns(form)):
        style = book.add_format({"num_format": NUMBER_FORMATS[column.excel_format]})
        sheet.set_column(place, place, column.width, style)
        sheet.write_string(0, place, ("*" if column.starred else "") + column.heading, head)
        if said := _remark(column):
            sheet.write_comment(0, place, said)
        limit(sheet, lists, column, 1, most, place)
        item = form.fields_by_name[column.name]
        for number, row in enumerate(rows, 1):
            if column.name in row:
                write_entry(sheet, number, place, item, row[column.name], style)
    sheet.freeze_panes(1, 0)


def write_entry(sheet: Any, row: int, place: int, item: Field, entry: Entry, style: Any) -> None:
    """Write an answer into a cell: days and numbers as such, codes in words where the words are
    read as the same code."""
    value = entry.value
    if not entry.understood:
        sheet.write_string(row, place, shown(value)[:MOST_CHARACTERS], style)
    elif item.type.excel_format == "date" and value >= _FIRST_DAY:
        sheet.write_datetime(row, place, value, style)
    elif item.type.numeric and _is_safe(value):
        sheet.write_number(row, place, value, style)
    else:
        sheet.write_string(row, place, _text(item, value), style)


def _is_safe(value: Decimal | int) -> bool:
    return len(Decimal(value).as_tuple().digits) <= _SAFE_DIGITS


def _text(item: Field, value: Any) -> str:
    if item.type.coded:
        said = words(item, value)
        if item.type.understood(item, said) == (value, True):
            return said
    return cell_words(item, value)
