"""登记信息 on pages: loaded by a workbook, compared on the employer's page and for its reviewer."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.contracts.making import Hall
from tests.registry.feeding import feed, registered
from yonggong.forms.columns import columns
from yonggong.registry.feeding import FEED_FORM
from yonggong.registry.models import Registration

pytestmark = pytest.mark.django_db
HEADINGS = {column.name: column.heading for column in columns(FEED_FORM)}


def workbook(rows: list[dict[str, Any]]) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    names = list(rows[0])
    book.active.append([HEADINGS[name] for name in names])
    for row in rows:
        book.active.append([row[name] for name in names])
    output = io.BytesIO()
    book.save(output)
    return SimpleUploadedFile("登记.xlsx", output.getvalue())


@pytest.fixture
def supervisor(make_user: Callable[..., Any]) -> Any:
    return make_user("bureau_supervisor", region_code="220100")


@pytest.mark.parametrize(
    ("role", "page"),
    [
        ("bureau_supervisor", "/bureau/registrations/load/"),
        ("business_administrator", "/admin/registrations/load/"),
    ],
)
def test_a_workbook_is_taken_in_and_bad_rows_are_named(
    role: str, page: str, make_user: Any, at_screen: Callable[[Any], Client], hall: Hall
) -> None:
    client = at_screen(make_user(role, region_code="220100"))
    code = hall.employer.credit_code
    rows = [registered(code), registered(code, region_code="150302")]
    answer = client.post(page, {"file": workbook(rows)})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "共 2 户：新增 1 户" in text and "登记地不在您的辖区" in text and "已通知 1 户" in text
    assert "登记.xlsx" in client.get(page).content.decode()
    assert Registration.objects.get().credit_code == code


def test_the_template_is_read_back(
    supervisor: Any, at_screen: Callable[[Any], Client], hall: Hall
) -> None:
    answer = at_screen(supervisor).get("/bureau/registrations/load/template/")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    headings = {
        str(cell.value).lstrip("*") for row in book.worksheets[0].iter_rows() for cell in row
    }
    assert set(HEADINGS.values()) <= headings


def test_the_employer_sees_what_differs_and_until_when_to_file(
    supervisor: Any, hall: Hall, screen: Client
) -> None:
    feed([registered(hall.employer.credit_code)], by=supervisor, now=hall.now)
    text = screen.get("/employer/particulars/").content.decode()
    assert "登记机关的登记信息" in text and "不一致" in text
    assert "办理变更备案" in text and "16012345678" not in text


def test_the_bureau_sees_it_on_the_employer_s_page_and_in_the_list(
    supervisor: Any, hall: Hall, at_screen: Callable[[Any], Client]
) -> None:
    past = hall.now - timedelta(days=90)
    feed([registered(hall.employer.credit_code)], by=supervisor, now=past)
    client = at_screen(hall.reviewer)
    text = client.get(f"/bureau/employers/{hall.employer.pk}/").content.decode()
    assert "不一致" in text and "已逾期" in text
    page = client.get("/bureau/registrations/", {"doing": "change"})
    assert "应办变更备案" in page.content.decode()
    assert client.get("/bureau/registrations/", {"doing": "cancel"}).context["page"].total == 0
