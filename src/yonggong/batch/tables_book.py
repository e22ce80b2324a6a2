"""A workbook of one case whose tables may be of any size: its fields in one tab, each table in its own,
written and read by columns and in bounded memory."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_range_abs

from yonggong.batch.case_reading import CaseRead, Fault, Place, read_case_from
from yonggong.batch.case_template import understood, write_fields
from yonggong.batch.cells import FileRefused
from yonggong.batch.drawing import NUMBER_FORMATS, Lists, head_format, limit, write_notes
from yonggong.batch.layout import LISTS_TAB, NOTES_TAB, Source, layout_of
from yonggong.batch.reading import read
from yonggong.forms import Form
from yonggong.forms.columns import Column, cell_words, columns

_AT_ONCE = 5000
# So many rows of a tab that is empty are prepared.
_PREPARED = 2000


@dataclass(frozen=True, slots=True)
class Tab:
    """A table: the tab's name, what a row is, and its rows by columns as they are stored."""

    name: str
    form: Form
    rows: Mapping[str, Sequence[Any]]


@dataclass(frozen=True, slots=True)
class BookRead:
    """What a workbook says: of the case's fields, and of each table by columns as they are stored.

    faults   what is wrong with the tables, with its tab and row; the fields' are in `case`
    """

    case: CaseRead
    tables: Mapping[str, Mapping[str, list[Any]]]
    faults: tuple[Fault, ...]
    notices: tuple[str, ...]


class _KeptLists(Lists):
    """The hidden tab of choices, written row by row once all are known."""

    def __init__(self, book: Any) -> None:
        super().__init__(book)
        self._columns: list[Sequence[str]] = []

    def source(self, choices: Sequence[str]) -> str:
        """See `Lists`."""
        if choices not in self._columns:
            self._columns.append(choices)
        place = self._columns.index(choices)
        return f"={LISTS_TAB}!{xl_range_abs(0, place, len(choices) - 1, place)}"

    def write(self) -> None:
        """Write them down."""
        for row in range(max(map(len, self._columns), default=0)):
            for place, choices in enumerate(self._columns):
                if row < len(choices):
                    self._sheet.write_string(row, place, choices[row])


def book_of(
    title: str,
    fields: tuple[str, Form, Mapping[str, Any]],
    tabs: Sequence[Tab],
    advice: Sequence[str],
) -> bytes:
    """The workbook as .xlsx; `fields`: the tab of the case's own fields, its form and raw answers."""
    output = io.BytesIO()
    book = xlsxwriter.Workbook(output, {"constant_memory": True, "strings_to_formulas": False})
    name, form, raw = fields
    first = book.add_worksheet(name)
    sheets = [book.add_worksheet(tab.name) for tab in tabs]
    notes = book.add_worksheet(NOTES_TAB)
    lists = _KeptLists(book)
    write_fields(book, first, lists, form, understood(form, [raw])[0])
    for tab, sheet in zip(tabs, sheets, strict=True):
        _write(book, sheet, lists, tab)
    noted = [(f"工作表“{name}”", columns(form))]
    noted += [(f"工作表“{tab.name}”：{tab.form.title}", columns(tab.form)) for tab in tabs]
    write_notes(book, notes, title, noted, advice)
    lists.write()
    book.close()
    return output.getvalue()


def _write(book: Any, sheet: Any, lists: Lists, tab: Tab) -> None:
    every = columns(tab.form)
    size = len(next(iter(tab.rows.values()), ()))
    head = head_format(book)
    sheet.set_row(0, 30)
    sheet.freeze_panes(1, 0)
    sheet.write_string(0, 0, "序号", head)
    for place, column in enumerate(every, 1):
        style = book.add_format({"num_format": NUMBER_FORMATS[column.excel_format]})
        sheet.set_column(place, place, column.width, style)
        sheet.write_string(0, place, ("*" if column.starred else "") + column.heading, head)
        limit(sheet, lists, column, 1, max(size, _PREPARED), place)
    styles = [
        book.add_format({"num_format": NUMBER_FORMATS[column.excel_format]}) for column in every
    ]
    worded = [_worded(tab.form, column, tab.rows[column.name]) for column in every]
    for row, cells in enumerate(zip(*worded, strict=True), 1):
        sheet.write_number(row, 0, row)
        for place, cell in enumerate(cells, 1):
            if cell.__class__ is str:
                sheet.write_string(row, place, cell, styles[place - 1])
            elif cell is not None:
                sheet.write_number(row, place, cell, styles[place - 1])


def _worded(form: Form, column: Column, stored: Sequence[Any]) -> Iterator[Any]:
    """The cells of a column: whole numbers as such, all else in the words that are read as the same."""
    item = form.fields_by_name[column.name]
    said: dict[Any, Any] = {None: None, "": None}
    for value in stored:
        if value.__class__ is int:
            yield value
            continue
        if value not in said:
            known = cell_words(item, item.type.load(item, value))
            if len(said) > 4096:  # a column of numbers of documents repeats nothing
                yield known
                continue
            said[value] = known
        yield said[value]


class _Shown:
    """A workbook of which some tabs are looked at, the others as if they were hidden and empty; what tabs
    there are is asked of the workbook once."""

    def __init__(
        self, source: Source, tabs: tuple[list[tuple[str, bool]], bool], only: int | None = None
    ) -> None:
        self._tabs, self._only, self._source = tabs, only, source
        self.look, self.survey, self.rows = source.look, source.survey, source.rows

    def tabs(self) -> tuple[list[tuple[str, bool]], bool]:
        """Its tabs, and whether its days count from 1904."""
        every, starts_1904 = self._tabs
        if self._only is None:
            return every, starts_1904
        return [(name, at != self._only) for at, (name, _) in enumerate(every)], starts_1904

    def holds_table(self, tab: int) -> bool:
        """Whether there is anything to be read in a tab beside."""
        return self._only is None and self._source.holds_table(tab)


def read_book(
    source: Source, form: Form, tabs: Sequence[Tab], *, kept: Mapping[str, Any], most: int
) -> BookRead:
    """An opened workbook: the answers of `form`, and the rows of each table that has a tab of its name;
    one that has none is left as it is. Raises `FileRefused`, `ReadingEnded`."""
    tabs_there = source.tabs()
    every, _ = tabs_there
    place = {name.strip(): at for at, (name, hidden) in enumerate(every) if not hidden}
    case = _fields(_Shown(source, tabs_there), form, [tab.name for tab in tabs], kept)
    found: dict[str, dict[str, list[Any]]] = {}
    faults: list[Fault] = []
    told = list(case.notices)
    for tab in tabs:
        at = place.get(tab.name)
        if at is None or layout_of(source, at, tab.name, tab.form) is None:
            told.append(f"没有工作表“{tab.name}”，{tab.name}保留原来的内容。")
            continue
        sheet = read(_Shown(source, tabs_there, at), tab.form, size=_AT_ONCE, may_be_empty=True)
        told += sheet.notices
        found[tab.name] = _rows(tab, sheet.parts, faults, most)
    return BookRead(case, found, tuple(faults), tuple(told))


def _fields(source: Source, form: Form, tables: Sequence[str], kept: Mapping[str, Any]) -> CaseRead:
    try:
        read = read_case_from(source, form, kept=kept)
    except FileRefused:
        # Tables alone may be sent.
        return CaseRead(dict(kept), (), (), ())
    told = tuple(
        said for said in read.notices if not any(f"“{name}”没有读取" in said for name in tables)
    )
    return CaseRead(read.answers, read.faults, told, read.counts)


def _rows(tab: Tab, parts: Iterator[Any], faults: list[Fault], most: int) -> dict[str, list[Any]]:
    names = tab.form.fields_by_name
    stored: dict[str, list[Any]] = {name: [] for name in names}
    cleaner = tab.form.compile()
    for part in parts:
        cleaned = cleaner.clean(part.columns, len(part.numbers))
        if len(stored[next(iter(names))]) + cleaned.rows > most:
            raise FileRefused(f"工作表“{tab.name}”超过 {most} 行。请核对后重新上传。")
        for name, item in names.items():
            dump = item.type.dump
            stored[name] += [
                None if value is None else dump(item, value) for value in cleaned.values[name]
            ]
        faults += [
            Fault(Place(tab.name, f"第 {part.numbers[row]} 行"), problem)
            for row in sorted(cleaned.problems)
            for problem in cleaned.problems[row]
        ]
    return stored
