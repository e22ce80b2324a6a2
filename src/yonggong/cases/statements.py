"""Statements on single rows, built once a process: at every filing, building them anew would take
longer than the database takes to run them."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar, cast

from django.db import connection
from django.db.models import Field, Model

M = TypeVar("M", bound=Model)


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


def locked(model: type[M], key: int) -> M:
    """The row with this key, locked for the transaction. Like `select_for_update().get(pk=…)`;
    raises the model's `DoesNotExist`."""
    sql, names, converters = _locking(model)
    with connection.cursor() as cursor:
        cursor.execute(sql, [key])
        found = cursor.fetchone()
    if found is None:
        raise cast(Any, model).DoesNotExist(f"{model.__name__} {key}")
    values = list(found)
    for place, column, convert in converters:
        values[place] = convert(values[place], column, connection)
    return model.from_db(connection.alias, names, values)


@cache
def _locking(model: type[Model]) -> tuple[str, list[str], list[tuple[int, Any, Any]]]:
    meta = model._meta
    fields = meta.concrete_fields
    converters = [
        (place, column, convert)
        for place, field in enumerate(fields)
        for column in [field.get_col(meta.db_table)]
        for convert in (
            *connection.ops.get_db_converters(column),
            *field.get_db_converters(connection),
        )
    ]
    names = ", ".join(_quoted(field) for field in fields)
    sql = f'SELECT {names} FROM "{meta.db_table}" WHERE {_quoted(meta.pk)} = %s FOR UPDATE'
    return sql, [field.attname for field in fields], converters


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
