"""A workbook of 100,000 rows × 25 columns: read, checked, filed; against parse plus bare COPY."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from random import Random
from statistics import median
from uuid import uuid4

from django.db import connection
from django.test.utils import override_settings
from django.utils import timezone

from bench.filing import Filer
from bench.importing import import_workbook
from bench.results import Result, milliseconds
from yonggong.accounts.models import User
from yonggong.batch import actions
from yonggong.batch.models import Batch
from yonggong.cases.bulk import copy_columns
from yonggong.codes.invent import invent_id_number, invent_mobile
from yonggong.contracts.forms import NEW_FORM
from yonggong.demonstration import inventing
from yonggong.forms.columns import columns
from yonggong.registry.models import Employer

# So often each size, the least of ours and of the floor: what else the machine does adds to either.
_ROUNDS = {1_000: 3, 10_000: 2, 100_000: 2, 300_000: 1}
# While so many rows are filed by a job, somebody files by the page every tenth of a second.
_BESIDE, _PAUSE, _IDLE_ROUNDS = 50_000, 0.1, 60
_IMPORTED = 10_000
_given: set[str] = set()
NAMES = (
    "document_type", "document_number", "name", "sex", "birth_on", "education", "mobile",
    "work_start_on", "employment_form", "term_type", "contract_text", "signed_on", "start_on",
    "end_on", "probation_end_on", "probation_pay", "job", "workplace", "hours_system",
    "weekly_hours", "pay_form", "base_pay", "performance_pay", "allowances", "pay_day",
)  # fmt: skip


def run() -> list[Result]:
    """Each size on the database as it is; nothing is kept but the cases."""
    user = User.objects.get(username="danwei")
    employer = Employer.objects.get(pk=min(user.scope.employers()))
    results = [_beside(user, employer)]
    took: dict[int, float] = {}
    peak = 0.0
    for size, rounds in _ROUNDS.items():
        measured = [_measured(size, user, employer) for _ in range(rounds)]
        took[size] = min(ours for ours, _, _ in measured)
        floor = min(floor for _, floor, _ in measured)
        peak = max(peak, *(memory for _, _, memory in measured))
        name = f"batch: {size:,} rows × {len(NAMES)}"
        wanted = "ratio ≤ 5" if size >= 100_000 else ""
        results.append(Result(name, "s", took[size], floor, wanted))
    imported = import_workbook(workbook(_IMPORTED), NAMES, employer) * 1000 / _IMPORTED
    ours = took[_IMPORTED] * 1000 / _IMPORTED
    name = "batch: a row, by django-import-export"
    results.append(Result(name, "ms", ours, imported, "ratio < 0.25"))
    least, most = min(took), max(took)
    per_row = [took[size] * 1000 / size for size in (most, least)]
    results += [
        Result(f"batch: a row of {most:,}, of {least:,}", "ms", *per_row, "ratio ≤ 1"),
        Result("batch: peak memory, job or reading", "MB", peak, 1024, "< 1 GB"),
    ]
    return results


def _measured(size: int, user: User, employer: Employer) -> tuple[float, float, float]:
    """Seconds that a new workbook takes, seconds of the floor, the most memory in MB."""
    content = workbook(size)
    floors = [_floor(content)]
    # The job process has run for long when a workbook comes: one of a row before it.
    batches = [_uploaded(some, user, employer) for some in (workbook(1), content)]
    *_, said = _worked(batches)
    floors.append(_floor(content))
    filed = Batch.objects.get(pk=batches[-1].pk)
    assert filed.filed_rows > size * 0.99, (filed.state, filed.message, filed.filed_rows)
    return said["seconds"], min(floors), max(said["own"], said["reading"])


@override_settings(ALLOWED_HOSTS=["testserver"])
def _beside(user: User, employer: Employer) -> Result:
    """What a filing by the page takes while a job files a workbook, and while none does."""
    batch = _uploaded(workbook(_BESIDE), user, employer)
    file = Filer(4 * _IDLE_ROUNDS + 400).file

    def paced() -> float:
        time.sleep(_PAUSE)
        return milliseconds(file)

    idle = [paced() for _ in range(_IDLE_ROUNDS)]
    with ThreadPoolExecutor(1) as other:
        job = other.submit(_worked, [batch])
        while Batch.objects.get(pk=batch.pk).state != Batch.State.FILING:
            time.sleep(_PAUSE)
        busy = [paced()]
        while not job.done():
            busy.append(paced())
    job.result()
    return Result(
        "batch: a filing by the page meanwhile", "ms", median(busy[:-1]), median(idle), "ratio ≤ 2"
    )


def _uploaded(content: bytes, user: User, employer: Employer) -> Batch:
    return actions.upload(
        kind="contract.new", employer=employer, file_name="bench.xlsx", content=content,
        key=uuid4(), by=user, today=timezone.localdate(), address=None,
    )  # fmt: skip


def _worked(batches: Sequence[Batch]) -> list[dict[str, float]]:
    """What `bench.job` says of batches that it works on in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.job", *(str(batch.pk) for batch in batches)],
        stdout=subprocess.PIPE,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def workbook(size: int) -> bytes:
    """Good rows of distinct invented people, in no other workbook, as .xlsx."""
    import xlsxwriter

    rng = Random(uuid4().int)
    today = timezone.localdate()
    headings = {column.name: column.heading for column in columns(NEW_FORM)}
    rows: list[list[str]] = []
    while len(rows) < size:
        birth = date(1972, 1, 1) + timedelta(days=rng.randrange(12_000))
        region = f"{rng.choice((22, 15, 14, 21, 23, 13))}01{rng.randrange(21, 84)}"
        number = invent_id_number(rng, region=region, birth_date=birth, sex="1")
        if number in _given:
            continue
        _given.add(number)
        person = inventing.Person(
            inventing.person_name(rng, region="22"), number, "1", birth, invent_mobile(rng)
        )
        values = inventing.contract(
            rng, person, region="220104", start=today, dispatcher=False, part_time=False
        )
        rows.append([str(values[name]) if values.get(name) is not None else "" for name in NAMES])
    output = io.BytesIO()
    book = xlsxwriter.Workbook(output, {"constant_memory": True, "in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, [headings[name] for name in NAMES])
    for place, row in enumerate(rows, start=1):
        for position, cell in enumerate(row):
            if cell:
                sheet.write_string(place, position, cell)
    book.close()
    return output.getvalue()


def _floor(content: bytes) -> float:
    """The fastest reader here, and COPY of the same cells into a table without indexes."""
    from python_calamine import CalamineWorkbook

    names = [f"c{place}" for place in range(len(NAMES))]
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_floor")
        cursor.execute(f"CREATE TABLE bench_floor ({', '.join(f'{name} text' for name in names)})")
    began = time.perf_counter()
    read = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    cells = [[str(cell) for cell in column] for column in zip(*read[1:], strict=True)]
    copy_columns("bench_floor", dict(zip(names, cells, strict=True)), {}, len(read) - 1)
    took = time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bench_floor")
    return took
