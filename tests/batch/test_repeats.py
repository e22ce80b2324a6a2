"""One person in two rows is told; two people whose numbers are spoilt are not one person."""

from __future__ import annotations

from typing import Any

import pytest

from tests.batch.workbooks import rows
from tests.contracts.making import Hall
from yonggong.batch import actions
from yonggong.batch.models import Batch
from yonggong.batch.repeats import Repeats
from yonggong.contracts.forms import NEW_FORM
from yonggong.contracts.models import Filing


def _mended(batch: Batch, hall: Hall, **cells: str) -> tuple[int, int]:
    changes = {row.pk: cells for row in batch.bad.filter(mended=False)}
    return actions.mend(batch=batch, changes=changes, said={}, by=hall.operator, now=hall.now)


def _said(batch: Batch) -> list[tuple[int, str]]:
    return [
        (row.number, problem[3])
        for row in batch.bad.filter(mended=False).order_by("number")
        for problem in row.problems
    ]


@pytest.mark.django_db
def test_two_bad_rows_mended_to_one_person_in_one_send(send: Any, hall: Hall) -> None:
    [good] = rows(1, today=hall.today)
    bad = good | {"document_number": good["document_number"][:-1] + "?"}
    batch = send([bad, bad])
    assert _mended(batch, hall, document_number=good["document_number"]) == (1, 1)
    assert _said(batch) == [(3, "与第 2 行是同一人")]
    assert Filing.objects.count() == 1
    assert _mended(batch, hall) == (0, 1)


@pytest.mark.django_db
def test_a_row_mended_to_somebody_the_batch_has_filed_already(send: Any, hall: Hall) -> None:
    [good, other] = rows(2, today=hall.today)
    batch = send([good, other | {"mobile": "1"}])
    person = {name: str(good[name]) for name in ("document_number", "name", "sex", "mobile")}
    assert _mended(batch, hall, **person, birth_on="") == (0, 1)
    assert _said(batch) == [(3, "与第 2 行是同一人")]


@pytest.mark.django_db
def test_spoilt_numbers_are_told_each_for_itself(send: Any, hall: Hall) -> None:
    found = rows(6, today=hall.today)
    for row, number in zip(found, ["2.20104E+17", "", "220104197503125000"] * 2, strict=True):
        row["document_number"] = number
    batch = send(found)
    assert batch.bad_rows == 6
    assert not [said for _, said in _said(batch) if "同一人" in said]


WHOLE = "220105197503125009"


@pytest.mark.parametrize(
    ("cells", "same"),
    [
        ([WHOLE, f" {WHOLE}"], True),
        ([WHOLE, "\uff12" + WHOLE[1:]], True),
        (["2.20105E+17", "2.20105E+17"], False),
        ([2.20105197503125e17, 2.20105197503125e17], False),
        (["220105197503125000", "220105197503125000"], False),
        ([WHOLE[:-1] + "1", WHOLE[:-1] + "1"], False),
        (["待补", "待补"], False),
        (["", ""], False),
        ([None, None], False),
    ],
)
def test_only_numbers_that_are_whole_and_valid_are_compared(cells: list[Any], same: bool) -> None:
    told = Repeats(NEW_FORM).among([2, 3], {"document_number": cells})
    assert [problem.message for problem in told.values()] == (["与第 2 行是同一人"] if same else [])


@pytest.mark.parametrize(
    ("kind", "number", "same"),
    [("护照", "E12345678", True), ("护照", "?", False), ("不是证件", WHOLE, False)],
)
def test_a_number_is_valid_for_the_document_beside_it(kind: str, number: str, same: bool) -> None:
    cells = {"document_type": [kind] * 2, "document_number": [number] * 2}
    assert bool(Repeats(NEW_FORM).among([2, 3], cells)) is same


def test_a_number_cut_by_a_spreadsheet_that_happens_to_be_valid_is_doubted() -> None:
    number = next(
        number for day in range(1, 29) if (number := f"220105197503{day:02}5000") and _valid(number)
    )
    told = Repeats(NEW_FORM).among([2, 3], {"document_number": [number] * 2})
    assert "末三位都是 000" in told[3].message


def _valid(number: str) -> bool:
    from yonggong.codes.identifiers import CodeError, parse_id_number

    try:
        parse_id_number(number)
    except CodeError:
        return False
    return True
