"""A workbook as raw columns of a form: the table found, the columns matched, its rows given."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain
from typing import Any

from yonggong.batch.cells import MOST_CHARACTERS, FileRefused
from yonggong.batch.layout import (
    EXPLANATION_HEADING,
    REASON_HEADING,
    Layout,
    Source,
    bare,
    find_layout,
    telling,
)
from yonggong.batch.notices import notices, shifted, spans
from yonggong.batch.process import Process, ReadingEnded, Unwanted
from yonggong.batch.sheet import DURATION, MERGED, TOO_LONG, Rows, Survey, Wanted
from yonggong.forms import Form
from yonggong.forms.unreadable import Unreadable

MOST_MEGABYTES = 60
_MOST_WORDS = 500
_DAY_0_OF_1904 = date(1904, 1, 1)
_LAST_SERIAL_OF_1904 = 71_588  # 2099-12-31

__all__ = [
    "EXPLANATION_HEADING",
    "MOST_MEGABYTES",
    "REASON_HEADING",
    "FileRefused",
    "Part",
    "ReadingEnded",
    "Sheet",
    "Unwanted",
    "opened",
    "read",
]


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

    name      the tab that is read; a file of text has none
    unknown   headings that mean no field
    notices   what is to be told before any row is filed: what is not read, what is read unseen
    height    so many rows it has at most
    parts     its rows from the first one, so many at a time, read while they are asked for;
              raises `ReadingEnded`, `Unwanted`
    passed    rows that hold only what lists and defaults fill in, as far as `parts` has come
    """

    name: str
    unknown: tuple[str, ...]
    notices: tuple[str, ...]
    height: int
    parts: Iterator[Part]
    passed: list[int] = field(default_factory=list)

    def words(self, *, whole: bool = False) -> str:
        """What is said of it beside the notices; `whole` when all its parts have been given."""
        words = ""
        if self.unknown and not self.notices:  # which name those that say something
            words += f"未识别的列：{'、'.join(self.unknown)}。"
        if whole and self.passed:
            words += f"{spans(self.passed)}只有下拉列表的选项，没有人员信息，没有读取。"
        return words[:_MOST_WORDS]


@contextmanager
def opened(
    content: bytes, form: Form, *, size: int, wanted: Callable[[], bool] = lambda: True
) -> Iterator[Sheet]:
    """An uploaded workbook read for `form`, `size` rows at a time, in a process of its own that
    ends with the context. `wanted` is asked now and then while the process takes its time.

    Raises `FileRefused`, `ReadingEnded`, `Unwanted`.
    """
    with process_of(content, wanted) as process:
        yield read(process, form, size=size)


@contextmanager
def process_of(content: bytes, wanted: Callable[[], bool]) -> Iterator[Process]:
    """The process that reads an uploaded workbook; it ends with the context. Raises as `opened`."""
    if len(content) > MOST_MEGABYTES * 1024 * 1024:
        raise FileRefused(f"文件超过 {MOST_MEGABYTES} MB。请分成几个文件上传。")
    if not content.strip(b"\x00 \r\n\t"):
        raise FileRefused("文件是空的。请使用下载的模板填写。")
    with tempfile.NamedTemporaryFile(prefix="yonggong-") as file:
        file.write(content)
        file.flush()
        with Process(file.name, wanted) as process:
            yield process


def read(source: Source, form: Form, *, size: int) -> Sheet:
    """What `source` holds for `form`. Raises `FileRefused`."""
    tabs, starts_1904 = source.tabs()
    layout = find_layout(source, tabs, form)
    wanted = _wanted(layout, form, size)
    survey = source.survey(wanted)
    refuse_doubt(layout, survey)
    wanted = with_other_column(wanted, survey)
    told = notices(source, tabs, layout, survey, form)
    names = list(layout.found.names.values())
    passed: list[int] = []
    parts = parts_of(source.rows(wanted), names, form if starts_1904 else None, passed)
    first = next(parts, None)
    if first is None:
        raise FileRefused(_nobody(layout, passed))
    return Sheet(
        name=layout.name,
        unknown=tuple(
            layout.headings[position]
            for position in layout.found.unknown
            if bare(layout.headings[position]) not in ("", EXPLANATION_HEADING, REASON_HEADING)
        ),
        notices=tuple(told),
        height=layout.look.height - layout.after,
        parts=chain([first], parts),
        passed=passed,
    )


def _wanted(layout: Layout, form: Form, size: int) -> Wanted:
    names, positions = layout.found.names, list(layout.found.names)
    place = {name: position for position, name in names.items()}
    told = [positions[at] for at in telling(list(names.values()), form)]
    explained = layout.explained
    if explained is not None:
        positions.append(explained)
        told.append(explained)
    return Wanted(
        tab=layout.tab,
        after=layout.after,
        positions=positions,
        telling=told,
        silent=[*layout.silent(), *layout.found.doubled],
        doubles=[(place[name], other) for other, name in layout.found.doubled.items()],
        size=size,
    )


def refuse_doubt(layout: Layout, survey: Survey) -> None:
    """Refuse what could be read in two ways."""
    for position, other, row in survey.clashes:
        if position not in survey.empty and other not in survey.empty:
            raise FileRefused(
                f"{layout.called}的 {layout.column(position)}和 {layout.column(other)}"
                f"是同一项内容，但第 {row} 行两列填写得不一样，无法确定以哪一列为准。"
                "请删除多余的一列后重新上传。"
            )
    if survey.shifted is not None:
        raise FileRefused(shifted(survey.shifted))
    if survey.formula is not None:
        raise FileRefused(
            f"{layout.called}中含有公式{f'（{survey.formula} 单元格）' if survey.formula else ''}。"
            "请全选后复制，“选择性粘贴—数值”，去掉公式后重新上传。"
        )


def with_other_column(wanted: Wanted, survey: Survey) -> Wanted:
    """Where a field has two columns and the first says nothing, the other is read."""
    instead = {one: other for one, other in wanted.doubles if one in survey.empty}
    return wanted._replace(
        positions=[instead.get(at, at) for at in wanted.positions],
        telling=[instead.get(at, at) for at in wanted.telling],
    )


def _nobody(layout: Layout, passed: Sequence[int]) -> str:
    if passed:
        return f"{layout.called}{spans(passed)}只有下拉列表的选项，没有人员信息。请填写后重新上传。"
    return f"{layout.called}中没有数据。请从标题行（第 {layout.heading_row} 行）下一行开始填写。"


def parts_of(
    frames: Iterator[Rows], names: Sequence[str], form_1904: Form | None, passed: list[int]
) -> Iterator[Part]:
    """Rows as read as columns called `names`; `passed` takes the numbers of those passed over.
    `form_1904`: the form, where the workbook's days count from 1904."""
    for frame in frames:
        passed += frame.passed
        if not frame.numbers:
            continue
        columns = frame.columns
        for place, row, what, shown in frame.odd:
            columns[place][row] = _unreadable(what, shown)
        if form_1904 is not None:
            for place, name in enumerate(names):
                if form_1904.fields_by_name[name].type.dated:
                    columns[place] = [day_of_1904(cell) for cell in columns[place]]
        explanations = columns[len(names)] if len(columns) > len(names) else None
        yield Part(
            frame.numbers, dict(zip(names, columns[: len(names)], strict=True)), explanations
        )


def _unreadable(what: str, shown: str) -> Unreadable:
    if what == DURATION:
        return Unreadable(
            shown, f"单元格是时长 {shown}", "请改成正确的内容；需要文字的，设为文本格式后填写"
        )
    if what == TOO_LONG:
        return Unreadable("", f"单元格超过 {MOST_CHARACTERS} 个字，没有读取", "请缩短后重新填写")
    assert what == MERGED
    return Unreadable(
        "", "单元格与其他单元格合并，没有自己的内容", "请填写；下次请取消合并，逐行填写"
    )


def day_of_1904(cell: Any) -> Any:
    """A plain number in a column of days, in a workbook whose days count from 1904."""
    if cell.__class__ in (int, float) and 0 < cell < _LAST_SERIAL_OF_1904:
        return (_DAY_0_OF_1904 + timedelta(days=int(cell))).isoformat()
    if cell.__class__ is str and len(cell.strip()) == 5 and cell.strip().isdigit():
        return Unreadable(
            cell, f"数字 {cell.strip()} 不能确定是哪一天", "请改成日期，如 2024-01-05"
        )
    return cell
