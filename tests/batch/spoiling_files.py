"""Whole workbooks spoilt in every way at once, with what stood in them before: made from a seed."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from tests.batch.crafting import Duration, Error, Formula, Moment, Serial, Sheet, xls, xlsx
from yonggong.forms import Field, FieldType, Form, Section

FORM = Form(
    name="angling-club",
    title="钓鱼协会会员",
    sections=(
        Section(
            name="member",
            title="会员",
            fields=(
                Field(
                    name="kind",
                    label="会员类别",
                    type=FieldType.CHOICE,
                    table="sex",
                    required=True,
                    default="1",
                ),
                Field(
                    name="number", label="会员号", required=True, personal=True, aliases=("编码",)
                ),
                Field(name="name", label="姓名", type=FieldType.PERSON_NAME, required=True),
                Field(name="joined_on", label="入会日期", type=FieldType.DATE, required=True),
                Field(name="fee", label="会费", type=FieldType.MONEY, required=True),
                Field(name="pays", label="是否缴费", type=FieldType.BOOLEAN),
                Field(name="home", label="住址", type=FieldType.ADDRESS),
                Field(name="note", label="备注"),
            ),
        ),
    ),
)
NAMES = [item.name for item in FORM.fields]
HEADINGS = [item.label for item in FORM.fields]
AT = {name: at for at, name in enumerate(NAMES)}
_FAMILIES, _GIVEN = "王李张刘陈杨黄赵吴周", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平"


@dataclass
class Made:
    """A workbook about to be written.

    people   tab → number of its row → what that row says, by field
    """

    chance: Random
    sheets: list[Sheet]
    people: list[dict[int, dict[str, Any]]]
    kind: str
    ways: list[str] = field(default_factory=list)
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def first(self) -> Sheet:
        return self.sheets[self.options.get("main", 0)]

    def some_row(self) -> int | None:
        """The number of a row that holds a person, of the tab that is read."""
        rows = list(self.people[self.options.get("main", 0)])
        return self.chance.choice(rows) if rows else None

    def content(self) -> bytes:
        if self.kind == "xlsx":
            keys = ("starts_1904", "prefix", "part", "shared")
            return xlsx(self.sheets, **{k: v for k, v in self.options.items() if k in keys})
        if self.kind == "xls":
            return xls(self.sheets, starts_1904=self.options.get("starts_1904", False))
        return _text(self)


def make(seed: int) -> Made:
    """A small table, spoilt in one to four ways."""
    chance = Random(seed)
    kind = chance.choice(["xlsx", "xlsx", "xls", "csv"])
    grid, people = _table(chance, chance.randint(1, 6), seed * 100)
    made = Made(chance, [Sheet("名单", grid)], [people], kind)
    for way in chance.sample(sorted(WAYS), chance.randint(0, 4)):
        kinds, spoil = WAYS[way]
        if kind in kinds:
            spoil(made)
            made.ways.append(way)
    return made


def _table(
    chance: Random, count: int, start: int
) -> tuple[list[list[Any]], dict[int, dict[str, Any]]]:
    grid: list[list[Any]] = [list(HEADINGS)]
    people = {}
    for place in range(count):
        person = {
            "kind": chance.choice("12"),
            "number": f"HY{start + place:08}",
            "name": chance.choice(_FAMILIES) + "".join(chance.sample(_GIVEN, 2)),
            "joined_on": date(2020, 1, 1) + timedelta(days=chance.randrange(2500)),
            "fee": Decimal(chance.randrange(100, 90000)) / 10,
            "pays": chance.choice([True, False]),
            "home": f"东街{chance.randrange(1, 99)}号",
            "note": chance.choice([None, "老会员", "转入"]),
        }
        cells = [
            {"1": "男", "2": "女"}[person["kind"]],
            person["number"],
            person["name"],
            person["joined_on"].isoformat(),
            float(person["fee"]),
            "是" if person["pays"] else "否",
            person["home"],
            person["note"],
        ]
        people[len(grid) + 1] = person
        grid.append(cells)
    return grid, people


def _cell(made: Made, name: str) -> tuple[list[Any], int] | None:
    row = made.some_row()
    if row is None:
        return None
    cells = made.first.grid[row - 1]
    at = AT[name]
    return (cells, at) if at < len(cells) else None


def _put(name: str | None, cell: Callable[[Made, Any], Any]) -> Callable[[Made], None]:
    def spoil(made: Made) -> None:
        found = _cell(made, name or made.chance.choice(NAMES))
        if found:
            cells, at = found
            cells[at] = cell(made, cells[at])

    return spoil


def _several_lines(made: Made) -> None:
    row = made.some_row()
    if row is not None and made.first.grid[row - 1][AT["home"]] is not None:
        made.first.grid[row - 1][AT["home"]] = "东街1号\n二楼"
        made.people[made.options.get("main", 0)][row]["home"] = "东街1号 二楼"


def _every_day(how: Callable[[date], Any]) -> Callable[[Made], None]:
    def spoil(made: Made) -> None:
        for row, person in made.people[made.options.get("main", 0)].items():
            made.first.grid[row - 1][AT["joined_on"]] = how(person["joined_on"])

    return spoil


def _further_tab(hidden: bool) -> Callable[[Made], None]:
    def spoil(made: Made) -> None:
        grid, people = _table(made.chance, made.chance.randint(1, 3), made.chance.getrandbits(20))
        made.sheets.append(Sheet(f"表{len(made.sheets)}", grid, hidden=hidden))
        made.people.append(people)

    return spoil


def _remark_first(made: Made) -> None:
    made.sheets.insert(0, Sheet("说明", [["请在后面的表填写"]]))
    made.people.insert(0, {})
    made.options["main"] = made.options.get("main", 0) + 1


def _hide_rows(made: Made) -> None:
    made.first.hidden_rows |= {row for row in range(2, 9) if made.chance.random() < 0.4}


def _hide_column(made: Made) -> None:
    made.first.hidden_columns.add(made.chance.randrange(len(NAMES)))


def _add_column(
    heading: Callable[[Made], Any], cell: Callable[[Made, list[Any]], Any]
) -> Callable[[Made], None]:
    def spoil(made: Made) -> None:
        grid = made.first.grid
        width = max(map(len, grid))
        for row in grid:
            row += [None] * (width - len(row))
        for number, row in enumerate(grid, 1):
            if row[:1] and HEADINGS[0] in map(str, row):
                row.append(heading(made))
            elif number in made.people[made.options.get("main", 0)]:
                row.append(cell(made, row))

    return spoil


def _merge(made: Made) -> None:
    above = next((row for row, cells in enumerate(made.first.grid, 1) if HEADINGS[0] in cells), 1)
    rows = [row for row in sorted(made.people[made.options.get("main", 0)]) if row > above]
    if len(rows) < 2:
        return
    at = made.chance.randrange(len(NAMES))
    first = made.chance.choice(rows[:-1])
    last = min(first + made.chance.randint(1, 2), rows[-1])
    if made.first.grid[first - 1][at] is None:
        return
    made.first.merged.append(((first - 1, at), (last - 1, at)))
    for row in range(first, last):
        if at < len(made.first.grid[row]):
            made.first.grid[row][at] = None


def _prefill(made: Made) -> None:
    for _ in range(made.chance.randint(1, 5)):
        made.first.grid.append(["男", None, None, None, None, "是"])


def _blank_rows(made: Made) -> None:
    _insert(made, made.chance.randint(2, len(made.first.grid)), [[], []])


def _title(made: Made) -> None:
    _insert(made, 1, [["钓鱼协会会员名单"], []])


def _headings_below(made: Made) -> None:
    """As sorting leaves it: the row of headings below some people."""
    grid = made.first.grid
    place = next((at for at, row in enumerate(grid) if HEADINGS[0] in row), 0)
    if place + 1 >= len(grid):
        return
    grid[place], grid[place + 1] = grid[place + 1], grid[place]
    people = made.people[made.options.get("main", 0)]
    if place + 2 in people:
        people[place + 1] = people.pop(place + 2)


def _insert(made: Made, before: int, rows: list[list[Any]]) -> None:
    main = made.options.get("main", 0)
    if made.first.hidden_rows or made.first.merged:
        return
    made.first.grid[before - 1 : before - 1] = rows
    made.people[main] = {
        row + len(rows) if row >= before else row: person
        for row, person in made.people[main].items()
    }


def _option(name: str, value: Any) -> Callable[[Made], None]:
    def spoil(made: Made) -> None:
        made.options[name] = value

    return spoil


def _rename(made: Made) -> None:
    for row in made.first.grid:
        if "会员号" in row:
            row[row.index("会员号")] = made.chance.choice(["编码", " 会员号 ", "*会员号（必填）"])


def _open_quote(made: Made) -> None:
    """A quote before a cell's words, in the raw text, closed nowhere or by chance further below."""
    made.options["quotes"] = made.chance.choice([1, 2])


_ANY, _BOOKS, _CSV = ("xlsx", "xls", "csv"), ("xlsx", "xls"), ("csv",)
WAYS: dict[str, tuple[tuple[str, ...], Callable[[Made], None]]] = {
    "error value": (_BOOKS, _put(None, lambda made, old: Error("#N/A"))),
    "error in words": (_ANY, _put(None, lambda made, old: "#REF!")),
    "logical value": (_BOOKS, _put("name", lambda made, old: True)),
    "logical value in words": (_CSV, _put("home", lambda made, old: "TRUE")),
    "formula": (_BOOKS, _put("fee", lambda made, old: Formula("1+1", 2.0))),
    "formula in words": (_CSV, _put(None, lambda made, old: "=A1+B1")),
    "duration": (("xlsx",), _put(None, lambda made, old: Duration(1.5))),
    "moment": (("xlsx",), _every_day(lambda day: Moment(f"{day}T00:00:00Z"))),
    "moment before midnight": (
        ("xlsx",),
        _every_day(lambda day: Moment(f"{day - timedelta(days=1)}T16:00:00Z")),
    ),
    "plain numbers for days": (_BOOKS, _every_day(Serial)),
    "days": (_BOOKS, _every_day(lambda day: day)),
    "counted from 1904": (_BOOKS, _option("starts_1904", True)),
    "further tab": (_BOOKS, _further_tab(False)),
    "hidden tab": (_BOOKS, _further_tab(True)),
    "remark on the first tab": (_BOOKS, _remark_first),
    "hidden rows": (_BOOKS, _hide_rows),
    "hidden column": (_BOOKS, _hide_column),
    "unknown column": (_ANY, _add_column(lambda made: "血型", lambda made, row: "O")),
    "column without heading": (_ANY, _add_column(lambda made: None, lambda made, row: "O")),
    "numbering": (_ANY, _add_column(lambda made: "序号", lambda made, row: "7")),
    "name twice, alike": (
        _ANY, _add_column(lambda made: "姓名", lambda made, row: row[AT["name"]]),
    ),
    "name twice, differing": (
        _ANY, _add_column(lambda made: "姓名", lambda made, row: "钱多多"),
    ),
    "name twice, empty": (_ANY, _add_column(lambda made: "姓名", lambda made, row: None)),
    "merged": (_BOOKS, _merge),
    "prefilled lists": (_ANY, _prefill),
    "blank rows": (_ANY, _blank_rows),
    "title": (_ANY, _title),
    "headings below people": (_ANY, _headings_below),
    "prefixed": (("xlsx",), _option("prefix", "x")),
    "part of another name": (("xlsx",), _option("part", "xl/worksheets/t{}.xml")),
    "shared strings": (("xlsx",), _option("shared", True)),
    "heading by another name": (_ANY, _rename),
    "too long": (("xlsx", "csv"), _put("home", lambda made, old: "长" * 40_000)),
    "cells of several lines": (_ANY, _several_lines),
    "gbk": (_CSV, _option("encoding", "gb18030")),
    "utf-16": (_CSV, _option("encoding", "utf-16")),
    "semicolons": (_CSV, _option("separator", ";")),
    "tabs": (_CSV, _option("separator", "\t")),
    "carriage returns": (_CSV, _option("line_end", "\r")),
    "quote not closed": (_CSV, _open_quote),
    "separator in a cell": (_CSV, _option("unquoted", True)),
}  # fmt: skip


def _text(made: Made) -> bytes:
    separator = made.options.get("separator", ",")
    output = io.StringIO(newline="")
    writer = csv.writer(
        output, delimiter=separator, lineterminator=made.options.get("line_end", "\r\n")
    )
    width = max(map(len, made.first.grid))
    lines = []
    for row in made.first.grid:
        cells = ["" if cell is None else str(cell) for cell in row]
        writer.writerow(cells + [""] * (width - len(cells)))
        lines.append(output.getvalue())
        output.seek(0)
        output.truncate()
    people = [row - 1 for row in made.people[0]]
    if made.options.get("unquoted") and people:
        at = made.chance.choice(people)
        lines[at] = lines[at].replace(f"{separator}东街", f"{separator}东街{separator}", 1)
    for at in made.chance.sample(people, min(made.options.get("quotes", 0), len(people))):
        lines[at] = lines[at].replace(f"{separator}东街", f'{separator}"东街', 1)
    return "".join(lines).encode(made.options.get("encoding", "utf-8-sig"))
