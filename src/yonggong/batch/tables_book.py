"""A workbook of one case whose tables may be of any size: its fields in one tab, each table in its own,
written and read by columns and in bounded memory."""

from __future__ import annotations

import io
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from yonggong.batch.case_reading import CaseRead, Fault, NotOfTheForm, Place, read_case_from
from yonggong.batch.case_template import understood, write_fields
from yonggong.batch.cells import FileRefused
from yonggong.batch.drawing import NUMBER_FORMATS, Lists, head_format, limit, write_notes
from yonggong.batch.layout import NOTES_TAB, Source
from yonggong.batch.reading import Sheet, read
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

    faults   what is wrong with the tables, with its tab and cell; the fields' are in `case`
    """

    case: CaseRead
    tables: Mapping[str, Mapping[str, list[Any]]]
    faults: tuple[Fault, ...]
    notices: tuple[str, ...]


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
    lists = Lists(book)
    write_fields(book, first, lists, form, understood(form, [raw])[0])
    for tab, sheet in zip(tabs, sheets, strict=True):
        _write(book, sheet, lists, tab)
    # The tab of the fields says of each what it means; the tables' are numbered in front.
    noted = [(f"工作表“{tab.name}”：{tab.form.title}", columns(tab.form)) for tab in tabs]
    write_notes(book, notes, title, noted, advice, first=1)
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


_Tabs = tuple[list[tuple[str, bool]], bool]


class _Only:
    """A workbook of which some tabs are looked at, the others as if they were hidden and empty; `tabs`:
    what it answered, since it is asked once."""

    def __init__(self, source: Source, tabs: _Tabs, seen: Container[int]) -> None:
        every, self._starts_1904 = tabs
        self._tabs = [(name, hidden or at not in seen) for at, (name, hidden) in enumerate(every)]
        self._source, self._seen = source, seen
        self.look, self.survey, self.rows = source.look, source.survey, source.rows

    def tabs(self) -> _Tabs:
        """Its tabs, and whether its days count from 1904."""
        return self._tabs, self._starts_1904

    def holds_table(self, tab: int) -> bool:
        """Whether there is anything to be read in a tab beside."""
        return tab in self._seen and self._source.holds_table(tab)


def read_book(
    source: Source,
    fields: tuple[str, Form],
    tabs: Sequence[Tab],
    *,
    kept: Mapping[str, Any],
    most: int,
) -> BookRead:
    """An opened workbook: the answers of the case's own form (`fields`: its tab, as messages name it, and
    the form), and the rows of each table that has a tab of its name. What has no tab is left as it is.
    Raises `FileRefused`, `ReadingEnded`."""
    there = source.tabs()
    place = {name.strip(): at for at, (name, hidden) in enumerate(there[0]) if not hidden}
    of_tables = {tab.name: place[tab.name] for tab in tabs if tab.name in place}
    beside = set(range(len(there[0]))) - set(of_tables.values())
    called, form = fields
    try:
        case = read_case_from(_Only(source, there, beside), form, kept=kept)
    except NotOfTheForm:
        if not of_tables:
            raise FileRefused(_not_ours([called, *(tab.name for tab in tabs)])) from None
        case = CaseRead(dict(kept), (), (_left(called),), ())
    found: dict[str, dict[str, list[Any]]] = {}
    faults: list[Fault] = []
    told = list(case.notices)
    for tab in tabs:
        if tab.name not in of_tables:
            told.append(_left(tab.name))
            continue
        only = _Only(source, there, {of_tables[tab.name]})
        sheet = read(only, tab.form, size=_AT_ONCE, may_be_empty=True)
        told += sheet.notices
        found[tab.name] = _rows(tab, sheet, faults, most)
    return BookRead(case, found, tuple(faults), tuple(told))


def _left(name: str) -> str:
    return f"没有工作表“{name}”，{name}保留原来的内容。"


def _not_ours(names: Sequence[str]) -> str:
    tabs = "、".join(f"“{name}”" for name in names)
    return f"文件中没有本事项的工作表{tabs}。请使用下载的表格填写后上传。"


def _rows(tab: Tab, sheet: Sheet, faults: list[Fault], most: int) -> dict[str, list[Any]]:
    names = tab.form.fields_by_name
    stored: dict[str, list[Any]] = {name: [] for name in names}
    cleaner = tab.form.compile()
    for part in sheet.parts:
        cleaned = cleaner.clean(part.columns, len(part.numbers))
        if len(stored[next(iter(names))]) + cleaned.rows > most:
            raise FileRefused(f"工作表“{tab.name}”超过 {most} 行。请核对后重新上传。")
        for name, item in names.items():
            dump = item.type.dump
            stored[name] += [
                None if value is None else dump(item, value) for value in cleaned.values[name]
            ]
        faults += [
            Fault(Place(tab.name, sheet.cell(problem.field, part.numbers[row])), problem)
            for row in sorted(cleaned.problems)
            for problem in cleaned.problems[row]
        ]
    return stored
