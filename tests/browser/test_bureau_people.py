"""A person's record in a real browser: found, corrected with evidence, two registrations joined."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import sign_in
from tests.contracts.making import Hall, part_time_answers
from tests.files import PDF
from yonggong.registry.models import PersonHistory, Worker

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
Picture = Callable[[str], None]

EVIDENCE = {"name": "身份证.pdf", "mimeType": "application/pdf", "buffer": PDF}


def test_a_person_is_found_and_corrected(page: Page, hall: Hall, picture: Picture) -> None:
    hall.approved(name="试错名")
    sign_in(page, hall.reviewer.username, portal="bureau")
    page.locator("#yg-nav").get_by_role("link", name="人员档案").click()
    page.get_by_label("或姓名").fill("试错")
    page.get_by_role("button", name="查找").click()
    page.locator("tbody").get_by_role("link", name="试错名").click()
    page.get_by_role("link", name="更正", exact=True).click()
    page.get_by_label("姓名").fill("试正名")
    page.get_by_label("原因和依据").fill("身份证上的姓名为试正名，原备案录入有误")
    picture("bureau-24-correct")
    page.get_by_role("button", name="更正").click()
    expect(page.locator("[data-summary]")).to_contain_text("尚未选择文件")
    page.locator("input[name=evidence]").set_input_files(EVIDENCE)  # type: ignore[arg-type]
    page.get_by_role("button", name="更正").click()
    expect(page.locator("h1")).to_have_text("试正名")
    expect(page.locator(".ye-history")).to_contain_text("试错名 → 试正名")
    picture("bureau-23-person")
    assert Worker.objects.get().name == "试正名"


def test_what_looks_like_one_person_is_joined_from_the_review(
    page: Page, hall: Hall, picture: Picture
) -> None:
    person = {"name": "ANNA STEIN", "sex": "2", "birth_on": "1990-05-06"}
    passport = {"document_type": "08", "document_number": "E12345678"}
    raw = part_time_answers(today=hall.today, work_permit_until="2031-12-31", **passport, **person)
    hall.approve(hall.file("new", raw))
    permit = {"document_type": "04", "document_number": "H12345678"}
    second = hall.file("new", part_time_answers(today=hall.today, **permit, **person))
    sign_in(page, hall.reviewer.username, portal="bureau")
    page.goto(f"/bureau/case/{second.pk}/")
    expect(page.locator("main")).to_contain_text("可能是同一人")
    picture("bureau-25-alike")
    page.get_by_role("link", name="办理并档").click()
    page.get_by_label("原因和依据").fill("护照与通行证为同一人，见两证")
    page.locator("input[name=evidence]").set_input_files(EVIDENCE)  # type: ignore[arg-type]
    page.get_by_role("button", name="并档").click()
    expect(page.locator("main")).to_contain_text("已并档")
    expect(page.locator("main")).to_contain_text("其他证件")
    assert PersonHistory.objects.get().act == "join"
