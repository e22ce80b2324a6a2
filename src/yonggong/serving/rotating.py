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
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from typing import Any, NamedTuple

from django.conf import settings
from django.core.management.base import CommandError
from django.db import OperationalError, connection, transaction
from django.db.models import BinaryField, BooleanField, Field, JSONField, Model, Q, QuerySet
from django.db.models.expressions import RawSQL

from yonggong.accounts.actions import record
from yonggong.accounts.models import AccessEntry
from yonggong.addresses import django_settings
from yonggong.cases.models import Case
from yonggong.rotation_role import rotation_url
from yonggong.serving.verifying import told_by_the_caller
from yonggong.vault.ciphers import CIPHERS
from yonggong.vault.holders import holders, holds_files, sealed_columns
from yonggong.vault.sealing import SealBroken, current_head, older_heads, seal_anew

# Rows taken at a time; of files fewer, since each may be twenty megabytes.
_ROWS, _FILES = 1000, 5
# Processes that seal: most of the work is the interpreter's. More would take the service's processors.
HANDS = 2
# So often the whole is gone through again for rows that somebody else held.
_ROUNDS, _PAUSE_SECONDS = 10, 1.0
_SAY_SECONDS = 2.0

# Told after every some rows: a table's title, how many of its values are done, and of how many.
Progress = Callable[[str, int, int], None]
# By column what is to be written: the value, or of JSON those of its values that are sealed anew.
Change = dict[Any, Any]


# After which key, and up to which.
Range = tuple[Any, Any]


class Share(NamedTuple):
    """What came of one range of keys."""

    sealed: int
    broken: dict[str, SealBroken]


Work = Callable[[Callable[[Range], Share], Iterator[Range]], Iterator[Share]]


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


def rotate_and_record(say: Progress, hands: int = 1) -> Rotation:
    """`rotate`, with its line in the access log."""
    run = rotate(say, hands)
    record(
        AccessEntry.Kind.KEYS,
        current(),
        f"重新加密 {run.sealed} 处，不能解开 {len(run.broken)} 处，仍为旧密钥或旧算法 {run.left} 处",
        by=None,
        address=None,
    )
    return run


def rotate(say: Progress, hands: int = 1) -> Rotation:
    """Seal anew whatever the key and cipher of today did not seal. `hands`: how many processes work,
    each with a connection of its own; one alone works in the connection of the caller."""
    run = Rotation()
    with told_by_the_caller(), _working(hands) as work:
        for number in range(_ROUNDS):
            if number:
                time.sleep(_PAUSE_SECONDS)
            for model in holders():
                if total := _left_in(model):
                    _rotate_table(model, total, run, say, work)
            run.left = left()
            if run.left <= len(run.broken):
                break
    return run


@contextmanager
def _working(hands: int) -> Iterator[Work]:
    """How the rows of a table are gone through: `hands` ranges of keys at a time, told in their order."""
    if hands == 1:
        yield map
        return
    connection.close()  # of which, and of whose threads, no other process may have a part
    connection.close_pool()  # type: ignore[attr-defined]
    with ProcessPoolExecutor(hands, mp_context=get_context("fork")) as pool:
        pool.submit(int).result()  # from now on all are there

        def work(rotated: Callable[[Range], Share], ranges: Iterator[Range]) -> Iterator[Share]:
            under_way: deque[Future[Share]] = deque()
            for one in ranges:
                under_way.append(pool.submit(rotated, one))
                if len(under_way) > hands:
                    yield under_way.popleft().result()
            while under_way:
                yield under_way.popleft().result()

        yield work


def left() -> int:
    """How many values an older key or cipher of this installation sealed, by the database's count."""
    return sum(map(_left_in, holders()))


def _rotate_table(model: type[Model], total: int, run: Rotation, say: Progress, work: Work) -> None:
    done = 0
    with closing(_ranges(model)) as ranges:
        for share in work(partial(_rotated, model), ranges):
            run.sealed, done = run.sealed + share.sealed, done + share.sealed
            run.broken |= share.broken
            say(str(model._meta.verbose_name), done, total)
            if done >= total:
                break


def _rotated(model: type[Model], keys: Range) -> Share:
    """Seal anew what stands between two keys, in one transaction."""
    broken: dict[str, SealBroken] = {}
    with transaction.atomic():
        _wait_for_no_disk()
        rows = list(_taken(model, *keys))
        changes = [(row.pk, change) for row in rows if (change := _changed(row, broken))]
        for column in sealed_columns(model):
            _write(model, column, [(pk, at[column]) for pk, at in changes if column in at])
    return Share(sum(_values_in(change) for _, change in changes), broken)


def _wait_for_no_disk() -> None:
    """What a crash takes back is done again by the next run; the line in the access log, written
    afterwards, waits for the disk, and so for all before it."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")


def _following(model: type[Model], after: Any) -> QuerySet[Any]:
    rows: QuerySet[Any] = model._default_manager.order_by("pk")
    return rows if after is None else rows.filter(pk__gt=after)


def _ranges(model: type[Model]) -> Generator[Range]:
    """After which key and up to which the next rows lie, whatever is in them. Were it asked for the
    next ones with something older in them, the database, which cannot know how many those are, would
    read and sort the whole table for each thousand."""
    some, last = _FILES if holds_files(model) else _ROWS, None
    while keys := list(_following(model, last).values_list("pk", flat=True)[:some]):
        yield last, keys[-1]
        last = keys[-1]


def _taken(model: type[Model], after: Any, upto: Any) -> QuerySet[Any]:
    """The rows with something older in them between two keys, held until they are written; those that
    others hold are left out."""
    rows = _following(model, after).filter(pk__lte=upto)
    # What else is JSON, and all of a case but its kind, would be read for nothing.
    unread = [one.name for one in model._meta.concrete_fields if _is_other_json(one)]
    if any(column.name == "case" for column in model._meta.fields):
        rows = rows.select_related("case")
        unread += [f"case__{name}" for name in _beside_the_kind()]
    return (
        rows.defer(*unread)
        .filter(_older_in(model))
        .select_for_update(skip_locked=True, no_key=True, of=("self",))
    )


def _beside_the_kind() -> list[str]:
    fields = Case._meta.concrete_fields
    return [one.name for one in fields if one.name not in ("id", "kind", "item_version")]


def _is_other_json(column: Field[Any, Any]) -> bool:
    return isinstance(column, JSONField) and column not in sealed_columns(column.model)


def _changed(row: Any, broken: dict[str, SealBroken]) -> Change:
    """What of a row is sealed anew; what does not open is noted as `broken`. A token stands in one place
    only: its nonce is its own."""
    anew: dict[Any, Any] = {}
    for value, owner in row.sealed_values():
        kept = bytes(value) if isinstance(value, memoryview) else value
        try:
            again = seal_anew(kept, owner)
        except SealBroken as found:
            broken[owner] = found
            continue
        if again != kept:
            anew[kept] = again
    changed: Change = {}
    model: type[Model] = type(row)
    for column in sealed_columns(model):
        there = getattr(row, column.attname)
        if isinstance(column, JSONField):
            inside = {
                name: anew[value]
                for name, value in there.items()
                if isinstance(value, str) and value in anew
            }
            if inside:
                changed[column] = inside
        elif (value := bytes(there) if isinstance(there, memoryview) else there) in anew:
            changed[column] = anew[value]
    return changed


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
        told, parameters = _is_older(model, column)
        found |= Q(RawSQL(f"({told})", parameters, output_field=BooleanField()))
    return found


def _is_older(model: type[Model], column: Field[Any, Any]) -> tuple[str, list[Any]]:
    """SQL that tells whether there is one in a column; of JSON it is looked no further than the first."""
    counted, parameters = _counted(model, column)
    if isinstance(column, JSONField):
        return f"{_named(model, column)}::text ~ %s", parameters
    return f"({counted}) > 0", parameters


def _named(model: type[Model], column: Field[Any, Any]) -> str:
    quote = connection.ops.quote_name
    return f"{quote(model._meta.db_table)}.{quote(str(column.column))}"


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
    heads, name = older_heads(), _named(model, column)
    if isinstance(column, JSONField):
        return f"regexp_count({name}::text, %s)", [f'"({"|".join(heads)})']
    if isinstance(column, BinaryField):
        starts, known = f"substring({name} from 1 for %s)", [head.encode() for head in heads]
        return f"coalesce({starts} = ANY(%s::bytea[]), false)::int", [len(heads[0]), known]
    return f"coalesce(left({name}, %s) = ANY(%s::text[]), false)::int", [len(heads[0]), heads]
