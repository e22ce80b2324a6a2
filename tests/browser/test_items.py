"""The two invented kinds walked on the pages: a joint case filed once, its items handled by an
office and by the city above it, to the end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Picture, Sit
from tests.browser.steps import another_page, sign_in, stands
from tests.cases import festival
from tests.cases.kite import KITE
from tests.contracts.making import Hall
from tests.files import PNG
from yonggong.cases.models import Case
from yonggong.registry.models import Agency

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def open_case(page: Page, case: Case) -> None:
    page.goto(f"/bureau/case/{case.pk}/")


def test_a_joint_case_from_its_form_to_its_end(
    page: Page, hall: Hall, sit: Sit, make_user: Any, agency: Agency, picture: Picture
) -> None:
    city = Agency.objects.create(name="市船检处", level="prefecture", region_code="220100")
    second = make_user("reviewer", agency=agency, region_code="220104")
    decider = make_user("reviewer", agency=city, region_code="220100")

    sign_in(page, hall.operator.username)
    page.get_by_role("link", name="其他事项", exact=True).click()
    page.get_by_role("button", name=festival.FESTIVAL.title).click()
    page.get_by_label("报名人").wait_for()
    stands(page)
    page.get_by_label("报名人").fill("试一")
    page.get_by_label("入会日期").fill("2026年11月10日")
    page.get_by_label("船名").fill("白鹭")
    page.get_by_role("button", name="保存并提交审核").click()
    page.get_by_text("已提交审核").wait_for()
    joint = Case.objects.get(kind=festival.FESTIVAL.name)
    member, boat = joint.children.order_by("pk")

    first = sit(hall.reviewer)
    open_case(first, member)
    first.get_by_role("button", name="审核通过").click()
    first.wait_for_url(lambda url: f"/case/{member.pk}/" not in url)
    open_case(first, boat)
    first.get_by_role("button", name="受理", exact=True).click()
    first.get_by_role("link", name="填写验船记录").click()
    first.get_by_label("验船日期").fill("2026-11-24")
    first.get_by_label("发现").fill("船体完好")
    first.get_by_role("button", name="保存记录并完成环节").click()
    first.get_by_text("船体完好").first.wait_for()
    with another_page(first):
        first.get_by_role("button", name="通过，进入下一环节").click()
    first.get_by_text("公示中").first.wait_for()

    other = sit(second)
    open_case(other, boat)
    other.get_by_role("button", name="完成，进入下一环节").click()
    other.get_by_text("已办理").wait_for()
    above = sit(decider)
    open_case(above, boat)
    above.get_by_role("button", name="通过，进入下一环节").click()
    above.get_by_text("已办理").wait_for()
    open_case(first, boat)
    with another_page(first):
        first.get_by_role("button", name="完成，进入下一环节").click()
    first.get_by_text("办结", exact=True).first.wait_for()

    page.goto(f"/employer/case/{joint.pk}/")
    page.get_by_text("办结", exact=True).first.wait_for()
    expect(page.get_by_text("联办事项")).to_be_visible()
    picture("9-1-01-joint")


def test_an_item_from_data_alone_from_its_form_to_its_end(
    page: Page, hall: Hall, sit: Sit, tmp_path: Path, picture: Picture
) -> None:
    photo = tmp_path / "kite.png"
    photo.write_bytes(PNG)
    sign_in(page, hall.operator.username)
    page.get_by_role("link", name="其他事项", exact=True).click()
    page.get_by_role("button", name=KITE.title).click()
    page.get_by_label("风筝名称").wait_for()
    stands(page)
    page.get_by_label("风筝名称").fill("雨燕")
    page.get_by_label("联系电话").fill("16012345678")
    cell = page.locator("[name='f2_rows__1__name']")
    cell.fill("试一")
    page.locator("[name='f2_rows__1__age']").fill("30")
    page.locator("input[type=file]").first.set_input_files(photo)
    expect(page.get_by_role("link", name="kite.png")).to_be_visible()
    picture("9-1-02-table")
    page.get_by_role("button", name="保存并提交审核").click()
    page.get_by_text("已提交审核").wait_for()
    case = Case.objects.get(kind=KITE.name)
    assert case.values["f2_rows"] == [{"name": "试一", "age": 30}]

    office = sit(hall.reviewer)
    open_case(office, case)
    office.get_by_role("link", name="填写受理记录").click()
    office.get_by_label("1. 风筝照片清晰").select_option(label="符合")
    office.get_by_role("button", name="保存记录并完成环节").click()
    office.get_by_role("link", name="填写决定记录").click()
    office.get_by_label("放飞地点").fill("南湖公园")
    office.get_by_label("1. 当日无大风").select_option(label="符合")
    office.get_by_role("button", name="保存记录并完成环节").click()
    office.get_by_text("办结", exact=True).first.wait_for()
