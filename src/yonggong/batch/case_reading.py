"""The workbook of one case read into the answers of its form; every problem with tab and cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from yonggong.batch.case_template import (
    ANSWER,
    FIELDS_TAB,
    ITEM,
    REMARK,
    Entry,
    rows_of,
    tab_names,
    understood,
)
from yonggong.batch.cells import FileRefused, letters, tab_called
from yonggong.batch.layout import LISTS_TAB, NOTES_TAB, Layout, Source, bare, layout_of
from yonggong.batch.notices import of_table
from yonggong.batch.parts import day_of_1904, parts_of, refuse_doubt, with_other_column
from yonggong.batch.reading import process_of
from yonggong.batch.sheet import Survey, Wanted
from yonggong.forms import Field, Form, Problem
from yonggong.forms.columns import Match, columns, meant, tables, unique_headings
from yonggong.forms.reading import is_blank, shown
from yonggong.forms.types.table import MOST_ROWS, TABLE, cell_id
from yonggong.forms.unreadable import Unreadable

_AT_ONCE = 500
_HEAD_ROWS = 20
_QUOTED = 20
_SILENT = {REMARK, "序号", "行号"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the workbook something stands: the tab, and the cell (C5; "" where it has none)."""

    tab: str
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong, and where; `place` is None where the workbook has no place for it."""

    place: Place | None
    problem: Problem


class NotOfTheForm(FileRefused):
    """No tab of the workbook is one of the form."""


@dataclass(frozen=True, slots=True)
class CaseRead:
    """What a workbook says of a case.

    answers  what the draft takes: what could be read as `Form.dump` has it, the rest as written,
             and what was kept that the workbook has no place for
    faults   all that is wrong with it
    notices  what was not read, or read unseen
    counts   how much was read: a tab, how many, and of what (项, 行)
    """

    answers: dict[str, Any]
    faults: tuple[Fault, ...]
    notices: tuple[str, ...]
    counts: tuple[tuple[str, int, str], ...]


def read_case(
    content: bytes,
    form: Form,
    *,
    kept: Mapping[str, Any],
    wanted: Callable[[], bool] = lambda: True,
) -> CaseRead:
    """An uploaded workbook of one case of `form`, read in a process of its own. `kept`: the answers
    so far, which stay where the workbook has no place for them. Raises `FileRefused`,
    `ReadingEnded`, `Unwanted`."""
    with process_of(content, wanted) as process:
        return read_case_from(process, form, kept=kept)


def read_case_from(source: Source, form: Form, *, kept: Mapping[str, Any]) -> CaseRead:
    """The same of an opened workbook. Raises `FileRefused`."""
    tabs, starts_1904 = source.tabs()
    found = _found(source, tabs, form)
    reading = _Reading(form if starts_1904 else None)
    if found.fields is not None:
        reading.take_fields(source, form, found.fields)
    for table in tables(form):
        layout = found.tables.get(table.name)
        if layout is not None:
            reading.take_table(source, table, layout)
        elif kept.get(table.name):
            name = tab_names(form)[table.name]
            reading.told.append(f"没有工作表“{name}”，“{table.label}”保留原来填写的内容。")
    reading.told += _unread_tabs(source, tabs, found)
    return reading.ended(form, kept)


@dataclass(slots=True)
class _Found:
    """The tabs that are read: that of the fields, and of each table that has one."""

    fields: Layout | None = None
    tables: dict[str, Layout] = field(default_factory=dict)

    def taken(self) -> set[int]:
        read = [self.fields] if self.fields else []
        return {layout.tab for layout in (*read, *self.tables.values())}


def _found(source: Source, tabs: Sequence[tuple[str, bool]], form: Form) -> _Found:
    """Each tab by its name, and those that were renamed by their headings. Raises `FileRefused`."""
    found = _Found()
    names = {name: table for table, name in tab_names(form).items()}
    shown_tabs = [
        (at, name)
        for at, (name, hidden) in enumerate(tabs)
        if not hidden and name not in (NOTES_TAB, LISTS_TAB)
    ]
    if columns(form):
        for at, name in sorted(shown_tabs, key=lambda tab: tab[1] != FIELDS_TAB):
            if name.strip() not in names and found.fields is None:
                found.fields = _fields_layout(source, at, name, form)
    by_name = sorted(shown_tabs, key=lambda tab: tab[1].strip() not in names)
    for at, name in by_name:
        if at in found.taken():
            continue
        called = names.get(name.strip())
        for table in tables(form):
            if table.name not in found.tables and called in (None, table.name):
                assert table.rows is not None
                layout = layout_of(source, at, name, table.rows)
                if layout is not None:
                    found.tables[table.name] = layout
                    break
    if found.fields is None and not found.tables:
        raise NotOfTheForm(
            f"文件中没有找到本事项的表格（工作表“{'”“'.join([FIELDS_TAB, *names])}”）。"
            "请下载本事项的表格，填写后上传。"
        )
    return found


def _fields_layout(source: Source, tab: int, name: str, form: Form) -> Layout | None:
    """Where in a tab the fields stand one below the other; None where they do not."""
    look = source.look(tab)
    for place, row in enumerate(look.head[:_HEAD_ROWS]):
        headings = tuple("" if cell is None else str(cell).strip() for cell in row)
        if ITEM in headings and ANSWER in headings:
            found = Match({headings.index(ITEM): ITEM, headings.index(ANSWER): ANSWER}, (), ())
            return Layout(tab, name, look, place + 1, place + 1, headings, found)
    return None


def _unread_tabs(source: Source, tabs: Sequence[tuple[str, bool]], found: _Found) -> Iterator[str]:
    for at, (name, hidden) in enumerate(tabs):
        if at in found.taken() or name in (NOTES_TAB, LISTS_TAB) or not source.holds_table(at):
            continue
        yield f"{'隐藏的' if hidden else ''}{tab_called(name)}没有读取。"


class _Reading:
    """What has been read so far."""

    def __init__(self, form_1904: Form | None) -> None:
        self._counts_from_1904 = form_1904 is not None
        self.told: list[str] = []
        self._raw: dict[str, Any] = {}
        self._asked: set[str] = set()
        self._places: dict[str, Place] = {}
        self._counts: list[tuple[str, int, str]] = []

    def take_fields(self, source: Source, form: Form, layout: Layout) -> None:
        """Read the tab of the fields."""
        item, answer = layout.found.names
        wanted = self._wanted(layout, [item, answer], [item, answer])
        self._survey(source, layout, wanted)
        names = unique_headings(form)
        twice: dict[str, int] = {}
        for part in parts_of(source.rows(wanted), (ITEM, ANSWER), None, []):
            labels = [shown(cell) if cell is not None else "" for cell in part.columns[ITEM]]
            cells = part.columns[ANSWER]
            for number, label, name, cell in zip(
                part.numbers, labels, meant(form, labels), cells, strict=True
            ):
                where = Place(layout.name, f"{letters(answer)}{number}")
                if name is None:
                    if not _is_blank(cell):
                        self.told.append(_not_asked(layout, where, label))
                    continue
                if name in self._raw and not _is_blank(cell):
                    raise FileRefused(
                        f"{layout.called}第 {twice[name]} 行和第 {number} 行都是“{names[name]}”，"
                        "无法确定以哪一行为准。请删除多余的一行后重新上传。"
                    )
                self._asked.add(name)
                if self._counts_from_1904 and form.fields_by_name[name].type.dated:
                    cell = day_of_1904(cell)
                if not _is_blank(cell):
                    self._raw[name], twice[name] = cell, number
                if not _is_blank(cell) or name not in self._places:
                    self._places[name] = where
        for name in names:
            self._places.setdefault(name, Place(layout.name))
        self._counts.append((layout.name, len(twice), "项"))

    def take_table(self, source: Source, table: Field, layout: Layout) -> None:
        """Read the tab of a table."""
        form = table.rows
        assert form is not None
        names = list(layout.found.names.values())
        positions = list(layout.found.names)
        telling = [at for at, name in layout.found.names.items() if _tells(form, name)]
        doubles = [
            (at, other)
            for other, name in layout.found.doubled.items()
            for at, read in layout.found.names.items()
            if read == name
        ]
        wanted = self._wanted(layout, positions, telling or positions, doubles)
        wanted = with_other_column(wanted, self._survey(source, layout, wanted))
        if layout.found.missing:
            lacking = "、".join(f"“{column.heading}”" for column in layout.found.missing)
            self.told.append(f"{layout.called}的标题行缺少必填的列：{lacking}。")
        rows: list[dict[str, Any]] = []
        numbers: list[int] = []
        for part in parts_of(
            source.rows(wanted), names, form if self._counts_from_1904 else None, []
        ):
            numbers += part.numbers
            if len(numbers) > MOST_ROWS:
                raise FileRefused(
                    f"{layout.called}超过 {MOST_ROWS} 行，最多填写 {TABLE.most(table)} 行。"
                    "请删除多余的行后重新上传。"
                )
            cells = zip(*part.columns.values(), strict=True)
            rows += [
                {name: cell for name, cell in zip(names, row, strict=True) if not _is_blank(cell)}
                for row in cells
            ]
        self._asked.add(table.name)
        if rows:
            self._raw[table.name] = rows
        column = {name: letters(at) for name, at in zip(names, wanted.positions, strict=True)}
        for place, number in enumerate(numbers, 1):
            for name in form.fields_by_name:
                cell = f"{column[name]}{number}" if name in column else f"第 {number} 行"
                self._places[cell_id(table.name, place, name)] = Place(layout.name, cell)
            self._places[cell_id(table.name, place, "")] = Place(layout.name, f"第 {number} 行")
        self._places[table.name] = Place(layout.name)
        self._counts.append((layout.name, len(rows), "行"))

    def _wanted(
        self,
        layout: Layout,
        positions: list[int],
        telling: list[int],
        doubles: Sequence[tuple[int, int]] = (),
    ) -> Wanted:
        silent = [at for at, text in enumerate(layout.headings) if bare(text) in _SILENT]
        silent += [other for _, other in doubles]
        return Wanted(layout.tab, layout.after, positions, telling, silent, doubles, _AT_ONCE)

    def _survey(self, source: Source, layout: Layout, wanted: Wanted) -> Survey:
        """Refuse what could be read in two ways, note what is not read."""
        survey = source.survey(wanted)
        refuse_doubt(layout, survey)
        self.told += of_table(layout, survey)
        return survey

    def ended(self, form: Form, kept: Mapping[str, Any]) -> CaseRead:
        """All of it, with what is wrong; answers that it has no place for are those kept."""
        raw = {name: value for name, value in kept.items() if name not in self._asked} | self._raw
        cleaned = form.compile().clean({name: [raw.get(name)] for name in form.fields_by_name}, 1)
        answers = {name: value for name, value in raw.items() if name not in form.fields_by_name}
        answers |= _written(form, understood(form, [raw])[0])
        for table in tables(form):
            assert table.rows is not None
            rows = understood(table.rows, rows_of(table, raw.get(table.name)))
            if rows:
                answers[table.name] = [_written(table.rows, row) for row in rows]
        return CaseRead(
            answers=answers,
            faults=tuple(
                Fault(self._places.get(problem.field), problem)
                for problem in cleaned.problems.get(0, ())
            ),
            notices=tuple(self.told),
            counts=tuple(self._counts),
        )


def _is_blank(cell: Any) -> bool:
    """Whether a cell says nothing; one that can be no answer says that."""
    return cell.__class__ is not Unreadable and is_blank(cell)


def _tells(form: Form, name: str) -> bool:
    """Whether an answer in the column makes a row one that says something."""
    return form.fields_by_name[name].default is None


def _not_asked(layout: Layout, where: Place, label: str) -> str:
    said = f"“{label[:_QUOTED]}”不是表格中的项目" if label.strip() else "前面没有项目名称"
    return f"{layout.called}{where.cell} 单元格没有读取：{said}。"


def _written(form: Form, row: Mapping[str, Entry]) -> dict[str, Any]:
    """Answers as a draft keeps them."""
    return {
        name: form.dump_value(name, entry.value) if entry.understood else entry.value
        for name, entry in row.items()
    }
