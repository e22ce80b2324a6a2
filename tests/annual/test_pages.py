"""The pages of an annual filing: begun, filled in by row and by workbook, looked at, printed, refused to
strangers."""

from __future__ import annotations

import io
import re
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
from yonggong.annual.tables import TABLES, UNCHECKED
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
    # Where the survey of pay is all that is filed once a year, that is what the address leads to.
    assert other.get(reverse("employer:annual")).headers["Location"] == reverse("employer:survey")


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


def test_what_is_sought_among_the_rows_stands_in_no_address(staffed: Hall, screen: Client) -> None:
    case = begun(staffed)
    number = rows.sheet_of(case, "persons").columns()["document_number"][0]
    address = reverse("employer:annual-rows", args=[case.pk, "persons"])
    sought = screen.post(address, {"q": number})["Location"]
    assert sought.startswith(f"{address}?q=") and number not in sought
    page = screen.get(sought)
    assert page.context["asked"] == number and len(page.context["rows"]) == 1
    assert screen.post(address, {"q": ""})["Location"] == address


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
    wrong = changed["表二"].cell(3, heads.index("本单位工作年限") + 1)
    wrong.value = "许多"
    answer = screen.post(page, {"file": _file(_bytes(changed))})
    assert answer.status_code == 422 and f"<td>{wrong.coordinate}</td>" in answer.content.decode()
    changed["表二"].delete_rows(3)
    screen.post(page, {"file": _file(_bytes(changed))})
    assert rows.sheet_of(case, "persons").size == 2


def test_a_workbook_is_refused_where_table_1_cannot_be_read_or_nothing_is_ours(
    staffed: Hall, screen: Client
) -> None:
    case = begun(staffed)
    page = reverse("employer:annual-workbook", args=[case.pk])
    book = _filled(screen, case)
    del book["表二"]
    reckoned = next(row for row in book["表一"].iter_rows() if "男职工" in str(row[0].value))
    reckoned[1].value = "=1+2"
    answer = screen.post(page, {"file": _file(_bytes(book))}, follow=True)
    assert "中含有公式" in answer.content.decode()
    foreign = openpyxl.Workbook()
    foreign.create_sheet("流水").append(["日期", "金额"])
    answer = screen.post(page, {"file": _file(_bytes(foreign))}, follow=True)
    assert "没有本事项的工作表“表一”、“表二”" in answer.content.decode()


def test_table_2_may_be_sent_alone_and_what_is_not_there_is_told(
    staffed: Hall, screen: Client
) -> None:
    case = begun(staffed)
    page = reverse("employer:annual-workbook", args=[case.pk])
    book = _filled(screen, case)
    del book["表一"]
    book["表二"].delete_rows(3)
    book.create_sheet("工资表").append(["姓名", "金额", "备注", "日期"])
    said = screen.post(page, {"file": _file(_bytes(book))}, follow=True).content.decode()
    assert "没有工作表“表一”，表一保留原来的内容" in said and "表二 2 人" in said
    assert case_queries.typed_in(case)["staff"] == 3


def _filled(screen: Client, case: Any) -> Any:
    book = screen.get(reverse("employer:annual-filled", args=[case.pk])).content
    return openpyxl.load_workbook(io.BytesIO(book))


def _file(content: bytes) -> Any:
    file = io.BytesIO(content)
    file.name = "年度备案.xlsx"
    return file


def _bytes(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_notes_name_each_column_by_the_letter_under_which_it_stands(
    staffed: Hall, screen: Client
) -> None:
    case = begun(staffed)
    sent = screen.get(reverse("employer:annual-blank", args=[case.pk])).content
    book = openpyxl.load_workbook(io.BytesIO(sent))
    told = {
        str(row[0]): row[1]
        for row in book["填写说明"].values
        if re.fullmatch("[A-Z]{1,2}", str(row[0] or ""))
    }
    heads = {cell.column_letter: str(cell.value).lstrip("*") for cell in book["表二"][1][1:]}
    assert told == heads and heads["B"] == "证件类型"


@pytest.mark.parametrize("table", ["persons", "endings"])
def test_columns_that_are_ours_are_told_on_page_workbook_and_paper(
    staffed: Hall, screen: Client, table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, said = begun(staffed), UNCHECKED[table]
    monkeypatch.setattr(standing, "tables_of", lambda case, **kwargs: list(TABLES))
    assert "待核" in said
    shown = screen.get(reverse("employer:annual-rows", args=[case.pk, table])).content.decode()
    assert said in shown
    for name in ("annual-filled", "annual-blank"):
        book = screen.get(reverse(f"employer:{name}", args=[case.pk])).content
        notes = openpyxl.load_workbook(io.BytesIO(book))["填写说明"]
        assert any(said in str(cell) for row in notes.values for cell in row)
    printed = screen.get(reverse("employer:annual-print", args=[case.pk, table])).content
    assert "待核" in text_of(printed)


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
    for region in ("140106", "220104"):  # the neighbouring county, another province
        stranger = at_screen(make_user("bureau_supervisor", region_code=region))
        for name, more in (
            ("annual-rows", ["persons"]), ("annual-print", ["persons"]), ("annual-differences", []),
        ):  # fmt: skip
            address = reverse(f"bureau:{name}", args=[case.pk, *more])
            assert stranger.get(address).status_code == 404


def test_whoever_sees_numbers_masked_finds_nobody_by_a_part_of_one(
    staffed: Hall, make_user: Any, at_screen: Any
) -> None:
    case = send(staffed, begun(staffed), **WHY)
    address = reverse("bureau:annual-rows", args=[case.pk, "persons"])
    stored = rows.sheet_of(case, "persons").columns()
    number, name = stored["document_number"][0], stored["name"][0]

    def found(user: Any, asked: str) -> int:
        return len(at_screen(user).get(address, {"q": asked}).context["rows"])

    chief = make_user("bureau_supervisor", region_code="140105")
    assert found(staffed.reviewer, number[:17])
    assert not found(chief, number[:17])
    assert found(chief, number) and found(chief, name)


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
