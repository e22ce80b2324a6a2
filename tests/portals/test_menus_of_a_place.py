"""What a province does not take is in no menu there, nor on the page of the registers."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from tests.contracts.making import Hall
from tests.disputes.making import dispute_of
from tests.relations.making import licence_of
from yonggong.registry.models import Agency

pytestmark = pytest.mark.django_db

REGISTERED = ("集体合同", "特殊工时")


def _page(at_screen: Any, user: Any, name: str) -> str:
    found: str = at_screen(user).get(reverse(name)).text
    return found


@pytest.mark.parametrize(
    ("region", "there"), [("150302", True), ("220104", False), ("140105", False)]
)
def test_an_employer_has_the_registers_and_disputes_where_they_are_taken(
    make_employer: Any, make_user: Any, at_screen: Any, region: str, there: bool
) -> None:
    employer = make_employer(region_code=region)
    operator = make_user("employer_operator", employer=employer)
    home = _page(at_screen, operator, "employer:home")
    assert [reverse("employer:registers") in home, reverse("employer:disputes") in home] == [
        there,
        there,
    ]
    page = _page(at_screen, operator, "employer:registers")
    assert [f'<h2 class="card-title">{title}</h2>' in page for title in REGISTERED] == [
        there,
        there,
    ]


@pytest.mark.parametrize(("region", "there"), [("150302", True), ("220104", False)])
def test_a_bureau_has_the_lists_of_what_is_taken_there(
    make_user: Any, at_screen: Any, region: str, there: bool
) -> None:
    agency = Agency.objects.create(name="试验区人社局", level="county", region_code=region)
    reviewer = make_user("reviewer", agency=agency, region_code=region)
    home = _page(at_screen, reviewer, "bureau:home")
    for name in ("agreements", "disputes", "layoffs", "minors"):
        assert (f'href="{reverse(f"bureau:{name}")}"' in home) is there, name
    assert reverse("bureau:licences") in home


def test_a_licence_to_dispatch_stays_where_nothing_else_is_taken(
    hall: Hall, at_screen: Any
) -> None:
    assert "本单位没有这类登记" in _page(at_screen, hall.operator, "employer:registers")
    licence = licence_of(hall)
    assert reverse("employer:registers") in _page(at_screen, hall.operator, "employer:home")
    assert licence.number in _page(at_screen, hall.operator, "employer:registers")


def test_a_dispute_that_somebody_has_stays_in_their_menu(hall: Hall, at_screen: Any) -> None:
    assert reverse("employer:disputes") not in _page(at_screen, hall.operator, "employer:home")
    dispute_of(hall, hall.approved())
    assert reverse("employer:disputes") in _page(at_screen, hall.operator, "employer:home")
