"""Killed anywhere and started again, a batch ends with exactly the rows it would have had.

The job runs in a process of its own, as in service, and is killed as the kernel kills.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.db.models import F

from tests.batch.conftest import Send
from tests.batch.workbooks import as_xlsx, rows
from tests.contracts.making import Hall
from yonggong.batch import actions
from yonggong.batch.mending import cells_of
from yonggong.batch.models import Batch
from yonggong.cases.models import Case
from yonggong.contracts.models import Contract, Filing
from yonggong.contracts.threads import values_of_text
from yonggong.registry.models import Worker

pytestmark = pytest.mark.django_db(transaction=True)

_ROWS, _CHUNK = 1500, 30
_SECONDS = 300  # a job's process may take long to begin where others work too

# Small chunks, written two at a time while the next is checked.
_JOB = """
import sys
from datetime import datetime
import django
django.setup()
from yonggong.batch import actions, filing
filing.CHUNK, filing.OVERLAP_FROM = int(sys.argv[2]), 1
actions.work(int(sys.argv[1]), now=datetime.fromisoformat(sys.argv[3]))
"""

Picture = dict[str, Any]


def _workbook(today: date) -> bytes:
    """Good rows and spoiled ones: unreadable, the same person twice, stopped by the law, and passed
    by it with a word of advice."""
    found = rows(_ROWS, today=today)
    for place, row in enumerate(found):
        if place % 50 == 7:
            row["mobile"] = "1"
        elif place % 70 == 20:
            row |= {"probation_end_on": today + timedelta(days=20), "probation_pay": "1"}
        elif place % 90 == 40:
            row["document_number"] = found[place - 40]["document_number"]
            row["birth_on"] = found[place - 40]["birth_on"]
            row["sex"] = found[place - 40]["sex"]
    return as_xlsx(found)


def _picture(batch: Batch) -> Picture:
    """All that a batch brought about, but for running numbers and random sealing."""
    cases = Case.objects.filter(batch=batch.pk).order_by("batch_row").select_related("filing")
    columns = [
        "kind", "state", "subject_name", "region_code", "finding_count", "filed_at", "due_on",
        "statutory_due_on", "late_days",
    ]  # fmt: skip
    skipped = {"id", "case", "contract", "worker", "employer", "agency", "document_sealed"}
    owner = (batch.employer_id, batch.agency_id, batch.filed_by_id)

    def seen(row: Any) -> dict[str, Any]:
        return {
            field.name: _plain(getattr(row, field.attname))
            for field in row._meta.concrete_fields
            if field.name not in skipped
        }

    related = ("contract", "worker", "contract__worker")
    filings = Filing.objects.filter(case__batch=batch.pk).select_related(*related)
    by_case = {filing.case_id: filing for filing in filings}
    assert all(filing.worker == filing.contract.worker for filing in filings)
    assert {(case.applicant_id, case.agency_id, case.filed_by_id) for case in cases} <= {owner}
    return {
        "cases": {
            case.batch_row: (
                {name: getattr(case, name) for name in columns},
                values_of_text(case),
                case.version.findings,
                [
                    (event.action, event.at, event.by_id == batch.filed_by_id)
                    for event in case.events.all()
                ],
                seen(by_case[case.pk]),
                seen(by_case[case.pk].contract),
                seen(by_case[case.pk].worker),
            )
            for case in cases.prefetch_related("events")
        },
        "bad": {row.number: (cells_of(row), row.problems, row.mended) for row in batch.bad.all()},
        "counts": (batch.state, batch.total_rows, batch.next_row, batch.filed_rows, batch.bad_rows),
        "tables": [model.objects.count() for model in (Case, Contract, Filing, Worker)],
    }


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


_undisturbed: dict[date, Picture] = {}


@pytest.fixture
def undisturbed(send: Send, hall: Hall) -> Picture:
    """What the workbook brings about when nothing happens to its job; the tables are empty after."""
    if hall.today not in _undisturbed:
        _undisturbed[hall.today] = _picture(send(0, content=_workbook(hall.today)))
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE cases_case, contracts_contract, registry_worker CASCADE")
    return _undisturbed[hall.today]


@pytest.fixture
def waiting(send: Send, hall: Hall) -> Batch:
    """The workbook uploaded, its job not begun."""
    return send(0, content=_workbook(hall.today), work=False)


Start = Callable[[Batch], "subprocess.Popen[bytes]"]


@pytest.fixture
def start(hall: Hall) -> Any:
    """Begin the job of a batch in a process of its own; whatever still runs is ended."""
    begun: list[subprocess.Popen[bytes]] = []
    given = connection.settings_dict
    where = urlencode({"host": given["HOST"], "port": given["PORT"]})
    url = f"postgresql://{given['USER']}:{given['PASSWORD']}@/{given['NAME']}?{where}"

    def act(batch: Batch) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-c", _JOB, str(batch.pk), str(_CHUNK), hall.now.isoformat()],
            env={**os.environ, "DATABASE_URL": url},
            stderr=subprocess.DEVNULL,
        )
        begun.append(process)
        return process

    yield act
    for process in begun:
        process.kill()
        process.wait()


def _until(holds: Callable[[], object], process: subprocess.Popen[bytes]) -> bool:
    """Wait until something holds; False where the job ended before it did."""
    ends = time.monotonic() + _SECONDS
    while not holds():
        if process.poll() is not None:
            return bool(holds())
        assert time.monotonic() < ends, "neither did it come about, nor did the job end"
        time.sleep(0.001)
    return True


def _beyond(batch: Batch, row: int) -> Callable[[], bool]:
    return Batch.objects.filter(pk=batch.pk, next_row__gt=row).exists


def _finished(batch: Batch, start: Start) -> Batch:
    """Begin the job again and again, as the platform does every minute, until it is done."""
    while Batch.objects.filter(pk=batch.pk, state__in=["waiting", "reading", "filing"]).exists():
        assert start(batch).wait(_SECONDS) == 0
    batch.refresh_from_db()
    return batch


def test_killed_at_any_moment_and_begun_again_it_files_what_it_would_have_filed(
    undisturbed: Picture, waiting: Batch, start: Start
) -> None:
    chance, stood = Random(1121), []
    for share in (0, 0.1, 0.25, 0.45, 0.7):
        # As soon as so much is filed, and up to some chunks later: within one, or between two.
        process = start(waiting)
        reached = _until(_beyond(waiting, int(share * _ROWS)), process)
        time.sleep(chance.random() * 0.06)
        process.send_signal(signal.SIGKILL)
        process.wait()
        waiting.refresh_from_db()
        stood.append(waiting.next_row)
        assert reached
    assert sum(0 < row < _ROWS for row in stood) >= 3
    assert _picture(_finished(waiting, start)) == undisturbed


def _reading_process(job: subprocess.Popen[bytes]) -> int | None:
    for children in Path(f"/proc/{job.pid}/task").glob("*/children"):
        with suppress(OSError):  # of a thread or process that has just ended
            for child in children.read_text().split():
                if b"yonggong.batch.sheet" in Path(f"/proc/{child}/cmdline").read_bytes():
                    return int(child)
    return None


@pytest.mark.parametrize("share", [None, 0.3], ids=["before a row is read", "in the middle"])
def test_where_the_reading_process_is_killed_the_batch_waits_to_be_begun_again(
    undisturbed: Picture, waiting: Batch, start: Start, share: float | None
) -> None:
    job = start(waiting)
    if share is not None:
        assert _until(_beyond(waiting, int(share * _ROWS)), job)
    found: list[int] = []

    def reads() -> bool:
        found.extend(filter(None, [_reading_process(job)]))
        return bool(found)

    assert _until(reads, job)
    os.kill(found[0], signal.SIGKILL)
    assert job.wait(_SECONDS) != 0
    waiting.refresh_from_db()
    assert waiting.is_open and waiting.next_row < _ROWS
    assert _picture(_finished(waiting, start)) == undisturbed


def test_cancelled_in_the_middle_it_keeps_the_rows_dealt_with_and_no_others(
    undisturbed: Picture, waiting: Batch, start: Start, hall: Hall, now: datetime
) -> None:
    job = start(waiting)
    assert _until(_beyond(waiting, _ROWS // 4), job)
    actions.cancel(batch=waiting, by=hall.operator, now=now)
    assert job.wait(_SECONDS) == 0
    start(waiting).wait(_SECONDS)  # what is cancelled stays so
    waiting.refresh_from_db()
    assert waiting.state == "cancelled" and 0 < waiting.next_row < _ROWS
    last = waiting.next_row + 1  # below the headings
    found = _picture(waiting)
    for kept in ("cases", "bad"):
        assert found[kept] == {row: seen for row, seen in undisturbed[kept].items() if row <= last}
    assert (waiting.filed_rows, waiting.bad_rows) == (len(found["cases"]), len(found["bad"]))
    assert not Filing.objects.exclude(worker=F("contract__worker")).exists()
