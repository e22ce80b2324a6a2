"""Opening what is sealed, to see that each value is what was sealed where it stands.

A model that holds sealed values yields them with their owners (`sealed_values`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models import Model, QuerySet

from yonggong.vault import sealing
from yonggong.vault.holders import holders, holds_files
from yonggong.vault.sealing import SealBroken, open_any

# Rows fetched at a time; of files fewer, since each may be twenty megabytes.
_CHUNK, _FILES = 500, 5


def verified(newest: int | None = None) -> tuple[int, list[SealBroken]]:
    """How many sealed values were opened, and those that do not open; of each table all rows, or
    the newest."""
    opened, broken = 0, list[SealBroken]()
    with told_by_the_caller():
        for model in holders():
            for row in _rows(model, newest):
                for value, owner in row.sealed_values():
                    opened += value not in (None, "")
                    try:
                        open_any(value, owner)
                    except SealBroken as found:
                        broken.append(found)
    return opened, broken


@contextmanager
def told_by_the_caller() -> Iterator[None]:
    """Meanwhile what does not open is said by whoever looks, not value by value on stderr."""
    quiet, sealing.logger.disabled = sealing.logger.disabled, True
    try:
        yield
    finally:
        sealing.logger.disabled = quiet


def _rows(model: type[Model], newest: int | None) -> Iterator[Any]:
    rows: QuerySet[Any] = model._default_manager.order_by("-pk")
    if any(field.name == "case" for field in model._meta.fields):
        rows = rows.select_related("case")
    chunk = _FILES if holds_files(model) else _CHUNK
    if newest is not None:
        rows = rows[: min(newest, chunk)]
    return rows.iterator(chunk_size=chunk)
