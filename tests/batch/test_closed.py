"""Workbooks of an employer that closes: nothing more of them is filed, and they say why."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.batch.workbooks import as_xlsx, rows
from tests.contracts.making import Hall, ending_answers
from tests.employers.cancellation.test_races import waits_for
from tests.employers.closing import cancellation, closed, left_behind
from yonggong.batch import actions
from yonggong.batch.models import Batch
from yonggong.batch.reading import FileRefused
from yonggong.cases.errors import Forbidden
from yonggong.cases.models import Case
from yonggong.contracts.ending.workbook import ENDING_BATCH
from yonggong.contracts.models import Filing
from yonggong.forms.columns import columns


def upload(hall: Hall, kind: str, found: list[dict[str, Any]], **how: Any) -> Batch:
    return actions.upload(
        kind=kind,
        employer=hall.employer,
        file_name="名单.xlsx",
        content=as_xlsx(found, **how),
        key=uuid4(),
        by=hall.operator,
        today=hall.today,
        address="127.0.0.1",
    )


@pytest.mark.django_db
def test_a_batch_that_waits_files_nothing_once_the_employer_has_closed(hall: Hall) -> None:
    batch = upload(hall, "contract.new", rows(2, today=hall.today))
    closed(hall)
    actions.work(batch.pk, now=timezone.now())
    batch.refresh_from_db()
    assert (batch.state, batch.filed_rows) == ("halted", 0)
    assert "本单位已注销备案，本批次不再处理" in batch.message
    assert not Filing.objects.filter(kind="new").exists()


@pytest.mark.django_db
def test_a_batch_that_asks_is_not_confirmed_any_more(hall: Hall) -> None:
    batch = upload(hall, "contract.new", rows(2, today=hall.today))
    Batch.objects.filter(pk=batch.pk).update(state="asking")
    closed(hall)
    with pytest.raises(Forbidden, match="本单位已注销备案"):
        actions.confirm(batch=Batch.objects.get(pk=batch.pk), by=hall.operator, now=hall.now)


@pytest.mark.django_db
def test_what_it_filed_before_is_void_and_its_bad_rows_stay_bad(hall: Hall) -> None:
    found = rows(3, today=hall.today)
    found[2]["end_on"] = "不知道"
    batch = upload(hall, "contract.new", found)
    actions.work(batch.pk, now=timezone.now())
    closed(hall)
    assert set(Case.objects.filter(batch=batch.pk).values_list("state", flat=True)) == {"voided"}
    bad = batch.bad.get()
    mended, left = actions.mend(
        batch=batch,
        changes={bad.pk: {"end_on": str(rows(3, today=hall.today)[2]["end_on"])}},
        said={},
        by=hall.operator,
        now=hall.now,
    )
    assert (mended, left) == (0, 1)
    bad.refresh_from_db()
    assert "applicant_closed" in [problem[2] for problem in bad.problems]


@pytest.mark.django_db
def test_what_was_left_is_ended_by_workbook(hall: Hall) -> None:
    closed(hall)
    contract = left_behind(hall)
    worker = contract.worker
    asked = ending_answers(on=hall.today) | {
        "name": worker.name,
        "document_number": worker.document_number,
    }
    with pytest.raises(FileRefused, match="本单位已注销备案，不能再办理劳动合同新订备案"):
        upload(hall, "contract.new", rows(1, today=hall.today))
    headings = {column.name: column.heading for column in columns(ENDING_BATCH)}
    batch = upload(hall, "contract.ending", [asked], names=tuple(asked), headings=headings)
    actions.work(batch.pk, now=timezone.now())
    batch.refresh_from_db()
    assert (batch.state, batch.filed_rows) == ("done", 1), list(batch.bad.values("problems"))


@pytest.mark.django_db(transaction=True)
def test_a_chunk_written_while_the_closing_is_approved_is_not_filed(hall: Hall) -> None:
    batch = upload(hall, "contract.new", rows(2, today=hall.today))
    case = cancellation(hall)
    waits_for(lambda: hall.approve(case), lambda: actions.work(batch.pk, now=timezone.now()))
    batch.refresh_from_db()
    assert (batch.state, batch.filed_rows) == ("halted", 0)
    assert not Filing.objects.exists()
