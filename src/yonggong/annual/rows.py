"""The rows of Tables 2 and 3, beside the draft or the version that they belong to; some at a time, so that
a page opens only its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Sum

from yonggong.annual.models import DraftRows, FiledRows, Rows
from yonggong.annual.tables import TABLES
from yonggong.cases.models import Case, Draft
from yonggong.forms import Form

AT_ONCE = 500
Columns = Mapping[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it lies there: its parts, sealed, in order."""

    table: str
    parts: tuple[Rows, ...]

    @property
    def form(self) -> Form:
        """What a row is."""
        return TABLES[self.table]

    @property
    def size(self) -> int:
        """How many rows."""
        return sum(part.count for part in self.parts)

    def columns(self) -> Columns:
        """All rows, by columns, as they are stored. Raises `SealBroken`."""
        opened = [part.opened() for part in self.parts]
        return {
            name: [cell for part in opened for cell in part[name]]
            for name in self.form.fields_by_name
        }

    def between(self, first: int, after: int) -> list[dict[str, Any]]:
        """Some rows as they are stored, counted from 0; only the parts they lie in are opened."""
        found: list[dict[str, Any]] = []
        begins = 0
        for part in self.parts:
            ends = begins + part.count
            if begins < after and first < ends:
                here = part.opened()
                found += (
                    {name: column[at] for name, column in here.items()}
                    for at in range(max(first - begins, 0), min(after, ends) - begins)
                )
            begins = ends
        return found


def sheet_of(case: Case, table: str, *, filed: bool = False) -> Sheet:
    """A table of a case: that of its draft where one was begun, else as it was filed last; `filed`: that
    alone, for whoever does not file it."""
    typed = DraftRows.objects.filter(draft=case.pk, table=table).order_by("position")
    if not filed and (parts := tuple(typed)):
        return Sheet(table, parts)
    return Sheet(table, tuple(_last_filed(case).filter(table=table).order_by("position")))


def _last_filed(case: Case) -> QuerySet[FiledRows]:
    return FiledRows.objects.filter(case=case, number=case.current.number if case.current else 0)


def sizes_of(case: Case, *, filed: bool = False) -> dict[str, int]:
    """How many rows each table has, as `sheet_of` finds it, without fetching them; empty where none was
    filled in."""
    typed = DraftRows.objects.filter(draft=case.pk)
    return {
        table: size
        for found in ((_last_filed(case),) if filed else (_last_filed(case), typed))
        for table, size in found.values_list("table").annotate(Sum("count"))
    }


def filed_tables(case: Case) -> tuple[str, ...]:
    """The tables that the current version of a case was filed with."""
    there = set(_last_filed(case).filter(position=0).values_list("table", flat=True))
    return tuple(table for table in TABLES if table in there)


def is_begun(case: Case) -> bool:
    """Whether its tables were filled in, be it with no row."""
    typed = DraftRows.objects.filter(draft=case.pk)
    return typed.exists() or FiledRows.objects.filter(case=case).exists()


def keep(draft: Draft, table: str, columns: Columns) -> None:
    """Put the rows of a table in place of those that a draft had."""
    DraftRows.objects.filter(draft=draft, table=table).delete()
    DraftRows.objects.bulk_create(
        _part(DraftRows(draft=draft, table=table, position=position), part)
        for position, part in enumerate(_parts(table, columns))
    )


def take_along(draft: Draft, source: Case, tables: Iterable[str]) -> None:
    """Begin the tables of a draft with those of a case, as far as it has them."""
    for table in tables:
        sheet = sheet_of(source, table)
        if sheet.parts:
            keep(draft, table, sheet.columns())


def file(case: Case, number: int, sheets: Iterable[tuple[str, Columns]]) -> None:
    """Keep tables for good with a version, and let those of the draft go."""
    FiledRows.objects.bulk_create(
        _part(FiledRows(case=case, number=number, table=table, position=position), part)
        for table, columns in sheets
        for position, part in enumerate(_parts(table, columns))
    )
    DraftRows.objects.filter(draft=case.pk).delete()


def by_columns(table: str, rows: Sequence[Mapping[str, Any]]) -> Columns:
    """Rows as columns; what a row does not say is None."""
    return {name: [row.get(name) for row in rows] for name in TABLES[table].fields_by_name}


def _part(rows: Any, columns: Columns) -> Any:
    rows.keep(columns)
    return rows


def _parts(table: str, columns: Columns) -> Iterable[dict[str, list[Any]]]:
    """The columns cut into parts; a table without rows is one part without rows."""
    names = TABLES[table].fields_by_name
    size = len(next(iter(columns.values())))
    for start in range(0, max(size, 1), AT_ONCE):
        yield {name: columns[name][start : start + AT_ONCE] for name in names}
