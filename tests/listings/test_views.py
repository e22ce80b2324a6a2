"""A page with a list: whole, in part, exported, with the columns a person chose."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import openpyxl
import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.utils.http import content_disposition_header

from tests.listings.orchard import PHONE
from yonggong.accounts.models import AccessEntry
from yonggong.listings import workbook
from yonggong.listings.models import Preference
from yonggong.registry.models import Agency

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.listings.urls")]

URL = "/orchard/"


@pytest.fixture(autouse=True)
def agencies(db: None) -> None:
    Agency.objects.bulk_create(
        Agency(
            name=f"{'=' if number == 1 else ''}机构{number}",
            level="county",
            region_code="220102",
            telephone=PHONE,
        )
        for number in range(1, 8)
    )


def body(response: HttpResponseBase) -> bytes:
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


@pytest.fixture
def as_reviewer(sign_in: Any, reviewer: Any) -> Client:
    return sign_in(reviewer)


@pytest.fixture
def as_supervisor(sign_in: Any, make_user: Any) -> Client:
    return sign_in(make_user("bureau_supervisor", region_code="220000"))


def test_it_shows_the_whole_page(as_reviewer: Client) -> None:
    page = as_reviewer.get(URL).content.decode()
    assert "<!doctype html>" in page and "机构名册" in page and "=机构1" in page


def test_htmx_gets_only_the_list(as_reviewer: Client) -> None:
    response = as_reviewer.get(URL, headers={"HX-Request": "true", "HX-Target": "listing-orchard"})
    page = response.content.decode()
    assert "<!doctype" not in page and page.strip().startswith('<div class="yg-listing"')
    assert "HX-Target" in response["Vary"]


def test_it_asks_strangers_to_sign_in(client: Client) -> None:
    assert client.get(URL).headers["Location"] == "/sign-in/?next=%2Forchard%2F"


def test_a_wrong_condition_is_told_beside_it(as_reviewer: Client) -> None:
    response = as_reviewer.get(URL, {"level": "planet"})
    assert response.status_code == 200
    assert "请从列表中选择层级。" in response.content.decode()


def test_what_was_typed_is_shown_again_and_not_run(as_reviewer: Client) -> None:
    page = as_reviewer.get(URL, {"name": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page


def test_it_exports_what_the_conditions_find_as_a_workbook(as_reviewer: Client) -> None:
    response = as_reviewer.get(URL, {"export": "xlsx", "name": "机构", "sort": "-name"})
    book = openpyxl.load_workbook(io.BytesIO(body(response)))
    rows = list(book["数据"].values)
    assert rows[0] == ("机构名称", "行政区划", "层级", "电话")
    assert [row[0] for row in rows[1:]] == [f"机构{number}" for number in range(7, 1, -1)]
    assert {row[3] for row in rows[1:]} == {"138****5678"}
    notes = dict(book["导出说明"].values)
    assert notes["查询条件"] == "机构名称：以“机构”开头" and notes["个人信息"] == "已脱敏"


def test_it_exports_csv_that_excel_reads_and_does_not_run(as_reviewer: Client) -> None:
    text = body(as_reviewer.get(URL, {"export": "csv"})).decode("utf-8")
    assert text.startswith("\ufeff# 列表：机构名册\r\n")
    rows = [
        row for row in csv.reader(io.StringIO(text)) if not row[0].lstrip("\ufeff").startswith("#")
    ]
    assert rows[1] == ["'=机构1", "220102", "县级", "138****5678"]
    assert len(rows) == 9


def test_the_file_is_named_after_the_list(as_reviewer: Client) -> None:
    response = as_reviewer.get(URL, {"export": "csv"})
    expected = content_disposition_header(True, "机构名册") or ""
    assert response["Content-Disposition"].startswith(expected)
    assert response["Content-Disposition"].endswith(".csv")


def _in_counties() -> int:
    return Agency.objects.filter(region_code__startswith="22", level="county").count()


def test_every_export_is_recorded(as_reviewer: Client) -> None:
    body(as_reviewer.get(URL, {"export": "csv", "level": "county"}))
    entry = AccessEntry.objects.get(kind="export")
    assert (entry.subject, entry.address) == ("机构名册", "127.0.0.1")
    assert entry.detail == f"csv，脱敏，{_in_counties()} 条，条件：层级：县级"


def test_whole_personal_data_is_exported_only_by_post_and_recorded(as_reviewer: Client) -> None:
    asked = {"ask": "export", "export": "xlsx", "reason": "核对电话"}
    book = openpyxl.load_workbook(io.BytesIO(body(as_reviewer.post(URL, asked))))
    assert list(book["数据"].values)[1][3] == PHONE
    assert "完整信息" in AccessEntry.objects.get(kind="export").detail
    masked = as_reviewer.get(URL, {"export": "csv", "personal": "1"})
    assert PHONE not in body(masked).decode()


def test_without_the_power_personal_data_is_not_exported_whole(as_supervisor: Client) -> None:
    response = as_supervisor.post(URL, {"ask": "export", "export": "xlsx"})
    assert response.status_code == 403
    assert "请导出脱敏数据" in response.content.decode()
    assert not AccessEntry.objects.filter(kind="export").exists()
    assert "完整信息" not in as_supervisor.get(URL).content.decode()


def test_an_export_with_a_wrong_condition_leads_back_to_the_page(as_reviewer: Client) -> None:
    response = as_reviewer.get(URL, {"export": "csv", "level": "planet"})
    assert response.headers["Location"] == "/orchard/?level=planet"


def test_a_kind_of_file_that_is_not_known_is_no_export(as_reviewer: Client) -> None:
    assert "<!doctype html>" in as_reviewer.get(URL, {"export": "exe"}).content.decode()


def test_more_rows_than_a_sheet_holds_go_to_the_next(
    as_reviewer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = workbook._sheets
    monkeypatch.setattr(workbook, "_sheets", lambda export: whole(export, sheet_rows=4))
    book = openpyxl.load_workbook(io.BytesIO(body(as_reviewer.get(URL, {"export": "xlsx"}))))
    assert book.sheetnames == ["数据", "数据2", "导出说明"]
    assert [book[name].max_row for name in ("数据", "数据2")] == [5, 5]


def test_chosen_columns_are_shown_and_exported(as_reviewer: Client) -> None:
    chosen = {"ask": "columns", "columns": ["day", "name"], "size": "10"}
    response = as_reviewer.post(f"{URL}?level=county", chosen)
    assert response.headers["Location"] == "/orchard/?level=county"
    text = body(as_reviewer.get(URL, {"export": "csv"})).decode()
    assert "机构名称,日期\r\n" in text
    as_reviewer.post(URL, {"ask": "reset"})
    assert not Preference.objects.exists()


def test_an_action_by_get_is_led_on_to_with_the_rows_ticked(as_reviewer: Client) -> None:
    response = as_reviewer.post(URL, {"ask": "go-print", "ids": ["3", "5"], "next": "/orchard/"})
    assert response.headers["Location"] == "/password/?ids=3&ids=5&next=%2Forchard%2F"
    assert as_reviewer.post(URL, {"ask": "go-none"}).headers["Location"] == URL


def test_actions_carry_the_token_and_the_idempotency_key(as_reviewer: Client) -> None:
    page = as_reviewer.get(URL).content.decode()
    assert 'name="csrfmiddlewaretoken"' in page and 'name="idempotency_key"' in page
    assert 'data-confirm="确定停用？"' in page


def test_posting_needs_the_token(reviewer: Any, sign_in: Any) -> None:
    client = sign_in(reviewer, Client(enforce_csrf_checks=True))
    assert client.post(URL, {"ask": "reset"}).status_code == 403


def test_the_page_works_without_scripts(as_reviewer: Client) -> None:
    page = as_reviewer.get(URL).content.decode()
    assert '<a class="page-link" rel="next" href="?page=2">' in page
    assert '<a class="yg-sort" href="?sort=name">' in page
    assert re.search(r'<form class="card yg-conditions"[^>]* method="get"', page)
