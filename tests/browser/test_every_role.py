"""The two invented kinds on the pages of every role: an orchard, a package with code of its own, and a
kite, an item from JSON alone. Who files, who handles, who only looks, and to whom they do not exist."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Picture, Sit
from tests.browser.steps import another_page, sign_in
from tests.browser.test_items import open_case
from tests.cases.kite import ANSWERS as KITE_ANSWERS
from tests.cases.kite import KITE
from tests.cases.orchard.kind import KIND as ORCHARD
from tests.cases.orchard.test_orchard import ANSWERS as ORCHARD_ANSWERS
from tests.contracts.making import Hall
from tests.files import PNG
from tests.forms.test_tables_in_browser import paste, tabbed
from yonggong.cases import actions as case_actions
from yonggong.cases import materials
from yonggong.cases.drafting import save_draft
from yonggong.cases.models import Case
from yonggong.documents.models import Document
from yonggong.registry.models import Agency

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PLOTS = [
    ["东一", "苹果", "12.5", "400", "2019", "否", ""],
    ["西二", "梨", "3", "90", "2021", "是", "试守"],
]


def begin(page: Page, kind: Any) -> None:
    page.get_by_role("link", name="其他事项", exact=True).click()
    page.get_by_role("button", name=kind.title, exact=True).click()
    page.get_by_role("button", name="增加一行").wait_for()  # the scripts are there


def test_an_orchard_is_filed_by_page_handled_by_three_and_ends_with_its_paper(
    page: Page, hall: Hall, sit: Sit, make_user: Any, agency: Agency, picture: Picture
) -> None:
    sign_in(page, hall.operator.username)
    begin(page, ORCHARD)
    picture("9-2-01-empty")
    page.get_by_label("果园名称").fill("南坡果园")
    page.get_by_label("负责人").fill("试园")
    page.get_by_label("手机号").fill("16012345678")
    paste(page, "plots__1__code", tabbed(PLOTS))
    expect(page.locator("[data-total=area]")).to_have_text("15.50")
    page.get_by_label("看护人").nth(0).wait_for(state="attached")
    picture("9-2-02-pasted")
    page.get_by_role("button", name="保存并提交审核").click()
    page.get_by_text("已提交审核").wait_for()
    case = Case.objects.get(kind=ORCHARD.name)
    assert [row["code"] for row in case.values["plots"]] == ["东一", "西二"]
    picture("9-2-03-filed")

    desk = sit(make_user("reviewer", agency=agency, region_code="220104"))
    desk.goto("/bureau/queue/")
    expect(desk.get_by_text("南坡果园")).to_be_visible()
    open_case(desk, case)
    desk.get_by_role("button", name="受理", exact=True).click()
    desk.get_by_role("button", name="受理", exact=True).wait_for(state="detached")

    first = sit(hall.reviewer)
    open_case(first, case)
    first.get_by_role("link", name="填写踏勘审核记录").click()
    first.get_by_label("踏勘日期").fill("2026-11-24")
    first.get_by_label("踏勘情况").fill("地界清楚，株数相符")
    first.get_by_role("button", name="保存记录并完成环节").click()
    first.get_by_text("地界清楚").first.wait_for()

    second = sit(make_user("reviewer", agency=agency, region_code="220104"))
    open_case(second, case)
    with another_page(second):
        second.get_by_role("button", name="通过，进入下一环节").click()
    second.get_by_text("办结", exact=True).first.wait_for()

    page.goto(f"/employer/case/{case.pk}/")
    page.get_by_text("办结", exact=True).first.wait_for()
    picture("9-2-04-done")
    page.goto("/employer/rosters/")
    expect(page.get_by_text(Document.objects.get().number)).to_be_visible()
    picture("9-2-05-paper")


def test_an_orchard_is_filed_by_workbook(
    page: Page, hall: Hall, tmp_path: Path, picture: Picture
) -> None:
    sign_in(page, hall.operator.username)
    begin(page, ORCHARD)
    page.get_by_role("link", name="用表格填写").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载空白表格").click()
    sheet = tmp_path / "果园.xlsx"
    download.value.save_as(sheet)
    book = openpyxl.load_workbook(sheet)
    written = {"果园名称": "北坡果园", "负责人": "试9", "手机号": "16012345678"}
    for label, answer, _ in book["填报"].iter_rows():
        name = str(label.value).lstrip("*")
        if name in written:
            answer.value = written[name]
    for row in PLOTS:
        book["地块"].append(row)
    book.save(sheet)
    page.locator("input[type=file]").set_input_files(sheet)
    picture("9-2-06-upload")
    page.get_by_role("button", name="上传").click()
    expect(page.get_by_role("heading", name="有 1 处需要改正")).to_be_visible()
    expect(page.get_by_role("cell", name="B4", exact=True)).to_be_visible()
    picture("9-2-07-faults")
    page.get_by_role("link", name="负责人").click()
    page.get_by_label("负责人").fill("试园")
    page.get_by_role("button", name="保存并提交审核").click()
    page.get_by_text("已提交审核").wait_for()
    case = Case.objects.get(kind=ORCHARD.name)
    assert (case.values["keeper"], len(case.values["plots"])) == ("试园", 2)


def test_a_clerk_files_both_at_the_counter(
    page: Page, hall: Hall, make_user: Any, agency: Agency, tmp_path: Path, picture: Picture
) -> None:
    clerk = make_user("counter_clerk", agency=agency, region_code="220104")
    sign_in(page, clerk.username, portal="bureau")
    page.locator("#yg-nav").get_by_role("link", name="窗口代录").click()
    page.get_by_label("统一社会信用代码").fill(hall.employer.credit_code)
    page.get_by_role("button", name="开始代录").click()
    expect(page.locator("main")).to_contain_text(f"正在为{hall.employer.name}办理")
    begin(page, ORCHARD)
    page.get_by_label("果园名称").fill("南坡果园")
    page.get_by_label("负责人").fill("试园")
    page.get_by_label("手机号").fill("16012345678")
    paste(page, "plots__1__code", tabbed(PLOTS))
    picture("9-2-08-counter")
    page.get_by_role("button", name="保存并提交审核").click()
    page.get_by_text("已提交审核").wait_for()
    case = Case.objects.get(kind=ORCHARD.name)
    assert (case.counter, case.filed_by) == (agency, clerk)

    photo = tmp_path / "kite.png"
    photo.write_bytes(PNG)
    begin(page, KITE)
    page.get_by_label("风筝名称").fill("雨燕")
    page.get_by_label("联系电话").fill("16012345678")
    paste(page, "f2_rows__1__name", "试一\t30\r\n试二\t9\r\n")
    page.locator("input[type=file]").first.set_input_files(photo)
    expect(page.get_by_role("link", name="kite.png")).to_be_visible()
    page.get_by_role("button", name="保存并提交审核").click()
    page.get_by_text("已提交审核").wait_for()
    flown = Case.objects.get(kind=KITE.name)
    assert [row["age"] for row in flown.values["f2_rows"]] == [30, 9]
    assert flown.counter == agency


@pytest.fixture
def filed(hall: Hall) -> dict[str, Case]:
    """A case of each kind, filed by the operator."""
    return {
        kind.title: case_actions.submit(
            kind=kind,
            raw=answers,
            applicant=hall.employer.party,
            case=with_photo(kind, hall),
            key=None,
            by=hall.operator,
            now=hall.now,
            address=None,
        )
        for kind, answers in ((ORCHARD, ORCHARD_ANSWERS), (KITE, KITE_ANSWERS))
    }


def with_photo(kind: Any, hall: Hall) -> Case:
    """A draft with the material that the kite wants."""
    draft = save_draft(
        kind=kind, applicant=hall.employer.party, raw={}, case=None, by=hall.operator, now=hall.now
    )
    for wanted in kind.materials[:1]:
        materials.upload(
            case=draft,
            name=wanted.name,
            file_name="kite.png",
            content=PNG,
            by=hall.operator,
            now=hall.now,
            address=None,
        )
    return draft


def test_who_only_looks_sees_both_and_can_do_nothing(
    filed: dict[str, Case], sit: Sit, make_user: Any, agency: Agency
) -> None:
    for role in ("bureau_supervisor", "counter_clerk"):
        page = sit(make_user(role, agency=agency, region_code="220104"))
        page.goto("/bureau/cases/")
        for title, case in filed.items():
            expect(page.get_by_role("cell", name=title)).to_be_visible()
            open_case(page, case)
            expect(page.get_by_text("办理环节")).to_be_visible()
            expect(page.get_by_role("button", name="受理", exact=True)).to_have_count(0)
            expect(page.get_by_text("160****5678", exact=True)).to_be_visible()
            page.go_back()


def test_to_all_others_neither_exists(
    filed: dict[str, Case], sit: Sit, hall: Hall, make_user: Any, make_employer: Any, agency: Agency
) -> None:
    insurance = Agency.objects.create(
        name="朝阳区医疗保障局", level="county", region_code="220104", department="医保"
    )
    strangers = [
        (
            "bureau",
            make_user("reviewer", agency=insurance, region_code="220104", department="医保"),
        ),
        ("bureau", make_user("bureau_supervisor", agency=agency, region_code="220106")),
        ("admin", make_user("system_administrator", region_code="220000")),
        ("admin", make_user("business_administrator", region_code="220000")),
        ("admin", make_user("auditor", region_code="220000")),
        ("employer", make_user("employer_operator", employer=make_employer())),
    ]
    for portal, user in strangers:
        page = sit(user, portal=portal)
        for case in filed.values():
            parts = [f"/bureau/case/{case.pk}/", f"/employer/case/{case.pk}/"]
            parts += [f"/employer/item/{case.pk}/", f"/employer/item/{case.pk}/workbook/"]
            for address in parts:
                answer = page.goto(address)
                assert answer is not None
                assert answer.status == 404, (user.username, address)
                expect(page.get_by_text("南坡果园")).to_have_count(0)


def test_the_auditor_finds_what_was_downloaded_and_nothing_of_what_it_says(
    page: Page, hall: Hall, sit: Sit, make_user: Any
) -> None:
    sign_in(page, hall.operator.username)
    begin(page, ORCHARD)
    page.get_by_label("手机号").fill("16012345678")
    page.get_by_role("button", name="存为草稿").click()
    page.get_by_text("草稿已保存").wait_for()
    case = Case.objects.get()
    page.goto(f"/employer/item/{case.pk}/workbook/")
    with page.expect_download():
        page.get_by_role("link", name="下载已填内容的表格").click()
    auditor = sit(make_user("auditor", region_code="220000"), portal="admin")
    auditor.goto("/admin/log/")
    expect(auditor.get_by_text("已填写的表格")).to_be_visible()
    expect(auditor.get_by_text("16012345678")).to_have_count(0)
