"""Workbooks as people send them, good and spoiled, made from a seed."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

import openpyxl

from yonggong.contracts.forms import NEW_FORM
from yonggong.demonstration import inventing
from yonggong.forms.columns import columns

NAMES = (
    "document_type", "document_number", "name", "sex", "birth_on", "mobile", "work_start_on",
    "employment_form", "term_type", "contract_text", "signed_on", "start_on", "end_on",
    "probation_end_on", "probation_pay", "job", "workplace", "hours_system", "weekly_hours",
    "pay_form", "base_pay", "performance_pay", "allowances", "pay_day",
)  # fmt: skip
HEADINGS = {column.name: column.heading for column in columns(NEW_FORM)}


def rows(count: int, *, today: date, seed: int = 1) -> list[dict[str, Any]]:
    """`count` good rows of new contracts, by field name."""
    rng = Random(seed)
    start = today - timedelta(days=10)
    return [
        {
            name: value
            for name, value in inventing.contract(
                rng, person, region="220104", start=start, dispatcher=False, part_time=False
            ).items()
            if name in NAMES
        }
        for person in inventing.people(rng, region="220104", today=today, count=count)
    ]


def as_xlsx(
    found: Sequence[Mapping[str, Any]],
    *,
    names: Sequence[str] = NAMES,
    above: Sequence[Sequence[Any]] = (),
    headings: Mapping[str, str] = HEADINGS,
) -> bytes:
    """The rows as .xlsx: headings below `above`, columns in the order of `names`."""
    book = openpyxl.Workbook()
    sheet = book.active
    for line in above:
        sheet.append(list(line))
    sheet.append([headings[name] for name in names])
    for row in found:
        sheet.append([_cell(row.get(name)) for name in names])
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def as_csv(found: Sequence[Mapping[str, Any]], *, encoding: str, separator: str = ",") -> bytes:
    """The rows as .csv."""
    output = io.StringIO()
    writer = csv.writer(output, delimiter=separator)
    writer.writerow([HEADINGS[name] for name in NAMES])
    for row in found:
        writer.writerow([_cell(row.get(name)) for name in NAMES])
    return output.getvalue().encode(encoding)


def _cell(value: Any) -> Any:
    if value is None or isinstance(value, str):
        return value
    return "是" if value is True else "否" if value is False else str(value)


def repacked(content: bytes, extra: Mapping[str, bytes]) -> bytes:
    """An .xlsx with parts added or replaced."""
    output = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            if entry.filename not in extra:
                new.writestr(entry.filename, old.read(entry.filename))
        for name, body in extra.items():
            new.writestr(name, body)
    return output.getvalue()
