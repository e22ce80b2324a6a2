"""One job at a time has a batch: an advisory lock that ends with the process that holds it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

# First number of the lock; the second is the key of what is held.
FILING, APPROVAL = 7101, 7102


@contextmanager
def hold(space: int, key: int) -> Iterator[bool]:
    """Hold `key`, unless another process does; gives whether it is held."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [space, key])
        held = bool(cursor.fetchone()[0])
    try:
        yield held
    finally:
        if held:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [space, key])
