"""The tree of reviewing agencies, as a form's script asks for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from yonggong.accounts.models import User
from yonggong.employers.choices import AgencyChoices
from yonggong.employers.forms import AGENCY_OPTIONS
from yonggong.registry.models import Agency

pytestmark = pytest.mark.django_db
CHILDREN = f"/forms/choices/options/{AGENCY_OPTIONS}/children"


@pytest.fixture
def screen(operator: User, at_screen: Callable[[Any], Client]) -> Client:
    return at_screen(operator)


def test_below_an_agency_are_its_own(screen: Client, agency: Agency) -> None:
    below = Agency.objects.create(
        name="试街道所", level="community", region_code="220104", parent=agency, reviews=True
    )
    found = screen.get(CHILDREN, {"parent": str(agency.pk)}).json()["options"]
    assert [one["code"] for one in found] == [str(below.pk)]


@pytest.mark.parametrize("sent", ["所", "１", "-1", "9" * 19, "9" * 5000])
def test_what_is_no_key_is_no_agency(screen: Client, agency: Agency, sent: str) -> None:
    assert screen.get(CHILDREN, {"parent": sent}).json() == {"options": []}
    choices: Any = AgencyChoices()
    assert choices.find(sent) is None and choices.path(sent) == []
