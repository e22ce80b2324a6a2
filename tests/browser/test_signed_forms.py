"""签章表单 on a phone: what was typed a moment ago stands on the form that is downloaded to be signed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from tests.browser.conftest import Sit
from tests.documents.papers import page_texts
from yonggong.accounts.models import User
from yonggong.cases import drafting, items
from yonggong.registry.models import Agency
from yonggong.services.registering import register_person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

REGION, PASSWORD = "150302", "Yonggong-2026"


def test_the_form_to_be_signed_has_what_was_just_typed(sit: Sit, make_user: Any) -> None:
    county = Agency.objects.create(level="county", region_code=REGION, name="海勃湾区人社局")
    clerk = make_user("counter_clerk", agency=county, region_code=REGION)
    person, _ = register_person(
        name="试一",
        number="220104199003072134",
        mobile="13812345678",
        agency=county,
        by=clerk,
        address=None,
    )
    account = User.objects.get(person=person)
    account.set_password(PASSWORD)
    account.must_change_password = False
    account.save()
    kind = items.kind_called("work-injury-medical-transfer")
    kind = items.holding(kind, region=REGION, on=timezone.localdate())
    case = drafting.save_draft(
        kind=kind, applicant=person, raw={}, case=None, by=account, now=timezone.now()
    )
    page = sit(account, "person")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/person/case/{case.pk}/form/")
    page.get_by_label("工伤部位").fill("左手食指")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载已填写的表（PDF）").click()
    assert download.value.suggested_filename == "工伤职工就医备案表.pdf"
    printed = "".join(page_texts(Path(download.value.path()).read_bytes()))
    assert "左手食指" in printed and "医疗机构意见" in printed
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
