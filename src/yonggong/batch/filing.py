"""Check and file the rows of a workbook, chunk by chunk; each chunk is one transaction.

What a chunk brought about and how far the batch has come are written together, so a job killed
anywhere and started again ends with exactly the rows it would have had.
"""

from __future__ import annotations

import gc
import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from yonggong import policy
from yonggong.accounts.actions import record_access
from yonggong.batch import racing
from yonggong.batch.mending import EXPLANATION, Unmended
from yonggong.batch.models import BadRow, Batch
from yonggong.batch.pace import Pace
from yonggong.batch.parts import Part
from yonggong.batch.repeats import Repeats
from yonggong.batch.tabled import in_their_tabs
from yonggong.cases import checking
from yonggong.cases.attempts import Attempts
from yonggong.cases.bulk import copy_columns, write
from yonggong.forms import Form, Problem
from yonggong.forms.cleaning import CleanedColumns, Cleaner, is_answered
from yonggong.forms.reading import is_blank, shown
from yonggong.vault.sealing import seal_many

CHUNK = 2000
# From so many rows on, writing one chunk overlaps with checking the next.
OVERLAP_FROM = 4000
# No person's row has so few cells; so much of them is quoted.
_REMARK_CELLS, _QUOTED = 2, 20
# So many chunks are written at a time while nobody else is at work; one while somebody is, or
# was a moment ago.
_WRITERS = 2
_MOMENT = 1.0  # in seconds


class Stopped(Exception):
    """The batch was cancelled while the job was at it."""


def file_rows(
    batch: Batch,
    parts: Iterable[Part],
    *,
    now: datetime,
    progress: Callable[[int], None] = lambda done: None,
) -> int:
    """Check and file every row that is not dealt with yet; returns how many rows there are.

    `parts` are the rows of the workbook from the first one on. Raises `Stopped` where somebody
    cancelled; what is filed until then stays filed.
    """
    cleaner = batch.form.compile()
    repeats = Repeats(batch.form)
    pace, unmended = Pace(batch.next_row), Unmended.of(batch)
    rows = 0

    def chunks() -> Iterator[_Chunk]:
        nonlocal rows
        for part in parts:
            start, rows = rows, rows + len(part.numbers)
            repeated = repeats.among(part.numbers, part.columns)
            if rows > batch.next_row:
                yield _Chunk(
                    batch=batch,
                    part=part,
                    repeated=repeated,
                    start=start,
                    stop=rows,
                    now=now,
                    pace=pace,
                    unmended=unmended,
                ).beginning_at(max(start, batch.next_row))

    with _fewer_collections():
        if batch.total_rows < OVERLAP_FROM:
            for chunk in chunks():
                chunk.write(*chunk.check(cleaner))
                progress(chunk.stop)
        else:
            _overlapped(chunks(), cleaner, progress)
    return rows


@contextmanager
def _fewer_collections() -> Iterator[None]:
    """Look for garbage in cycles less often: a chunk makes many objects, and no cycles."""
    usual = gc.get_threshold()
    gc.set_threshold(100_000, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chunk:
    """Some rows of the sheet, checked and written together."""

    batch: Batch
    part: Part
    repeated: Mapping[int, Problem]
    start: int
    stop: int
    now: datetime
    pace: Pace
    unmended: Unmended

    def beginning_at(self, start: int) -> _Chunk:
        """What of the chunk begins at row `start` of the sheet."""
        if start == self.start:
            return self
        cut, part = start - self.start, self.part
        rest = Part(
            part.numbers[cut:],
            {name: cells[cut:] for name, cells in part.columns.items()},
            part.explanations and part.explanations[cut:],
            {name: numbers[cut:] for name, numbers in part.tables.items()},
        )
        return replace(self, part=rest, start=start)

    def check(self, cleaner: Cleaner) -> tuple[CleanedColumns, Attempts]:
        """Clean the cells and check the rows; writes nothing."""
        rows = len(self.part.numbers)
        cleaned = cleaner.clean(completed(self.batch, self.part.columns, rows), rows)
        return cleaned, self._checked(cleaned)

    def _checked(self, cleaned: CleanedColumns) -> Attempts:
        return checked(self.batch, self.part, cleaned, self.repeated)

    def write(
        self,
        cleaned: CleanedColumns,
        attempt: Attempts,
        earlier: Future[None] | None = None,
    ) -> None:
        """File the good rows, keep the bad ones, move the batch on.

        `earlier` writes the chunk before this one, from whose position this one goes on. Where
        somebody else filed one of these people meanwhile, the rows are looked at again, and the
        row says so.
        """
        racing.tried(
            lambda: _write_chunk(self, attempt, earlier),
            lambda: _write_chunk(self, self._checked(cleaned), earlier),
            between=earlier.result if earlier else lambda: None,
        )


def _overlapped(
    chunks: Iterator[_Chunk], cleaner: Cleaner, progress: Callable[[int], None]
) -> None:
    """Write one chunk, on a connection of its own, while the next is being checked.

    A chunk is checked without seeing the ones before it: who stands twice in the sheet is told
    beforehand, and what slips through the database refuses, upon which the chunk is checked again.
    Two are written at a time, since each waits for the database half of its time; they end in
    their order. While others use the platform it is one: what the database does for a batch goes
    at the expense of their pages.
    """
    with ThreadPoolExecutor(_WRITERS) as writers:
        under_way: deque[tuple[Future[None], int]] = deque()
        try:
            for chunk in chunks:
                done = chunk.check(cleaner)
                most = 1 if _others_at_work() else _WRITERS
                while len(under_way) >= most:
                    _settle(under_way, progress)
                earlier = under_way[-1][0] if under_way else None
                under_way.append((writers.submit(_written, chunk, *done, earlier), chunk.stop))
            while under_way:
                _settle(under_way, progress)
        finally:
            for future, _ in under_way:
                future.cancel()


def _others_at_work() -> bool:
    """Whether a process of another name than this one's uses the database, or just did."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT batch_others_at_work(make_interval(secs => %s))", [_MOMENT])
        (found,) = cursor.fetchone()
    return bool(found)


def _settle(under_way: deque[tuple[Future[None], int]], progress: Callable[[int], None]) -> None:
    future, stop = under_way.popleft()
    future.result()
    progress(stop)


def _written(
    chunk: _Chunk,
    cleaned: CleanedColumns,
    attempt: Attempts,
    earlier: Future[None] | None,
) -> None:
    try:
        chunk.write(cleaned, attempt, earlier)
    finally:
        connection.close()  # this thread's own


def completed(
    batch: Batch, columns: Mapping[str, Sequence[Any]], rows: int
) -> Mapping[str, Sequence[Any]]:
    """Raw columns with what blank cells of this kind of workbook mean filled in."""
    bulk = batch.definition.workbook
    assert bulk is not None
    return bulk.complete(columns, rows, batch.employer.party)


def checked(
    batch: Batch, part: Part, cleaned: CleanedColumns, repeated: Mapping[int, Problem]
) -> Attempts:
    """Cleaned rows as a checked attempt: the form's problems, repeats, the kind's own checks.

    `repeated`: by row number, for rows about somebody whom an earlier row is about.
    """
    if part.tables:
        cleaned = replace(cleaned, problems=in_their_tabs(cleaned.problems, part, batch.form))
    bulk, remarks = batch.definition.workbook, _remarks(batch.form, part, cleaned)
    assert bulk is not None
    attempt = Attempts(
        kind=batch.definition,
        form=batch.form,
        applicant=batch.employer.party,
        policy=policy.of(batch.region_code, batch.filed_on),
        today=batch.filed_on,
        by=batch.filed_by,
        counter=batch.counter,
        batch=batch.pk,
        columns=_answered(cleaned.values) if bulk.sparse else dict(cleaned.values),
        numbers=part.numbers,
        problems={row: list(found) for row, found in cleaned.problems.items()} | remarks,
        explained={
            row: str(text).strip() for row, text in enumerate(part.explanations or ()) if text
        },
    )
    again = [row for row, number in enumerate(part.numbers) if number in repeated]
    for row in again:
        attempt.refuse(row, [repeated[part.numbers[row]]])
    attempt.passed_by = {*remarks, *again}
    checking.check(attempt)
    if attempt.told:
        told = f"提交备案时告知：{len(attempt.told)} 人在其他单位的备案"
        record_access(f"单位 {batch.employer.name}", told, by=batch.filed_by, address=batch.address)
    return attempt


def _answered(columns: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    """The columns that any row answered: most workbooks leave the optional ones out."""
    return {name: column for name, column in columns.items() if is_answered(column)}


def _remarks(form: Form, part: Part, cleaned: CleanedColumns) -> dict[int, list[Problem]]:
    """A line under the table that is about nobody is told in one line, not column by column. Of a
    kind that is about nobody, no line is such."""
    numbers, found = part.columns.get("document_number"), dict[int, list[Problem]]()
    if "document_number" not in form.fields_by_name:
        return found
    for row in cleaned.problems:
        if numbers is not None and not is_blank(numbers[row]):
            continue
        cells = [column[row] for column in part.columns.values() if not is_blank(column[row])]
        if len(cells) <= _REMARK_CELLS:
            found[row] = [_remark(shown(cells[0]) if cells else "")]
    return found


def _remark(text: str) -> Problem:
    quoted = f"{text[:_QUOTED]}…" if len(text) > _QUOTED else text
    return Problem(
        field="",
        code="remark",
        message=f"这一行没有证件号码，只填了“{quoted}”，看来是表格下方的备注",
        remedy="不是人员的，请点“不再处理”；是人员的，请下载失败行，补全后再上传",
    )


@transaction.atomic
def _write_chunk(chunk: _Chunk, attempt: Attempts, earlier: Future[None] | None) -> None:
    batch, good = chunk.batch, attempt.good()
    with connection.cursor() as cursor:
        # Checked as they are written, not at the commit: that waits for the chunk before.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        # Not waited for until it is on the disk: rows and position stand in the one commit, so a
        # crash of the server loses both or neither, and what is lost is done again. The commit
        # that says the batch is done is waited for, and with it all before it.
        cursor.execute("SET LOCAL synchronous_commit = off")
    write(attempt, good, now=chunk.now, address=batch.address)
    _write_bad(batch, attempt, chunk.part)
    racing.await_turn(earlier)
    moved = Batch.objects.filter(
        pk=batch.pk, state=Batch.State.FILING, next_row=chunk.start
    ).update(
        next_row=chunk.stop,
        expected_at=chunk.pace.end(chunk.stop, batch.total_rows),
        attempts=0,
        filed_rows=F("filed_rows") + len(good),
        bad_rows=F("bad_rows") + attempt.size - len(good),
    )
    if not moved:
        raise Stopped
    chunk.unmended.settle(attempt, good)


def _write_bad(batch: Batch, attempt: Attempts, part: Part) -> None:
    bad = sorted(attempt.problems)
    if not bad:
        return
    columns, form = dict(part.columns), batch.form
    if part.explanations is not None:
        columns[EXPLANATION] = part.explanations
    cells = [
        json.dumps(
            {
                name: _kept(column[row])
                for name, column in columns.items()
                if column[row] is not None
            },
            ensure_ascii=False,
        )
        for row in bad
    ]
    numbers = [attempt.numbers[row] for row in bad]
    copy_columns(
        "batch_badrow",
        {
            "number": numbers,
            "cells_sealed": seal_many(
                cells, [BadRow.owner_of(batch.pk, number) for number in numbers]
            ),
            "problems": [problems_text(attempt.problems[row], form) for row in bad],
        },
        {"batch_id": batch.pk, "mended": False},
        len(bad),
    )


def _kept(cell: Any) -> Any:
    """A cell as a bad row keeps it: as text, a table as rows of such."""
    if isinstance(cell, list):
        return [{name: shown(value) for name, value in row.items()} for row in cell]
    return shown(cell)


def problems_text(problems: Sequence[Problem], form: Form) -> str:
    """What is wrong with a row, as `BadRow.problems` keeps it; every problem names its column."""
    fields = form.fields_by_name
    return json.dumps(
        [
            [
                problem.field,
                problem.label or (fields[problem.field].label if problem.field in fields else ""),
                problem.code,
                problem.message,
                problem.remedy,
                *([problem.about] if problem.about else []),
            ]
            for problem in problems
        ],
        ensure_ascii=False,
    )
