"""The text of a sheet's part, looked at while it unpacks: formulas, error values, hidden rows and
columns, cells and comments larger than any spreadsheet writes.

The reader of cells knows the elements by their local names, so any prefix is allowed for here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import IO

from yonggong.batch.cells import (
    EMPTY_ROWS_ALLOWED,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_ROWS,
    FileRefused,
    column_of,
    tab_called,
)

MEGABYTE = 1024 * 1024
# A row of the longest cells anybody writes takes less.
_MOST_PIECE = 2 * MEGABYTE

_SHEET_DATA = re.compile(rb"<((?:[\w.-]+:)?)sheetData[\s/>]")
_STRINGS = re.compile(rb"<((?:[\w.-]+:)?)sst[\s/>]")
_COLUMN = re.compile(rb"<(?:[\w.-]+:)?col\s([^>]*)>")
_ROW = re.compile(rb"<(?:[\w.-]+:)?row\b([^>]*)>")
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?c\b([^>]*)>\s*<(?:[\w.-]+:)?f[\s/>]")
_LONE_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]")
_ERROR = re.compile(
    rb"<(?:[\w.-]+:)?c\b([^>]*\bt=[\"']e[\"'][^>]*)>\s*"
    rb"(?:<(?:[\w.-]+:)?f\b[^>]*(?:/>|>[^<]*</(?:[\w.-]+:)?f>)\s*)?<(?:[\w.-]+:)?v[^>]*>([^<]*)<"
)
_PLACE = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_NUMBER = re.compile(rb"\br=[\"'](\d{1,7})[\"']")
_HIDDEN = re.compile(rb"\bhidden=[\"'](?:1|true|on)[\"']|\bht=[\"']0(?:\.0*)?[\"']")
_BOUND = {name: re.compile(rb"\b%s=[\"'](\d{1,5})[\"']" % name) for name in (b"min", b"max")}
_FILLED = re.compile(rb"<(?:[\w.-]+:)?[vt][\s>]")


@dataclass(slots=True)
class Marks:
    """What a part says of its cells; see `cells.Table`."""

    errors: dict[int, dict[int, str]] = field(default_factory=dict)
    formulas: dict[int | None, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    rows: int = 0
    last_row: int = 0
    filled: bool = False


def scan(part: IO[bytes], name: str) -> Marks:
    """What the part of the tab called `name` says. Raises `FileRefused` where it is larger, in a cell
    or in rows, than a sheet may be."""
    marks, most = Marks(), MOST_ROWS + EMPTY_ROWS_ALLOWED
    for piece, row in _pieces(part, name, _SHEET_DATA, b"row", b"sheetData"):
        if not row:
            _note_columns(piece, marks)
            continue
        _note_rows(piece, row, marks, name)
        if marks.rows > most and not marks.filled:
            break
    reach = max(marks.rows, marks.last_row)
    if reach > most:
        raise FileRefused(
            f"{tab_called(name)}有 {reach} 行，超过 {MOST_ROWS} 行。"
            "请删除数据下方的空白行，或分成几个文件。"
        )
    return marks


def check_strings(part: IO[bytes]) -> None:
    """Refuse a table of strings with one longer than any cell holds, before it is read."""
    for _ in _pieces(part, "", _STRINGS, b"si", b"sst"):
        pass


def _pieces(
    part: IO[bytes], name: str, container: re.Pattern[bytes], unit: bytes, ends: bytes
) -> Iterator[tuple[bytes, bytes]]:
    """What stands before the container, then its units, some whole ones at a time, each with what a
    unit begins with."""
    carried, marker, end = b"", b"", b""
    done = 0
    while chunk := part.read(MEGABYTE):
        text = carried + chunk
        if text[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise FileRefused("文件的文字编码不常见，无法读取。请在表格软件中重新保存后上传。")
        if not marker:
            found = container.search(text)
            if found is None:
                carried = _within_bounds(text, name, done)
                continue
            marker, end = b"<" + found[1] + unit, b"</" + found[1] + ends
            yield text[: found.start()], b""
            text = text[found.start() :]
        last = text.find(end)
        cut = last if last >= 0 else text.rfind(marker)
        if cut > 0:
            done += text.count(marker, 0, cut)
            yield text[:cut], marker
            if last >= 0:
                return
        carried = _within_bounds(text[max(cut, 0) :], name, done)
    if marker:
        yield carried, marker


def _within_bounds(text: bytes, name: str, done: int) -> bytes:
    if len(text) > _MOST_PIECE:
        number = _NUMBER.search(text, 0, 300)
        row = int(number[1]) if number else done + 1
        where = f"{tab_called(name)}第 {row} 行" if name else "文件中"
        raise FileRefused(
            f"{where}有内容过大的单元格，超过 {MOST_CHARACTERS} 个字，文件没有读取。"
            "请删去过长的内容后重新保存。"
        )
    return text


def _note_columns(head: bytes, marks: Marks) -> None:
    for found in _COLUMN.finditer(head):
        if _HIDDEN.search(found[1]):
            first, last = (pattern.search(found[1]) for pattern in _BOUND.values())
            if first and last:
                marks.hidden_columns.update(
                    range(int(first[1]) - 1, min(int(last[1]), MOST_COLUMNS))
                )


def _note_rows(piece: bytes, row: bytes, marks: Marks, name: str) -> None:
    marks.rows += piece.count(row)
    marks.filled = marks.filled or _FILLED.search(piece) is not None
    last = _NUMBER.search(piece, max(0, piece.rfind(row)))
    marks.last_row = int(last[1]) if last else marks.last_row
    if b"<f" in piece or b":f" in piece:
        _note_formulas(piece, marks)
    if b't="e"' in piece or b"t='e'" in piece:
        _note_errors(piece, marks, name)
    if any(mark in piece for mark in (b"hidden=", b'ht="0', b"ht='0")):
        for found in re.finditer(re.escape(row) + rb"\b([^>]*)>", piece):
            if _HIDDEN.search(found[1]):
                number = _NUMBER.search(found[1])
                if number is None:
                    raise FileRefused(f"{tab_called(name)}有隐藏的行。请取消隐藏后重新保存上传。")
                marks.hidden_rows.add(int(number[1]))


def _note_formulas(piece: bytes, marks: Marks) -> None:
    placed = 0
    for found in _FORMULA.finditer(piece):
        place = _PLACE.search(found[1])
        if place is not None:
            placed += 1
            marks.formulas.setdefault(column_of(place[1].decode()), (place[1] + place[2]).decode())
    if len(_LONE_FORMULA.findall(piece)) > placed:
        marks.formulas.setdefault(None, "")


def _note_errors(piece: bytes, marks: Marks, name: str) -> None:
    for found in _ERROR.finditer(piece):
        place = _PLACE.search(found[1])
        words = unescape(found[2].decode(errors="replace"))
        if place is None:
            raise FileRefused(f"{tab_called(name)}有错误值 {words}。请改正后重新上传。")
        row = marks.errors.setdefault(int(place[2]), {})
        row[column_of(place[1].decode())] = words


def fills_a_row(beginning: bytes) -> bool:
    """Whether a part, of which this is the beginning, has a row of two cells that say something."""
    found = _SHEET_DATA.search(beginning)
    if found is None:
        return False
    rows = beginning[found.end() :].split(b"<" + found[1] + b"row")
    return any(len(_FILLED.findall(row)) >= 2 for row in rows)
