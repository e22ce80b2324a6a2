"""Endings by workbook answer to the same checks as the page, for every person who can be filed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.batch.workbooks import as_xlsx
from tests.contracts.making import Hall, ending_answers
from yonggong.batch import actions
from yonggong.batch.models import Batch
from yonggong.cases.actions import Refused
from yonggong.cases.models import Case
from yonggong.contracts.ending.workbook import ENDING_BATCH
from yonggong.contracts.models import Contract
from yonggong.forms.columns import columns

pytestmark = pytest.mark.django_db

HEADINGS = {column.name: column.heading for column in columns(ENDING_BATCH)} | {
    "explanation": "情况说明"
}
# The contract was in force for three years and ran out, and the employer offered no renewal.
RAN_OUT = {"end_reason": "4401"}


def _row(contract: Contract, hall: Hall, **cells: Any) -> dict[str, Any]:
    return {
        "name": contract.worker.name,
        "document_number": contract.worker.document_number,
        "ended_on": hall.today.isoformat(),
        "end_reason": "3701",
    } | cells


@pytest.fixture
def end(send: Any) -> Any:
    """Upload rows of endings with the columns that they have."""

    def upload(*rows: dict[str, Any]) -> Batch:
        names = [name for name in HEADINGS if any(name in row for row in rows)]
        content = as_xlsx(rows, names=names, headings=HEADINGS)
        return send(len(rows), kind="contract.ending", content=content)  # type: ignore[no-any-return]

    return upload


def _problems(batch: Batch) -> list[tuple[str, str, str]]:
    return [(item[0], item[3], item[4]) for row in batch.bad.all() for item in row.problems]


def test_severance_that_is_due_and_not_paid_stops_the_row_as_it_stops_the_page(
    end: Any, hall: Hall
) -> None:
    contract = hall.old()
    batch = end(_row(contract, hall, **RAN_OUT))
    by_page = ending_answers(on=hall.today, **RAN_OUT, notice_on=None)
    with pytest.raises(Refused) as refused:
        hall.file("ending", by_page, contract=contract)
    [due] = [item for item in refused.value.problems if "应当支付经济补偿" in item.message]
    assert (due.field, due.message, due.remedy) in _problems(batch)
    assert len(_problems(batch)) == len(refused.value.problems)


def test_the_reason_is_said_in_the_workbook(end: Any, hall: Hall) -> None:
    contract = hall.old()
    batch = end(_row(contract, hall, **RAN_OUT, explanation="协商一致，次月发放"))
    assert (batch.filed_rows, _problems(batch)) == (1, [])
    case = Case.objects.get(batch=batch.pk)
    assert "severance-due" in {item["rule"] for item in case.version.findings}
    assert {item["explanation"] for item in case.version.findings} == {"协商一致，次月发放"}


def test_what_was_paid_is_filed(end: Any, hall: Hall) -> None:
    contract = hall.old()
    row = _row(contract, hall, **RAN_OUT, severance_paid="12600", notice_on="2026-10-01")
    batch = end(row | {"ended_on": str(contract.end_on)})
    assert _problems(batch) == []
    assert str(Case.objects.get(batch=batch.pk).values["severance_paid"]) == "12600.00"


def test_an_explanation_given_in_the_workbook_is_kept_with_the_row_that_fails(
    end: Any, hall: Hall
) -> None:
    contract = hall.old()
    row = _row(contract, hall, **RAN_OUT, explanation="次月发放", ended_on="昨天")
    batch = end(row)
    changes = {batch.bad.get().pk: {"ended_on": hall.today.isoformat()}}
    sent = actions.mend(batch=batch, changes=changes, said={}, by=hall.operator, now=hall.now)
    assert sent == (1, 0)
    [case] = Case.objects.filter(batch=batch.pk)
    assert {item["explanation"] for item in case.version.findings} == {"次月发放"}


@pytest.mark.parametrize(
    ("kind", "number", "name"),
    [
        ("08", "E87654321", "克里斯托弗·亚历山大·汉密尔顿"),
        ("04", "H1234567802", "欧阳港生"),
        ("06", "01234567", "林台生"),
    ],
)
def test_every_document_and_every_name_of_the_page(
    end: Any, hall: Hall, kind: str, number: str, name: str
) -> None:
    contract = hall.in_force(document_type=kind, document_number=number, name=name, **_permit(kind))
    batch = end(_row(contract, hall, document_type=kind))
    assert (_problems(batch), batch.filed_rows) == ([], 1)


def _permit(kind: str) -> dict[str, str]:
    return {"work_permit_until": "2030-01-01"} if kind == "08" else {}


def test_a_long_name_on_an_id_card(end: Any, hall: Hall) -> None:
    contract = hall.in_force(name="买买提江·阿不都热合曼·吐尔逊")
    assert end(_row(contract, hall)).filed_rows == 1


def test_the_type_is_asked_for_where_the_number_does_not_tell_it(end: Any, hall: Hall) -> None:
    contract = hall.in_force()
    batch = end(_row(contract, hall, document_number="E87654321"))
    [(field, _message, remedy)] = _problems(batch)
    assert field == "document_number"
    assert remedy.endswith("不是居民身份证的，请填写证件类型")
