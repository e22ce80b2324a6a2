"""Keys left free among rows that are written at once, for what is filed later by the platform's own actions
and lies earlier in time: keys follow time, as they would have."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Max, Model

from yonggong.cases.bulk import reserve


def create_leaving_room(
    model: type[Model],
    rows: Sequence[Any],
    moment: Callable[[Any], datetime],
    moments: Sequence[datetime],
) -> list[int]:
    """Write rows in the order of their moments; gives a free key for each of `moments`, in order."""
    free, start = [], 0
    for wanted in moments:
        stop = bisect_left(rows, wanted, key=moment)
        model._default_manager.bulk_create(rows[start:stop], batch_size=1000)
        free += reserve(model._meta.db_table, 1)
        start = stop
    model._default_manager.bulk_create(rows[start:], batch_size=1000)
    return free


@contextmanager
def taking(model: type[Model], key: int) -> Iterator[None]:
    """Have the next row of a table take a key that was left free for it."""
    _go_on_from(model, key)
    yield
    _go_on_from(model, model._default_manager.aggregate(last=Max("pk"))["last"] + 1)


def _go_on_from(model: type[Model], key: int) -> None:
    """Have the keys of a table go on from this one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s, false)",
            [model._meta.db_table, key],
        )
