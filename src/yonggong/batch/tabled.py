"""The tables of rows that are cases: each in a tab of its own, tied to its rows by a key.

The tab of a table begins with the column that tells to which row of the main tab its rows belong.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from yonggong.batch.case_template import tab_names
from yonggong.batch.cells import FileRefused
from yonggong.batch.layout import Layout, Source, layout_of, refuse_lacking
from yonggong.batch.notices import of_table, spans
from yonggong.batch.parts import Part, day_of_1904, parts_of, refuse_doubt, with_other_column
from yonggong.batch.sheet import Wanted
from yonggong.forms import Field, Form, Problem, Section
from yonggong.forms.columns import tables, unique_headings
from yonggong.forms.reading import is_blank, shown, tidy

OWNER = "of_row"
_AT_ONCE = 2000
_CELL = re.compile(r"(\w+?)__(\d+)__(\w*)", re.ASCII)


def tab_form(form: Form, table: Field, key: str) -> Form:
    """The columns of a table's tab: the key of the row it belongs to, then its own."""
    assert table.rows is not None
    heading = unique_headings(form)[key]
    owner = Field(
        name=OWNER,
        label=heading,
        required=True,
        hint=f"与工作表“填报”中的“{heading}”相同",
    )
    section = Section(name=OWNER, title="所属", fields=(owner,))
    return Form(name=table.rows.name, title=table.label, sections=(section, *table.rows.sections))


@dataclass(slots=True)
class Tied:
    """The rows of the tables of a workbook, by key.

    taken    the tabs they stand in
    told     what is told before anything is filed
    """

    key: str
    taken: set[int] = field(default_factory=set)
    told: list[str] = field(default_factory=list)
    _rows: dict[str, dict[str, list[tuple[int, dict[str, Any]]]]] = field(default_factory=dict)

    def onto(self, part: Part) -> Part:
        """Rows of the main tab with the rows of their tables."""
        keys = list(map(_text, part.columns[self.key]))
        columns, numbers = dict(part.columns), dict[str, list[list[int]]]()
        for table, by_key in self._rows.items():
            found = [by_key.get(key, []) if key else [] for key in keys]
            columns[table] = [[row for _, row in rows] or None for rows in found]
            numbers[table] = [[number for number, _ in rows] for rows in found]
        return replace(part, columns=columns, tables=numbers)

    def take(self, table: str, rows: Mapping[str, list[tuple[int, dict[str, Any]]]]) -> None:
        """Keep the rows of a table."""
        self._rows[table] = dict(rows)


def tie(
    source: Source,
    tabs: Sequence[tuple[str, bool]],
    main: Layout,
    wanted: Wanted,
    form: Form,
    key: str,
    *,
    starts_1904: bool,
) -> Tied:
    """Read the tabs of the form's tables. `main`, `wanted`: the tab of the rows, surveyed already.
    Raises `FileRefused` where it cannot be told to which row one belongs."""
    tied = Tied(key)
    position = next(at for at, name in main.found.names.items() if name == key)
    owners = _owners(source, wanted._replace(positions=[position]))
    named = {name.strip(): at for at, (name, hidden) in enumerate(tabs) if not hidden}
    for table in tables(form):
        name = tab_names(form)[table.name]
        if name not in named:
            continue
        layout = layout_of(source, named[name], name, tab_form(form, table, key))
        if layout is None:
            raise FileRefused(f"工作表“{name}”中没有找到标题行。请下载模板，按模板的列填写后上传。")
        refuse_lacking(layout)
        tied.taken.add(layout.tab)
        tied.take(table.name, _read(source, layout, table, tied, owners, main, starts_1904))
    return tied


def _owners(source: Source, wanted: Wanted) -> dict[str, list[int]]:
    """The rows of the main tab by their key."""
    found: dict[str, list[int]] = defaultdict(list)
    for part in parts_of(source.rows(wanted), (OWNER,), None, []):
        for number, cell in zip(part.numbers, part.columns[OWNER], strict=True):
            found[_text(cell)].append(number)
    return found


def _read(
    source: Source,
    layout: Layout,
    table: Field,
    tied: Tied,
    owners: Mapping[str, list[int]],
    main: Layout,
    starts_1904: bool,
) -> dict[str, list[tuple[int, dict[str, Any]]]]:
    form = table.rows
    assert form is not None
    names, positions = list(layout.found.names.values()), list(layout.found.names)
    wanted = Wanted(layout.tab, layout.after, positions, positions, layout.silent(), (), _AT_ONCE)
    survey = source.survey(wanted)
    refuse_doubt(layout, survey)
    tied.told += of_table(layout, survey)
    wanted = with_other_column(wanted, survey)
    found: dict[str, list[tuple[int, dict[str, Any]]]] = defaultdict(list)
    lost: list[int] = []
    for part in parts_of(source.rows(wanted), names, None, []):
        columns = part.columns if not starts_1904 else _of_1904(part.columns, form)
        keys = map(_text, columns.pop(OWNER))
        rows = zip(*columns.values(), strict=True)
        for number, key, row in zip(part.numbers, keys, rows, strict=True):
            if not key or key not in owners:
                lost.append(number)
                continue
            _refuse_two(owners[key], key, main, layout)
            cells = {name: cell for name, cell in zip(columns, row, strict=True)}
            found[key].append(
                (number, {name: cell for name, cell in cells.items() if cell is not None})
            )
    if lost:
        heading = layout.headings[
            next(at for at, name in layout.found.names.items() if name == OWNER)
        ]
        tied.told.append(
            f"{layout.called}{spans(lost)}的“{heading.lstrip('*')}”在{main.called}中没有，没有读取。"
        )
    return found


def _of_1904(columns: Mapping[str, list[Any]], form: Form) -> dict[str, list[Any]]:
    return {
        name: list(map(day_of_1904, cells))
        if name != OWNER and form.fields_by_name[name].type.dated
        else cells
        for name, cells in columns.items()
    }


def _refuse_two(rows: list[int], key: str, main: Layout, layout: Layout) -> None:
    if len(rows) > 1:
        raise FileRefused(
            f"{main.called}{spans(rows)}都是“{key[:20]}”，无法确定{layout.called}的内容属于哪一行。"
            "请改成各不相同的内容后重新上传。"
        )


def _text(cell: Any) -> str:
    return "" if is_blank(cell) else tidy(shown(cell))


def in_their_tabs(
    problems: Mapping[int, Sequence[Problem]], part: Part, form: Form
) -> dict[int, tuple[Problem, ...]]:
    """Problems of rows, those of a table's cells named by its tab and the row there."""
    names = tab_names(form)

    def named(row: int, problem: Problem) -> Problem:
        cell = _CELL.fullmatch(problem.field)
        if cell is None or cell[1] not in part.tables:
            return problem
        numbers, table = part.tables[cell[1]][row], form.fields_by_name[cell[1]]
        assert table.rows is not None
        column = table.rows.fields_by_name.get(cell[3])
        where = f"工作表“{names[cell[1]]}”第 {numbers[int(cell[2]) - 1]} 行"
        return replace(problem, label=f"{where}“{column.label}”" if column else where)

    return {row: tuple(named(row, problem) for problem in found) for row, found in problems.items()}
