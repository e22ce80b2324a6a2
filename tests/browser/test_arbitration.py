"""An arbitration walked by a person on a phone against their employer: applied for, accepted, served, answered,
heard and awarded."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import Sit
from tests.browser.pictures import keep
from tests.browser.steps import another_page, sign_in, stands, until
from tests.disputes.making import AWARD, Court, court_of
from tests.relations.stepping import complete
from yonggong.cases import drafting
from yonggong.cases.items import holding
from yonggong.cases.models import Case
from yonggong.disputes.arbitration.kind import KIND
from yonggong.disputes.models import Dispute, Hearing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTH = 390


def _fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH, page.url


@pytest.fixture
def court(make_employer: Any, make_user: Any) -> Court:
    return court_of(make_employer, make_user, timezone.localtime())


def _typed(court: Court) -> Case:
    """A draft in which the months owed are still to be said."""
    raw = court.answers()
    raw["claim_rows"] = [{**raw["claim_rows"][0], "quantity": ""}]
    return drafting.save_draft(
        kind=holding(KIND, region="150302", on=court.hall.today),
        applicant=court.person,
        raw=raw,
        case=None,
        by=court.account,
        now=court.hall.now,
    )


def test_an_arbitration_from_a_phone_to_its_award(page: Page, court: Court, sit: Sit) -> None:
    today = timezone.localdate()

    page.set_viewport_size({"width": WIDTH, "height": 844})
    sign_in(page, court.account.username, portal="person")
    page.goto("/person/apply/?q=仲裁")
    expect(page.get_by_text("劳动人事争议仲裁申请", exact=True).first).to_be_visible()
    _fits(page)
    case = _typed(court)
    page.goto(f"/person/case/{case.pk}/form/")
    stands(page)
    months = page.locator("[name='claim_rows__1__quantity']")
    months.fill("2")
    months.blur()
    page.get_by_text("按已填内容计算为 12,000.00 元").first.wait_for()
    _fits(page)
    months.scroll_into_view_if_needed()
    keep(page, "dispute-form")
    page.get_by_role("button", name="提交申请").click()
    page.get_by_text("已提交。办件编号").wait_for()
    case.refresh_from_db()

    office = sit(court.hall.reviewer)
    at = f"/bureau/case/{case.pk}/"

    def done() -> None:
        office.get_by_role("button", name="保存记录并完成环节").click()
        office.get_by_text("环节已完成").wait_for()

    for _ in range(2):
        complete(case, by=court.hall.reviewer, now=timezone.now())
    second = sit(court.second)
    second.goto(at)
    expect(second.locator("#reckoned")).to_contain_text("12000.00")
    keep(second, "dispute-case")
    complete(case, by=court.second, now=timezone.now())
    acted = case.steps.filter(acted_at__isnull=False)
    office.goto(at)
    expect(office.get_by_text("受理通知书").first).to_be_visible()
    with another_page(office):
        office.get_by_role("button", name="完成，进入下一环节").click()
    until(office, lambda: acted.count() == 4, "it is not handed over")
    office.goto(at)
    with another_page(office):
        office.get_by_role("link", name="填写").first.click()
    stands(office)
    office.locator("[name='served_how']").select_option(label="直接送达")
    office.locator("[name='delivered_on']").fill(today.isoformat())
    done()

    employer = sit(court.hall.operator, "employer")
    employer.goto("/employer/disputes/")
    employer.get_by_role("link", name=case.number).click()
    expect(employer.locator("#papers")).to_contain_text("应诉通知书")
    employer.get_by_label("答辩意见").fill("工资已经全部支付，请求驳回。")
    keep(employer, "dispute-answer", whole=True)
    employer.get_by_role("button", name="提交答辩书").click()
    employer.get_by_text("答辩书已提交。").wait_for()
    assert employer.request.get(f"/employer/case/{case.pk}/").status == 404

    office.goto(f"/bureau/disputes/{case.pk}/")
    office.get_by_label("开庭时间").fill(f"{today + timedelta(days=4)}T09:00")
    office.get_by_label("开庭地点").fill("第一仲裁庭")
    office.get_by_label("仲裁员").fill("试仲裁")
    with another_page(office):
        office.get_by_role("button", name="安排开庭").click()
    office.get_by_text("应当提前五日").wait_for()
    office.get_by_label("开庭时间").fill(f"{today + timedelta(days=7)}T09:00")
    office.get_by_label("开庭地点").fill("第一仲裁庭")
    office.get_by_label("仲裁员").fill("试仲裁")
    office.get_by_role("button", name="安排开庭").click()
    office.get_by_text("开庭通知书已送达双方").wait_for()
    keep(office, "dispute-hearing", whole=True)
    heard = timezone.now() - timedelta(hours=2)  # the day has come
    Hearing.objects.update(at=heard, set_at=heard - timedelta(days=7))

    office.goto(at)
    with another_page(office):
        office.get_by_role("link", name="填写").first.click()
    stands(office)
    for name in ("result", "final"):
        office.locator(f"select[name='{name}']").select_option(AWARD[name])
    for name in ("arbitrators", "facts", "reasons", "rulings"):
        office.locator(f"[name='{name}']").fill(AWARD[name])
    keep(office, "dispute-award", whole=True)
    with another_page(office):
        office.get_by_role("button", name="保存记录并完成环节").click()
    office.get_by_text("仲裁裁决书").first.wait_for()
    office.goto("/bureau/disputes/")
    expect(office.get_by_role("link", name=case.number)).to_be_visible()
    keep(office, "dispute-register")

    page.goto("/person/disputes/")
    page.get_by_text("裁决", exact=False).first.click()
    expect(page.locator("#papers")).to_contain_text("仲裁裁决书")
    _fits(page)
    keep(page, "dispute-ended", whole=True)
    assert Dispute.objects.get().result == Dispute.Result.AWARD
