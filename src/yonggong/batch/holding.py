"""One job at a time has a batch: an advisory lock that ends with the process that holds it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection

# First number of the lock; the second is the key of what is held.
FILING, DECISION, READING, AT_WORK = 7101, 7102, 7103, 7104
_PAUSE = 0.2  # in seconds


@contextmanager
def hold(space: int, key: int, *, patience: float = 0) -> Iterator[bool]:
    """Hold `key`, unless another process does, and still does in `patience` seconds; gives whether
    it is held."""
    until = time.monotonic() + patience
    while not (held := _try(space, key)) and time.monotonic() < until:
        time.sleep(_PAUSE)
    try:
        yield held
    finally:
        if held:
            _release(space, key)


@contextmanager
def hold_one_of(space: int, count: int, *, while_waiting: Callable[[], bool]) -> Iterator[bool]:
    """Hold one of `count` places, waiting for it as long as `while_waiting` says so; gives whether
    one is held."""
    while (key := next((place for place in range(count) if _try(space, place)), None)) is None:
        time.sleep(_PAUSE)
        if not while_waiting():
            yield False
            return
    try:
        yield True
    finally:
        _release(space, key)


def _try(space: int, key: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [space, key])
        return bool(cursor.fetchone()[0])


def _release(space: int, key: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [space, key])
