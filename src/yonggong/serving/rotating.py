"""`yonggong rotate-keys`: what an older key or cipher sealed is sealed anew, beside the service.

What is still to be done is told by the values themselves, for each names its key: so the command may be
stopped, killed and begun again, and nothing has to remember where it was. Rows are taken some at a
time, those that nobody else holds; they are read once they are held, so that nothing written
meanwhile is lost, and the command waits for nobody while it holds any. What was held by others is
looked at again.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import OperationalError, connection, transaction
from django.db.models import BinaryField, BooleanField, Field, JSONField, Model, Q, QuerySet
from django.db.models.expressions import RawSQL

from yonggong.accounts.actions import record
from yonggong.accounts.models import AccessEntry
from yonggong.addresses import django_settings
from yonggong.rotation_role import rotation_url
from yonggong.serving.verifying import told_by_the_caller
from yonggong.vault.ciphers import CIPHERS
from yonggong.vault.holders import holders, holds_files, sealed_columns
from yonggong.vault.sealing import SealBroken, current_head, older_heads, seal_anew

# Rows taken at a time; of files fewer, since each may be twenty megabytes.
_ROWS, _FILES = 1000, 5
# So often the whole is gone through again for rows that somebody else held.
_ROUNDS, _PAUSE_SECONDS = 10, 1.0
_SAY_SECONDS = 2.0

# Told after every some rows: a table's title, how many of its values are done, and of how many.
Progress = Callable[[str, int, int], None]
# By column what is to be written: the value, or of JSON those of its values that are sealed anew.
Change = dict[Any, Any]


@dataclass
class Rotation:
    """What a run did: values sealed anew, those that do not open and stay as they are by their
    owners, and how many are left under an older key or cipher, as the database counts afterwards."""

    sealed: int = 0
    broken: dict[str, SealBroken] = field(default_factory=dict)
    left: int = 0

    @property
    def is_done(self) -> bool:
        return not self.left and not self.broken


class Printed:
    """Progress on the terminal: a line now and then."""

    def __init__(self) -> None:
        self._said = time.monotonic()

    def __call__(self, title: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._said >= _SAY_SECONDS or done >= total:
            self._said = now
            print(f"{title}  {done}/{total}", flush=True)


def current() -> str:
    """The key and cipher of today, as a person is told them."""
    letter, key = current_head()[2], current_head()[4:-1]
    return f"密钥 {key}（{CIPHERS[letter][0]}）"


def sign_in(here: Any = connection) -> None:
    """From now on this process signs in to the database as the rotation's role and as nobody else.
    Raises `CommandError` where it cannot."""
    here.close()
    here.settings_dict.update(django_settings(rotation_url()))
    try:
        with here.cursor() as cursor:
            cursor.execute("SELECT current_user")
            found = cursor.fetchone()[0]
    except OperationalError as error:
        found = str(error).splitlines()[0]
    if found != settings.ROTATION_ROLE:
        raise CommandError(
            f"不能以角色 {settings.ROTATION_ROLE} 登录数据库：{found}。请先执行 yonggong migrate；"
            "角色由数据库管理员建立的，请其按 deploy/README.md 建立。"
        )


def rotate_and_record(say: Progress) -> Rotation:
    """`rotate`, with its line in the access log."""
    run = rotate(say)
    record(
        AccessEntry.Kind.KEYS,
        current(),
        f"重新加密 {run.sealed} 处，不能解开 {len(run.broken)} 处，仍为旧密钥或旧算法 {run.left} 处",
        by=None,
        address=None,
    )
    return run


def rotate(say: Progress) -> Rotation:
    """Seal anew whatever the key and cipher of today did not seal."""
    run = Rotation()
    with told_by_the_caller():
        for number in range(_ROUNDS):
            if number:
                time.sleep(_PAUSE_SECONDS)
            for model in holders():
                if total := _left_in(model):
                    _rotate_table(model, total, run, say)
            run.left = left()
            if run.left <= len(run.broken):
                break
    return run


def left() -> int:
    """How many values an older key or cipher of this installation sealed, by the database's count."""
    return sum(map(_left_in, holders()))


def _rotate_table(model: type[Model], total: int, run: Rotation, say: Progress) -> None:
    last, done = None, 0
    while True:
        with transaction.atomic():
            _wait_for_no_disk()
            rows = list(_taken(model, last))
            changes = [(row.pk, change) for row in rows if (change := _changed(row, run))]
            for column in sealed_columns(model):
                _write(model, column, [(pk, at[column]) for pk, at in changes if column in at])
        if not rows:
            return
        anew = sum(_values_in(change) for _, change in changes)
        run.sealed, done, last = run.sealed + anew, done + anew, rows[-1].pk
        say(str(model._meta.verbose_name), done, total)


def _wait_for_no_disk() -> None:
    """What a crash takes back is done again by the next run; the line in the access log, written
    afterwards, waits for the disk, and so for all before it."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")


def _taken(model: type[Model], after: Any) -> QuerySet[Any]:
    """The next rows with something older in them, held until they are written; those that others hold
    are left out."""
    rows: QuerySet[Any] = model._default_manager.order_by("pk")
    if any(column.name == "case" for column in model._meta.fields):
        rows = rows.select_related("case")
    if after is not None:
        rows = rows.filter(pk__gt=after)
    # What else is JSON would be read for nothing.
    rows = rows.defer(*(one.name for one in model._meta.concrete_fields if _is_other_json(one)))
    held = rows.filter(_older_in(model)).select_for_update(
        skip_locked=True, no_key=True, of=("self",)
    )
    return held[: _FILES if holds_files(model) else _ROWS]


def _is_other_json(column: Field[Any, Any]) -> bool:
    return isinstance(column, JSONField) and column not in sealed_columns(column.model)


def _changed(row: Any, run: Rotation) -> Change:
    """What of a row is sealed anew. A token stands in one place only: its nonce is its own."""
    anew: dict[Any, Any] = {}
    for value, owner in row.sealed_values():
        kept = bytes(value) if isinstance(value, memoryview) else value
        try:
            again = seal_anew(kept, owner)
        except SealBroken as found:
            run.broken[owner] = found
            continue
        if again != kept:
            anew[kept] = again
    changed: Change = {}
    model: type[Model] = type(row)
    for column in sealed_columns(model):
        there = getattr(row, column.attname)
        if isinstance(column, JSONField):
            inside = {name: anew[value] for name, value in there.items() if _is_one(value, anew)}
            if inside:
                changed[column] = inside
        elif (value := bytes(there) if isinstance(there, memoryview) else there) in anew:
            changed[column] = anew[value]
    return changed


def _is_one(value: Any, anew: dict[Any, Any]) -> bool:
    return isinstance(value, str) and value in anew


def _values_in(change: Change) -> int:
    return sum(len(new) if isinstance(new, dict) else 1 for new in change.values())


def _write(model: type[Model], column: Field[Any, Any], changes: list[tuple[Any, Any]]) -> None:
    """Write a column of rows that are held; of JSON all that is not sealed anew stays as it is."""
    if not changes:
        return
    quote, key = connection.ops.quote_name, model._meta.pk
    assert key is not None
    table, name = quote(model._meta.db_table), quote(str(column.column))
    kind = "bytea" if isinstance(column, BinaryField) else "text"
    value = f"row.{name} || new.value::jsonb" if isinstance(column, JSONField) else "new.value"
    new = [json.dumps(value) if isinstance(value, dict) else value for _, value in changes]
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} AS row SET {name} = {value}"
            f" FROM unnest(%s::{key.rel_db_type(connection)}[], %s::{kind}[]) AS new (key, value)"
            f" WHERE row.{quote(str(key.column))} = new.key",
            [[pk for pk, _ in changes], new],
        )


def _older_in(model: type[Model]) -> Q:
    """Rows with a value in them that an older key or cipher sealed."""
    found = Q(pk__in=[])
    for column in sealed_columns(model):
        counted, parameters = _counted(model, column)
        found |= Q(RawSQL(f"({counted}) > 0", parameters, output_field=BooleanField()))
    return found


def _left_in(model: type[Model]) -> int:
    counts = [_counted(model, column) for column in sealed_columns(model)]
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT coalesce(sum({' + '.join(counted for counted, _ in counts)}), 0) FROM {table}",
            [one for _, parameters in counts for one in parameters],
        )
        return int(cursor.fetchone()[0])


def _counted(model: type[Model], column: Field[Any, Any]) -> tuple[str, list[Any]]:
    """SQL that counts the older values in a column of one row, and its parameters."""
    quote, heads = connection.ops.quote_name, older_heads()
    name = f"{quote(model._meta.db_table)}.{quote(str(column.column))}"
    if isinstance(column, JSONField):
        return f"regexp_count({name}::text, %s)", [f'"({"|".join(heads)})']
    if isinstance(column, BinaryField):
        starts, known = f"substring({name} from 1 for %s)", [head.encode() for head in heads]
        return f"coalesce({starts} = ANY(%s::bytea[]), false)::int", [len(heads[0]), known]
    return f"coalesce(left({name}, %s) = ANY(%s::text[]), false)::int", [len(heads[0]), heads]
