"""Statements on single rows, built once a process: at every filing, building them anew would take
longer than the database takes to run them."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model


def insert(row: Model) -> None:
    """Add a row that is not there yet, and give it its key where it has none. Like `save` without
    signals; raises Django's own errors."""
    new = row.pk is None
    sql, columns = _insert(type(row), new)
    with connection.cursor() as cursor:
        cursor.execute(sql, values_of(row, columns, add=True))
        if new:
            (row.pk,) = cursor.fetchone()
    row._state.adding = False
    row._state.db = connection.alias


@cache
def _insert(model: type[Model], new: bool) -> tuple[str, tuple[Field[Any, Any], ...]]:
    fields = model._meta.concrete_fields
    columns = tuple(field for field in fields if not (new and field.primary_key))
    names = ", ".join(_quoted(field) for field in columns)
    marks = ", ".join(["%s"] * len(columns))
    key = f" RETURNING {_quoted(model._meta.pk)}" if new and model._meta.pk else ""
    return f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({marks}){key}', columns


@cache
def settings_of(
    model: type[Model], *, but: tuple[str, ...] = ()
) -> tuple[str, tuple[Field[Any, Any], ...]]:
    """What stands behind SET where every column of a row is written, but its key and those named;
    and the columns, whose values are `values_of`."""
    columns = tuple(
        field
        for field in model._meta.concrete_fields
        if not field.primary_key and field.name not in but
    )
    return ", ".join(f"{_quoted(field)} = %s" for field in columns), columns


def values_of(row: Model, columns: tuple[Field[Any, Any], ...], *, add: bool) -> list[Any]:
    """The values of these columns as the database takes them."""
    return [field.get_db_prep_save(field.pre_save(row, add), connection) for field in columns]


def _quoted(field: Field[Any, Any]) -> str:
    return f'"{field.column}"'
