"""Read the cells of an untrusted workbook. Runs as a process of its own, without Django.

`python -m yonggong.batch.sheet FILE` answers on its standard output (`framed`) what it is asked on
its standard input: which tabs there are, how a tab begins (`Look`), what in it would not be read
(`Survey`), and its rows, some at a time. So the rows are never all in memory as Python objects, and
reading goes on while what is read is being checked. A `Reader` does the same without a process.

Memory and time are limited by `_limit`; whatever a file does, only this process suffers.
"""

from __future__ import annotations

import ctypes
import gc
import io
import marshal
import os
import resource
import signal
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from itertools import islice, zip_longest
from pathlib import Path
from typing import IO, Any, NamedTuple

from yonggong.batch.biff import BinaryBook
from yonggong.batch.cells import MOST_CHARACTERS, Book, FileRefused, Row, Table, says
from yonggong.batch.merging import covered_cells
from yonggong.batch.package import Package
from yonggong.batch.text import TextBook

_MEGABYTE = 1024 * 1024
# What reading may take: some times what the file unpacked holds (honest ones take up to three
# times that), so that a small file with a cell far out, which the reader makes a whole table of,
# takes no more than a small file may.
_MEMORY, _MEMORY_RATIO, _MOST_MEMORY = 640 * _MEGABYTE, 6, 3 * 1024 * _MEGABYTE
_MOST_SECONDS = 120
# So many first rows are shown before it is said where the table begins.
HEAD_ROWS = 40
# So many rows of a kind are named; people look at the first.
_MOST_NAMED = 1000
# Over so many lines a row is looked for that is broken by line ends in its cells.
_MOST_LINES = 5

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_EMPTY_ZIP = b"PK\x05\x06"
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG

_TOO_MUCH = "文件内容过大，无法读取。请删除空白行和多余的工作表，或分成几个文件。"

# What a cell holds that can be no answer; see `Rows.odd`.
DURATION, MERGED, TOO_LONG = "duration", "merged", "too long"


class Look(NamedTuple):
    """How a tab begins: its first rows, and how many rows and columns it reaches."""

    head: list[list[Any]]
    height: int
    width: int


class Wanted(NamedTuple):
    """What is wanted of a tab: the rows below row `after` (from 1), their cells at `positions`
    (from 0), `size` rows at a time.

    telling  those of the positions that tell of a person: a row that says nothing in any of them
             is passed over
    silent   further positions of which nothing need be said
    doubles  (position, other): two columns of one field
    """

    tab: int
    after: int
    positions: Sequence[int]
    telling: Sequence[int]
    silent: Sequence[int]
    doubles: Sequence[tuple[int, int]]
    size: int


class Survey(NamedTuple):
    """What is to be told of a tab before any of its rows is taken.

    unread   columns not read that say something: position and the first such row
    hidden   hidden rows that would be read
    clashes  doubles that differ: position, other, the first such row
    empty    of the doubles, positions that say nothing anywhere
    formula  a cell with a formula in a column read
    shifted  the first row whose cells stand in wrong columns
    """

    unread: list[tuple[int, int]]
    hidden: list[int]
    hidden_columns: list[int]
    clashes: list[tuple[int, int, int]]
    empty: list[int]
    formula: str | None
    shifted: int | None


class Rows(NamedTuple):
    """Some rows: their numbers, their columns (str, int, float, None; days as ISO text), the cells
    that can be no answer (column, row, what it is, as it is shown), and the rows passed over."""

    numbers: list[int]
    columns: list[list[Any]]
    odd: list[tuple[int, int, str, str]]
    passed: list[int]


def open_book(content: bytes) -> Book:
    """The workbook, whatever format it has. Raises `FileRefused`."""
    if content.startswith((_ZIP, _EMPTY_ZIP)):
        return Package(content)
    if content.startswith(_OLE):
        return BinaryBook(content)
    return TextBook(content)


class Reader:
    """A workbook read in this process. Every method may raise `FileRefused`."""

    def __init__(self, content: bytes) -> None:
        self._book = open_book(content)
        self._tables: dict[int, Table] = {}
        self._covered: dict[int, dict[int, set[int]]] = {}

    def tabs(self) -> tuple[list[tuple[str, bool]], bool]:
        """(name, hidden) of each tab, and whether days count from 1904."""
        return [(tab.name, tab.hidden) for tab in self._book.tabs], self._book.starts_1904

    def holds_table(self, tab: int) -> bool:
        """Whether a tab that is not read holds more than a remark."""
        return self._book.holds_table(tab)

    def look(self, tab: int) -> Look:
        """How a tab begins."""
        table = self._tables[tab] = self._book.table(tab)
        numbered = _with_errors(enumerate(islice(table.rows(), HEAD_ROWS), 1), table)
        head = [[_head_cell(cell) for cell in row] for _, row in numbered]
        return Look(head, table.height, table.width)

    def survey(self, wanted: Wanted) -> Survey:
        """What is to be told before rows are taken."""
        table = self._tables[wanted.tab]
        name = self._book.tabs[wanted.tab].name
        read = set(wanted.positions)
        unread = set(range(table.width)) - read - set(wanted.silent)
        formula = next((table.formulas[at] for at in sorted(read & table.formulas.keys())), None)
        if None in table.formulas:
            formula = ""
        covered = covered_cells(table, wanted.after, wanted.positions, name)
        self._covered[wanted.tab] = covered
        shifted = _shifted_row(table, wanted.after) if table.separated else None
        survey = Survey([], [], sorted(read & table.hidden_columns), [], [], formula, shifted)
        if unread or table.hidden_rows or wanted.doubles:
            _look_through(table, wanted, unread, survey)
        return survey

    def rows(self, wanted: Wanted) -> Iterator[Rows]:
        """The rows, some at a time."""
        table = self._tables[wanted.tab]
        return chosen(_overlaid(table, self._covered[wanted.tab], wanted.after), wanted)


def _with_errors(numbered: Iterable[tuple[int, Row]], table: Table) -> Iterator[tuple[int, Row]]:
    if not table.errors:
        yield from numbered
        return
    for number, row in numbered:
        wrong = table.errors.get(number)
        if wrong:
            row = [*row, *[None] * (max(wrong) + 1 - len(row))]
            for column, words in wrong.items():
                row[column] = words
        yield number, row


class _Covered:
    """A cell that another one covers, being merged with it."""


_COVERED = _Covered()


def _overlaid(table: Table, covered: dict[int, set[int]], after: int) -> Iterator[tuple[int, Row]]:
    """The rows below row `after`, with what the reader of cells leaves out."""
    numbered = islice(enumerate(table.rows(), 1), after, None)
    for number, row in _with_errors(numbered, table):
        if number in covered and any(map(says, row)):
            row = [*row, *[None] * (max(covered[number]) + 1 - len(row))]
            for column in covered[number]:
                row[column] = _COVERED  # whatever a program left in it, nobody sees it
        yield number, row


def _shifted_row(table: Table, after: int) -> int | None:
    """Of rows parted by signs, the first whose cells stand in wrong columns: it has more of them
    than the headings, or it is broken by the end of a line in a cell: lines end in several
    ways and it has fewer, or it and the rows below it together have as many as the headings."""
    rows = [(number, len(row)) for number, row in enumerate(table.rows(), 1) if row]
    headings = max((length for number, length in rows if number <= after), default=0)
    rows = [(number, length) for number, length in rows if number > after]
    for place, (number, length) in enumerate(rows):
        if length > headings or (table.mixed_ends and length < headings):
            return number
        whole = length
        for _, further in rows[place + 1 : place + _MOST_LINES]:
            if length >= headings or further >= headings:
                break
            whole += further - 1
            if whole == headings:
                return number
    return None


def _look_through(table: Table, wanted: Wanted, unread: set[int], survey: Survey) -> None:
    left, hidden = sorted(unread), table.hidden_rows
    first: dict[int, int] = {}
    clashes: dict[tuple[int, int], int] = {}
    empty = {position for pair in wanted.doubles for position in pair}
    numbered = islice(enumerate(table.rows(), 1), wanted.after, None)
    for number, row in _with_errors(numbered, table):
        reach = len(row)
        for position in left:
            if position < reach and says(row[position]):
                first[position] = number
        if first and any(position in first for position in left):
            left = [position for position in left if position not in first]
        if number in hidden and len(survey.hidden) < _MOST_NAMED and tells(row, wanted.telling):
            survey.hidden.append(number)
        for pair in wanted.doubles:
            one, other = (_said(row, position) for position in pair)
            empty -= {place for place, said in zip(pair, (one, other), strict=True) if said}
            if one != other:
                clashes.setdefault(pair, number)
    survey.unread.extend(sorted(first.items()))
    survey.empty.extend(sorted(empty))
    survey.clashes.extend((*pair, row) for pair, row in clashes.items())


def _said(row: Row, position: int) -> str:
    cell = row[position] if position < len(row) else None
    return str(_plain(cell)).strip() if says(cell) else ""


def tells(row: Row, positions: Sequence[int]) -> bool:
    """Whether a row says anything at one of the positions."""
    reach = len(row)
    return any(position < reach and says(row[position]) for position in positions)


def chosen(rows: Iterable[tuple[int, Row]], wanted: Wanted) -> Iterator[Rows]:
    """The rows wanted, `size` at a time."""
    passed: list[int] = []

    def people() -> Iterator[tuple[int, Row]]:
        for number, row in rows:
            if tells(row, wanted.telling):
                yield number, row
            elif len(passed) < _MOST_NAMED and tells(row, wanted.positions):
                passed.append(number)

    numbered = people()
    while some := list(islice(numbered, wanted.size)):
        columns = list(zip_longest(*[row for _, row in some]))
        nothing: list[Any] = [None] * len(some)
        odd: list[tuple[int, int, str, str]] = []
        made = [
            _column(columns[position], place, odd) if position < len(columns) else nothing
            for place, position in enumerate(wanted.positions)
        ]
        yield Rows([number for number, _ in some], made, odd, passed[:])
        passed.clear()
    if passed:
        yield Rows([], [[] for _ in wanted.positions], [], passed[:])


def _column(cells: Sequence[Any], place: int, odd: list[tuple[int, int, str, str]]) -> list[Any]:
    kinds = set(map(type, cells))
    if kinds == {str} and max(map(len, cells)) <= MOST_CHARACTERS:
        return [cell or None for cell in cells] if "" in cells else list(cells)
    made = [_plain(cell) for cell in cells]
    if _has_oddity(cells, kinds):
        for row, cell in enumerate(cells):
            what = _oddity(cell)
            if what:
                odd.append((place, row, what, made[row] if what == DURATION else ""))
                made[row] = None
    return made


def _has_oddity(cells: Sequence[Any], kinds: set[type]) -> bool:
    if timedelta in kinds or _Covered in kinds:
        return True
    return str in kinds and any(
        cell.__class__ is str and len(cell) > MOST_CHARACTERS for cell in cells
    )


def _oddity(cell: Any) -> str:
    if cell.__class__ is str:
        return TOO_LONG if len(cell) > MOST_CHARACTERS else ""
    if cell.__class__ is timedelta:
        return DURATION
    return MERGED if cell is _COVERED else ""


def _plain(cell: Any) -> Any:
    if cell.__class__ is str:
        return cell or None
    if cell.__class__ is bool:
        return "TRUE" if cell else "FALSE"
    if cell.__class__ is float:
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else cell
    if isinstance(cell, datetime):
        midnight = cell.time() == time(0)
        return cell.date().isoformat() if midnight else cell.isoformat(" ", "seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(round(cell.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return None if cell is _COVERED else cell


def _head_cell(cell: Any) -> Any:
    plain = _plain(cell)
    return plain[:MOST_CHARACTERS] if isinstance(plain, str) else plain


# --- the process ---------------------------------------------------------------------------


def framed(frame: Any) -> bytes:
    """One frame: its length in eight bytes, then its content marshalled."""
    content = marshal.dumps(frame)
    return len(content).to_bytes(8, "big") + content


def receive(read: Any) -> Any:
    """One frame, got by `read` (at most so many bytes). Raises EOFError where the other side has
    gone."""
    content = _exactly(read, int.from_bytes(_exactly(read, 8), "big"))
    return marshal.loads(content)


def _exactly(read: Any, size: int) -> bytes:
    pieces: list[bytes] = []
    while size:
        piece = read(size)
        if not piece:
            raise EOFError
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def _limit(content: bytes) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    memory = min(_MEMORY + _MEMORY_RATIO * _unpacked(content), _MOST_MEMORY)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    # Above the first limit SIGXCPU tells the reason, above the second the kernel ends it.
    resource.setrlimit(resource.RLIMIT_CPU, (_MOST_SECONDS, _MOST_SECONDS + 5))


def _unpacked(content: bytes) -> int:
    """How many bytes there are to read, as far as the file says."""
    if content.startswith(_ZIP):
        with (
            suppress(zipfile.BadZipFile, ValueError, OverflowError),
            zipfile.ZipFile(io.BytesIO(content)) as package,
        ):
            return sum(entry.file_size for entry in package.infolist())
    return len(content)


def _die_with_parent(parent: int) -> None:
    """End with the process that asked, however that ends."""
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _main(path: str, parent: int, ask: IO[bytes], tell: IO[bytes]) -> None:
    _die_with_parent(parent)
    content = Path(path).read_bytes()
    _limit(content)
    gc.disable()  # short-lived, and what it holds it holds to the end

    def send(frame: object) -> None:
        tell.write(framed(frame))
        tell.flush()

    try:
        reader = Reader(content)
        del content
        questions: dict[str, Callable[[Any], Any]] = {
            "look": reader.look,
            "holds_table": reader.holds_table,
            "survey": lambda given: reader.survey(Wanted(*given)),
        }
        send({"answer": reader.tabs()})
    except FileRefused as error:
        send({"refused": str(error)})
        return
    except MemoryError:
        send({"refused": _TOO_MUCH})
        return
    while (question := _question(ask)) is not None:
        name, argument = question
        if name != "rows":
            send(_answer(questions[name], argument))
            continue
        for rows in reader.rows(Wanted(*argument)):
            send(tuple(rows))
        send(None)


def _question(ask: IO[bytes]) -> Any:
    """What is asked next; None where nobody asks any more."""
    try:
        return receive(ask.read)
    except EOFError:
        return None


def _answer(question: Any, argument: Any) -> dict[str, Any]:
    try:
        answer = question(argument)
    except FileRefused as error:
        return {"refused": str(error)}
    except MemoryError:
        return {"refused": _TOO_MUCH}
    return {"answer": tuple(answer) if isinstance(answer, tuple) else answer}


if __name__ == "__main__":
    _main(sys.argv[1], int(sys.argv[2]), sys.stdin.buffer, sys.stdout.buffer)
