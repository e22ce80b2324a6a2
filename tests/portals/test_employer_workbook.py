"""用表格填写: an item's workbook downloaded, read into the draft, what is wrong named by cell."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cases import crew
from tests.contracts.making import Hall
from tests.forms.outing import OUTING
from tests.forms.test_tables import NUMBERS, rows
from tests.portals.test_employer_items import begin, send, text
from yonggong.accounts.models import AccessEntry
from yonggong.batch import actions
from yonggong.batch.case_template import case_template
from yonggong.batch.models import Batch
from yonggong.cases import actions as case_actions
from yonggong.cases.models import Case
from yonggong.cases.queries import typed_in

pytestmark = pytest.mark.django_db
GOOD = {"place": "松花湖", "guests": rows()}


def url(case: Case, part: str = "") -> str:
    return reverse(f"employer:item-workbook{part}", args=[case.pk])


def upload(screen: Client, case: Case, content: bytes, name: str = "表格.xlsx") -> Any:
    return screen.post(url(case), {"file": SimpleUploadedFile(name, content)}, follow=True)


def typed(case: Case) -> dict[str, Any]:
    return typed_in(Case.objects.get(pk=case.pk))


def test_the_form_leads_to_it_and_it_gives_the_empty_workbook(screen: Client) -> None:
    case = begin(screen, crew.CREW.name)
    assert url(case) in text(screen.get(reverse("employer:item-form", args=[case.pk])))
    assert "下载空白表格" in text(screen.get(url(case)))
    book = openpyxl.load_workbook(io.BytesIO(screen.get(url(case, "-blank")).content))
    assert book.sheetnames[:2] == ["填报", "同行人员"]


def test_a_workbook_is_read_into_the_draft_and_filed_from_the_page(screen: Client) -> None:
    case = begin(screen, crew.CREW.name)
    shown = text(upload(screen, case, case_template(OUTING, GOOD)))
    assert "已从表格读入：“填报”1 项，“同行人员”3 行。" in shown and "尚未提交" in shown
    assert [row["number"] for row in typed(case)["guests"]] == NUMBERS[:3]
    kept = typed(case)
    answer = send(screen, case, place=kept["place"], guests=json.dumps(kept["guests"]))
    assert "已提交审核" in text(answer)


def test_what_is_wrong_is_listed_by_tab_and_cell_and_kept_in_the_draft(screen: Client) -> None:
    case = begin(screen, crew.CREW.name)
    content = case_template(OUTING, {"guests": rows({}, {"name": "试9"})})
    answer = upload(screen, case, content)
    shown = answer.content.decode()
    assert answer.status_code == 422
    for said in ("有 2 处需要改正", "<td>A3</td>", "<td>B3</td>", "同行人员第 2 行“姓名”"):
        assert said in shown
    assert typed(case)["guests"][1]["name"] == "试9"
    form = screen.get(reverse("employer:item-form", args=[case.pk]), {"missing": "1"})
    assert "试9" in form.content.decode()


def test_the_filled_workbook_is_the_draft_and_taking_it_is_recorded(screen: Client) -> None:
    case = begin(screen, crew.CREW.name)
    upload(screen, case, case_template(OUTING, GOOD))
    before = typed(case)
    logged = AccessEntry.objects.filter(kind="download").count()
    content = screen.get(url(case, "-filled")).content
    assert AccessEntry.objects.filter(kind="download").count() == logged + 1
    upload(screen, case, content)
    assert typed(case) == before


def test_a_returned_case_is_mended_by_workbook(screen: Client, hall: Hall) -> None:
    case = begin(screen, crew.CREW.name)
    send(screen, case, place="松花湖", guests=json.dumps(rows()))
    filed = Case.objects.get(pk=case.pk)
    case_actions.return_case(
        case=filed,
        seen=filed.filed_at,
        opinion="费用有误",
        by=hall.reviewer,
        now=hall.now,
        address=None,
    )
    upload(screen, case, case_template(OUTING, {"place": "松花湖", "guests": rows({"fee": "80"})}))
    case = Case.objects.get(pk=case.pk)
    assert (typed(case)["guests"][0]["fee"], case.state) == ("80.00", "returned")
    assert str(case.values["guests"][0]["fee"]) == "100.00"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "没有选择文件|文件是空的"),
        (b"PK\x03\x04 not a workbook", "无法"),
        ("甲,乙\n1,2\n".encode(), "没有找到本事项的表格"),
    ],
)
def test_another_file_is_refused_in_words(screen: Client, content: bytes, said: str) -> None:
    case = begin(screen, crew.CREW.name)
    screen.post(reverse("employer:item-draft", args=[case.pk]), {"place": "湖"})
    shown = text(upload(screen, case, content))
    assert any(one in shown for one in said.split("|"))
    assert typed(case) == {"place": "湖"}


def test_a_filed_case_takes_none(screen: Client) -> None:
    case = begin(screen, crew.CREW.name)
    send(screen, case, place="松花湖", guests=json.dumps(rows()))
    assert "不能修改" in text(upload(screen, case, case_template(OUTING, {"place": "山"})))
    assert screen.get(url(case, "-filled")).status_code == 404


def test_kinds_with_pages_of_their_own_have_none(screen: Client, hall: Hall) -> None:
    filed = hall.filed()
    assert screen.get(url(filed)).status_code == 404


def test_for_others_it_does_not_exist(
    screen: Client, at_screen: Callable[[Any], Client], others: dict[str, Any]
) -> None:
    case = begin(screen, crew.CREW.name)
    for stranger in map(at_screen, others.values()):
        for part in ("", "-blank", "-filled"):
            assert stranger.get(url(case, part)).status_code == 404
        assert stranger.post(url(case)).status_code == 404


def test_many_cases_with_their_tables_are_filed_and_the_bad_ones_given_back(screen: Client) -> None:
    address = reverse("employer:batch-item")
    assert crew.CREW.title in text(screen.get(address))
    blank = screen.get(reverse("employer:batch-template", args=[crew.CREW.name])).content
    book = openpyxl.load_workbook(io.BytesIO(blank))
    book["填报"].append(["松花湖"])
    for row in rows({}, {"name": "试9"}):
        book["同行人员"].append(["松花湖", row["name"], row["number"], None, None, "是", 80])
    content = io.BytesIO()
    book.save(content)
    file = SimpleUploadedFile("名单.xlsx", content.getvalue())
    sent = {"kind": crew.CREW.name, "file": file, "idempotency_key": str(uuid4())}
    assert screen.post(address, sent).status_code == 302
    batch = Batch.objects.get()
    actions.work(batch.pk, now=timezone.now())
    shown = text(screen.get(reverse("employer:batch", args=[batch.pk])))
    assert "工作表“同行人员”第 3 行“姓名”：姓名中有数字或符号" in shown
    given = screen.get(reverse("employer:batch-bad", args=[batch.pk])).content
    table = openpyxl.load_workbook(io.BytesIO(given))["同行人员"]
    assert [row[:2] for row in table.iter_rows(min_row=2, values_only=True)][1] == ("松花湖", "试9")
