"""Workbooks with the same people, read at once: each person is filed once, the other row is told."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction

from tests.batch.workbooks import rows
from tests.contracts.making import Hall
from tests.contracts.test_races import at_once
from yonggong.batch import actions, filing, racing
from yonggong.batch.models import Batch
from yonggong.cases.bulk import copy_columns
from yonggong.cases.models import Case
from yonggong.contracts.models import Filing
from yonggong.registry.actions import document_digest
from yonggong.registry.models import Worker

pytestmark = pytest.mark.django_db(transaction=True)

# Far below the minute after which a job that failed is begun again.
_SECONDS = 30


@contextmanager
def session() -> Iterator[psycopg.Connection[Any]]:
    """A session of another process on the same database."""
    given = connection.get_connection_params()
    names = ("dbname", "user", "password", "host", "port")
    found = {name: given[name] for name in names if given.get(name)}
    with psycopg.connect(**found) as opened:
        yield opened


def test_what_copy_refuses_is_an_error_of_the_framework(hall: Hall) -> None:
    columns = {"document_digest": [b"1", b"1"], "document_sealed": ["a", "b"]}
    columns |= {"document_type": ["01", "01"], "name": ["甲", "乙"], "sex": ["1", "1"]}
    with pytest.raises(IntegrityError), transaction.atomic():
        copy_columns("registry_worker", columns, {"birth_on": None}, 2)
    assert not Worker.objects.exists()


def _reversed(found: Sequence[Any]) -> list[Any]:
    return list(found)[::-1]


@pytest.mark.parametrize("turned", [list, _reversed], ids=["same order", "other order"])
@pytest.mark.parametrize("overlapping", [False, True])
@pytest.mark.parametrize("known", [False, True])
def test_two_jobs_over_the_same_people_file_each_once(
    send: Any,
    hall: Hall,
    monkeypatch: pytest.MonkeyPatch,
    turned: Callable[[Sequence[Any]], list[Any]],
    overlapping: bool,
    known: bool,
) -> None:
    monkeypatch.setattr(filing, "CHUNK", 20)
    monkeypatch.setattr(filing, "OVERLAP_FROM", 1 if overlapping else 1000)
    found = rows(120, today=hall.today)
    if known:  # the people, from contracts voided since
        batch = send(found)
        actions.undo(batch=batch, by=hall.operator, now=hall.now, address=None)
    batches = [send(found, work=False), send(turned(found), work=False)]
    began = time.monotonic()
    at_once(*(lambda key=batch.pk: actions.work(key, now=hall.now) for batch in batches))  # type: ignore[misc]
    assert time.monotonic() - began < _SECONDS
    _each_once(batches, len(found))


def _each_once(batches: list[Batch], people: int) -> None:
    filings = Filing.objects.filter(state="pending")
    assert Counter(filings.values_list("worker", flat=True)).most_common(1)[0][1] == 1
    assert filings.count() == Worker.objects.count() == people
    for batch in batches:
        batch.refresh_from_db()
        assert (batch.state, batch.attempts) == ("done", 0)
        assert Case.objects.filter(batch=batch.pk).count() == batch.filed_rows
        assert batch.bad.count() == batch.bad_rows == people - batch.filed_rows
        for row in batch.bad.all():
            assert [problem[2] for problem in row.problems] == ["unreviewed_filing"]
    assert sum(batch.filed_rows for batch in batches) == people


def test_a_deadlock_is_tried_again(send: Any, hall: Hall) -> None:
    """Somebody adds two of the people in the order in which the job does not."""
    found = rows(30, today=hall.today)
    digests = sorted(document_digest("01", row["document_number"]) for row in found)
    batch = send(found, work=False)
    add = (
        "INSERT INTO registry_worker (document_type, document_digest, document_sealed, name, sex)"
        " VALUES ('01', %s, '', %s, '1')"
    )
    names = {document_digest("01", row["document_number"]): row["name"] for row in found}

    added = threading.Event()

    def other() -> None:
        with session() as opened:
            opened.execute("SET deadlock_timeout = '20s'")  # so that the job is the one given up
            opened.execute(add, [digests[-1], names[digests[-1]]])
            added.set()
            _until_somebody_waits_for(opened.info.backend_pid)
            opened.execute(add, [digests[0], names[digests[0]]])

    def job() -> None:
        assert added.wait(_SECONDS)
        with connection.cursor() as cursor:
            # The database looks for a deadlock once, so long after a wait began: by then the other waits too.
            cursor.execute("SET deadlock_timeout = '3s'")
        actions.work(batch.pk, now=hall.now)

    seen: list[BaseException] = []
    real = racing.lost

    def noted(error: BaseException) -> bool:
        seen.append(error)
        return real(error)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(racing, "lost", noted)
        at_once(other, job)
    batch.refresh_from_db()
    first, *later = [getattr(error.__cause__, "sqlstate", "") for error in seen]
    # The other's people may be there only when the rows have been looked at again.
    assert first == "40P01" and set(later) <= {"23505"}
    assert (batch.state, batch.filed_rows, batch.attempts) == ("done", 30, 0)
    assert Worker.objects.count() == 30


def _until_somebody_waits_for(backend: int) -> None:
    """Other tests wait for locks of their own databases in the same cluster: those do not count."""
    until = time.monotonic() + _SECONDS
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(
                "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
                " AND %s = ANY (pg_blocking_pids(pid)))",
                [backend],
            )
            if cursor.fetchone()[0]:
                return
            time.sleep(0.05)
    raise AssertionError("the job never met the row")


def test_chunks_that_wait_for_their_turn_and_for_each_others_rows_give_way(
    send: Any, hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each job's second chunk is written first, and holds whom the other's first chunk files."""
    monkeypatch.setattr(filing, "CHUNK", 20)
    monkeypatch.setattr(filing, "OVERLAP_FROM", 1)
    monkeypatch.setattr(filing, "_others_at_work", lambda: False)
    monkeypatch.setattr(racing, "PATIENCE", 0.5)
    found = rows(40, today=hall.today)
    real, delayed = filing.write, []

    def late(attempt: Any, good: Any, **given: Any) -> Any:
        if attempt.numbers[0] == 2 and not any(attempt is one for one in delayed):
            delayed.append(attempt)
            time.sleep(0.3)
        return real(attempt, good, **given)

    monkeypatch.setattr(filing, "write", late)
    batches = [send(found, work=False), send([*found[20:], *found[:20]], work=False)]
    began = time.monotonic()
    at_once(*(lambda key=batch.pk: actions.work(key, now=hall.now) for batch in batches))  # type: ignore[misc]
    assert time.monotonic() - began < _SECONDS
    _each_once(batches, len(found))


def test_two_people_mend_rows_to_one_person_at_once(send: Any, hall: Hall) -> None:
    [good] = rows(1, today=hall.today)
    bad = good | {"document_number": good["document_number"][:-1] + "?"}
    batches = [send([bad]), send([bad])]

    def mending(batch: Batch) -> Any:
        changes = {batch.bad.get().pk: {"document_number": good["document_number"]}}
        return actions.mend(batch=batch, changes=changes, said={}, by=hall.operator, now=hall.now)

    results = at_once(*(lambda batch=batch: mending(batch) for batch in batches))  # type: ignore[misc]
    assert sorted(results) == [(0, 1), (1, 0)]
    assert Filing.objects.count() == 1
