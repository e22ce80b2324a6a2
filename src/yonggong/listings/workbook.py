"""Exports as files: .xlsx and .csv, in a stream of bounded memory however many rows there are."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice

from yonggong.listings.exports import Export
from yonggong.listings.listing import Value
from yonggong.listings.xlsx import SHEET_ROWS, Sheet, is_code, workbook_chunks

_FLUSH_ROWS = 500
# Spreadsheets take text that begins so for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_chunks(export: Export) -> Iterator[bytes]:
    """The export as CSV: UTF-8 with a byte order mark, as Excel wants it; first lines beginning
    with # that say what it is, then the headings, then the rows."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    for label, text in export.notes:
        writer.writerow([f"# {label}：{text}"])
    writer.writerow(export.headings)
    for number, row in enumerate(export.rows(), 1):
        writer.writerow([_csv_cell(value) for value in row])
        if number % _FLUSH_ROWS == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode("utf-8", errors="replace")


def _csv_cell(value: Value) -> str:
    if isinstance(value, str):
        if is_code(value):
            # As Excel itself writes a number that is to stay a text; digits and a letter, so
            # nothing that could be run.
            return f'="{value}"'
        # A leading apostrophe keeps a spreadsheet from running what somebody typed into a field.
        return f"'{value}" if value.startswith(_FORMULA_STARTS) else value
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    return str(value)


def xlsx_chunks(export: Export) -> Iterator[bytes]:
    """The export as a workbook: the rows first, on as many sheets as they need, and what they are
    on the last sheet. Every text is a text cell, so none can be run as a formula."""
    return workbook_chunks(_sheets(export))


def _sheets(export: Export, *, sheet_rows: int = SHEET_ROWS - 1) -> Iterator[Sheet]:
    widths = [column.width for column in export.columns]
    rows = export.rows()
    number, row = 1, next(rows, None)
    while number == 1 or row is not None:
        first = [] if row is None else [row]
        name = "数据" if number == 1 else f"数据{number}"
        yield Sheet(name, export.headings, widths, chain(first, islice(rows, sheet_rows - 1)))
        number, row = number + 1, next(rows, None)
    notes: Sequence[Sequence[Value]] = export.notes
    yield Sheet("导出说明", (), (14, 90), notes)


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file an export can be."""

    content_type: str
    chunks: Callable[[Export], Iterator[bytes]]


FORMATS: dict[str, Format] = {
    "xlsx": Format(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx_chunks
    ),
    "csv": Format("text/csv; charset=utf-8", csv_chunks),
}
