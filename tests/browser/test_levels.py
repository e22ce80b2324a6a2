"""Both sides of a dispatch until they agree; a reviewer on leave and the stand-in; cases shared out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import Picture, Sit
from tests.browser.steps import another_page, sign_in, stands, until
from tests.contracts.dispatching import EXPLAINED, Dispatch
from tests.contracts.making import answers, file
from yonggong.cases.models import Case
from yonggong.contracts.models import Posting

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def dispatch(
    transactional_db: None, make_employer: Callable[..., Any], make_user: Callable[..., Any]
) -> Dispatch:
    return Dispatch(make_employer, make_user, timezone.localtime())


def fill(page: Page, raw: dict[str, Any]) -> None:
    """Fill in the form as it asks: texts typed, choices chosen."""
    for name, value in raw.items():
        cell = page.locator(f"[data-field={name}]")
        if (radio := cell.locator(f"input[type=radio][value='{value}']")).count():
            radio.check(force=True)
        elif (select := cell.locator("select")).count():
            select.first.select_option(value, force=True)
        else:
            cell.locator("input:not([type=hidden]), textarea").first.fill(str(value))
            page.keyboard.press("Tab")


def decided(case: Case) -> bool:
    return Case.objects.filter(pk=case.pk, state="approved").exists()


def test_both_sides_of_a_dispatch_until_they_agree(
    page: Page, dispatch: Dispatch, sit: Sit, picture: Picture
) -> None:
    contract = dispatch.sent(job="搬运工")
    sign_in(page, dispatch.of_unit.username)
    page.goto("/employer/dispatches/")
    page.get_by_role("button", name="派遣用工备案").click()
    page.locator("[data-field=dispatcher_code]").wait_for()
    stands(page)
    fill(page, dispatch.posting_answers())
    page.get_by_role("button", name="保存并提交审核").click()
    page.wait_for_url("**/employer/item/")
    posting = Posting.objects.get()
    page.goto(f"/employer/case/{posting.pk}/")
    sides = page.locator("section", has=page.get_by_role("heading", name="派遣双方核对")).last
    expect(sides).to_contain_text("双方不一致")
    expect(sides.get_by_role("row", name="岗位工作")).to_contain_text("搬运工")
    picture("dispatch-differs")

    office = sit(dispatch.reviewer)
    office.goto("/bureau/dispatches/?standing=differs")
    office.get_by_role("link", name=posting.name).first.click()
    office.wait_for_url("**/bureau/case/*/")
    expect(office.locator("main")).to_contain_text("双方不一致")

    held = dispatch.sent_answers()
    change = {name: value for name, value in held.items() if name not in dispatch.person}
    change |= {"changed_on": dispatch.today.isoformat(), "change_reason": "岗位填写有误"}
    case = file(
        "change",
        change,
        employer=dispatch.dispatcher,
        by=dispatch.of_dispatcher,
        now=timezone.localtime(),
        contract=contract,
        explanations=EXPLAINED,
    )
    office.goto(f"/bureau/case/{case.pk}/")
    office.locator("[name=acknowledged]").check()
    with another_page(office):
        office.get_by_role("button", name="审核通过").click()
    until(office, lambda: decided(case), "the change is approved")
    page.reload()
    expect(sides).to_contain_text("双方一致")
    office.goto("/bureau/dispatches/?standing=agrees")
    expect(office.locator("table tbody")).to_contain_text(posting.name)


def test_the_stand_in_gets_the_queue_and_the_supervisor_shares_out(
    page: Page,
    dispatch: Dispatch,
    sit: Sit,
    make_user: Callable[..., Any],
    picture: Picture,
) -> None:
    case = dispatch.posted()
    Case.objects.filter(pk=case.pk).update(assigned_to=dispatch.reviewer)
    sign_in(page, dispatch.reviewer.username, portal="bureau")
    page.goto("/bureau/leave/")
    page.get_by_label("代班人").select_option(label=dispatch.second.name)
    page.get_by_label("起始日期").fill(dispatch.today.isoformat())
    page.get_by_label("结束日期").fill((dispatch.today + timedelta(days=4)).isoformat())
    page.get_by_label("事由").fill("年休假")
    page.get_by_role("button", name="登记").click()
    expect(page.locator("table tbody")).to_contain_text("代班中")
    picture("leave")

    other = sit(dispatch.second)
    other.goto(f"/bureau/case/{case.pk}/")
    other.get_by_role("button", name="审核通过").click()
    until(other, lambda: decided(case), "the stand-in decides")
    case.refresh_from_db()
    assert (case.state, case.decided_by) == ("approved", dispatch.second)

    supervisor = sit(make_user("bureau_supervisor", region_code="150100"))
    waiting = file(
        "new",
        answers(today=dispatch.today),
        employer=dispatch.unit,
        by=dispatch.of_unit,
        now=timezone.localtime(),
    )
    supervisor.goto("/bureau/sharing/")
    expect(supervisor.locator("main")).to_contain_text("可分派 1 件")
    supervisor.get_by_role("button", name="分派", exact=True).click()
    expect(supervisor.locator("main")).to_contain_text("已分派 1 件")
    waiting.refresh_from_db()
    assert waiting.assigned_to == dispatch.second, "whoever is away is given nothing"
    supervisor.get_by_role("button", name="收回").click()
    expect(supervisor.locator("main")).to_contain_text("已收回 1 件")
    waiting.refresh_from_db()
    assert waiting.assigned_to is None
