"""Lists of inspection: each in its region, an employer sought among those that a list has."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import Any

import pytest
from django.test import Client

from tests.contracts.making import Hall
from tests.supervision.making import ordered, penalised, planned, refused_order
from yonggong.listings import conditions
from yonggong.supervision.acting import Hand
from yonggong.supervision.models import Inspection

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspector(make_user: Callable[..., Any]) -> Any:
    return make_user("inspector", region_code="220104")


def test_penalties_of_the_region_are_listed_and_lead_to_their_order(
    hall: Hall, inspector: Any, make_user: Callable[..., Any], at_screen: Callable[[Any], Client]
) -> None:
    order, *_ = refused_order(hall, inspector)
    fine = penalised(order, Hand(by=inspector, now=hall.now, address=None))
    page = at_screen(inspector).get("/bureau/penalties/").content.decode()
    assert fine.decision_number in page and f"/bureau/orders/{order.pk}/" in page
    stranger = at_screen(make_user("inspector", region_code="220102"))
    assert fine.decision_number not in stranger.get("/bureau/penalties/").content.decode()


@pytest.mark.parametrize("word", ["orders", "defaulters", "inspections", "penalties"])
def test_an_employer_is_sought_among_those_that_the_list_has(
    hall: Hall, inspector: Any, make_employer: Callable[..., Any], make_user: Callable[..., Any],
    at_screen: Callable[[Any], Client], monkeypatch: pytest.MonkeyPatch, word: str,
) -> None:  # fmt: skip
    elsewhere = make_user("inspector", region_code="220102")
    for _ in range(2):
        unit = make_employer(region_code="220102")
        ordered(unit, Hand(by=elsewhere, now=hall.now, address=None))
    monkeypatch.setattr(conditions, "_MOST_RELATED", 1)
    page = at_screen(inspector).get(f"/bureau/{word}/?employer={hall.employer.name[:2]}")
    assert "请输入得更完整一些" not in page.content.decode()


def test_what_one_has_to_inspect_is_counted_at_home_and_listed(
    hall: Hall, inspector: Any, make_user: Callable[..., Any], at_screen: Callable[[Any], Client]
) -> None:
    other, third = (make_user("inspector", region_code="220104") for _ in range(2))
    planned([inspector, other], hall.now)
    row = Inspection.objects.get()
    row.acting = [other.pk, third.pk]
    row.save()
    for person, mine in ((inspector, False), (other, True)):
        office = at_screen(person)
        home = office.get("/bureau/").content.decode()
        place = f"/bureau/inspections/?result=open&inspector={person.pk}"
        assert f'href="{escape(place)}"><strong>{int(mine)}</strong><span>待本人检查' in re.sub(
            r">\s+<", "><", home
        )
        listed = office.get(place).content.decode()
        assert (f"/bureau/inspections/{row.pk}/" in listed) is mine
