"""Where in a workbook the table is: the tab, the row of headings, which column means which field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from yonggong.batch.cells import FileRefused, Row, letters, says, tab_called
from yonggong.batch.sheet import Look, Survey, Wanted
from yonggong.forms import Form
from yonggong.forms.columns import Match, columns, match, meant
from yonggong.forms.fields import Field

EXPLANATION_HEADING = "情况说明"
REASON_HEADING = "失败原因"
# Columns that say nothing of anybody, and tabs of our own template.
_NUMBERING = frozenset({"序号", "行号"})
NOTES_TAB, LISTS_TAB = "填写说明", "选项"
_HEADING_ROWS = 20
# A row above the headings of so many cells is more than a title.
_TITLE_CELLS = 3


class Source(Protocol):
    """A workbook that answers what it is asked: a `sheet.Reader`, or the process that has one."""

    def tabs(self) -> tuple[list[tuple[str, bool]], bool]: ...
    def holds_table(self, tab: int) -> bool: ...
    def look(self, tab: int) -> Look: ...
    def survey(self, wanted: Wanted) -> Survey: ...
    def rows(self, wanted: Wanted) -> Any: ...


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the table is: the tab, the row of headings and the last row above the data (from 1),
    the headings, and what they mean."""

    tab: int
    name: str
    look: Look
    heading_row: int
    after: int
    headings: tuple[str, ...]
    found: Match

    @property
    def called(self) -> str:
        """The tab as messages name it."""
        return tab_called(self.name)

    def column(self, position: int) -> str:
        """A column as messages name it."""
        heading = self.headings[position] if position < len(self.headings) else ""
        return f"{letters(position)} 列“{heading}”" if heading else f"{letters(position)} 列"

    @property
    def explained(self) -> int | None:
        """The position of the column 情况说明, if there is one."""
        return next(
            (at for at, text in enumerate(self.headings) if text == EXPLANATION_HEADING), None
        )

    def silent(self) -> list[int]:
        """Positions not read of which nothing need be said."""
        plain = {REASON_HEADING, EXPLANATION_HEADING} | _NUMBERING
        return [at for at, text in enumerate(self.headings) if bare(text) in plain]

    def above(self) -> list[int]:
        """Rows above the headings that are more than a title."""
        rows = self.look.head[: self.heading_row - 1]
        return [number for number, row in enumerate(rows, 1) if sum(map(says, row)) >= _TITLE_CELLS]


def find_layout(source: Source, tabs: Sequence[tuple[str, bool]], form: Form) -> Layout:
    """The first visible tab that has all headings and something below them, or else the one that
    comes nearest. Raises `FileRefused`."""
    best, most = None, (-1, -1)
    refusal: FileRefused | None = None
    for tab, (name, hidden) in enumerate(tabs):
        if hidden:
            continue
        try:
            layout = layout_of(source, tab, name, form)
        except FileRefused as refused:
            refusal = refusal or refused
            continue
        if layout is None:
            continue
        merit = (int(not layout.found.missing), int(layout.look.height > layout.after))
        if merit > most:
            best, most = layout, merit
        if most == (1, 1):
            break
    if best is None:
        raise refusal or FileRefused(_no_headings(tabs))
    refuse_lacking(best)
    return best


def refuse_lacking(layout: Layout) -> None:
    """Raise `FileRefused` where a column that must be filled in is not there."""
    if layout.found.missing:
        names = "、".join(f"“{column.heading}”" for column in layout.found.missing)
        raise FileRefused(
            f"{layout.called}的标题行（第 {layout.heading_row} 行）缺少必填的列：{names}。"
            "请使用最新模板，或补上这些列。"
        )


def _no_headings(tabs: Sequence[tuple[str, bool]]) -> str:
    names = "、".join(f"“{name}”" for name, hidden in tabs[:5] if name and not hidden)
    looked = f"工作表{names}中" if names else ""
    return (
        f"{looked}没有找到标题行：前 {_HEADING_ROWS} 行里没有与模板相同的列标题。"
        "请下载模板，按模板的列填写后上传。"
    )


def layout_of(source: Source, tab: int, name: str, form: Form) -> Layout | None:
    """Where in a tab the table is; None where it has no headings of the form. Raises `FileRefused`."""
    look = source.look(tab)
    place = heading_row(look.head, form)
    if place is None:
        return None
    headings = tuple(_text(cell) for cell in look.head[place])
    return Layout(
        tab=tab,
        name=name,
        look=look,
        heading_row=place + 1,
        after=_last_above(look.head, place, headings, form),
        headings=headings,
        found=match(form, headings),
    )


def heading_row(rows: Sequence[Row], form: Form) -> int | None:
    """The row, among the first, in which most cells are headings of the form."""
    best, most = None, min(1, len(columns(form)) - 1)
    for place, row in enumerate(rows[:_HEADING_ROWS]):
        known = len({*meant(form, [_text(cell) for cell in row])} - {None})
        if known > most:
            best, most = place, known
    return best


def telling(names: Sequence[str], form: Form) -> list[int]:
    """Which of the fields tell of a person, by their place: those that people write into, not
    those that a list or a default fills. Who is written about stands first."""
    fields = [form.fields_by_name[name] for name in names]
    written = [at for at, field in enumerate(fields) if not _is_prefilled(field)]
    return sorted(written or range(len(names)), key=lambda at: not fields[at].personal)


def _is_prefilled(field: Field) -> bool:
    return field.type.verb == "选择" or field.default is not None


def _last_above(rows: Sequence[Row], place: int, headings: Sequence[str], form: Form) -> int:
    """The number of the last row above the first one of data: the headings, or the notes that
    the template has below them."""
    for number, row in enumerate(rows[place + 1 :], start=place + 2):
        if any(map(says, row)):
            return number if _is_notes(row, headings, form) else place + 1
    return place + 1


def _is_notes(row: Sequence[Any], headings: Sequence[str], form: Form) -> bool:
    """Whether the row under the headings is the template's row of notes (JL-7)."""
    hints = {field.label: field.hint for field in form.fields}
    texts = {
        heading: _text(row[position]) if position < len(row) else ""
        for position, heading in enumerate(headings)
    }
    told = [heading for heading, text in texts.items() if text]
    return sum(1 for heading in told if hints.get(bare(heading)) == texts[heading]) >= 2


def bare(heading: str) -> str:
    """A heading without the star of what must be filled in."""
    return heading.lstrip("*＊ ").strip()


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell).strip()
