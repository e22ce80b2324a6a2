"""A person at home applies for themselves: from signing in to the case's page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from tests.browser.conftest import Picture
from tests.browser.steps import sign_in
from tests.cases import lesson
from tests.files import PNG
from yonggong.accounts.actions import create_user
from yonggong.cases import actions as case_actions
from yonggong.cases.models import Case
from yonggong.registry.models import Worker
from yonggong.registry.parties import Authority
from yonggong.reminders import digests

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_person_applies_and_sees_how_it_stands(
    page: Page, pupil: Any, agency: Any, picture: Picture
) -> None:
    sign_in(page, pupil.username, portal="person")
    page.get_by_role("button", name=lesson.LESSON.title).click()
    page.get_by_role("textbox", name="课程").fill("初级")
    page.get_by_role("button", name="提交申请").click()
    page.get_by_text("已提交。办件编号").wait_for()
    picture("person-case")
    page.get_by_role("link", name="我的办件").click()
    case = Case.objects.get()
    page.get_by_role("link", name=case.number).wait_for()
    picture("person-items")
    assert case.applicant == pupil.person


def test_a_person_lets_a_unit_act_by_phone(
    page: Page, pupil: Any, employer: Any, picture: Picture
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(page, pupil.username, portal="person")
    page.goto("/person/authorities/give/")
    page.get_by_label("统一社会信用代码").fill(employer.credit_code)
    page.get_by_label("单位名称").fill(employer.name)
    until = timezone.localdate() + timedelta(days=30)
    page.get_by_label("有效期至").fill(until.isoformat())
    file: Any = {"name": "委托书.png", "mimeType": "image/png", "buffer": PNG}
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="提交委托").click()
    page.get_by_text("已委托").wait_for()
    picture("person-authority")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="终止委托").click()
    page.get_by_text("已终止", exact=False).first.wait_for()
    picture("person-authorities")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert Authority.objects.get().ended_by == pupil


def test_a_person_hears_on_the_phone_what_was_returned(
    page: Page, pupil: Any, reviewer: Any, picture: Picture
) -> None:
    now = timezone.localtime()
    case = case_actions.submit(
        kind=lesson.LESSON,
        raw={"course": "初级"},
        applicant=pupil.person,
        case=None,
        key=uuid4(),
        by=pupil,
        now=now,
        address=None,
    )
    case_actions.return_case(
        case=case, opinion="写明期数", seen=case.filed_at, by=reviewer, now=now, address=None
    )
    digests.run(today=now.date() + timedelta(days=1))
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(page, pupil.username, portal="person")
    page.locator(".yg-bell .yg-count", has_text="1").click()
    page.get_by_text("件办件已退回").first.wait_for()
    picture("person-messages")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("link", name="审核不通过、待修改重报的申请").click()
    page.get_by_role("link", name=case.number).wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_clerk_at_the_counter_applies_for_a_person_who_came(
    page: Page, person: Any, agency: Any, make_user: Any, picture: Picture
) -> None:
    clerk = make_user("counter_clerk", agency=agency, region_code="220104")
    worker = Worker.objects.get(pk=person.pk)
    sign_in(page, clerk.username, portal="bureau")
    page.goto("/bureau/counter/")
    page.get_by_role("link", name="为个人代录").click()
    page.get_by_label("证件号码").fill(worker.document_number)
    page.get_by_label("姓名").fill(worker.name)
    picture("counter-person")
    page.get_by_role("button", name="开始代录").click()
    page.get_by_text("正在为试一办理").wait_for()
    picture("counter-person-items")
    page.get_by_role("button", name=lesson.LESSON.title).click()
    page.get_by_role("textbox", name="课程").fill("初级")
    page.get_by_role("button", name="存为草稿").click()
    page.get_by_text("已保存，尚未提交").wait_for()
    page.get_by_role("button", name="结束代录").click()
    page.get_by_text("待提交的个人申请").wait_for()
    picture("counter-person-waiting")
    page.get_by_role("button", name="继续代录").click()
    page.get_by_role("row", name="草稿").get_by_role("link").first.click()
    page.get_by_role("button", name="提交申请").click()
    page.get_by_text("已提交。办件编号").wait_for()
    picture("counter-person-case")
    case = Case.objects.get()
    assert (case.applicant, case.filed_by, case.counter) == (person, clerk, agency)


def test_an_administrator_notes_who_an_account_is(
    page: Page, person: Any, make_user: Any, picture: Picture
) -> None:
    system = make_user("system_administrator", region_code="220000")
    account = create_user(
        username="shiyi",
        name="试一",
        password="Yonggong-2026",
        region_code="220104",
        must_change_password=False,
        by=None,
    )
    worker = Worker.objects.get(pk=person.pk)
    sign_in(page, system.username, portal="admin")
    page.goto(f"/admin/users/{account.pk}/")
    page.get_by_role("link", name="核实本人").click()
    page.get_by_label("证件号码").fill(worker.document_number)
    page.get_by_label("姓名").fill(worker.name)
    picture("admin-identify")
    page.get_by_role("button", name="核实", exact=True).click()
    page.get_by_text("已核实为试一本人").wait_for()
    picture("admin-identified")
    account.refresh_from_db()
    assert account.person == person
    page.get_by_label("撤销原因").fill("证件核对有误")
    page.get_by_role("button", name="撤销核实").click()
    page.get_by_text("尚未核实").wait_for()
    account.refresh_from_db()
    assert account.person is None
