"""Read the cells of an untrusted workbook. Runs as a process of its own, without Django.

`python -m yonggong.batch.sheet FILE` writes frames to its standard output (`framed`): first
``{"refused": text}``, or ``{"head": first rows, "height": rows}``. Told on its standard input which
columns are wanted and from where (`Wanted`), it answers with the rows, some at a time, as
``(numbers, columns)``, and with None at the end. So the rows are never all in memory as Python
objects, and reading goes on while what is read is being checked.

Memory and time are limited by `_limit`; whatever a file does, only this process suffers.
"""

from __future__ import annotations

import csv
import gc
import io
import marshal
import re
import resource
import sys
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, time
from itertools import chain, islice, zip_longest
from pathlib import Path
from typing import IO, Any, NamedTuple

MOST_ROWS = 300_000
MOST_COLUMNS = 200
_MEGABYTE = 1024 * 1024
_MOST_UNPACKED = 900 * _MEGABYTE
# What reading may take: some times what the file unpacked holds (honest ones take up to three
# times that), so that a small file with a cell far out, which the reader makes a whole table of,
# takes no more than a small file may.
_MEMORY, _MEMORY_RATIO, _MOST_MEMORY = 640 * _MEGABYTE, 6, 3 * 1024 * _MEGABYTE
_MOST_SECONDS = 120
# Sheets of text compress about ten to one, repeated cells perhaps forty.
_MOST_RATIO = 150
_EMPTY_ROWS_ALLOWED = 20_000
# So many first rows are shown before it is said where the table begins.
HEAD_ROWS = 40

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_FILES = {b"%PDF": "PDF 文件", b"\x89PNG": "图片", b"\xff\xd8\xff": "图片", b"Rar!": "压缩包"}


class Refused(Exception):
    """The file cannot be taken; the message says why and what to do."""


Row = Sequence[Any]


class Rows(NamedTuple):
    """The cells of a sheet, row by row, as the reader gives them; `height` counts the rows."""

    height: int
    cells: Iterable[Row]


class Wanted(NamedTuple):
    """What is wanted of a sheet: the rows below row `after` (from 1) that say something, their
    cells at `positions` (from 0), `size` rows at a time."""

    after: int
    positions: Sequence[int]
    size: int


def read_rows(content: bytes) -> Rows:
    """The rows of the first sheet. Raises `Refused`."""
    if content.startswith(_ZIP):
        _check_package(content)
        return _calamine_rows(content)
    if content.startswith(_OLE):
        _check_ole(content)
        return _calamine_rows(content)
    return _csv_rows(content)


# --- .xlsx ---------------------------------------------------------------------------------


def _check_package(content: bytes) -> None:
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
        entries = package.infolist()
    except zipfile.BadZipFile as error:
        raise Refused("文件已损坏，无法打开。请在表格软件中重新保存后上传。") from error
    names = {entry.filename for entry in entries}
    if "xl/workbook.xml" not in names:
        kind = "Word 文档" if "word/document.xml" in names else "压缩包或其他文件"
        raise Refused(f"这是{kind}，不是工作簿。请上传 .xlsx、.xls 或 .csv 文件。")
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    if unpacked > _MOST_UNPACKED or (unpacked > 20 * _MEGABYTE and unpacked / packed > _MOST_RATIO):
        raise Refused(
            f"文件展开后有 {unpacked // _MEGABYTE} MB，超出限制。请删除空白行和多余的工作表后重新保存。"
        )
    if any(name.endswith("vbaProject.bin") for name in names):
        raise Refused("文件含有宏，不能上传。请另存为“Excel 工作簿（.xlsx）”后上传。")
    if any(name.startswith("xl/externalLinks/") for name in names):
        raise Refused("文件引用了其他工作簿。请断开外部链接（数据—编辑链接）后上传。")
    _check_sheet(package, names)


def _check_sheet(package: zipfile.ZipFile, names: set[str]) -> None:
    """Scan the first sheet's text as it unpacks: formulas, and rows that hold nothing."""
    sheets = sorted(
        (name for name in names if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)),
        key=lambda name: int(re.sub(r"\D", "", name)),
    )
    if not sheets:
        raise Refused("文件中没有工作表。请使用下载的模板填写。")
    rows = last_row = 0
    filled = False
    carried = b""
    most = MOST_ROWS + _EMPTY_ROWS_ALLOWED
    with package.open(sheets[0]) as file:
        while chunk := file.read(_MEGABYTE):
            text = carried + chunk
            # A tag may lie across two reads.
            cut = text.rfind(b"<")
            text, carried = text[:cut], text[cut:]
            if re.search(rb"<f[ >/]", text):
                raise Refused(
                    "表格中含有公式。请全选后复制，“选择性粘贴—数值”，去掉公式后重新上传。"
                )
            rows += text.count(b"<row")
            filled = filled or any(mark in text for mark in (b"<v>", b"<t>", b"<t "))
            last_row = _last_row_number(text) or last_row
            if rows > most and not filled:
                break
    if max(rows, last_row) > most:
        raise Refused(
            f"工作表有 {max(rows, last_row)} 行，超过 {MOST_ROWS} 行。请删除数据下方的空白行，或分成几个文件。"
        )


def _last_row_number(text: bytes) -> int:
    """The number that the last row of a piece of a sheet says it has; 0 if there is no row."""
    found = re.match(rb'<row[^>]* r="(\d+)"', text[max(0, text.rfind(b"<row")) :])
    return int(found.group(1)) if found else 0


# --- .xls ----------------------------------------------------------------------------------


def _check_ole(content: bytes) -> None:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Refused("文件设置了打开密码。请去掉密码后上传。")
    if not any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        raise Refused("这不是工作簿。请上传 .xlsx、.xls 或 .csv 文件。")
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        raise Refused("文件含有宏，不能上传。请另存为“Excel 工作簿（.xlsx）”后上传。")


def _calamine_rows(content: bytes) -> Rows:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        if not book.sheet_names:
            raise Refused("文件中没有工作表。请使用下载的模板填写。")
        sheet = book.get_sheet_by_index(0)
        if sheet.width > MOST_COLUMNS:
            raise Refused(
                f"工作表有 {sheet.width} 列，超过 {MOST_COLUMNS} 列。请使用下载的模板填写。"
            )
        # The reader counts from 0: its `total_height` is the number of the last row, less one.
        height = sheet.end[0] + 1 if sheet.end else 0
        if height > MOST_ROWS + _EMPTY_ROWS_ALLOWED:
            raise Refused(f"工作表有 {height} 行，超过 {MOST_ROWS} 行。请分成几个文件。")
        return Rows(height, sheet.iter_rows())
    except CalamineError as error:
        said = str(error).lower()
        if "password" in said or "encrypt" in said:
            raise Refused("文件设置了打开密码。请去掉密码后上传。") from error
        raise Refused("文件已损坏，无法读取。请在表格软件中重新保存后上传。") from error


def _plain(cell: Any) -> Any:
    if cell.__class__ is str:
        return cell or None
    if cell.__class__ is float:
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else cell
    if isinstance(cell, datetime):
        midnight = cell.time() == time(0)
        return cell.date().isoformat() if midnight else cell.isoformat(" ", "seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return cell


# --- .csv ----------------------------------------------------------------------------------


def _csv_rows(content: bytes) -> Rows:
    for head, what in _OTHER_FILES.items():
        if content.startswith(head):
            raise Refused(f"这是{what}，不是工作簿。请上传 .xlsx、.xls 或 .csv 文件。")
    text = _decoded(content)
    sample = text[:20_000]
    separator = max(",\t;", key=lambda mark: sample.count(mark))
    csv.field_size_limit(10_000)
    rows: list[list[Any]] = []
    try:
        for row in csv.reader(io.StringIO(text), delimiter=separator):
            if len(rows) > MOST_ROWS + _EMPTY_ROWS_ALLOWED:
                raise Refused(f"文件超过 {MOST_ROWS} 行。请分成几个文件。")
            if len(row) > MOST_COLUMNS:
                raise Refused(f"文件超过 {MOST_COLUMNS} 列。请使用下载的模板填写。")
            rows.append([_csv_cell(cell) for cell in row])
    except csv.Error as error:
        raise Refused("文件不是规范的 CSV。请在表格软件中另存为 .xlsx 后上传。") from error
    return Rows(len(rows), rows)


def _csv_cell(cell: str) -> str | None:
    # Excel writes ="0123" to keep a number a text.
    if cell.startswith('="') and cell.endswith('"'):
        cell = cell[2:-1]
    return cell or None


def _decoded(content: bytes) -> str:
    if b"\x00" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused("无法识别文件内容。请上传 .xlsx、.xls 或 .csv 文件。")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("无法识别文件的文字编码。请另存为 .xlsx，或以 UTF-8、GBK 编码保存 CSV。")


# --- the process ---------------------------------------------------------------------------


def framed(frame: Any) -> bytes:
    """One frame: its length in eight bytes, then its content marshalled."""
    content = marshal.dumps(frame)
    return len(content).to_bytes(8, "big") + content


def receive(source: IO[bytes]) -> Any:
    """Read one frame. Raises EOFError where the other side has gone."""
    size = source.read(8)
    content = source.read(int.from_bytes(size, "big"))
    if len(size) < 8 or not content:
        raise EOFError
    return marshal.loads(content)


def said(row: Row) -> bool:
    """Whether a row says anything."""
    return any(cell is not None and str(cell).strip() for cell in row)


def chosen(rows: Iterable[Row], wanted: Wanted) -> Iterator[tuple[list[int], list[list[Any]]]]:
    """(row numbers, columns) of the rows wanted: str, int, float, bool or None, days as ISO text;
    None where a row has no such column."""
    numbered = (
        (number, row) for number, row in enumerate(rows, 1) if number > wanted.after and said(row)
    )
    while some := list(islice(numbered, wanted.size)):
        columns = list(zip_longest(*[row for _, row in some]))
        nothing = [None] * len(some)
        yield (
            [number for number, _ in some],
            [
                _column(columns[position]) if position < len(columns) else nothing
                for position in wanted.positions
            ],
        )


def _column(cells: Sequence[Any]) -> list[Any]:
    if set(map(type, cells)) == {str}:
        return [cell or None for cell in cells] if "" in cells else list(cells)
    return [_plain(cell) for cell in cells]


def _limit(content: bytes) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    memory = min(_MEMORY + _MEMORY_RATIO * _unpacked(content), _MOST_MEMORY)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    # Above the first limit SIGXCPU tells the reason, above the second the kernel ends it.
    resource.setrlimit(resource.RLIMIT_CPU, (_MOST_SECONDS, _MOST_SECONDS + 5))


def _unpacked(content: bytes) -> int:
    """How many bytes there are to read, as far as the file says."""
    if content.startswith(_ZIP):
        with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(content)) as package:
            return sum(entry.file_size for entry in package.infolist())
    return len(content)


def _main(path: str, ask: IO[bytes], tell: IO[bytes]) -> None:
    content = Path(path).read_bytes()
    _limit(content)
    gc.disable()  # short-lived, and what it holds it holds to the end

    def send(frame: object) -> None:
        tell.write(framed(frame))
        tell.flush()

    try:
        height, cells = read_rows(content)
        rows = iter(cells)
        head = list(islice(rows, HEAD_ROWS))
        send({"head": [[_plain(cell) for cell in row] for row in head], "height": height})
    except Refused as error:
        send({"refused": str(error)})
        return
    except MemoryError:
        text = "文件内容过大，无法读取。请删除空白行和多余的工作表，或分成几个文件。"
        send({"refused": text})
        return
    for frame in chosen(chain(head, rows), Wanted(*receive(ask))):
        send(frame)
    send(None)


if __name__ == "__main__":
    _main(sys.argv[1], sys.stdin.buffer, sys.stdout.buffer)
