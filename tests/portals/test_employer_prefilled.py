"""Workbooks filled in with contracts about to end: what stands in them, and the way back."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.contracts.making import Hall
from yonggong.accounts.models import AccessEntry
from yonggong.batch import actions
from yonggong.batch.models import Batch
from yonggong.contracts.models import Contract, Filing
from yonggong.contracts.renewal.form import RENEWAL_FORM
from yonggong.contracts.threads import held_values
from yonggong.law.periods import last_day

pytestmark = pytest.mark.django_db

_NEW_TERM = {"signed_on", "start_on", "end_on"}


@pytest.fixture
def ending(hall: Hall) -> list[Contract]:
    """Two contracts that ran out yesterday, rich in what they agreed."""
    rich = {
        "performance_pay": "800.00",
        "post_kind": "3",
        "agreed_matters": "保守商业秘密",
        "work_days_per_week": "5",
        "night_shift": "false",
        "weekly_hours": "38.5",
    }
    return [hall.old(name="试甲", **rich), hall.old(name="试乙", base_pay="5100.00")]


def download(screen: Client, kind: str) -> Any:
    answer = screen.get(reverse("employer:batch-ending-soon", args=[f"contract.{kind}"]))
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def column_of(sheet: Any, heading: str) -> int:
    for cell in sheet[1]:
        if str(cell.value).lstrip("*") == heading:
            return int(cell.column)
    raise AssertionError(heading)


def upload(screen: Client, hall: Hall, book: Any, kind: str) -> Batch:
    output = io.BytesIO()
    book.save(output)
    group = "ending" if kind == "ending" else "new"
    answer = screen.post(
        reverse(f"employer:batch-{group}"),
        {
            "kind": f"contract.{kind}",
            "idempotency_key": str(uuid4()),
            "file": SimpleUploadedFile("到期合同.xlsx", output.getvalue()),
        },
    )
    assert answer.status_code == 302
    batch = Batch.objects.get()
    if batch.is_open:
        actions.work(batch.pk, now=hall.now)
        batch.refresh_from_db()
    return batch


def said(batch: Batch) -> list[str]:
    return [str(row.problems) for row in batch.bad.all()]


def end_in_two_years(sheet: Any, today: date) -> str:
    end = last_day(today, 24).isoformat()
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, column_of(sheet, "合同结束日期")).value = end
    return end


def test_only_the_end_changed_files_the_old_values_with_the_new_dates(
    screen: Client, hall: Hall, ending: list[Contract]
) -> None:
    book = download(screen, "renewal")
    end = end_in_two_years(book["填报"], hall.today)
    batch = upload(screen, hall, book, "renewal")
    assert (batch.filed_rows, batch.bad_rows) == (2, 0), said(batch)
    for contract in ending:
        filing = Filing.objects.select_related("case").get(contract=contract, kind="renewal")
        held, filed = held_values(contract), filing.case.values
        kept = set(RENEWAL_FORM.fields_by_name) & set(held) - _NEW_TERM
        assert {name: filed[name] for name in kept} == {name: held[name] for name in kept}
        assert filed["end_on"].isoformat() == end
        assert contract.end_on is not None
        assert filed["start_on"] == contract.end_on + timedelta(days=1)
        assert filed["signed_on"] == hall.today


def test_a_blank_cell_goes_on_as_it_is(screen: Client, hall: Hall, ending: list[Contract]) -> None:
    book = download(screen, "renewal")
    sheet = book["填报"]
    end_in_two_years(sheet, hall.today)
    asked = {"证件类型", "证件号码", "姓名", "合同签订日期", "合同结束日期"}
    for cell in sheet[1]:
        if str(cell.value).lstrip("*") not in asked:
            for row in range(2, sheet.max_row + 1):
                sheet.cell(row, cell.column).value = None
    batch = upload(screen, hall, book, "renewal")
    assert (batch.filed_rows, batch.bad_rows) == (2, 0), said(batch)
    for contract in ending:
        filed = Filing.objects.get(contract=contract, kind="renewal").case.values
        held = held_values(contract)
        for name in (
            "job",
            "workplace",
            "base_pay",
            "performance_pay",
            "weekly_hours",
            "post_kind",
        ):
            assert filed[name] == held[name]
        assert contract.end_on is not None
        assert filed["start_on"] == contract.end_on + timedelta(days=1)


def test_what_is_no_longer_agreed_is_said_by_its_word(
    screen: Client, hall: Hall, ending: list[Contract]
) -> None:
    book = download(screen, "renewal")
    sheet = book["填报"]
    end_in_two_years(sheet, hall.today)
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, column_of(sheet, "绩效工资")).value = "无"
        sheet.cell(row, column_of(sheet, "基本工资")).value = "6,200"
    assert upload(screen, hall, book, "renewal").filed_rows == 2
    for contract in ending:
        filed = Filing.objects.get(contract=contract, kind="renewal").case.values
        assert filed["performance_pay"] is None
        assert str(filed["base_pay"]) == "6200.00"


def test_dates_of_a_term_are_never_those_of_the_old_one(
    screen: Client, hall: Hall, ending: list[Contract]
) -> None:
    batch = upload(screen, hall, download(screen, "renewal"), "renewal")
    assert (batch.filed_rows, batch.bad_rows) == (0, 2)
    assert all("合同结束日期" in text for text in said(batch))


def test_a_bad_row_mended_on_the_page_goes_on_as_it_is_too(
    screen: Client, hall: Hall, ending: list[Contract]
) -> None:
    book = download(screen, "renewal")
    sheet = book["填报"]
    sheet.delete_rows(3)
    sheet.cell(2, column_of(sheet, "岗位工作")).value = None
    batch = upload(screen, hall, book, "renewal")
    row = batch.bad.get()
    end = (hall.today + timedelta(days=700)).isoformat()
    filed, still = actions.mend(
        batch=batch, changes={row.pk: {"end_on": end}}, said={}, by=hall.operator, now=hall.now
    )
    assert (filed, still) == (1, 0)
    assert Filing.objects.get(kind="renewal").job == "行政专员"


def test_the_workbook_of_endings_needs_only_the_reason(
    screen: Client, hall: Hall, ending: list[Contract]
) -> None:
    book = download(screen, "ending")
    sheet = book["填报"]
    for row in range(3, sheet.max_row + 1):
        cell = sheet.cell(row, column_of(sheet, "终止或解除原因"))
        cell.value = "劳动合同期满，单位维持或者提高约定条件续订，劳动者不同意"
    batch = upload(screen, hall, book, "ending")
    assert (batch.filed_rows, batch.bad_rows) == (2, 0), said(batch)
    for contract in ending:
        filing = Filing.objects.get(contract=contract, kind="ending")
        assert (filing.ended_on, filing.end_reason) == (contract.end_on, "4403")


def test_its_notes_say_what_blank_means(screen: Client, hall: Hall, ending: list[Contract]) -> None:
    notes = download(screen, "renewal")["填写说明"]
    text = "".join(str(row[0].value) for row in notes.iter_rows() if row[0].value)
    assert "单元格留空表示不变" in text and "填“无”" in text


def test_the_download_is_recorded(screen: Client, hall: Hall, ending: list[Contract]) -> None:
    download(screen, "renewal")
    entry = AccessEntry.objects.get(detail__contains="预填表格")
    assert entry.kind == AccessEntry.Kind.DOWNLOAD
    assert entry.user == hall.operator and "2 人" in entry.detail


def test_only_ones_own_contracts_that_can_be_filed_of_stand_in_it(
    screen: Client, hall: Hall, ending: list[Contract], make_employer: Any, make_user: Any
) -> None:
    other = make_employer(name="长春北辰机械制造有限公司")
    operator = make_user("employer_operator", employer=other)
    Hall(employer=other, operator=operator, reviewer=hall.reviewer, now=hall.now).old(name="试外")
    hall.in_force(name="试久")
    yesterday = (hall.today - timedelta(days=1)).isoformat()
    hall.approved(name="试无册", end_on=yesterday)
    sheet = download(screen, "renewal")
    names = [row[0].value for row in sheet["填报"].iter_rows(min_row=2, min_col=3, max_col=3)]
    assert set(names) == {"试甲", "试乙"}
    notes = "".join(str(row[0].value) for row in sheet["填写说明"].iter_rows())
    assert "另有 1 份到期合同" in notes


def test_nothing_to_fill_in_is_said(screen: Client, hall: Hall) -> None:
    answer = screen.get(
        reverse("employer:batch-ending-soon", args=["contract.renewal"]), follow=True
    )
    assert "没有可以办理劳动合同续订备案的到期合同" in answer.content.decode()


@pytest.mark.parametrize("kind", ["contract.new", "contract.change", "nonsense"])
def test_there_is_none_of_other_kinds(screen: Client, kind: str) -> None:
    assert screen.get(reverse("employer:batch-ending-soon", args=[kind])).status_code == 404


def test_nobody_else_gets_it(
    others: dict[str, Any], at_screen: Any, ending: list[Contract]
) -> None:
    address = reverse("employer:batch-ending-soon", args=["contract.renewal"])
    assert (
        "试甲"
        not in at_screen(others["another employer"]).get(address, follow=True).content.decode()
    )
    assert at_screen(others["a reviewer"]).get(address).status_code == 404


def test_the_plain_template_of_renewals_says_that_a_blank_cell_goes_on(screen: Client) -> None:
    answer = screen.get(reverse("employer:batch-template", args=["contract.renewal"]))
    notes = openpyxl.load_workbook(io.BytesIO(answer.content))["填写说明"]
    said = [str(row[0].value) for row in notes.iter_rows(max_row=12)]
    assert any("留空表示不变" in line for line in said)
