"""A workbook of 100,000 rows × 25 columns: read, checked, filed; against parse plus bare COPY."""

from __future__ import annotations

import io
import resource
import time
from datetime import date, timedelta
from random import Random
from uuid import uuid4

from django.db import connection
from django.utils import timezone

from bench.results import Result
from yonggong.accounts.models import User
from yonggong.batch import actions
from yonggong.batch.models import Batch
from yonggong.cases.bulk import copy_columns
from yonggong.codes.invent import invent_id_number, invent_mobile
from yonggong.contracts.bulk import NEW_FORM
from yonggong.demonstration import inventing
from yonggong.forms.columns import columns
from yonggong.registry.models import Employer

_SIZES = (1_000, 10_000, 100_000)
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
    results = []
    for size in _SIZES:
        content, rows = workbook(size)
        floor = _floor(content, rows)
        ours, batch = _ours(content, user, employer)
        assert batch.filed_rows > size * 0.99, (batch.state, batch.message, batch.filed_rows)
        results.append(
            Result(f"batch: {size:,} rows × {len(NAMES)}", "s", ours, floor, "ratio ≤ 5")
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    results.append(Result("batch: peak memory of the process", "MB", peak, 1024, "< 1 GB"))
    return results


def workbook(size: int) -> tuple[bytes, list[list[str]]]:
    """Good rows of distinct invented people, as .xlsx and as cells."""
    import xlsxwriter

    rng = Random(uuid4().int)
    today = timezone.localdate()
    headings = {column.name: column.heading for column in columns(NEW_FORM)}
    rows: list[list[str]] = []
    seen: set[str] = set()
    while len(rows) < size:
        birth = date(1972, 1, 1) + timedelta(days=rng.randrange(12_000))
        region = f"{rng.choice((22, 15, 14, 21, 23, 13))}01{rng.randrange(21, 84)}"
        number = invent_id_number(rng, region=region, birth_date=birth, sex="1")
        if number in seen:
            continue
        seen.add(number)
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
    return output.getvalue(), rows


def _floor(content: bytes, rows: list[list[str]]) -> float:
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


def _ours(content: bytes, user: User, employer: Employer) -> tuple[float, Batch]:
    batch = actions.upload(
        kind="contract.new", employer=employer, file_name="bench.xlsx", content=content,
        key=uuid4(), by=user, today=timezone.localdate(), address=None,
    )  # fmt: skip
    began = time.perf_counter()
    actions.work(batch.pk, now=timezone.now())
    took = time.perf_counter() - began
    batch.refresh_from_db()
    return took, batch
