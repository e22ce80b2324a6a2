"""The pages of an annual filing: begun, filled in by row and by workbook, looked at, printed, refused to
strangers."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from tests.annual.test_filing import WHY, begun, send
from tests.contracts.making import Hall, approve
from yonggong.accounts.models import AccessEntry
from yonggong.annual import actions, rows, standing
from yonggong.cases import queries as case_queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def screen(staffed: Hall, at_screen: Any) -> Client:
    return at_screen(staffed.operator)


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_the_menu_leads_there_where_the_province_takes_it(
    screen: Client, make_employer: Any, make_user: Any, at_screen: Any
) -> None:
    assert 'href="/employer/annual/"' in screen.get(reverse("employer:home")).content.decode()
    elsewhere = make_user("employer_operator", employer=make_employer(region_code="220104"))
    other = at_screen(elsewhere)
    assert 'href="/employer/annual/"' not in other.get(reverse("employer:home")).content.decode()
    assert other.get(reverse("employer:annual")).status_code == 404


def test_it_is_begun_on_its_page_and_filled_in(screen: Client) -> None:
    home = screen.get(reverse("employer:annual")).content.decode()
    assert "年度劳动用工备案" in home and "06-30" in home
    answer = screen.post(reverse("employer:annual-begin", args=[standing.WHOLE]))
    page = screen.get(answer["Location"]).content.decode()
    assert 'value="3"' in page and "用人单位劳动关系人员基本情况备案表" in page
    # A second press leads to the same.
    again = screen.post(reverse("employer:annual-begin", args=[standing.WHOLE]))
    assert again["Location"] == answer["Location"]


def test_table_1_is_checked_while_it_is_typed(staffed: Hall, screen: Client) -> None:
    case = begun(staffed)
    typed = case_queries.typed_in(case)
    said = screen.post(
        reverse("employer:annual-check", args=[case.pk]), {**typed, "staff": 5}
    ).content.decode()
    assert "不等于“男职工”、“女职工”之和 3" in said
    assert "没有有效的书面劳动合同" in said


def test_a_row_is_shown_masked_and_opened_whole_with_a_trace(staffed: Hall, screen: Client) -> None:
    case = begun(staffed)
    number = rows.sheet_of(case, "persons").columns()["document_number"][0]
    listed = screen.get(reverse("employer:annual-rows", args=[case.pk, "persons"]))
    assert number not in listed.content.decode()
    before = AccessEntry.objects.count()
    row = reverse("employer:annual-row", args=[case.pk, "persons", 1])
    page = screen.get(row)
    assert number in page.content.decode()
    assert AccessEntry.objects.count() == before + 1
    seen = page.context["page"].carried["seen"]
    stands = rows.sheet_of(case, "persons").between(0, 1)[0]
    sent = {name: value for name, value in stands.items() if value is not None}
    sent |= {
        name: "yes" if value else "no" for name, value in sent.items() if isinstance(value, bool)
    }
    screen.post(row, {**sent, "pay": "6100", "seen": seen})
    assert rows.sheet_of(case, "persons").columns()["pay"][0] == 6100
    found = screen.get(
        reverse("employer:annual-rows", args=[case.pk, "persons"]), {"q": number[:10]}
    ).content.decode()
    assert "6,100" in found


def test_a_row_with_a_wrong_number_is_told_and_not_written(staffed: Hall, screen: Client) -> None:
    case = begun(staffed)
    answer = screen.post(
        reverse("employer:annual-row", args=[case.pk, "persons", 0]),
        {"document_type": "01", "document_number": "11010119900307451", "name": "别人"},
    )
    assert answer.status_code == 422
    assert rows.sheet_of(case, "persons").size == 3


def test_the_workbook_goes_round_and_says_what_is_wrong(staffed: Hall, screen: Client) -> None:
    case = begun(staffed)
    before = rows.sheet_of(case, "persons").columns()
    book = screen.get(reverse("employer:annual-filled", args=[case.pk])).content
    tabs = openpyxl.load_workbook(io.BytesIO(book)).sheetnames
    assert tabs[:3] == ["表一", "表二", "填写说明"]
    page = reverse("employer:annual-workbook", args=[case.pk])
    answer = screen.post(page, {"file": _file(book)})
    assert answer.status_code == 302, answer.content.decode()
    assert rows.sheet_of(case, "persons").columns() == before
    changed = openpyxl.load_workbook(io.BytesIO(book))
    heads = [str(cell.value).lstrip("*") for cell in changed["表二"][1]]
    changed["表二"].cell(3, heads.index("本单位工作年限") + 1).value = "许多"
    answer = screen.post(page, {"file": _file(_bytes(changed))})
    assert answer.status_code == 422 and "第 3 行" in answer.content.decode()
    changed["表二"].delete_rows(3)
    screen.post(page, {"file": _file(_bytes(changed))})
    assert rows.sheet_of(case, "persons").size == 2


def _file(content: bytes) -> Any:
    file = io.BytesIO(content)
    file.name = "年度备案.xlsx"
    return file


def _bytes(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_last_year_stands_beside_this_year(staffed: Hall, screen: Client) -> None:
    staffed.now = staffed.now.replace(year=2025)
    case = begun(staffed, year=2024)
    approve(send(staffed, case), by=staffed.reviewer, now=staffed.now)
    staffed.now = staffed.now.replace(year=2026)
    case = begun(staffed)
    page = screen.get(reverse("employer:annual-form", args=[case.pk])).content.decode()
    assert "2024 年度" in page and "增加 3" in page


def test_the_reviewer_sees_the_tables_and_prints_them(
    staffed: Hall, make_user: Any, at_screen: Any
) -> None:
    case = send(staffed, begun(staffed), **WHY)
    desk = at_screen(staffed.reviewer)
    page = desk.get(reverse("bureau:case", args=[case.pk])).content.decode()
    assert "正在协商续订" in page
    listed = reverse("bureau:annual-rows", args=[case.pk, "persons"])
    assert listed in page
    assert "3 人" in desk.get(listed).content.decode()
    assert desk.get(reverse("bureau:annual-differences", args=[case.pk])).status_code == 200
    figures = desk.get(reverse("bureau:annual-print", args=[case.pk, "figures"])).content
    assert "基本情况备案表（表一）" in text_of(figures)
    number = rows.sheet_of(case, "persons").columns()["document_number"][0]
    printed = reverse("bureau:annual-print", args=[case.pk, "persons"])
    assert number not in text_of(desk.get(printed).content)
    assert number in text_of(desk.post(printed, {"part": "1"}).content)
    assert desk.get(printed, {"part": "2"}).status_code == 404
    stranger = at_screen(make_user("bureau_supervisor", region_code="140106"))
    for name in ("annual-rows", "annual-print"):
        address = reverse(f"bureau:{name}", args=[case.pk, "persons"])
        assert stranger.get(address).status_code == 404


def test_another_employer_sees_nothing_of_it(
    staffed: Hall, make_employer: Any, make_user: Any, at_screen: Any
) -> None:
    case = begun(staffed)
    other = at_screen(make_user("employer_operator", employer=make_employer(region_code="140105")))
    for name, more in (
        ("annual-rows", ["persons"]), ("annual-row", ["persons", 1]), ("annual-filled", []),
        ("annual-workbook", []), ("annual-print", ["persons"]), ("annual-differences", []),
    ):  # fmt: skip
        address = reverse(f"employer:{name}", args=[case.pk, *more])
        assert other.get(address).status_code == 404


def test_a_large_table_is_cut_into_parts_and_printed_by_the_thousand(
    staffed: Hall, screen: Client
) -> None:
    case = begun(staffed)
    first = rows.sheet_of(case, "persons").between(0, 1)[0]
    many = rows.by_columns("persons", [{**first, "name": f"第{n}人"} for n in range(1, 1002)])
    actions.replace_rows(case=case, sheets={"persons": many}, by=staffed.operator, now=staffed.now)
    sheet = rows.sheet_of(case, "persons")
    assert [part.count for part in sheet.parts] == [500, 500, 1]
    assert sheet.columns() == many
    assert [row["name"] for row in sheet.between(499, 501)] == ["第500人", "第501人"]
    last = screen.get(
        reverse("employer:annual-rows", args=[case.pk, "persons"]), {"page": "21"}
    ).content.decode()
    assert "第1001人" in last and "第1000人" not in last
    printed = reverse("employer:annual-print", args=[case.pk, "persons"])
    assert "共 2 分册" in text_of(screen.get(printed, {"part": "2"}).content)


def test_what_was_typed_is_kept_when_table_1_is_reckoned_anew(
    staffed: Hall, screen: Client
) -> None:
    case = begun(staffed)
    typed = case_queries.typed_in(case)
    seen = case_queries.revision_of(case)
    screen.post(
        reverse("employer:annual-tally", args=[case.pk]),
        {**typed, "ownership": "state", "staff": "9", "revision": seen, "tab": "here"},
    )
    case = case_queries.get_case(staffed.operator, case.pk)
    kept = case_queries.typed_in(case)
    assert (kept["ownership"], kept["staff"]) == ("state", 3)
