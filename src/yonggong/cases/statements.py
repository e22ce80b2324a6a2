"""Statements on single rows, built once a process: at every filing, building them anew would take
longer than the database takes to run them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar, cast

from django.db import connection
from django.db.models import Field, Model
from django.db.models.query import get_related_populators

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
    _added(row)


def insertion(row: Model) -> tuple[str, list[Any]]:
    """What `insert` would run of a row that has its key already, to be a part of another statement."""
    sql, columns = _insert(type(row), False)
    return sql, values_of(row, columns, add=True)


def insert_naming(row: Model, field: str, kept: tuple[str, Sequence[Any]]) -> bool:
    """Add a row without a key that names in `field` what the statement begun in `kept` (``WITH kept
    AS …`` and its values) writes: both at once. Where that keeps nothing, nothing is added: False."""
    sql, columns = _naming(type(row), field)
    begun, values = kept
    with connection.cursor() as cursor:
        cursor.execute(f"{begun} {sql}", [*values, *values_of(row, columns, add=True)])
        found = cursor.fetchone()
    if found is None:
        return False
    row.pk = found[0]
    setattr(row, cast(Any, row._meta.get_field(field)).attname, found[1])
    _added(row)
    return True


def _added(row: Model) -> None:
    row._state.adding = False
    row._state.db = connection.alias


@cache
def _naming(model: type[Model], field: str) -> tuple[str, tuple[Field[Any, Any], ...]]:
    meta = model._meta
    assert meta.pk is not None
    columns = tuple(
        own for own in meta.concrete_fields if not own.primary_key and own.name != field
    )
    named = _quoted(cast(Any, meta.get_field(field)))
    names = "".join(f", {_quoted(own)}" for own in columns)
    return (
        f'INSERT INTO "{meta.db_table}" ({named}{names})'
        f" SELECT kept.id{', %s' * len(columns)} FROM kept RETURNING {_quoted(meta.pk)}, {named}"
    ), columns


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
    columns, table, its_key = _locking(model)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table} WHERE {its_key} = %s FOR UPDATE", [key])
        found = cursor.fetchone()
    if found is None:
        raise cast(Any, model).DoesNotExist(f"{model.__name__} {key}")
    return _row(model, found)


def locked_behind(model: type[M], key: int, adding: tuple[str, Sequence[Any]]) -> tuple[M, bool]:
    """`locked` in one statement with one that adds a row (``INSERT … ON CONFLICT DO NOTHING`` and
    its values), and whether that added it. It has waited for its conflict before the lock is asked
    for: both are waited for in the order in which two statements would wait."""
    columns, table, its_key = _locking(model)
    sql, values = adding
    with connection.cursor() as cursor:
        # What is joined is there before any row of the join is locked.
        cursor.execute(
            f"WITH added AS ({sql} RETURNING 1)"
            f" SELECT {columns}, new.count FROM {table},"
            " (SELECT count(*) AS count FROM added) AS new"
            f" WHERE {its_key} = %s FOR UPDATE OF {table}",
            [*values, key],
        )
        found = cursor.fetchone()
    if found is None:
        raise cast(Any, model).DoesNotExist(f"{model.__name__} {key}")
    return _row(model, found[:-1]), found[-1] > 0


def got(model: type[M], key: int, *around: str) -> M:
    """Like `select_related(*around).get(pk=key)`; raises the model's `DoesNotExist`."""
    sql, names, converters, width, around_it = _getting(model, around)
    with connection.cursor() as cursor:
        cursor.execute(sql, [key])
        found = cursor.fetchone()
    if found is None:
        raise cast(Any, model).DoesNotExist(f"{model.__name__} {key}")
    values = list(found)
    for place, column, convert in converters:
        values[place] = convert(values[place], column, connection)
    row = model.from_db(connection.alias, names, values[:width])
    for populator in around_it:
        populator.populate(values, row)
    return row


@cache
def _getting(
    model: type[Model], around: tuple[str, ...]
) -> tuple[str, list[str], list[tuple[int, Any, Any]], int, list[Any]]:
    """The statement as the ORM writes it, and how it reads what is found."""
    asked = model._default_manager.select_related(*around).filter(pk=0)
    compiler = cast(Any, asked.query.get_compiler(connection.alias))
    sql, _ = compiler.as_sql()
    info, columns = compiler.klass_info, [column for column, _, _ in compiler.select]
    converters = [
        (place, column, convert)
        for place, (found, column) in compiler.get_converters(columns).items()
        for convert in found
    ]
    names = [columns[place].target.attname for place in info["select_fields"]]
    populators = cast(Any, get_related_populators)(info, compiler.select, connection.alias)
    return sql, names, converters, len(names), populators


def rows_and(
    model: type[M], where: tuple[str, Sequence[Any]], asked: tuple[str, Sequence[Any]]
) -> tuple[list[M], Any]:
    """The rows for which a condition holds, and the one value that another query tells, in one
    statement; each as SQL with its values."""
    columns, table, its_key = _locking(model)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT asked.told, {its_key} IS NOT NULL, {columns}"
            f" FROM ({asked[0]}) AS asked (told) LEFT JOIN {table} ON {where[0]}",
            [*asked[1], *where[1]],
        )
        found = cursor.fetchall()
    return [_row(model, row[2:]) for row in found if row[1]], found[0][0]


def _row(model: type[M], found: Sequence[Any]) -> M:
    names, converters = _reading(model)
    values = list(found)
    for place, column, convert in converters:
        values[place] = convert(values[place], column, connection)
    return model.from_db(connection.alias, names, values)


@cache
def _locking(model: type[Model]) -> tuple[str, str, str]:
    """The columns, the table and the column of the key, as they are written."""
    meta = model._meta
    assert meta.pk is not None
    columns = ", ".join(_quoted(field) for field in meta.concrete_fields)
    return columns, f'"{meta.db_table}"', _quoted(meta.pk)


@cache
def _reading(model: type[Model]) -> tuple[list[str], list[tuple[int, Any, Any]]]:
    """The attributes that the columns are read into, and what converts which of them."""
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
    return [field.attname for field in fields], converters


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
