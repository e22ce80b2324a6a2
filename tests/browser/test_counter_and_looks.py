"""A counter files and hands out a receipt; a supervisor draws a sample and checks it; an auditor finds who
looked, and the person sees it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import sign_in, sign_out
from tests.contracts.making import Hall
from tests.counters.sampling import typed_in
from yonggong.accounts.actions import create_user, identify, record_access
from yonggong.registry.actions import enter_person

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
Picture = Callable[[str], None]


def test_counter_supervisor_auditor_and_person(
    page: Page, hall: Hall, make_user: Any, picture: Picture
) -> None:
    agency = hall.employer.agency
    clerk = make_user("counter_clerk", agency=agency, region_code="220104")
    supervisor = make_user("bureau_supervisor", region_code="220100")
    auditor = make_user("auditor", region_code="220000")
    case = typed_in(hall, clerk, name="试到窗口")
    worker = case.filing.worker
    own = create_user(
        username="self",
        name="试到窗口",
        password="Yonggong-2026",
        must_change_password=False,
        by=None,
    )
    enter_person(worker=worker, region_code="220104")
    identify(user=own, person=worker.pk, by=None)
    record_access(case.reference, "试", by=hall.reviewer, purpose="监督检查", address=None)

    sign_in(page, clerk.username, portal="bureau")
    page.goto(f"/bureau/employers/{hall.employer.pk}/")
    page.get_by_role("button", name="为该单位代录").click()
    page.wait_for_url("**/employer/**")
    page.goto(f"/employer/case/{case.pk}/")
    receipt = page.get_by_role("link", name="打印回执")
    expect(receipt).to_be_visible()
    picture("counter-receipt")
    answer = page.request.get(str(receipt.get_attribute("href")))
    assert answer.ok and answer.body().startswith(b"%PDF")
    sign_out(page)

    sign_in(page, supervisor.username, portal="bureau")
    page.locator("#yg-nav").get_by_role("link", name="窗口工作").click()
    expect(page.locator("main")).to_contain_text(clerk.username)
    picture("counter-work")
    page.get_by_role("button", name="抽取").click()
    expect(page.locator("main")).to_contain_text("随机种子")
    page.get_by_label("录入有误").check()
    page.get_by_label("检查说明").fill("手机号与申请表不符")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("main")).to_contain_text("已检查 1 件，录入有误 1 件")
    picture("counter-sample")
    sign_out(page)

    sign_in(page, auditor.username, portal="admin")
    page.goto(f"/admin/log/?person={worker.document_number}")
    expect(page.locator("main table")).to_contain_text(case.number)
    expect(page.locator("main table")).to_contain_text("监督检查")
    picture("admin-looks")
    sign_out(page)

    sign_in(page, own.username, portal="person")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/person/looks/")
    expect(page.locator("main")).to_contain_text(agency.name)
    expect(page.locator("main")).not_to_contain_text(hall.reviewer.username)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    picture("person-looks")
