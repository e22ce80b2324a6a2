"""Rows that are cases, their tables in a tab of their own: tied by a key, problems named by tab and
row, bad ones given back with their tables."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import openpyxl
import pytest

from tests.batch.test_case_workbook import changed
from tests.cases import crew
from tests.contracts.making import Hall
from tests.forms.outing import OUTING
from tests.forms.test_tables import NUMBERS, rows
from yonggong.batch import actions
from yonggong.batch.mending import cells_of
from yonggong.batch.models import Batch
from yonggong.batch.template import Filled, template
from yonggong.cases.models import Case

pytestmark = pytest.mark.django_db


def guests(first: int, *changes: dict[str, Any]) -> list[dict[str, Any]]:
    """Two guests, from a number on."""
    made = rows(*changes, count=first + 2)[first:]
    for row, change in zip(made, changes, strict=False):
        row.update(change)
    return made


def book(*outings: tuple[str, list[dict[str, Any]]]) -> bytes:
    filled = [Filled({"place": place, "guests": table}) for place, table in outings]
    return template(OUTING, key="place", rows=filled)


GOOD = book(("松花湖", guests(0)), ("净月潭", guests(2)))


@pytest.fixture
def send(hall: Hall) -> Callable[..., Batch]:
    def upload(content: bytes, *, confirm: bool = False) -> Batch:
        batch = actions.upload(
            kind=crew.CREW.name,
            employer=hall.employer,
            file_name="名单.xlsx",
            content=content,
            key=uuid4(),
            by=hall.operator,
            today=hall.today,
            address=None,
        )
        actions.work(batch.pk, now=hall.now)
        batch.refresh_from_db()
        return batch

    return upload


def filed() -> dict[str, list[str]]:
    return {
        case.values["place"]: [row["number"] for row in case.values["guests"]]
        for case in Case.objects.filter(kind=crew.CREW.name)
    }


def problems(batch: Batch) -> list[str]:
    return [
        f"{said[1]}：{said[3]}" for row in batch.bad.order_by("number") for said in row.problems
    ]


def test_the_template_has_a_tab_for_the_table_that_begins_with_the_key() -> None:
    found = openpyxl.load_workbook(io.BytesIO(template(OUTING, key="place")))
    assert found.sheetnames == ["填报", "同行人员", "填写说明", "选项"]
    assert [cell.value for cell in found["同行人员"][1]][:3] == ["*地点", "*姓名", "*身份证号"]
    notes = [str(cell.value) for cell in found["填写说明"]["A"]]
    assert any("“地点”一列填写它属于哪一件" in line for line in notes)
    assert any("工作表“同行人员”：每件2 至 60 行" in line for line in notes)


def test_rows_of_the_tab_go_to_the_row_they_name(send: Callable[..., Batch]) -> None:
    batch = send(GOOD)
    assert (batch.state, batch.filed_rows, batch.bad_rows) == ("done", 2, 0), batch.message
    assert filed() == {"松花湖": NUMBERS[0:2], "净月潭": NUMBERS[2:4]}


def test_what_is_wrong_in_the_tab_is_named_by_its_row_there(send: Callable[..., Batch]) -> None:
    batch = send(book(("松花湖", guests(0)), ("净月潭", guests(2, {}, {"name": "试9"}))))
    assert (batch.filed_rows, batch.bad_rows) == (1, 1)
    assert problems(batch) == ["工作表“同行人员”第 5 行“姓名”：姓名中有数字或符号"]


def test_a_row_without_its_table_is_bad(send: Callable[..., Batch]) -> None:
    batch = send(book(("松花湖", guests(0)), ("净月潭", [])))
    assert (batch.filed_rows, problems(batch)) == (1, ["同行人员：不能为空"])


def test_a_bad_row_is_given_back_with_its_table_and_filed_when_mended(
    send: Callable[..., Batch],
) -> None:
    bad = send(book(("净月潭", guests(2, {"name": "试9"})))).bad.get()
    cells: dict[str, Any] = dict(cells_of(bad))
    assert [row["number"] for row in cells["guests"]] == NUMBERS[2:4]
    cells["guests"][0]["name"] = "测试乙"
    assert send(template(OUTING, key="place", rows=[Filled(cells)])).filed_rows == 1
    assert filed() == {"净月潭": NUMBERS[2:4]}


def test_rows_that_belong_to_none_are_told_before_anything_is_filed(
    send: Callable[..., Batch],
) -> None:
    def add(found: Any) -> None:
        found["同行人员"].append(["长白山", "测试甲", NUMBERS[9]])
        found["同行人员"].append([None, "测试甲", NUMBERS[10]])

    batch = send(changed(GOOD, add))
    assert batch.state == "asking"
    assert batch.notices == ["工作表“同行人员”第 6—7 行的“地点”在工作表“填报”中没有，没有读取。"]
    assert filed() == {}


def test_two_rows_of_one_key_are_refused(send: Callable[..., Batch]) -> None:
    batch = send(book(("松花湖", guests(0)), ("松花湖", guests(2))))
    assert batch.state == "refused"
    assert "工作表“填报”第 2—3 行都是“松花湖”" in batch.message
    assert filed() == {}


def test_another_tab_is_still_told(send: Callable[..., Batch]) -> None:
    def add(found: Any) -> None:
        found.create_sheet("去年").append(["地点", "姓名", "身份证号"])

    batch = send(changed(GOOD, add))
    assert batch.state == "asking" and "工作表“去年”没有读取" in batch.notices[0]
