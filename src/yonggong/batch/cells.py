"""What a workbook of any format comes down to: its tabs, and the cells of one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

MOST_ROWS = 300_000
MOST_COLUMNS = 200
# So many rows that hold nothing are let pass below the others.
EMPTY_ROWS_ALLOWED = 20_000
# Of a cell, in every spreadsheet.
MOST_CHARACTERS = 32_767

Row = Sequence[Any]
# First and last (row, column) of merged cells, from 0.
Range = tuple[tuple[int, int], tuple[int, int]]


class FileRefused(Exception):
    """The file cannot be taken; the message says why and what to do."""


class Tab(NamedTuple):
    """A sheet by its tab; `hidden` where people do not see it."""

    name: str
    hidden: bool = False


@dataclass(slots=True)
class Table:
    """The cells of one tab, and what a look at its cells alone would not tell.

    rows            gives the rows from the first of the sheet on, each from its first column on,
                    as often as it is asked
    height, width   how far its cells reach
    errors          error values by row (from 1) and column (from 0)
    formulas        by column (from 0) the first cell with a formula, such as C2; under None a
                    formula of which the column cannot be told
    hidden_rows     numbers from 1; `hidden_columns` from 0
    separated       cells are parted by a sign, which in a cell moves all that follow
    mixed_ends      lines end in several ways, perhaps some of them within cells
    """

    rows: Callable[[], Iterable[Row]]
    height: int
    width: int
    errors: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    formulas: Mapping[int | None, str] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: Sequence[Range] = ()
    separated: bool = False
    mixed_ends: bool = False


class Book(Protocol):
    """An opened workbook."""

    @property
    def tabs(self) -> Sequence[Tab]:
        """In the order people see them."""

    @property
    def starts_1904(self) -> bool:
        """Whether its days are counted from 1904."""

    def table(self, tab: int) -> Table:
        """The cells of a tab. Raises `FileRefused`."""

    def holds_table(self, tab: int) -> bool:
        """Whether a tab has a row of two cells or more: more than a remark. Cheap."""


def letters(column: int) -> str:
    """A column (from 0) as spreadsheets call it: A, B, … AA."""
    name = ""
    column += 1
    while column:
        column, place = divmod(column - 1, 26)
        name = chr(ord("A") + place) + name
    return name


def column_of(letters: str) -> int:
    """The other way round."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def says(cell: Any) -> bool:
    """Whether a cell says anything."""
    if cell.__class__ is str:
        return bool(cell) and not cell.isspace()
    return cell is not None


def check_extent(height: int, width: int, name: str) -> None:
    """Refuse a table larger than anybody's list."""
    if height > MOST_ROWS + EMPTY_ROWS_ALLOWED:
        raise FileRefused(
            f"{tab_called(name)}有 {height} 行，超过 {MOST_ROWS} 行。"
            "请删除数据下方的空白行，或分成几个文件。"
        )
    if width > MOST_COLUMNS:
        raise FileRefused(
            f"{tab_called(name)}有 {width} 列，超过 {MOST_COLUMNS} 列。"
            "请删除数据右侧的空白列，或使用下载的模板填写。"
        )


def tab_called(name: str) -> str:
    """A tab as messages name it; a file of text has none."""
    return f"工作表“{name}”" if name else "文件"
