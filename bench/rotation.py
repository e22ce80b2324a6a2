"""Every sealed value of the contracts sealed anew under another key, beside a floor: the same rows read
and written without ciphers."""

from __future__ import annotations

import os
import time
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from bench.results import Result
from yonggong.cases.models import Version
from yonggong.registry.models import Worker
from yonggong.serving import rotating

_ROWS = 1000


def run() -> list[Result]:
    """Thousands of values a second, with AES-256-GCM and with SM4-GCM."""
    results = []
    for letter, name in (("a", "AES-256-GCM"), ("s", "SM4-GCM")):
        before = settings.SEALING_KEYS
        settings.SEALING_KEYS, settings.SEALING_CIPHER = (os.urandom(32), *before), letter
        began = time.perf_counter()
        done = rotating.rotate(lambda title, done, total: None, rotating.HANDS)
        ours = time.perf_counter() - began
        assert done.is_done
        values, floor = _bare()
        per_value = floor / values
        results.append(
            Result(
                f"rotation: thousand values a second, {name}",
                "k/s",
                done.sealed / ours / 1000,
                1 / per_value / 1000,
                "≥ 20",
            )
        )
    return results


def _bare() -> tuple[int, float]:
    """How many values the same rows hold, and the seconds that reading and writing them takes."""
    values = 0
    began = time.perf_counter()
    for model, column, cast in ((Version, "data", "::jsonb"), (Worker, "document_sealed", "")):
        table, last = model._meta.db_table, 0
        while rows := _page(table, column, last):
            last = rows[-1][0]
            values += sum(str(text).count("s2") for _, text in rows)
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL synchronous_commit = off")
                cursor.execute(
                    f"UPDATE {table} AS row SET {column} = new.value{cast}"
                    " FROM unnest(%s::bigint[], %s::text[]) AS new (key, value)"
                    " WHERE row.id = new.key",
                    [[pk for pk, _ in rows], [text for _, text in rows]],
                )
    return values, time.perf_counter() - began


def _page(table: str, column: str, after: int) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, {column}::text FROM {table} WHERE id > %s ORDER BY id LIMIT {_ROWS}",
            [after],
        )
        return cursor.fetchall()
