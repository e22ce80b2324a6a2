"""A workbook as raw columns of a form: the cells, the heading row found, the columns matched."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import chain
from typing import IO, Any, cast

from yonggong.batch.sheet import Refused, Row, Wanted, framed, receive, said
from yonggong.forms import Form
from yonggong.forms.columns import columns, match

MOST_MEGABYTES = 60
_HEADING_ROWS = 20
# By which the reading process may be ended from outside; whatever else ends it, the file did.
_FROM_OUTSIDE = {-signal.SIGKILL, -signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP}

__all__ = ["MOST_MEGABYTES", "Part", "ReadingEnded", "Refused", "Sheet", "opened"]

EXPLANATION_HEADING = "情况说明"
REASON_HEADING = "失败原因"


class ReadingEnded(Exception):
    """The reading process ended before it was through, by no fault of the file that is known."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of a workbook, one after the other.

    numbers       each row's number in the sheet, as the person sees it
    columns       raw cells by field name, equally long
    explanations  raw cells of the column 情况说明, if there is one
    """

    numbers: list[int]
    columns: dict[str, list[Any]]
    explanations: list[Any] | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a workbook holds for a form.

    unknown   headings that mean no field
    height    so many rows it has at most
    parts     its rows from the first one, so many at a time, read while they are asked for;
              raises `ReadingEnded`
    """

    unknown: tuple[str, ...]
    height: int
    parts: Iterator[Part]


@contextmanager
def opened(content: bytes, form: Form, *, size: int) -> Iterator[Sheet]:
    """An uploaded workbook read for `form`, `size` rows at a time, in a process of its own that
    ends with the context. Raises `Refused`, `ReadingEnded`."""
    if len(content) > MOST_MEGABYTES * 1024 * 1024:
        raise Refused(f"文件超过 {MOST_MEGABYTES} MB。请分成几个文件上传。")
    if not content.strip(b"\x00 \r\n\t"):
        raise Refused("文件是空的。请使用下载的模板填写。")
    with tempfile.NamedTemporaryFile(prefix="yonggong-") as file:
        file.write(content)
        file.flush()
        process = subprocess.Popen(
            [sys.executable, "-m", "yonggong.batch.sheet", file.name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        with process:
            try:
                yield _sheet(process, form, size)
            finally:
                process.kill()


def _sheet(process: subprocess.Popen[bytes], form: Form, size: int) -> Sheet:
    """Find the headings among the first rows, and ask for what stands below them."""
    answer = _heard(process)
    if "refused" in answer:
        raise Refused(answer["refused"])
    rows: list[Row] = answer["head"]
    place = _heading_row(rows, form)
    headings = [_text(cell) for cell in rows[place]]
    found = match(form, headings)
    if found.missing:
        names = "、".join(f"“{column.heading}”" for column in found.missing)
        raise Refused(f"表格缺少必填的列：{names}。请使用最新模板，或补上这些列。")
    plain = {heading: position for position, heading in enumerate(headings)}
    explained = plain.get(EXPLANATION_HEADING)
    wanted = dict(found.names)
    after = _last_above(rows, place, headings, form)
    positions = list(wanted)
    ask = Wanted(after, positions if explained is None else [*positions, explained], size)
    with suppress(BrokenPipeError):  # why it is gone is told by what it says
        os.write(cast(IO[bytes], process.stdin).fileno(), framed(tuple(ask)))
    parts = _parts(process, [wanted[position] for position in positions])
    first = next(parts, None)
    if first is None:
        raise Refused("表格中没有数据。请从标题行下一行开始填写。")
    return Sheet(
        unknown=tuple(
            headings[position]
            for position in found.unknown
            if headings[position] not in ("", EXPLANATION_HEADING, REASON_HEADING)
        ),
        height=answer["height"] - after,
        parts=chain([first], parts),
    )


def _parts(process: subprocess.Popen[bytes], names: Sequence[str]) -> Iterator[Part]:
    begun = False
    while True:
        try:
            frame = _heard(process)
        except Refused as refused:
            if not begun:
                raise
            raise ReadingEnded(str(refused)) from refused
        if frame is None:
            return
        numbers, cells = frame
        said_too = cells.pop() if len(cells) > len(names) else None
        yield Part(numbers, dict(zip(names, cells, strict=True)), said_too)
        begun = True


def _heard(process: subprocess.Popen[bytes]) -> Any:
    """The reading process's next frame."""
    try:
        return receive(cast(IO[bytes], process.stdout))
    except EOFError:
        ended = process.wait()
    if ended in _FROM_OUTSIDE:
        raise ReadingEnded("the reading process was ended from outside")
    if ended == -signal.SIGXCPU:
        raise Refused("文件读取超时。请删除空白行和多余的工作表，或分成几个文件。")
    raise Refused("文件内容异常，无法读取。请在表格软件中重新保存后上传。")


def _last_above(rows: Sequence[Row], place: int, headings: Sequence[str], form: Form) -> int:
    """The number of the last row above the first one of data: the headings, or the notes that
    the template has below them."""
    for number, row in enumerate(rows[place + 1 :], start=place + 2):
        if said(row):
            return number if _is_notes(row, headings, form) else place + 1
    return place + 1


def _heading_row(rows: Sequence[Row], form: Form) -> int:
    """The row, among the first, in which most cells are headings of the form."""
    best, most = -1, 1
    for place, row in enumerate(rows[:_HEADING_ROWS]):
        known = len(match(form, [_text(cell) for cell in row]).names)
        if known > most:
            best, most = place, known
    if best < 0:
        raise Refused("没有找到标题行。请下载模板，按模板的列填写后上传。")
    return best


def _is_notes(row: Sequence[Any], headings: Sequence[str], form: Form) -> bool:
    """Whether the row under the headings is the template's row of notes (JL-7)."""
    hints = {column.heading: form.fields_by_name[column.name].hint for column in columns(form)}
    texts = {
        heading: _text(row[position]) if position < len(row) else ""
        for position, heading in enumerate(headings)
    }
    said = [heading for heading, text in texts.items() if text]
    same = sum(1 for heading in said if hints.get(_bare(heading)) == texts[heading])
    return same >= 2


def _bare(heading: str) -> str:
    return heading.lstrip("*＊ ").strip()


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell).strip()
