"""A workbook as raw columns of a form: the cells, the heading row found, the columns matched."""

from __future__ import annotations

import marshal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from typing import Any

from yonggong.batch.sheet import Refused
from yonggong.forms import Form
from yonggong.forms.columns import columns, match

MOST_MEGABYTES = 60
_HEADING_ROWS = 20
_SECONDS = 180

__all__ = ["MOST_MEGABYTES", "Refused", "Sheet", "read_sheet", "sheet_of"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a workbook holds for a form.

    columns   raw cells by field name, equally long
    numbers   each row's number in the sheet, as the person sees it
    unknown   headings that mean no field
    extra     raw cells of the column 情况说明, if there is one
    """

    columns: dict[str, list[Any]]
    numbers: list[int]
    unknown: tuple[str, ...]
    explanations: list[Any] | None = None


EXPLANATION_HEADING = "情况说明"
REASON_HEADING = "失败原因"


def read_sheet(content: bytes, form: Form) -> Sheet:
    """Read an uploaded workbook for `form`, in a process of its own. Raises `Refused`."""
    if len(content) > MOST_MEGABYTES * 1024 * 1024:
        raise Refused(f"文件超过 {MOST_MEGABYTES} MB。请分成几个文件上传。")
    if not content.strip(b"\x00 \r\n\t"):
        raise Refused("文件是空的。请使用下载的模板填写。")
    return sheet_of(_cells(content), form)


def _cells(content: bytes) -> list[list[Any]]:
    with tempfile.NamedTemporaryFile(prefix="yonggong-") as file:
        file.write(content)
        file.flush()
        try:
            done = subprocess.run(
                [sys.executable, "-m", "yonggong.batch.sheet", file.name],
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise Refused("文件读取超时。请删除空白行和多余的工作表，或分成几个文件。") from error
    if done.returncode != 0 or not done.stdout:
        raise Refused("文件内容异常，无法读取。请在表格软件中重新保存后上传。")
    answer: dict[str, Any] = marshal.loads(done.stdout)
    if "refused" in answer:
        raise Refused(answer["refused"])
    rows: list[list[Any]] = answer["rows"]
    return rows


def sheet_of(rows: list[list[Any]], form: Form) -> Sheet:
    """Find the headings among the first rows and take what stands below them. Raises `Refused`."""
    place = _heading_row(rows, form)
    headings = [_text(cell) for cell in rows[place]]
    found = match(form, headings)
    if found.missing:
        names = "、".join(f"“{column.heading}”" for column in found.missing)
        raise Refused(f"表格缺少必填的列：{names}。请使用最新模板，或补上这些列。")
    body = [
        (number, row)
        for number, row in enumerate(rows[place + 1 :], start=place + 2)
        if any(cell is not None and str(cell).strip() for cell in row)
    ]
    if body and _is_notes(body[0][1], headings, form):
        body = body[1:]
    if not body:
        raise Refused("表格中没有数据。请从标题行下一行开始填写。")
    by_position = {
        position: [row[position] if position < len(row) else None for _, row in body]
        for position in range(len(headings))
    }
    plain = {heading: position for position, heading in enumerate(headings)}
    explained = plain.get(EXPLANATION_HEADING)
    return Sheet(
        columns={name: by_position[position] for position, name in found.names.items()},
        numbers=[number for number, _ in body],
        unknown=tuple(
            headings[position]
            for position in found.unknown
            if headings[position] not in ("", EXPLANATION_HEADING, REASON_HEADING)
        ),
        explanations=by_position[explained] if explained is not None else None,
    )


def _heading_row(rows: list[list[Any]], form: Form) -> int:
    """The row, among the first, in which most cells are headings of the form."""
    best, most = -1, 1
    for place, row in enumerate(rows[:_HEADING_ROWS]):
        known = len(match(form, [_text(cell) for cell in row]).names)
        if known > most:
            best, most = place, known
    if best < 0:
        raise Refused("没有找到标题行。请下载模板，按模板的列填写后上传。")
    return best


def _is_notes(row: list[Any], headings: list[str], form: Form) -> bool:
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
