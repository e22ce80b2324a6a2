"""A workbook as raw columns of a form: the table found, the columns matched, its rows given."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain

from yonggong.batch.case_template import tab_names
from yonggong.batch.cells import FileRefused, letters
from yonggong.batch.layout import (
    EXPLANATION_HEADING,
    REASON_HEADING,
    Layout,
    Source,
    bare,
    find_layout,
    telling,
)
from yonggong.batch.notices import notices, spans
from yonggong.batch.parts import Part, parts_of, refuse_doubt, with_other_column
from yonggong.batch.process import Process, ReadingEnded, Unwanted
from yonggong.batch.sheet import Wanted
from yonggong.batch.tabled import Tied, tie
from yonggong.forms import Form

MOST_MEGABYTES = 60
_MOST_WORDS = 500

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
class Sheet:
    """What a workbook holds for a form.

    name      the tab that is read; a file of text has none
    unknown   headings that mean no field
    notices   what is to be told before any row is filed: what is not read, what is read unseen
    height    so many rows it has at most
    parts     its rows from the first one, so many at a time, read while they are asked for;
              raises `ReadingEnded`, `Unwanted`
    letters   the column of each field that has one (A, B …)
    passed    rows that hold only what lists and defaults fill in, as far as `parts` has come
    """

    name: str
    unknown: tuple[str, ...]
    notices: tuple[str, ...]
    height: int
    parts: Iterator[Part]
    letters: Mapping[str, str] = field(default_factory=dict)
    passed: list[int] = field(default_factory=list)

    def cell(self, name: str, number: int) -> str:
        """Where a field of a row stands (C5); the row alone where it has no column."""
        return f"{self.letters[name]}{number}" if name in self.letters else f"第 {number} 行"

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
    content: bytes,
    form: Form,
    *,
    size: int,
    key: str = "",
    wanted: Callable[[], bool] = lambda: True,
) -> Iterator[Sheet]:
    """An uploaded workbook read for `form`, `size` rows at a time, in a process of its own that
    ends with the context. `key`: the field by which the rows of its tables' tabs name theirs.
    `wanted` is asked now and then while the process takes its time.

    Raises `FileRefused`, `ReadingEnded`, `Unwanted`.
    """
    with process_of(content, wanted) as process:
        yield read(process, form, size=size, key=key)


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


def read(
    source: Source, form: Form, *, size: int, key: str = "", may_be_empty: bool = False
) -> Sheet:
    """What `source` holds for `form`, one row at least unless it may be empty. Raises `FileRefused`."""
    tabs, starts_1904 = source.tabs()
    named = set(tab_names(form).values()) if key else set()
    layout = find_layout(source, [(name, hidden or name in named) for name, hidden in tabs], form)
    wanted = _wanted(layout, form, size)
    survey = source.survey(wanted)
    refuse_doubt(layout, survey)
    wanted = with_other_column(wanted, survey)
    tied = Tied(key)
    if named and key in layout.found.names.values():
        tied = tie(source, tabs, layout, wanted, form, key, starts_1904=starts_1904)
    told = [*notices(source, tabs, layout, survey, form, taken=tied.taken), *tied.told]
    names = list(layout.found.names.values())
    passed: list[int] = []
    parts = parts_of(source.rows(wanted), names, form if starts_1904 else None, passed)
    if tied.taken:
        parts = map(tied.onto, parts)
    first = next(parts, None)
    if first is None and not may_be_empty:
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
        parts=chain([first] if first else [], parts),
        letters=dict(zip(names, map(letters, wanted.positions), strict=False)),
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


def _nobody(layout: Layout, passed: Sequence[int]) -> str:
    if passed:
        return f"{layout.called}{spans(passed)}只有下拉列表的选项，没有人员信息。请填写后重新上传。"
    return f"{layout.called}中没有数据。请从标题行（第 {layout.heading_row} 行）下一行开始填写。"
