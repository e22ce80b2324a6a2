"""A batch that meets sealed values which do not open files nothing upon them, and says so."""

from __future__ import annotations

import pytest

from tests.batch.conftest import Send
from tests.batch.many import choose, confirm
from tests.batch.test_afterwards import _later
from tests.batch.workbooks import rows
from tests.contracts.making import Hall
from yonggong.accounts.models import AccessEntry
from yonggong.batch import actions, deciding
from yonggong.batch.mending import cells_of
from yonggong.batch.models import BadRow, Batch
from yonggong.cases.models import Blob, Case, Version
from yonggong.vault.sealing import SealBroken

pytestmark = pytest.mark.django_db


def alarms() -> list[AccessEntry]:
    return list(AccessEntry.objects.filter(kind=AccessEntry.Kind.BROKEN))


def move_number(case: Case, source: Case) -> None:
    data = case.version.data | {"document_number": source.version.data["document_number"]}
    Version.objects.filter(pk=case.current_id).update(data=data)


def test_each_row_s_answers_open_in_its_own_case_only(send: Send) -> None:
    batch = send(3)
    one, other, _ = Case.objects.filter(batch=batch.pk).select_related("current")
    assert one.values["document_number"] != other.values["document_number"]
    move_number(one, other)
    with pytest.raises(SealBroken, match=f"cases_version/{one.pk}/1/document_number"):
        _ = Case.objects.get(pk=one.pk).values


def test_a_batch_upon_a_contract_that_does_not_open_is_halted(send: Send, hall: Hall) -> None:
    contract = hall.in_force()
    other = hall.in_force(name="试乙")
    assert contract.current and other.current
    move_number(contract.current, other.current)
    batch = _later(send, hall, "ending", contract)
    assert (batch.state, batch.filed_rows) == (Batch.State.HALTED, 0)
    assert "与所属记录不符的加密数据" in batch.message
    (entry,) = alarms()
    assert entry.user == hall.operator and batch.number in entry.detail


def test_a_file_that_is_not_the_one_uploaded_is_not_read(send: Send, hall: Hall) -> None:
    other = Blob.keep(b"another file")
    batch = send(1, work=False)
    Blob.objects.filter(pk=batch.blob_id).update(content=other.content)
    actions.work(batch.pk, now=hall.now)
    batch.refresh_from_db()
    assert batch.state == Batch.State.HALTED and len(alarms()) == 1


def test_an_approval_leaves_the_case_that_does_not_open_and_tells_why(
    send: Send, hall: Hall
) -> None:
    batch = send(3)
    one, other, _ = Case.objects.filter(batch=batch.pk).select_related("current")
    move_number(one, other)
    bulk = choose(batch, by=hall.reviewer, now=hall.now)
    confirm(bulk, by=hall.reviewer, now=hall.now, opinion="材料齐全")
    deciding.work(bulk.pk, clock=lambda: hall.now)
    bulk.refresh_from_db()
    assert (bulk.decided, bulk.refused) == (2, 1)
    left = bulk.left.get()
    assert left.case == one and "加密保存的内容与所属记录不符" in left.reason
    assert [entry.user for entry in alarms()] == [hall.reviewer]


def test_the_cells_of_a_bad_row_open_in_their_own_row_only(send: Send, hall: Hall) -> None:
    found = rows(2, today=hall.today)
    for row in found:
        row["mobile"] = "1"
    batch = send(found)
    one, other = BadRow.objects.filter(batch=batch.pk).order_by("number")
    assert cells_of(one)["document_number"] != cells_of(other)["document_number"]
    BadRow.objects.filter(pk=one.pk).update(cells_sealed=other.cells_sealed)
    one.refresh_from_db()
    with pytest.raises(SealBroken):
        cells_of(one)
