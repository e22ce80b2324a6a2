"""The records of an .xls (BIFF5, BIFF8): what they say of cells that the reader of cells does not
tell, and the container they lie in (a compound file)."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from struct import error as StructError
from struct import unpack_from
from typing import Any

from yonggong.batch import calamine
from yonggong.batch.cells import FileRefused, Tab, Table, letters, says

_DAMAGED = "文件已损坏，无法读取。请在表格软件中重新保存后上传。"
_NO_WORKBOOK = "这不是工作簿。请上传 .xlsx、.xls 或 .csv 文件。"
_PASSWORD = "文件设置了打开密码。请去掉密码后上传。"
_END = 0xFFFFFFF0  # sector numbers from here on are marks

_BOF, _EOF, _BOUND_SHEET, _DATE_MODE, _FILE_PASS = 0x0809, 0x000A, 0x0085, 0x0022, 0x002F
_ROW, _COLUMN_INFO, _BOOL_ERROR = 0x0208, 0x007D, 0x0205
_FORMULAS = frozenset({0x0006, 0x0206, 0x0406, 0x0221})
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_BIFF8 = 0x0600


class BinaryBook:
    """An .xls as a workbook."""

    def __init__(self, content: bytes) -> None:
        """Raises `FileRefused`."""
        self._content = content
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise FileRefused(_PASSWORD)
        try:
            self._stream = _workbook_stream(content)
            self.starts_1904, sheets = _globals(self._stream)
        except (StructError, IndexError, ValueError) as error:
            raise FileRefused(_DAMAGED) from error
        self.tabs = [tab for tab, _ in sheets]
        self._starts = [start for _, start in sheets]
        if not sheets:
            raise FileRefused("文件中没有工作表。请使用下载的模板填写。")

    @cached_property
    def _book(self) -> Any:
        return calamine.open_book(self._content)

    def table(self, tab: int) -> Table:
        try:
            marks = _marks(self._stream, self._starts[tab])
        except StructError as error:
            raise FileRefused(_DAMAGED) from error
        sheet = calamine.open_sheet(self._book, self.tabs[tab].name, tab)
        return Table(
            rows=lambda: calamine.rows(sheet),
            height=calamine.height(sheet),
            width=calamine.width(sheet),
            errors=marks.errors,
            formulas=marks.formulas,
            hidden_rows=frozenset(marks.hidden_rows),
            hidden_columns=frozenset(marks.hidden_columns),
            merged=sheet.merged_cell_ranges or (),
        )

    def holds_table(self, tab: int) -> bool:
        try:
            sheet = calamine.open_sheet(self._book, self.tabs[tab].name, tab)
        except FileRefused:
            return True
        return any(sum(map(says, row)) >= 2 for row in sheet.iter_rows())


@dataclass(slots=True)
class _Marks:
    errors: dict[int, dict[int, str]] = field(default_factory=dict)
    formulas: dict[int | None, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def _records(stream: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """(kind, place, length) of the records from `start` to the end of what begins there."""
    depth, place = 0, start
    while place + 4 <= len(stream):
        kind, length = unpack_from("<HH", stream, place)
        place += 4
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, place, length
        place += length


def _globals(stream: bytes) -> tuple[bool, list[tuple[Tab, int]]]:
    """Whether days count from 1904, and each sheet with where its records begin."""
    (version,) = unpack_from("<H", stream, 4)
    starts_1904, sheets = False, []
    for kind, place, length in _records(stream, 0):
        if kind == _FILE_PASS:
            raise FileRefused(_PASSWORD)
        if kind == _DATE_MODE:
            starts_1904 = unpack_from("<H", stream, place) == (1,)
        elif kind == _BOUND_SHEET:
            start, state, sort, count = unpack_from("<IBBB", stream, place)
            if sort == 0:  # not a chart, not a module
                name = _name(stream[place + 7 : place + length], count, version)
                sheets.append((Tab(name, state & 3 != 0), start))
    return starts_1904, sheets


def _name(written: bytes, count: int, version: int) -> str:
    if version != _BIFF8:
        return written[:count].decode("gb18030", errors="replace")
    if written[:1] == b"\x01":
        return written[1 : 1 + 2 * count].decode("utf-16-le", errors="replace")
    return written[1 : 1 + count].decode("latin-1")


def _marks(stream: bytes, start: int) -> _Marks:
    marks = _Marks()
    for kind, place, _ in _records(stream, start):
        if kind in _FORMULAS:
            row, column = unpack_from("<HH", stream, place)
            marks.formulas.setdefault(column, f"{letters(column)}{row + 1}")
        elif kind == _BOOL_ERROR:
            row, column, _, value, is_error = unpack_from("<HHHBB", stream, place)
            if is_error:
                marks.errors.setdefault(row + 1, {})[column] = _ERRORS.get(value, "#N/A")
        elif kind == _ROW:
            (row,) = unpack_from("<H", stream, place)
            (flags,) = unpack_from("<H", stream, place + 12)
            if flags & 0x20:
                marks.hidden_rows.add(row + 1)
        elif kind == _COLUMN_INFO:
            first, last, _, _, flags = unpack_from("<HHHHH", stream, place)
            if flags & 1:
                marks.hidden_columns.update(range(first, min(last, 255) + 1))
    return marks


# --- the container -------------------------------------------------------------------------


def _workbook_stream(content: bytes) -> bytes:
    """The stream of records. Raises `FileRefused`."""
    shift, mini_shift = unpack_from("<HH", content, 30)
    first_directory, _, cutoff, first_mini = unpack_from("<IIII", content, 48)
    if shift not in (9, 12) or mini_shift != 6:
        raise FileRefused(_DAMAGED)
    size = 1 << shift
    table = _allocation(content, size)
    entries = _entries(_chain(content, table, first_directory, size))
    if any(name.startswith("_VBA_PROJECT") for name in entries):
        raise FileRefused("文件含有宏，不能上传。请另存为“Excel 工作簿（.xlsx）”后上传。")
    found = entries.get("Workbook") or entries.get("Book")
    if found is None:
        is_word = "WordDocument" in entries
        raise FileRefused(f"这是 Word 文档，{_NO_WORKBOOK[1:]}" if is_word else _NO_WORKBOOK)
    start, length = found
    if length >= cutoff:
        return _chain(content, table, start, size)[:length]
    root, root_length = entries["Root Entry"]
    small = _chain(content, table, root, size)[:root_length]
    mini_table = array("I", _chain(content, table, first_mini, size))
    return _chain(b"\x00" * 64 + small, mini_table, start, 64)[:length]


def _allocation(content: bytes, size: int) -> array[int]:
    """The table that says which sector follows which."""
    (count,) = unpack_from("<I", content, 44)
    (further,) = unpack_from("<I", content, 68)
    sectors = [sector for sector in unpack_from("<109I", content, 76) if sector < _END]
    most = len(content) // size + 1
    while further < _END and len(sectors) <= most:
        listed = unpack_from(f"<{size // 4}I", content, (further + 1) * size)
        sectors += [sector for sector in listed[:-1] if sector < _END]
        further = listed[-1]
    table = array("I")
    for sector in sectors[: min(count, most)]:
        table.frombytes(content[(sector + 1) * size : (sector + 2) * size].ljust(size, b"\xff"))
    return table


def _chain(content: bytes, table: array[int], sector: int, size: int) -> bytes:
    """The sectors from `sector` on, one after the other."""
    pieces: list[bytes] = []
    while sector < _END:
        if len(pieces) > len(table):
            raise FileRefused(_DAMAGED)
        pieces.append(content[(sector + 1) * size : (sector + 2) * size])
        sector = table[sector]
    return b"".join(pieces)


def _entries(directory: bytes) -> dict[str, tuple[int, int]]:
    """Each stream's first sector and length by its name."""
    found = {}
    for place in range(0, len(directory) - 127, 128):
        (length,) = unpack_from("<H", directory, place + 64)
        if directory[place + 66] and 2 <= length <= 64:
            name = directory[place : place + length - 2].decode("utf-16-le", errors="replace")
            found[name] = unpack_from("<II", directory, place + 116)
    return found
