"""工资支付情况、参加社会保险情况 on pages: declared one by one and by a workbook, shown in both files."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.contracts.making import Hall, contract_of
from tests.entitlements.declaring import insured, wage
from yonggong.accounts.models import AccessEntry
from yonggong.entitlements.forms import INSURANCE_FORM
from yonggong.entitlements.models import WagePaid
from yonggong.forms.columns import columns
from yonggong.registry.models import Agency

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall(make_employer: Any, make_user: Any) -> Hall:
    agency = Agency.objects.create(name="海勃湾区劳动关系科", level="county", region_code="150302")
    employer = make_employer(name="乌海试验商贸有限公司", region_code="150302", agency=agency)
    return Hall(
        employer=employer,
        operator=make_user("employer_operator", employer=employer),
        reviewer=make_user("reviewer", agency=agency, region_code="150302"),
        now=timezone.localtime(),
    )


def test_the_menu_leads_there_where_the_province_asks_it(
    hall: Hall,
    screen: Client,
    make_employer: Any,
    make_user: Any,
    at_screen: Callable[[Any], Client],
) -> None:
    home = screen.get("/employer/").content.decode()
    for what, title in (("wages", "工资支付情况"), ("insurance", "参加社会保险情况")):
        link = f'href="/employer/declared/{what}/"'
        assert link in home and title in home
        page = screen.get(f"/employer/declared/{what}/").content.decode()
        (marked,) = re.findall(r'<a href="([^"]+)" class="active"', page)
        assert marked == f"/employer/declared/{what}/"
    elsewhere = make_user("employer_operator", employer=make_employer(region_code="140105"))
    assert "/employer/declared/" not in at_screen(elsewhere).get("/employer/").content.decode()


def test_one_line_is_declared_on_the_page_and_what_is_wrong_is_said(
    hall: Hall, screen: Client
) -> None:
    worker = contract_of(hall.approved()).worker
    sent = wage(worker, paid_on="") | {"opened_for": str(hall.employer.pk)}
    bad = screen.post("/employer/declared/wages/add/", sent | {"name": "试别人"})
    assert bad.status_code == 422 and "姓名与备案登记的不一致" in bad.content.decode()
    answer = screen.post("/employer/declared/wages/add/", sent)
    assert answer.status_code == 302
    page = screen.get("/employer/declared/wages/").content.decode()
    assert "5,000.00" in page and worker.document_number not in page


def test_the_template_names_who_is_at_work_and_is_declared_as_it_is(
    hall: Hall, screen: Client
) -> None:
    workers = [contract_of(hall.approved(name=name)).worker for name in ("试甲", "试乙")]
    answer: Any = screen.get("/employer/declared/insurance/template/")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet = book.worksheets[0]
    rows = [[str(cell.value).lstrip("*") for cell in row] for row in sheet.iter_rows()]
    numbers = {worker.document_number for worker in workers}
    look = AccessEntry.objects.get(kind=AccessEntry.Kind.DOWNLOAD)
    assert (look.user, look.detail) == (hall.operator, "参加社会保险情况申报模板，2 人")
    assert numbers <= {str(cell) for row in rows for cell in row}
    names = {column.heading.lstrip("*"): column.name for column in columns(INSURANCE_FORM)}
    top = next(place for place, row in enumerate(rows, 1) if set(names) & set(row))
    heading = {
        names[value]: place for place, value in enumerate(rows[top - 1], 1) if value in names
    }
    for place in range(top + 1, top + 3):
        given = insured(workers[0])
        for name in ("since", "pension", "medical", "unemployment", "injury", "maternity", "base"):
            sheet.cell(place, heading[name], given[name])
    output = io.BytesIO()
    book.save(output)
    file = SimpleUploadedFile("参保.xlsx", output.getvalue())
    sent = {"file": file, "opened_for": str(hall.employer.pk)}
    loaded = screen.post("/employer/declared/insurance/load/", sent)
    assert "新增 2 条" in loaded.content.decode(), loaded.content.decode()
    # Whoever is declared is not asked again.
    again: Any = screen.get("/employer/declared/insurance/template/")
    cells = openpyxl.load_workbook(io.BytesIO(again.content)).worksheets[0].iter_rows()
    assert not numbers & {str(cell.value) for row in cells for cell in row}


def test_it_stands_in_the_file_of_the_employer_and_of_the_worker(
    hall: Hall, screen: Client, at_screen: Callable[[Any], Client]
) -> None:
    worker = contract_of(hall.approved()).worker
    own = {"opened_for": str(hall.employer.pk)}
    screen.post("/employer/declared/wages/add/", wage(worker) | own)
    screen.post("/employer/declared/insurance/add/", insured(worker) | own)
    bureau = at_screen(hall.reviewer)
    page = bureau.get(f"/bureau/employers/{hall.employer.pk}/").content.decode()
    assert "2026 年 10 月" in page and "养老保险" in page
    person = bureau.get(f"/bureau/people/{worker.pk}/").content.decode()
    assert "5000.00" in person and "养老、医疗、失业、工伤" in person


def test_where_the_province_does_not_ask_it_the_pages_do_not_exist(
    make_employer: Any, make_user: Any, at_screen: Callable[[Any], Client]
) -> None:
    employer = make_employer()
    client = at_screen(make_user("employer_operator", employer=employer))
    for place in ("", "add/", "load/", "template/"):
        assert client.get(f"/employer/declared/wages/{place}").status_code == 404
    assert "工资支付情况" not in client.get("/employer/particulars/").content.decode()
    assert not WagePaid.objects.exists()
