"""Workbooks spoilt in every way: each spoilt row comes back named rightly, each good one is filed."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.batch.spoiling import HARMLESS, SPOILINGS
from tests.batch.workbooks import HEADINGS, NAMES, as_csv, as_xlsx, rows
from tests.contracts.making import Hall
from yonggong.accounts.models import AccessEntry
from yonggong.batch.models import Batch
from yonggong.cases.models import Case
from yonggong.registry.models import Worker

pytestmark = pytest.mark.django_db

_MARK = "FFFBE3E4"  # how the workbook given back marks a faulty cell


def _named(batch: Batch) -> dict[int, set[tuple[str, str]]]:
    return {
        row.number: {(problem[0], problem[2]) for problem in row.problems}
        for row in batch.bad.all()
    }


def _is_named(name: str, said: set[tuple[str, str]]) -> bool:
    wanted = SPOILINGS[name]
    return any(field == wanted.field and wanted.code in code for field, code in said)


def test_every_way_to_spoil_a_row_is_named_and_the_good_rows_between_are_filed(
    send: Any, hall: Hall
) -> None:
    found = rows(2 * len(SPOILINGS), today=hall.today)
    for row, way in zip(found[1::2], SPOILINGS.values(), strict=True):
        row |= way.changed(row, hall.today)
    batch = send(found)
    said = _named(batch)
    assert (batch.filed_rows, batch.bad_rows) == (len(SPOILINGS), len(SPOILINGS))
    wrongly = {
        name: said.get(3 + 2 * place)
        for place, name in enumerate(SPOILINGS)
        if not _is_named(name, said.get(3 + 2 * place, set()))
    }
    assert wrongly == {}
    for row in batch.bad.all():
        assert all(message and remedy for *_, message, remedy in row.problems), row.problems


def test_what_only_looks_spoilt_is_filed_as_it_is_meant(send: Any, hall: Hall) -> None:
    found = rows(len(HARMLESS), today=hall.today)
    meant = [(row["document_number"], row["name"], row["start_on"]) for row in found]
    for row, look in zip(found, HARMLESS.values(), strict=True):
        row |= look(row)
    batch = send(found)
    assert (batch.filed_rows, _named(batch)) == (len(HARMLESS), {})
    filed = [case.values for case in Case.objects.filter(batch=batch.pk).order_by("batch_row")]
    assert [
        (values["document_number"], values["name"], values["start_on"]) for values in filed
    ] == meant


@settings(
    max_examples=10,
    phases=[Phase.generate],  # shrinking would file workbook after workbook
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    seed=st.integers(1000, 10**6),
    ways=st.lists(st.sampled_from([None, *SPOILINGS]), min_size=4, max_size=14),
    looks=st.lists(st.sampled_from(sorted(HARMLESS)), min_size=14, max_size=14),
    kind=st.sampled_from(["xlsx", "reordered", "titled", "gbk", "utf-8-sig", "utf-16"]),
)
def test_a_workbook_spoilt_all_over_is_told_apart_row_by_row(
    send: Any, hall: Hall, seed: int, ways: list[str | None], looks: list[str], kind: str
) -> None:
    with transaction.atomic():
        found = rows(len(ways), today=hall.today, seed=seed)
        for row, way, look in zip(found, ways, looks, strict=False):
            row |= HARMLESS[look](row) if way is None else SPOILINGS[way].changed(row, hall.today)
        first = 4 if kind == "titled" else 2
        batch = send(found, content=_file(found, kind, Random(seed)))
        said = _named(batch)
        spoilt = {first + place: way for place, way in enumerate(ways) if way}
        repeated = _repeats(found, first)
        assert set(spoilt) | repeated == set(said)
        assert batch.filed_rows == len(ways) - len(set(spoilt) | repeated)
        for number, way in spoilt.items():
            assert number in repeated or _is_named(way, said[number]), (way, said[number])
        transaction.set_rollback(True)  # the next example begins with an empty hall


def _repeats(found: Sequence[dict[str, Any]], first: int) -> set[int]:
    """Rows whose person stood in an earlier row: two rows spoilt into the same child, say."""
    seen: set[str] = set()
    again = set()
    for number, row in enumerate(found, start=first):
        key = str(row["document_number"])
        if key in seen:
            again.add(number)
        seen.add(key)
    return again


def _file(found: Sequence[dict[str, Any]], kind: str, chance: Random) -> bytes:
    if kind == "reordered":
        return as_xlsx(found, names=chance.sample(NAMES, len(NAMES)))
    if kind == "titled":
        return as_xlsx(found, above=[["长春试验贸易有限公司新订人员"], []])
    return as_xlsx(found) if kind == "xlsx" else as_csv(found, encoding=kind)


def test_merged_and_empty_rows_spoil_nothing(send: Any, hall: Hall) -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(rows(4, today=hall.today))))
    sheet = book.active
    sheet.insert_rows(1, 2)
    sheet["A1"] = "新订备案人员名单"
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=8)
    sheet.insert_rows(5, 3)
    sheet.merge_cells(start_row=6, start_column=1, end_row=6, end_column=4)
    output = io.BytesIO()
    book.save(output)
    batch = send(0, content=output.getvalue())
    assert (batch.filed_rows, batch.bad_rows) == (4, 0)


def test_a_workbook_of_excel_97_is_read(send: Any, hall: Hall) -> None:
    content = Path(__file__).with_name("people.xls").read_bytes()
    assert content.startswith(b"\xd0\xcf\x11\xe0")
    batch = send(0, content=content)
    assert (batch.filed_rows, batch.bad_rows) == (5, 0)


def test_the_workbook_given_back_is_mended_and_files_exactly_the_rest(
    send: Any, hall: Hall, client: Client
) -> None:
    good = rows(len(SPOILINGS), today=hall.today)
    found = [dict(row) for row in good]
    for row, way in zip(found, SPOILINGS.values(), strict=True):
        row |= way.changed(row, hall.today)
    good += (rest := rows(5, today=hall.today, seed=99))
    batch = send([*found, *rest])
    assert (batch.filed_rows, batch.bad_rows) == (5, len(SPOILINGS))

    username = hall.operator.username
    client.post("/sign-in/", {"username": username, "password": "Yonggong-2026"})
    answer = client.get(reverse("employer:batch-bad", args=[batch.pk]))
    content = b"".join(answer) if answer.streaming else answer.content
    taken = AccessEntry.objects.get(kind=AccessEntry.Kind.DOWNLOAD)
    assert (taken.user, batch.number in taken.subject) == (hall.operator, True)
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.active
    headings = [str(cell.value or "").lstrip("*") for cell in sheet[1]]
    reason = headings.index("失败原因")
    for line, (name, way), row in zip(
        sheet.iter_rows(min_row=2, max_row=len(SPOILINGS) + 1),
        SPOILINGS.items(),
        good,
        strict=False,
    ):
        assert line[reason].value, name
        faulty = line[headings.index(HEADINGS.get(way.field, "情况说明"))]
        assert faulty.fill.start_color.rgb == _MARK, name
        for field, heading in HEADINGS.items():
            if field in row:
                line[headings.index(heading)].value = _cell(row[field])
    output = io.BytesIO()
    book.save(output)

    mended = send(0, content=output.getvalue())
    assert (mended.filed_rows, _named(mended)) == (len(SPOILINGS), {})
    assert Worker.objects.count() == Case.objects.filter(state="pending").count() == len(good)
    again = send(0, content=output.getvalue())
    assert again.filed_rows == 0
    assert {code for said in _named(again).values() for _, code in said} == {"unreviewed_filing"}


def _cell(value: Any) -> Any:
    return None if value is None else str(value)
