"""A dispatch licence walked on the pages: applied for, too small an office told while it is typed, checked on
site, granted with letter and licence, and found by anybody on the public register."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import Picture, Sit
from tests.browser.steps import sign_in, stands
from tests.contracts.making import Hall
from tests.files import PNG
from tests.relations.dispatch_licence.applying import answers
from tests.relations.office import Office
from yonggong.cases import drafting
from yonggong.cases import materials as case_materials
from yonggong.cases.items import holding
from yonggong.cases.models import Case
from yonggong.registry.models import Agency
from yonggong.registry.people import keep_evidence
from yonggong.relations.dispatch_licence.kind import KIND
from yonggong.services import surveys

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office(make_employer: Any, make_user: Any) -> Office:
    """Wuhai's bureau with three who review, and a unit of its Haibowan district."""
    city = Agency.objects.create(name="乌海市人社局", level="prefecture", region_code="150300")
    employer = make_employer(name="乌海试验人力资源有限公司", region_code="150302", agency=city)
    hall = Hall(
        employer=employer,
        operator=make_user("employer_operator", employer=employer),
        reviewer=None,
        now=timezone.localtime(),
    )
    given = {"agency": city, "region_code": "150300"}
    hands = tuple(make_user("reviewer", **given) for _ in range(3))
    return Office(hall=hall, city=city, reviewers={city.pk: hands})


def begun(office: Office) -> Case:
    """A draft with its scans, of a unit whose office is too small."""
    hall = office.hall
    kind = holding(KIND, region="150302", on=hall.today)
    case = drafting.save_draft(
        kind=kind,
        applicant=hall.employer.party,
        raw=answers(office, premises_area="80"),
        case=None,
        by=hall.operator,
        now=hall.now,
    )
    for material in kind.asked_besides:
        case_materials.upload(
            case=case,
            name=material.name,
            file_name="scan.png",
            content=PNG,
            by=hall.operator,
            now=hall.now,
            address=None,
        )
    return case


def recorded(page: Page, case: Case, now: datetime) -> None:
    """Fill in what the open step asks for, all of it right, and end it."""
    page.goto(reverse("bureau:case-record", args=[case.pk]))
    stands(page)
    for select in page.locator("select[name^=check_]").all():
        select.select_option(label="符合")
    today = now.date().isoformat()
    for name, said in (
        ("surveyed_on", today),
        ("surveyed_at", "海勃湾区人民路 1 号"),
        ("surveyed_by", "试二、试三"),
        ("survey_found", "经营场所固定，设施与清单相符"),
        ("area_found", "120"),
        ("unit_name", "乌海试验人力资源有限公司"),
        ("applied_on", today),
        ("accepted_on", today),
        ("delivered_on", today),
    ):
        field = page.locator(f"[name='{name}']")
        if field.count():
            field.fill(said)
    for name, value in (("survey_result", "met"), ("delivered_how", "electronic")):
        if page.locator(f"select[name='{name}']").count():
            page.locator(f"select[name='{name}']").select_option(value)
    if page.locator("[name='facilities_found']").count():
        page.locator("[name='facilities_found'][value='true']").check()
    page.get_by_role("button", name="保存记录并完成环节").click()
    page.wait_for_url(lambda url: "record" not in url)


def test_a_licence_from_its_form_to_the_public_register(
    page: Page, office: Office, sit: Sit, picture: Picture
) -> None:
    hall, case = office.hall, begun(office)
    sign_in(page, hall.operator.username)
    page.goto(reverse("employer:item-form", args=[case.pk]))
    stands(page)
    area = page.locator("[name='premises_area']")
    area.fill("81")
    area.blur()
    page.get_by_text("平方米，少于").first.wait_for()
    picture("dispatch-licence-1-form")
    area.fill("120")
    area.blur()
    expect(page.get_by_text("平方米，少于")).to_have_count(0)
    page.get_by_role("button", name="保存并提交审核").click()
    page.get_by_text("已提交审核").wait_for()

    accepting, reviewing, deciding = (sit(hand) for hand in office.reviewers[office.agency.pk])
    recorded(accepting, case, hall.now)
    recorded(reviewing, case, hall.now)
    photo = keep_evidence(file_name="a.png", content_type="image/png", content=PNG)
    reviewer = office.reviewers[office.agency.pk][1]
    surveys.add(
        case=Case.objects.get(pk=case.pk), evidence=photo, said="办公室", by=reviewer, now=hall.now
    )
    recorded(reviewing, case, hall.now)
    deciding.goto(f"/bureau/case/{case.pk}/")
    deciding.get_by_role("button", name="通过，进入下一环节").click()
    deciding.get_by_text("已办理").first.wait_for()
    recorded(deciding, case, hall.now)
    deciding.get_by_text("办结", exact=True).first.wait_for()

    page.goto(f"/employer/case/{case.pk}/")
    expect(page.get_by_role("link", name="劳务派遣经营许可证").first).to_be_visible()
    picture("dispatch-licence-2-granted")
    page.goto("/licences/dispatch/?q=乌海试验")
    expect(page.locator("#main").get_by_text("乌海试验人力资源有限公司")).to_be_visible()
    expect(page.get_by_text("（有效）")).to_be_visible()
    picture("dispatch-licence-3-register")
