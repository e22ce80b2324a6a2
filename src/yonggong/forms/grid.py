"""A table on a page: rows of small controls, each cell a field of its own (`members__3__name`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from yonggong.forms.fields import Field
from yonggong.forms.form import Form
from yonggong.forms.problems import Problem
from yonggong.forms.types.table import MOST_ROWS, cell_id
from yonggong.forms.view import applies
from yonggong.forms.widgets import Widget, widget
from yonggong.forms.words import words

# Empty rows at the end, so that a table can be filled in without scripts too.
_SPARE = 2


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row; `number` counts from 1, and is 0 in the pattern from which scripts make new ones."""

    number: int
    cells: tuple[Widget, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """The foot of a column: its sum in words, None where it has none."""

    name: str
    text: str | None
    places: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table field with all that its template needs."""

    name: str
    columns: tuple[Field, ...]
    rows: tuple[GridRow, ...]
    pattern: GridRow
    totals: tuple[Total, ...]
    least: int
    most: int


def grid(field: Field, rows: object, problems: Sequence[Problem], *, typed: bool) -> Grid:
    """Lay out the table `field` with `rows`, typed ones or (not `typed`) what was sent."""
    assert field.rows is not None
    form = field.rows
    given = [row if isinstance(row, Mapping) else {} for row in _listed(rows)]
    most = field.most or MOST_ROWS
    new = form.initial()
    spare = min(max(field.least or 1, len(given) + _SPARE), most) - len(given)
    laid = [_row(field, form, number, row, problems, typed) for number, row in enumerate(given, 1)]
    laid += [_row(field, form, len(given) + 1 + more, new, problems, True) for more in range(spare)]
    values = given if typed else form.clean_columns(_columns(form, given), len(given)).values
    return Grid(
        name=field.name,
        columns=form.fields,
        rows=tuple(laid),
        pattern=_row(field, form, 0, new, (), True),
        totals=tuple(_total(field, column, values) for column in form.fields)
        if field.totals
        else (),
        least=field.least or 0,
        most=most,
    )


def _listed(rows: object) -> Sequence[object]:
    return rows if isinstance(rows, list | tuple) else ()


def _columns(form: Form, rows: Sequence[Mapping[str, object]]) -> dict[str, list[object]]:
    return {name: [row.get(name) for row in rows] for name in form.fields_by_name}


def _row(
    field: Field,
    form: Form,
    number: int,
    row: Mapping[str, object],
    problems: Sequence[Problem],
    typed: bool,
) -> GridRow:
    values = row if typed else form.clean(row).values
    cells = []
    for column in form.fields:
        cell = _in_row(field.name, number, column)
        cells.append(
            widget(
                cell,
                row.get(column.name),
                typed=typed,
                options=None,
                problems=tuple(item for item in problems if item.field == cell.name),
                fixed=column.read_only,
                off=not applies(form, column, values),
                required=column.required is True,
                small=True,
            )
        )
    return GridRow(number, tuple(cells))


def _in_row(table: str, number: int, column: Field) -> Field:
    """The column's field as it is called in one row, and what it hangs on too."""

    def there(name: str) -> str:
        return cell_id(table, number, name) if name else ""

    required = column.required
    return replace(
        column,
        name=there(column.name),
        show_when=column.show_when.renamed(there) if column.show_when else None,
        required=required if isinstance(required, bool) else required.renamed(there),
        fills={fact: there(name) for fact, name in column.fills.items()},
        follows=there(column.follows),
        shortcuts=(),
        hint="",
    )


def _total(
    field: Field,
    column: Field,
    values: Sequence[Mapping[str, object]] | Mapping[str, Sequence[object]],
) -> Total:
    if column.name not in field.totals:
        return Total(column.name, None, 0)
    cells = (
        values[column.name]
        if isinstance(values, Mapping)
        else [row.get(column.name) for row in values]
    )
    numbers = [cell for cell in cells if isinstance(cell, Decimal | int)]
    total = sum(numbers, Decimal(0)) if numbers else None
    places = 0 if column.type.name in ("integer", "year") else column.places
    return Total(column.name, words(column, total), places)
