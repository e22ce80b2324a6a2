"""Whatever of a workbook is not read, or is read unseen, is told before anything is filed."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.urls import reverse

from tests.batch.workbooks import as_xlsx, rows
from tests.contracts.making import Hall
from yonggong.batch import actions, queries
from yonggong.batch.models import Batch
from yonggong.cases.actions import Forbidden
from yonggong.cases.models import Case

pytestmark = pytest.mark.django_db

Change = Callable[[Any], object]


def _changed(hall: Hall, change: Change) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(rows(4, today=hall.today))))
    change(book)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def _second_sheet(book: Any) -> None:
    further = book.create_sheet("二车间")
    for line in book.active.iter_rows(values_only=True):
        further.append(line)


def _hidden_rows(book: Any) -> None:
    for row in (3, 4):
        book.active.row_dimensions[row].hidden = True


def _hidden_column(book: Any) -> None:
    book.active.column_dimensions["C"].hidden = True


def _unknown_column(book: Any) -> None:
    book.active.cell(1, 30, "血型")
    book.active.cell(4, 30, "O")


def _column_without_heading(book: Any) -> None:
    book.active.cell(4, 30, "O")


def _rows_above(book: Any) -> None:
    book.active.insert_rows(1, 2)
    for column in range(1, 8):
        book.active.cell(1, column, f"前面的人{column}")


WAYS: dict[str, tuple[Change, str]] = {
    "second sheet": (_second_sheet, "工作表“二车间”没有读取，只读取工作表“Sheet”"),
    "hidden rows": (_hidden_rows, "第 3—4 行被隐藏或筛选掉了"),
    "hidden column": (_hidden_column, "C 列“姓名”是隐藏的列"),
    "unknown column": (_unknown_column, "AD 列“血型”不是模板中的列，没有读取"),
    "column without heading": (_column_without_heading, "AD 列没有标题，没有读取（第 4 行起"),
    "rows above the headings": (_rows_above, "标题行（第 3 行）上方的第 1 行没有读取"),
}


@pytest.fixture
def asking(send: Any, hall: Hall) -> Batch:
    batch: Batch = send(0, content=_changed(hall, _second_sheet))
    return batch


@pytest.mark.parametrize(("change", "said"), WAYS.values(), ids=list(WAYS))
def test_it_is_told_before_a_row_is_filed_and_filed_when_confirmed(
    send: Any, hall: Hall, change: Change, said: str
) -> None:
    batch = send(0, content=_changed(hall, change))
    assert (batch.state, batch.filed_rows, Case.objects.filter(batch=batch.pk).count()) == (
        "asking", 0, 0,
    )  # fmt: skip
    assert said in "".join(batch.notices)
    actions.confirm(batch=batch, by=hall.operator, now=hall.now)
    actions.work(batch.pk, now=hall.now)
    batch.refresh_from_db()
    assert (batch.state, batch.filed_rows, batch.bad_rows) == ("done", 4, 0)
    assert (batch.confirmed_by, batch.confirmed_at) == (hall.operator, hall.now)


@pytest.mark.parametrize(
    "change",
    [
        lambda book: None,
        lambda book: book.active.cell(1, 30, "血型"),  # nothing in it
        lambda book: book.create_sheet("备注").append(["一句话"]),
        lambda book: (
            [book.active.cell(row, 30, row or "序号") for row in range(2, 6)]
            and book.active.cell(1, 30, "序号")
        ),
    ],
    ids=["as it is", "an empty column", "a remark on a sheet", "numbering"],
)
def test_a_workbook_with_nothing_to_tell_is_filed_at_once(
    send: Any, hall: Hall, change: Change
) -> None:
    batch = send(0, content=_changed(hall, change))
    assert (batch.state, batch.filed_rows, batch.notices) == ("done", 4, [])


def test_a_batch_that_asks_is_not_taken_up_by_itself(asking: Batch, hall: Hall) -> None:
    assert asking.pk not in queries.open_batches()
    actions.work(asking.pk, now=hall.now)
    asking.refresh_from_db()
    assert (asking.state, asking.filed_rows) == ("asking", 0)


def test_cancelled_it_files_nothing_and_cannot_be_confirmed(asking: Batch, hall: Hall) -> None:
    actions.cancel(batch=asking, by=hall.operator, now=hall.now)
    with pytest.raises(Forbidden, match="已取消"):
        actions.confirm(batch=asking, by=hall.operator, now=hall.now)
    actions.work(asking.pk, now=hall.now)
    asking.refresh_from_db()
    assert (asking.state, Case.objects.count()) == ("cancelled", 0)


def test_confirmed_twice_it_is_filed_once(asking: Batch, hall: Hall) -> None:
    for _ in range(2):
        actions.confirm(batch=asking, by=hall.operator, now=hall.now)
        actions.work(asking.pk, now=hall.now)
    assert Case.objects.filter(batch=asking.pk).count() == 4


def test_another_employer_does_not_confirm_it(
    asking: Batch, hall: Hall, make_user: Any, make_employer: Any
) -> None:
    outsider = make_user("employer_operator", employer=make_employer())
    with pytest.raises(Forbidden):
        actions.confirm(batch=asking, by=outsider, now=hall.now)


def test_the_page_lists_what_is_not_read_and_has_both_answers(
    asking: Batch, hall: Hall, at_screen: Any
) -> None:
    client = at_screen(hall.operator)
    page = client.get(reverse("employer:batch", args=[asking.pk])).content.decode()
    assert "提交前请确认" in page and "工作表“二车间”没有读取" in page
    assert "继续提交" in page and "取消" in page
    client.post(reverse("employer:batch-confirm", args=[asking.pk]))
    actions.work(asking.pk, now=hall.now)
    page = client.get(reverse("employer:batch", args=[asking.pk])).content.decode()
    assert "提交前请确认" not in page and "已确认" in page and "工作表“二车间”没有读取" in page


def test_the_first_page_says_that_a_workbook_waits_to_be_confirmed(
    asking: Batch, hall: Hall, at_screen: Callable[[Any], Any]
) -> None:
    screen = at_screen(hall.operator)
    address = reverse("employer:batch", args=[asking.pk])
    assert address in screen.get("/employer/").content.decode()
    actions.cancel(batch=asking, by=hall.operator, now=hall.now)
    assert address not in screen.get("/employer/").content.decode()
