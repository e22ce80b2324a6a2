"""A collective contract walked on the pages: filled in, wrong and mended while it is typed, reviewed, ended
with its letter, and found on the registers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import Picture, Sit
from tests.browser.steps import another_page, sign_in, stands, until
from tests.contracts.making import Hall
from tests.files import PNG
from tests.relations.collective.sent import answers
from yonggong.cases import drafting
from yonggong.cases.items import holding
from yonggong.cases.models import Case
from yonggong.registry.models import Agency
from yonggong.relations.collective.kind import KIND

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def hall(make_employer: Any, make_user: Any) -> Hall:
    """A hall in Wuhai, which takes the items."""
    agency = Agency.objects.create(name="海勃湾区劳动关系科", level="county", region_code="150302")
    employer = make_employer(name="乌海试验商贸有限公司", region_code="150302", agency=agency)
    return Hall(
        employer=employer,
        operator=make_user("employer_operator", employer=employer),
        reviewer=make_user("reviewer", agency=agency, region_code="150302"),
        now=timezone.localtime(),
    )


def begun(hall: Hall) -> Case:
    """A draft in which the sides are not yet alike."""
    kind = holding(KIND, region="150302", on=hall.today)
    raw = answers(hall, employee_negotiator_count="4")
    return drafting.save_draft(
        kind=kind,
        applicant=hall.employer.party,
        raw=raw,
        case=None,
        by=hall.operator,
        now=hall.now,
    )


def test_a_collective_contract_from_its_form_to_its_letter(
    page: Page, hall: Hall, sit: Sit, tmp_path: Path, picture: Picture
) -> None:
    scan = tmp_path / "contract.png"
    scan.write_bytes(PNG)
    case = begun(hall)
    sign_in(page, hall.operator.username)
    page.goto(reverse("employer:item-form", args=[case.pk]))
    stands(page)
    heads = page.locator("[name='employee_negotiator_count']")
    heads.fill("4")
    heads.blur()
    page.get_by_text("人数不对等").first.wait_for()
    picture("collective-1-form")
    heads.fill("5")
    heads.blur()
    expect(page.get_by_text("人数不对等")).to_have_count(0)
    for place in range(2):
        page.locator("input[type=file]").nth(place).set_input_files(scan)
        expect(page.get_by_role("link", name="contract.png")).to_have_count(place + 1)
    page.get_by_role("button", name="保存并提交审核").click()
    page.get_by_text("已提交审核").wait_for()

    office = sit(hall.reviewer)
    office.goto(f"/bureau/case/{case.pk}/")
    with another_page(office):
        office.get_by_role("link", name="填写受理审查记录").click()
    stands(office)
    for select in office.locator("select[name^=check_a]").all():
        select.select_option(label="符合")
    with another_page(office):
        office.get_by_role("button", name="保存记录并完成环节").click()
    with another_page(office):
        office.get_by_role("link", name="填写审查记录").click()
    stands(office)
    for name in ("parties_lawful", "procedure_lawful", "content_lawful"):
        office.locator(f"[name='{name}'][value='true']").check()
    office.get_by_label("意见书乙方").fill("乌海试验商贸有限公司工会委员会")
    with another_page(office):
        office.get_by_role("button", name="保存记录并完成环节").click()
    for done in (3, 4):
        with another_page(office):
            office.get_by_role("button", name="完成，进入下一环节").click()
        acted = case.steps.filter(acted_at__isnull=False)
        until(office, lambda: acted.count() == done, "the step is not ended")  # noqa: B023
        office.goto(f"/bureau/case/{case.pk}/")

    page.goto(f"/employer/case/{case.pk}/")
    page.get_by_text("未提出异议", exact=True).wait_for()
    expect(page.get_by_text("集体合同审查意见书").first).to_be_visible()
    page.locator("#collective").scroll_into_view_if_needed()
    picture("collective-2-letter")
    page.get_by_role("link", name="劳动关系登记", exact=True).click()
    expect(page.get_by_role("link", name="集体合同", exact=True)).to_be_visible()
