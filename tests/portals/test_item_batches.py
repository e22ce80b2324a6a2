"""A kind whose rows of a workbook are cases needs no more than its form: it has the page of all items'
workbooks, its template, its batch with every row, and bad rows that are mended there."""

from __future__ import annotations

import io
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.cases.signboard.kind import KIND
from tests.contracts.making import Hall
from yonggong.batch import actions
from yonggong.batch.models import Batch
from yonggong.cases.models import Case

pytestmark = pytest.mark.django_db


def template(screen: Client) -> Any:
    answer = screen.get(reverse("employer:batch-template", args=[KIND.name]))
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def upload(screen: Client, hall: Hall, *rows: tuple[str, ...]) -> Batch:
    book, output = template(screen), io.BytesIO()
    sheet = book["填报"]
    for at, cells in enumerate(rows, start=2):
        for column, cell in enumerate(cells, start=1):
            sheet.cell(at, column).value = cell
    book.save(output)
    sent = {
        "kind": KIND.name,
        "idempotency_key": str(uuid4()),
        "file": SimpleUploadedFile("标牌.xlsx", output.getvalue()),
    }
    assert screen.post(reverse("employer:batch-item"), sent).status_code == 302
    batch = Batch.objects.get()
    if batch.is_open:
        actions.work(batch.pk, now=hall.now)
        batch.refresh_from_db()
    return batch


def text(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_it_is_offered_on_the_page_of_all_items_workbooks(screen: Client, hall: Hall) -> None:
    address = reverse("employer:batch-item")
    assert address in text(screen.get("/employer/"))
    page = text(screen.get(address))
    assert KIND.title in page and "劳动合同" not in page.split("<main")[1]


def test_its_template_has_the_columns_of_its_form(screen: Client, hall: Hall) -> None:
    headings = [str(cell.value).lstrip("*") for cell in template(screen)["填报"][1]]
    assert headings[:3] == ["果园名称", "标牌文字", "手机号"]


def test_a_row_is_a_case(screen: Client, hall: Hall) -> None:
    batch = upload(screen, hall, ("南坡", "欢迎", "16012345678"), ("北坡", "禁止入内", ""))
    assert (batch.filed_rows, batch.bad_rows) == (2, 0), [row.problems for row in batch.bad.all()]
    first, second = Case.objects.filter(batch=batch.pk).order_by("batch_row")
    assert (first.subject_name, first.kind) == ("南坡", KIND.name)
    assert first.values["phone"] == "16012345678" and "1601234" not in str(first.version.data)
    assert second.values == {"orchard": "北坡", "wording": "禁止入内", "phone": None}
    page = text(screen.get(reverse("employer:batch", args=[batch.pk])))
    assert reverse("employer:case", args=[first.pk]) in page and "北坡" in page


def test_a_bad_row_is_mended_on_its_page(screen: Client, hall: Hall) -> None:
    batch = upload(screen, hall, ("南坡", "", "16012345678"))
    assert (batch.filed_rows, batch.bad_rows) == (0, 1)
    row = batch.bad.get()
    assert "remark" not in str(row.problems)  # two cells are a row here, not a line below the table
    page = text(screen.get(reverse("employer:batch", args=[batch.pk])))
    assert "果园名称</th>" in page and "南坡</td>" in page and "证件号码" not in page
    screen.post(
        reverse("employer:batch-mend", args=[batch.pk]),
        {"rows": str(row.pk), f"row{row.pk}_wording": "欢迎"},
    )
    assert Case.objects.get(batch=batch.pk).values["wording"] == "欢迎"


def test_bad_rows_are_mended_by_another_workbook(screen: Client, hall: Hall) -> None:
    first = upload(screen, hall, ("南坡", "", ""))
    bad = screen.get(reverse("employer:batch-bad", args=[first.pk]))
    book = openpyxl.load_workbook(io.BytesIO(bad.content))
    headings = [str(cell.value).lstrip("*") for cell in book["填报"][1]]
    book["填报"].cell(2, headings.index("标牌文字") + 1).value = "欢迎"
    output = io.BytesIO()
    book.save(output)
    sent = {
        "idempotency_key": str(uuid4()),
        "file": SimpleUploadedFile(f"{first.number}失败行.xlsx", output.getvalue()),
    }
    assert screen.post(reverse("employer:batch-again", args=[first.pk]), sent).status_code == 302
    second = Batch.objects.latest("pk")
    if second.is_open:
        actions.work(second.pk, now=hall.now)
    assert Case.objects.get(batch=second.pk).subject_name == "南坡"
