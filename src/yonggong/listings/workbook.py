"""Exports as files: .xlsx and .csv, written in bounded memory however many rows there are."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import IO

import xlsxwriter

from yonggong.listings.exports import Export
from yonggong.listings.listing import Value

# Excel ends at 1,048,576 rows, one of which is the heading; what is more goes to a further sheet.
SHEET_ROWS = 1_048_575
# Spreadsheets take text that begins so for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_chunks(export: Export) -> Iterator[bytes]:
    """The export as CSV: UTF-8 with a byte order mark, as Excel wants it; first lines beginning
    with # that say what it is, then the headings, then the rows."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    for label, text in export.notes:
        writer.writerow([f"# {label}：{text}"])
    writer.writerow(export.headings)
    for number, row in enumerate(export.rows(), 1):
        writer.writerow([_csv_cell(value) for value in row])
        if number % 500 == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode("utf-8")


def _csv_cell(value: Value) -> str:
    if isinstance(value, str):
        # A leading apostrophe keeps a spreadsheet from running what somebody typed into a field.
        return f"'{value}" if value.startswith(_FORMULA_STARTS) else value
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    return str(value)


def xlsx_file(export: Export) -> IO[bytes]:
    """The export as a workbook, in a temporary file open at its beginning: the rows on the first
    sheet, what they are on the last."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    # Nothing typed by anybody becomes a formula, a link or a number.
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as workbook:
        _write_rows(workbook, export)
        _write_notes(workbook, export)
    file.seek(0)
    return file


def _write_rows(workbook: xlsxwriter.Workbook, export: Export) -> None:
    day = workbook.add_format({"num_format": "yyyy-mm-dd"})
    moment = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    amount = workbook.add_format({"num_format": "#,##0.00"})
    sheet = _new_sheet(workbook, export, 1)
    line = 0
    for line, row in enumerate(export.rows()):
        if line and line % SHEET_ROWS == 0:
            sheet = _new_sheet(workbook, export, line // SHEET_ROWS + 1)
        at = line % SHEET_ROWS + 1
        for column, value in enumerate(row):
            if isinstance(value, str):
                if value:
                    sheet.write_string(at, column, value)
            elif isinstance(value, datetime):
                sheet.write_datetime(at, column, value, moment)
            elif isinstance(value, date):
                sheet.write_datetime(at, column, value, day)
            elif isinstance(value, Decimal):
                sheet.write_number(at, column, value, amount)
            elif value is not None:
                sheet.write_number(at, column, value)


def _new_sheet(
    workbook: xlsxwriter.Workbook, export: Export, number: int
) -> xlsxwriter.worksheet.Worksheet:
    heading = workbook.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1})
    sheet = workbook.add_worksheet("数据" if number == 1 else f"数据{number}")
    for index, column in enumerate(export.columns):
        sheet.set_column(index, index, column.width)
    sheet.freeze_panes(1, 0)
    for index, label in enumerate(export.headings):
        sheet.write_string(0, index, label, heading)
    return sheet


def _write_notes(workbook: xlsxwriter.Workbook, export: Export) -> None:
    sheet = workbook.add_worksheet("导出说明")
    bold = workbook.add_format({"bold": True})
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 80)
    for line, (label, text) in enumerate(export.notes):
        sheet.write_string(line, 0, label, bold)
        sheet.write_string(line, 1, text)


FORMATS: dict[str, Callable[[Export], Iterator[bytes] | IO[bytes]]] = {
    "xlsx": xlsx_file,
    "csv": csv_chunks,
}
