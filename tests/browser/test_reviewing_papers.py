"""Materials beside the fields, one after the other, a PDF among them: in a whole browser, which shows it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Picture
from tests.browser.test_reviewing import box, desk, opened, sheet
from tests.contracts.making import Hall
from tests.employers.particulars import particulars
from tests.files import PDF
from yonggong.cases import actions as case_actions
from yonggong.cases import materials
from yonggong.cases import queries as case_queries
from yonggong.cases.drafting import save_draft
from yonggong.cases.models import Case
from yonggong.employers.initial.kind import KIND as INITIAL
from yonggong.registry.models import Employer

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SHOWS_PAPERS = True
__all__ = ["desk"]


def initial(hall: Hall) -> Case:
    """An initial filing with its five materials, the second of them a paper."""
    unit = hall.employer
    unit.state, unit.filed_on = Employer.State.UNFILED, None
    unit.save()
    raw = particulars(unit, agency=unit.agency, today=hall.today)
    who = {"by": hall.operator, "now": hall.now}
    case = save_draft(kind=INITIAL, applicant=unit.party, raw=raw, case=None, **who)
    for place, wanted in enumerate(case_queries.required_materials(case)):
        name, content = ("章程.pdf", PDF) if place == 1 else ("照片.png", sheet())
        materials.upload(
            case=case, name=wanted.name, file_name=name, content=content, address=None, **who
        )
    return case_actions.submit(
        kind=INITIAL, raw=raw, applicant=unit.party, case=case, key=None, address=None, **who
    )


def test_arrow_keys_lead_from_one_material_to_the_next_and_none_is_approved_unseen(
    desk: Page, hall: Hall, picture: Picture
) -> None:
    case = initial(hall)
    opened(desk, case)
    boxes = desk.locator("[name=looked]")
    expect(boxes).to_have_count(5)
    expect(boxes.nth(0)).to_be_checked()
    desk.keyboard.press("ArrowLeft")
    expect(desk.locator("[data-shows]").nth(0)).to_have_attribute("aria-current", "")
    desk.keyboard.press("ArrowRight")
    expect(desk.locator(".yb-pages iframe")).to_be_visible()
    expect(boxes.nth(1)).to_be_checked()
    picture("reviewing-12-paper")
    paper = box(desk, ".yb-pages iframe")
    desk.mouse.click(paper["x"] + 200, paper["y"] + 200)
    desk.mouse.move(300, 300)
    desk.keyboard.press("a")
    expect(boxes.nth(2)).to_be_focused()
    case.refresh_from_db()
    assert case.state == "pending"
    for place in (2, 3, 4):
        desk.keyboard.press("ArrowRight")
        expect(boxes.nth(place)).to_be_checked()
    desk.keyboard.press("a")
    expect(desk.locator("main")).to_contain_text("审核通过")
    desk.wait_for_url(lambda url: f"/case/{case.pk}/" not in url)
    case.refresh_from_db()
    assert case.state == "approved"
