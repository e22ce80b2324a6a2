"""Filing many rows of one kind at once: the rows that `actions.submit` writes of each, by COPY.

A chunk of rows is checked as a page is (`checking.check`), then its good rows are written in the
caller's transaction. Nothing here knows what a contract is: a kind brings its own `Workbook`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import connection

from yonggong.accounts.models import User
from yonggong.cases import closed, form_versions
from yonggong.cases.attempts import Attempts
from yonggong.cases.life import Action, State
from yonggong.cases.models import Version
from yonggong.cases.verdicts import Verdict
from yonggong.forms import Form, Problem
from yonggong.vault.sealing import seal_many, text_of


def repeats_row(earlier: int) -> Problem:
    """The row is about somebody whom row `earlier` of the same workbook is about."""
    return Problem(
        field="document_number",
        label="证件号码",
        code="repeated_in_file",
        message=f"与第 {earlier} 行是同一人",
        remedy="同一批中每人只能有一行，请删除多余的行，或改正证件号码",
    )


def write(
    attempt: Attempts, rows: Sequence[int], *, now: datetime, address: str | None
) -> list[int]:
    """File the rows `rows` of a checked chunk: cases, their events, the kind's own rows.

    Call inside a transaction. Returns the case keys, in the order of `rows`. Raises `Forbidden` where
    the applicant was closed since they were checked.
    """
    kind, applicant = attempt.kind, attempt.applicant
    assert kind.workbook is not None
    keys, versions = reserve("cases_case", len(rows)), reserve("cases_version", len(rows))
    if not rows:
        return keys
    kind.workbook.begins(attempt, rows)
    names, late = _names(attempt, rows), picked(attempt.lateness, rows)
    agencies = [agency.pk if agency else None for agency in picked(attempt.agencies, rows)]
    at = now.isoformat()
    constant = {
        "kind": kind.name,
        "frequent": kind.frequent,
        "exclusive": kind.exclusive,
        "state": State.PENDING.value,
        "applicant_id": applicant.pk,
        "region_code": applicant.region_code,
        "filed_by_id": attempt.by.pk,
        "counter_id": attempt.counter.pk if attempt.counter else None,
        "filed_at": at,
        "item_version_id": kind.version,
        "due_on": kind.decide_by(attempt.policy, attempt.today),
        "due_by_law_on": kind.decide_by_law(attempt.today),
        "opinion": "",
        "batch": attempt.batch,
        "updated_at": at,
    }
    copy_columns(
        "cases_case",
        {
            "id": keys,
            "subject_name": names,
            "agency_id": agencies,
            "acting_agency_id": agencies,
            "current_id": versions,
            "finding_count": [len(attempt.verdicts.get(row, ())) for row in rows],
            "subject": [attempt.subjects[row] for row in rows],
            "statutory_due_on": [due for due, _ in late],
            "late_days": [days for _, days in late],
            "batch_row": [attempt.numbers[row] for row in rows],
        },
        constant,
        len(rows),
    )
    copy_columns(
        "cases_version",
        {
            "id": versions,
            "case_id": keys,
            "data": stored_rows(
                kind.form, attempt.columns, rows, [Version.owner_of(key, 1) for key in keys]
            ),
            "findings": [_findings(attempt.verdicts.get(row)) for row in rows],
        },
        {
            "form_id": form_versions.key_of(kind.form),
            "number": 1,
            "judged_on": attempt.today,
            "by_id": attempt.by.pk,
            "at": at,
            "counter_id": attempt.counter.pk if attempt.counter else None,
        },
        len(rows),
    )
    note_events(keys, Action.SUBMIT, by=attempt.by, now=now, address=address)
    kind.workbook.opened(attempt, rows, keys, now)
    closed.hold(kind, applicant)
    return keys


def note_events(
    keys: Sequence[int],
    action: Action,
    said: str = "",
    *,
    by: User,
    now: datetime,
    address: str | None = None,
) -> None:
    """Write the same event into the history of each of these cases."""
    told = {
        "action": action.value,
        "by_id": by.pk,
        "at": now.isoformat(),
        "opinion": said,
        "changes": "[]",
        "address": address,
    }
    copy_columns("cases_event", {"case_id": keys}, told, len(keys))


def _names(attempt: Attempts, rows: Sequence[int]) -> Sequence[str]:
    """The one-line subjects of some rows."""
    kind = attempt.kind
    assert kind.workbook is not None
    if kind.workbook.names is not None:
        return picked(kind.workbook.names(attempt), rows)
    return [kind.subject_name(attempt.one(row)) for row in rows]


def _findings(verdicts: list[Verdict] | None) -> str:
    if not verdicts:
        return "[]"
    return _json([asdict(verdict) for verdict in verdicts])


def stored_rows(
    form: Form, columns: Mapping[str, list[Any]], rows: Sequence[int], owners: Sequence[str]
) -> list[str]:
    """What `Version.data` holds of each row, as JSON text: `Form.dump` with personal fields sealed
    for the version that the row's owner tells.

    Column by column, each distinct value written once: most columns hold few.
    """
    personal = set(form.personal_fields)
    pieces: list[list[str]] = []
    for item in form.fields:
        column = columns.get(item.name)
        if column is None:
            continue
        cells = picked(column, rows)
        head = f'"{item.name}":'
        if item.name in personal:
            texts = [text_of(form.dump_value(item.name, cell)) for cell in cells]
            sealed = seal_many(texts, [f"{owner}/{item.name}" for owner in owners])
            pieces.append([f'{head}"{token}"' if token else "" for token in sealed])
        else:
            pieces.append(_encoded(form, item.name, head, cells))
    return ["{" + ",".join(filter(None, cells)) + "}" for cells in zip(*pieces, strict=True)]


def picked(column: Sequence[Any], rows: Sequence[int]) -> Sequence[Any]:
    """The cells of some rows in ascending order; mostly that is the whole column."""
    return column if len(rows) == len(column) else [column[row] for row in rows]


# One encoder for all: `json.dumps` with an option makes one a call.
_json = json.JSONEncoder(ensure_ascii=False).encode


def _encoded(form: Form, name: str, head: str, cells: Sequence[Any]) -> list[str]:
    def piece(cell: Any) -> str:
        return "" if cell is None or cell == [] else head + _json(form.dump_value(name, cell))

    if form.fields_by_name[name].type.tabular:  # rows cannot be keys, and hardly repeat
        return [piece(cell) for cell in cells]
    kinds = set(map(type, cells))
    if list in kinds or len(kinds - {type(None)}) > 1:
        # Equal values of different type (1 and True) are not written alike.
        keys = [tuple(cell) if cell.__class__ is list else (cell.__class__, cell) for cell in cells]
        distinct = {key: piece(cell) for key, cell in dict(zip(keys, cells, strict=True)).items()}
        return [distinct[key] for key in keys]
    written = {cell: piece(cell) for cell in set(cells)}
    return [written[cell] for cell in cells]


# --- COPY ----------------------------------------------------------------------------------


def reserve(table: str, count: int) -> list[int]:
    """`count` keys of a table's sequence, reserved for rows to come."""
    if not count:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(nextval(keys)) FROM generate_series(1, %s),"
            " (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS keys OFFSET 0) AS sequence",
            [count, table],
        )
        keys: list[int] = cursor.fetchone()[0]
    return keys


_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def copy_columns(
    table: str,
    columns: Mapping[str, Sequence[Any]],
    constants: Mapping[str, Any],
    count: int,
    *,
    by: Sequence[Any] | None = None,
) -> None:
    """COPY `count` rows into `table`: columns given as lists, others the same in every row.

    Values are str, int, bool, date, Decimal, bytes or None. `by`: what the rows are sorted by as
    they are written, for a table in which others may write the same ones: in one order for all,
    they wait one behind the other and not in a circle. Raises Django's own errors.
    """
    from psycopg import sql

    texts = [_copy_texts(values) for values in columns.values()]
    tail = "\t".join(_copy_text(value) for value in constants.values())
    ending = f"\t{tail}\n" if constants else "\n"
    lines = ["\t".join(cells) + ending for cells in zip(*texts, strict=True)]
    if by is not None:
        lines = [lines[row] for row in sorted(range(count), key=by.__getitem__)]
    block = "".join(lines)
    names = [*columns, *constants]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(",").join(map(sql.Identifier, names))
    )
    # Django wraps the driver's errors in its own wherever it calls it; COPY it does not know.
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(statement) as copy,
    ):
        copy.write(block.encode())


def _copy_texts(values: Iterable[Any]) -> Sequence[str]:
    """A column as COPY reads it. Done by the column: cell by cell would take most of the time."""
    cells = list(values)
    kinds = set(map(type, cells))
    if kinds == {str}:
        return list(map(_escaped, cells)) if _has_marks("".join(cells)) else cells
    if kinds == {int}:
        return list(map(str, cells))
    if kinds == {bytes}:
        return [f"\\\\x{cell.hex()}" for cell in cells]
    # Dates, amounts, answers that may be missing: few different ones, written once each.
    known = {cell: _copy_text(cell) for cell in set(cells)}
    return [known[cell] for cell in cells]


def _copy_text(value: Any) -> str:
    if value is None:
        return "\\N"
    if value.__class__ is str:
        return _escaped(value)
    if value.__class__ is bool:
        return "t" if value else "f"
    if isinstance(value, bytes):
        return "\\\\x" + value.hex()
    return str(value)


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES) if _has_marks(text) else text


def _has_marks(text: str) -> bool:
    return "\\" in text or "\t" in text or "\n" in text or "\r" in text
