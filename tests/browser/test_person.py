"""A person at home applies for themselves: from signing in to the case's page."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Picture
from tests.browser.steps import sign_in
from tests.cases import lesson
from yonggong.cases.models import Case

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
