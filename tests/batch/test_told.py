"""What a workbook tells of filings by other employers: as a form does, and no more."""

from __future__ import annotations

from typing import Any

import pytest

from tests.batch.workbooks import rows
from tests.contracts.making import Hall, answers
from yonggong.accounts.models import AccessEntry

pytestmark = pytest.mark.django_db


def test_what_others_filed_is_told_where_number_and_name_match_and_recorded(
    send: Any, hall: Hall, make_employer: Any, make_user: Any
) -> None:
    other = make_employer(name="长春北辰机械制造有限公司")
    elsewhere = Hall(
        employer=other,
        operator=make_user("employer_operator", employer=other),
        reviewer=hall.reviewer,
        now=hall.now,
    )
    matching, misnamed = rows(2, today=hall.today)
    for row in (matching, misnamed):
        person = {name: row[name] for name in ("document_number", "name", "sex")}
        person["birth_on"] = row["birth_on"].isoformat()
        elsewhere.approve(elsewhere.file("new", answers(today=hall.today, **person)))
    batch = send([matching, misnamed | {"name": "试冒名"}])
    said = {row.number: str(row.problems) for row in batch.bad.all()}
    assert other.name in said[2]
    assert other.name not in said[3] and misnamed["name"] not in said[3]
    assert "1 人在其他单位" in AccessEntry.objects.get(detail__contains="告知").detail
