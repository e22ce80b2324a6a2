"""A table: a field whose rows are forms. Its cells are cleaned column by column, as a batch is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from yonggong.forms.cleaning import CleanedColumns, Cleaner, Faulty
from yonggong.forms.fieldtype import Difference, Drawing, FieldType, register
from yonggong.forms.problems import Problem
from yonggong.forms.reading import is_blank
from yonggong.forms.schema import object_schema
from yonggong.forms.words import masked_words, words

if TYPE_CHECKING:
    from yonggong.forms.fields import Field, Option
    from yonggong.forms.form import Form

Row = Mapping[str, Any]

# No table takes more rows, whatever its field says; more is a batch.
MOST_ROWS = 1000


def cell_id(table: str, row: int, column: str) -> str:
    """The name of one cell on a page and in problems; rows count from 1."""
    return f"{table}__{row}__{column}"


class Table(FieldType):
    """list of rows, each the typed values of the row form (`Field.rows`)."""

    many = tabular = True
    width = 12

    def refuse(self, field: Field) -> None:
        """See `FieldType`."""
        if field.rows is None:
            raise ValueError(f"{field.name}: a table has a form for its rows")
        names = field.rows.fields_by_name
        if any(column.type.tabular for column in field.rows.fields):
            raise ValueError(f"{field.name}: no table in a table")
        for name in (*(name for key in field.unique for name in key), *field.totals):
            if name not in names:
                raise ValueError(f"{field.name}: no column {name}")
        if any(not names[name].type.numeric for name in field.totals):
            raise ValueError(f"{field.name}: only numbers have totals")
        if not 0 <= (field.least or 0) <= (field.most or MOST_ROWS) <= MOST_ROWS:
            raise ValueError(f"{field.name}: rows from {field.least} to {field.most}")

    def most(self, field: Field) -> int:
        """The most rows that a field takes."""
        return field.most or MOST_ROWS

    # --- reading and checking ---

    def sent(self, field: Field, raw: Mapping[str, object]) -> object:
        """The rows as the API and drafts hold them, as the script of the page packs them, or from
        the cells of a page without scripts."""
        whole = raw.get(field.name)
        if isinstance(whole, str) and whole:
            return _trimmed(field, _unpacked(whole))
        if whole is not None:
            return _trimmed(field, whole)
        cell = re.compile(rf"{re.escape(field.name)}__([1-9][0-9]{{0,3}})__(\w+)", re.ASCII)
        rows: dict[int, dict[str, object]] = {}
        for name in raw:
            found = cell.fullmatch(name)
            if found and int(found[1]) <= MOST_ROWS:
                rows.setdefault(int(found[1]), {})[found[2]] = raw[name]
        found_rows = [rows.get(number, {}) for number in range(1, max(rows, default=0) + 1)]
        return _trimmed(field, found_rows) if rows else None

    def column(self, field: Field, *, remembering: bool) -> _Tables:
        """See `FieldType`."""
        return _Tables(field, remembering=remembering)

    def understood(self, field: Field, answer: object) -> tuple[object, bool]:
        """Its cells are read one by one."""
        return (answer, True) if isinstance(answer, list) else (None, False)

    # --- storing ---

    def dump(self, field: Field, value: Any) -> object:
        """See `FieldType`."""
        return [_form(field).dump(row) for row in value]

    def load(self, field: Field, stored: object) -> Any:
        """See `FieldType`."""
        if not isinstance(stored, list) or not all(isinstance(row, dict) for row in stored):
            raise ValueError("not a list of rows")
        return [_form(field).load(row) for row in stored]

    # --- words ---

    def words(self, field: Field, value: object) -> str:
        """A line a row; where a table can be drawn, see `forms.view`."""
        return self._lines(field, value, masked=False)

    def masked(self, field: Field, value: object) -> str:
        """Only its personal columns are starred."""
        return self._lines(field, value, masked=True)

    def _lines(self, field: Field, value: object, *, masked: bool) -> str:
        say = masked_words if masked else words
        rows = value if isinstance(value, list) else []
        told = [
            "，".join(
                f"{column.label}：{said}"
                for column in _form(field).fields
                if (said := say(column, row.get(column.name)))
            )
            for row in rows
        ]
        return "\n".join(f"{number}. {line}" for number, line in enumerate(told, 1))

    def differences(self, field: Field, before: object, after: object) -> Iterator[Difference]:
        """Row by row: a changed row cell by cell, one added or removed as a whole."""
        old, new = (value if isinstance(value, list) else [] for value in (before, after))
        for number, was, now in _pairs(field, old, new):
            where = f"{field.label}第 {number} 行"
            if was is None or now is None:
                what = "（删除）" if now is None else "（新增）"
                yield Difference(
                    f"{where}{what}", field, [was] if was else None, [now] if now else None
                )
                continue
            for column in _form(field).fields:
                pair = was.get(column.name), now.get(column.name)
                if pair[0] != pair[1]:
                    yield Difference(f"{where}“{column.label}”", column, *pair)

    # --- other faces ---

    def draw(
        self, field: Field, codes: tuple[str, ...], options: Sequence[Option] | None
    ) -> Drawing:
        """See `forms.grid`."""
        return Drawing("table")

    def input_text(self, field: Field, value: object) -> str:
        """Whether it is answered, in words; its cells have controls of their own."""
        return f"{len(value)} 行" if isinstance(value, list) and value else ""

    def schema(self, field: Field) -> dict[str, object]:
        """A table without rows is left out. Which columns together tell rows apart stands in
        `x-unique`, since the standard has no word for it."""
        schema: dict[str, object] = {
            "type": "array",
            "items": object_schema(_form(field)),
            "minItems": field.least or 1,
            "maxItems": self.most(field),
        }
        if field.unique:
            schema["x-unique"] = [list(key) for key in field.unique]
        return schema


def _form(field: Field) -> Form:
    assert field.rows is not None
    return field.rows


def is_filled(field: Field, row: Row) -> bool:
    """Whether a row as sent says anything: what a new row starts with says nothing."""
    columns = _form(field).fields
    telling = [one.name for one in columns if one.default is None and not one.read_only]
    return not all(is_blank(row.get(name)) for name in telling or _form(field).fields_by_name)


def _trimmed(field: Field, rows: object) -> object:
    """Without the empty rows at the end; those between keep the numbers of the ones below."""
    if not isinstance(rows, list):
        return rows
    kept = list(rows)
    while kept and isinstance(kept[-1], Mapping) and not is_filled(field, kept[-1]):
        kept.pop()
    return kept


def _unpacked(text: str) -> object:
    """The rows that the page's script packed; what is no JSON stays as it is, to be refused."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _pairs(
    field: Field, old: Sequence[Row], new: Sequence[Row]
) -> Iterator[tuple[int, Row | None, Row | None]]:
    """Rows that are the same one before and after, with the number of the newer: by the key that
    tells rows apart, else by what stayed alike between them."""
    keys = [[_key(field, row) for row in rows] for rows in (old, new)]
    for _, left, left_end, right, right_end in SequenceMatcher(
        None, keys[0], keys[1], autojunk=False
    ).get_opcodes():
        for step in range(max(left_end - left, right_end - right)):
            was = old[left + step] if left + step < left_end else None
            now = new[right + step] if right + step < right_end else None
            yield (right if now is not None else left) + step + 1, was, now


def _key(field: Field, row: Row) -> str:
    names = field.unique[0] if field.unique else tuple(_form(field).fields_by_name)
    return repr([row.get(name) for name in names])


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a row of the cleaned columns stands: in which table, as which row as people count."""

    table: int
    number: int


class _Tables:
    """The cells of a table field: each a list of rows, all rows of all of them cleaned at once."""

    def __init__(self, field: Field, *, remembering: bool) -> None:
        self.field = field
        self._form = _form(field)
        self._cleaner = Cleaner(self._form, remembering=remembering)

    def read(self, cells: Sequence[object]) -> list[object]:
        """The typed rows of each table, or `Faulty` with all that is wrong in it."""
        tables: list[list[dict[str, object]]] = [[] for _ in cells]
        wrong: list[list[Problem]] = [[] for _ in cells]
        places: list[_Place] = []
        sent: list[Row] = []
        for table, cell in enumerate(cells):
            for number, row in self._rows(cell, wrong[table]):
                places.append(_Place(table, number))
                sent.append(row)
        cleaned = self._clean(sent)
        for flat, place in enumerate(places):
            tables[place.table].append(cleaned.row(flat))
            wrong[place.table] += (
                self._in_cell(place.number, problem) for problem in cleaned.problems.get(flat, ())
            )
        numbers: list[list[int]] = [[] for _ in cells]
        for place in places:
            numbers[place.table].append(place.number)
        for table, rows in enumerate(tables):
            wrong[table] += self._repeated(rows, numbers[table])
            wrong[table] += self._too_few(len(rows))
        return [
            Faulty(rows, tuple(found)) if found else rows or None
            for rows, found in zip(tables, wrong, strict=True)
        ]

    def _rows(self, cell: object, wrong: list[Problem]) -> Iterator[tuple[int, Row]]:
        """The rows that were filled in, with their numbers as sent."""
        if cell is None or cell == "":
            return
        if not isinstance(cell, list | tuple) or not all(isinstance(row, Mapping) for row in cell):
            wrong.append(self._of_table("table.format", "不是一张表", "请逐行填写"))
            return
        rows = [(number, row) for number, row in enumerate(cell, 1) if is_filled(self.field, row)]
        most = self.field.most or MOST_ROWS
        if len(rows) > most:
            said = f"最多 {most} 行，现为 {len(rows)} 行"
            wrong.append(self._of_table("table.too_many", said, "请删除多余的行"))
            rows = []
        yield from rows

    def _clean(self, sent: Sequence[Row]) -> CleanedColumns:
        named = {name for row in sent for name in row}
        columns = {
            name: [row.get(name) for row in sent]
            for name in self._form.fields_by_name
            if name in named
        }
        return self._cleaner.clean(columns, len(sent))

    def _in_cell(self, number: int, problem: Problem) -> Problem:
        column = self._form.fields_by_name.get(problem.field)
        label = column.label if column else problem.label
        where = f"{self.field.label}第 {number} 行"
        return replace(
            problem,
            field=cell_id(self.field.name, number, problem.field),
            label=f"{where}“{label}”" if label else where,
        )

    def _of_table(self, code: str, message: str, remedy: str) -> Problem:
        return Problem(
            field=self.field.name,
            label=self.field.label,
            code=code,
            message=message,
            remedy=remedy,
        )

    def _too_few(self, rows: int) -> Iterator[Problem]:
        if rows and rows < (self.field.least or 0):
            said = f"至少 {self.field.least} 行，现为 {rows} 行"
            yield self._of_table("table.too_few", said, "请补充")

    def _repeated(self, rows: Sequence[Row], numbers: Sequence[int]) -> Iterator[Problem]:
        for key in self.field.unique:
            seen: dict[tuple[object, ...], int] = {}
            labels = "、".join(f"“{self._form.fields_by_name[name].label}”" for name in key)
            for number, row in zip(numbers, rows, strict=True):
                values = tuple(row[name] for name in key)
                if any(value is None or value == [] for value in values):
                    continue
                earlier = seen.setdefault(values, number)
                if earlier != number:
                    found = self._form.problem(
                        key[0],
                        "table.repeated",
                        f"与第 {earlier} 行的{labels}相同",
                        "请核对，删除重复的行",
                    )
                    yield self._in_cell(number, found)


TABLE = Table("table")
register(TABLE)
