"""The benchmarks' database: the demonstration data and a million contracts, filled once.

Each run works on a copy of the filled database, so that what one run writes never slows the next.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

PROJECT = Path(__file__).resolve().parents[1]
_FILL = Path(__file__).with_name("fill.sql")
_FILLED, _WORKING = "bench_filled", "bench_filling"
_EMPLOYERS = 20_000
# Where the filling waits for what is sealed, and for how many rows that is made at a time.
_SEALED_HERE, _AT_ONCE = "-- SEALED\n", 50_000


@contextmanager
def filled_copy(server: str, *, rows: int) -> Iterator[str]:
    """The URL of a database with `rows` contracts, for this run alone; dropped afterwards.

    `server` is the URL of any database of the server. Filling takes some minutes, the first time
    and whenever the migrations or the filling itself changed; copying takes seconds.
    """
    stamp = _stamp(rows)
    name = f"bench_run_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        if _stamp_of(connection) != stamp:
            _fill_anew(connection, server, rows, stamp)
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
                sql.Identifier(name), sql.Identifier(_FILLED)
            )
        )
        try:
            yield _at(server, name)
        finally:
            _drop(connection, name)


def _stamp(rows: int) -> str:
    """What the filled database depends on."""
    digest = hashlib.sha256(f"{rows} {_EMPLOYERS}".encode())
    for path in (_FILL, Path(__file__), *sorted(PROJECT.glob("src/yonggong/*/migrations/*.py"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _stamp_of(connection: psycopg.Connection) -> str:
    found = connection.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
        [_FILLED],
    ).fetchone()
    return (found[0] or "") if found else ""


def _fill_anew(connection: psycopg.Connection, server: str, rows: int, stamp: str) -> None:
    print(f"filling the benchmark database with {rows:,} contracts …", flush=True)
    began = time.perf_counter()
    for name in (_FILLED, _WORKING):
        _drop(connection, name)
    connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(_WORKING)))
    # A process of its own: Django is bound to one database as soon as it is set up.
    subprocess.run(
        [sys.executable, "-m", "bench.database", str(rows)],
        env={**os.environ, "DATABASE_URL": _at(server, _WORKING)},
        cwd=PROJECT,
        check=True,
    )
    connection.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
            sql.Identifier(_WORKING), sql.Identifier(_FILLED)
        )
    )
    connection.execute(
        sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(_FILLED), sql.Literal(stamp))
    )
    print(f"filled in {time.perf_counter() - began:.0f} s", flush=True)


def _drop(connection: psycopg.Connection, name: str) -> None:
    connection.execute(
        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    )


def _at(server: str, name: str) -> str:
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def fill(rows: int) -> None:
    """Migrate the empty database that Django is set up with, and fill it."""
    from django.core.management import call_command
    from django.db import connection, transaction
    from django.utils import timezone

    from yonggong.cases import form_versions, item_actions
    from yonggong.cases.kinds import all_kinds
    from yonggong.codes.invent import invent_credit_code
    from yonggong.demonstration.loading import load
    from yonggong.privileges import grant_application_role
    from yonggong.rotation_role import grant_rotation_role

    call_command("migrate", verbosity=0, skip_checks=True)
    grant_application_role()
    grant_rotation_role()
    form_versions.keep(kind.form for kind in all_kinds())
    item_actions.fill(today=timezone.localdate())
    load(say=print)
    rng = Random(7)
    codes = sorted({invent_credit_code(rng, region="220100") for _ in range(_EMPLOYERS)})
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('bench.rows', %s, true)", [str(rows)])
        cursor.execute("CREATE TEMP TABLE bench_code (place int, code text)")
        with cursor.copy("COPY bench_code FROM STDIN") as copy:
            for line in enumerate(codes):
                copy.write_row(line)
        rows_made, filled = _FILL.read_text("utf-8").split(_SEALED_HERE)
        cursor.execute(rows_made)
        _seal(cursor)
        cursor.execute(filled)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")
    connection.close()


def _seal(cursor: Any) -> None:
    """Seal a number for each row's person, and the answers of a real filing for each row's version: a
    copied one would not open."""
    from yonggong.cases.models import Case, Version
    from yonggong.registry.models import Worker
    from yonggong.vault.sealing import seal_many, text_of

    case = Case.objects.select_related("current").filter(kind="contract.new").earliest("pk")
    form, version = case.definition.form, case.version
    number = Worker.objects.earliest("pk").document_number
    answers = version.opened(form)
    personal = {name: text_of(answers.pop(name, None)) for name in form.personal_fields}
    open_ = json.dumps(answers, ensure_ascii=False)[1:-1]
    cursor.execute(
        "CREATE TEMP TABLE bench_sealed (n bigint, number text, form_id bigint, data jsonb)"
    )
    last = 0
    while True:
        cursor.execute(
            "SELECT n, filed FROM bench_row WHERE n > %s ORDER BY n LIMIT %s", [last, _AT_ONCE]
        )
        found = cursor.fetchall()
        if not found:
            break
        last = found[-1][0]
        digests = [hashlib.md5(f"bench{n}".encode()).digest() for n, _ in found]
        numbers = seal_many([number] * len(found), [Worker.owner_of(one) for one in digests])
        owners = [Version.owner_of(filed, 1) for _, filed in found]
        sealed = [
            [f', "{name}": "{token}"' for token in seal_many([text] * len(found), places)]
            for name, text in personal.items()
            if text and (places := [f"{owner}/{name}" for owner in owners])
        ]
        with cursor.copy("COPY bench_sealed FROM STDIN") as copy:
            for (n, _), own, *cells in zip(found, numbers, *sealed, strict=True):
                copy.write_row((n, own, version.form_id, f"{{{open_}{''.join(cells)}}}"))
    cursor.execute("CREATE INDEX ON bench_sealed (n)")
    cursor.execute("ANALYZE bench_sealed")


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yonggong.settings")
    django.setup()
    fill(int(sys.argv[1]))
