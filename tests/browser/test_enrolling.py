"""A contract on file offers what follows from it: begun with one click, handled, and then a record that its
unit and its bureau see; and what a rule gives, reckoned by anybody."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Picture, Sit
from tests.browser.steps import sign_in, stands
from tests.cases.item_versions import Pair, packaged
from tests.contracts.making import Hall
from yonggong.cases import handling
from yonggong.cases.models import Case
from yonggong.cases.procedure import Outcome

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

REGISTER = "employment-registration"


def ended(case: Case, hall: Hall) -> None:
    """Handled to its end by the office."""
    while case.state == "pending":
        step = case.steps.get(acted_at__isnull=True)
        plan = case.definition.procedure.step(step.key)  # type: ignore[union-attr]
        outcome = Outcome.NEXT if Outcome.NEXT in plan.outcomes else Outcome.END
        form = handling.form_of(case, step)
        said = {one.name: one.choices[0].code for one in form.fields if one.choices} if form else {}
        case = handling.complete(
            case=case, step=step.pk, outcome=outcome, seen=case.filed_at, by=hall.reviewer,
            now=hall.now, address=None, answers=said, opinion="已核对",
        )  # type: ignore[arg-type]  # fmt: skip


def test_a_new_contract_leads_to_a_registration_on_record(
    page: Page, hall: Hall, sit: Sit, make_user: Any, picture: Picture
) -> None:
    one, two = (make_user("business_administrator", region_code="220000") for _ in range(2))
    Pair(one, two, hall.now).add(packaged(REGISTER) | {"materials": []})
    hall.approved(name="试新人")

    sign_in(page, hall.operator.username)
    picture("9-2-01-offered")
    page.get_by_role("button", name="就业登记申请").click()
    page.get_by_label("办理对象姓名").wait_for()
    stands(page)
    expect(page.get_by_label("办理对象姓名")).to_have_value("试新人")
    page.get_by_label("联系人").fill("试办")
    page.get_by_label("联系电话").fill("16012345678")
    page.get_by_role("button", name="保存并提交审核").click()
    page.get_by_text("已提交审核").wait_for()
    ended(Case.objects.get(kind=REGISTER), hall)

    page.goto("/employer/records/")
    page.get_by_text("就业登记").first.wait_for()
    expect(page.get_by_role("cell", name="试新人")).to_be_visible()
    picture("9-2-02-records")

    office = sit(hall.reviewer)
    office.goto("/bureau/records/?name=试新人")
    office.get_by_label("查看目的").select_option(index=1)
    office.get_by_role("button", name="查看登记").click()
    office.get_by_text("有效", exact=True).wait_for()

    page.goto("/calculators/services/unemployment-benefit-claim/3/")
    page.get_by_label("累计缴费年限").fill("12")
    page.get_by_role("button", name="计算").click()
    page.get_by_text("24 个月", exact=True).wait_for()
    picture("9-2-03-benefit")
