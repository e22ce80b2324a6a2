"""The reviewer's case page in a real browser at 1366×768: materials beside the fields, the decision
in view, everything by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import sign_in
from tests.contracts.making import Hall, answers
from tests.files import PDF
from tests.files import picture as drawn
from yonggong.cases import materials
from yonggong.cases import queries as case_queries
from yonggong.cases.models import Case

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
Picture = Callable[[str], None]


def with_materials(hall: Hall) -> Case:
    """A filing mended once, with a picture and a paper."""
    case = hall.return_(hall.filed(name="试有图"))
    wanted = case_queries.required_materials(case)
    for place, (name, content) in enumerate(
        (("合同.png", drawn("PNG", (900, 1200))), ("证件.pdf", PDF))
    ):
        if place < len(wanted):
            materials.upload(
                case=case,
                name=wanted[place].name,
                file_name=name,
                content=content,
                by=hall.operator,
                now=hall.now,
                address=None,
            )
    return hall.file("new", answers(today=hall.today, name="试有图"), case=case)


@pytest.fixture
def desk(page: Page, hall: Hall) -> Page:
    sign_in(page, hall.reviewer.username, portal="bureau")
    return page


def opened(desk: Page, case: Case) -> None:
    desk.goto(f"/bureau/case/{case.pk}/")
    desk.wait_for_selector("body[data-keys=armed]")


def box(desk: Page, selector: str) -> Any:
    found = desk.locator(selector).first.bounding_box()
    assert found is not None, selector
    return found


def test_materials_stand_beside_the_fields_enlarged_turned_and_dragged(
    desk: Page, hall: Hall, picture: Picture
) -> None:
    case = with_materials(hall)
    opened(desk, case)
    expect(desk.locator(".yb-picture img")).to_be_visible()
    fields, stage = box(desk, "[data-pane]"), box(desk, "[data-stage]")
    assert fields["x"] + fields["width"] <= stage["x"]
    assert stage["y"] + stage["height"] <= box(desk, ".yb-bar")["y"]
    expect(desk.locator("[name=looked]").first).to_be_checked()
    picture("reviewing-1-picture")

    fitted = box(desk, ".yb-picture img")
    desk.keyboard.press("+")
    desk.keyboard.press("+")
    larger = box(desk, ".yb-picture img")
    assert larger["width"] > fitted["width"] * 1.5
    before = desk.locator("[data-stage]").evaluate("stage => stage.scrollTop")
    middle = (stage["x"] + stage["width"] / 2, stage["y"] + stage["height"] / 2)
    desk.mouse.move(*middle)
    desk.mouse.down()
    desk.mouse.move(middle[0], middle[1] - 120, steps=4)
    desk.mouse.up()
    assert desk.locator("[data-stage]").evaluate("stage => stage.scrollTop") > before
    picture("reviewing-2-larger")

    desk.keyboard.press("0")
    desk.keyboard.press("]")
    turned = box(desk, ".yb-picture img")
    assert turned["width"] > turned["height"]
    picture("reviewing-3-turned")
    assert desk.locator("dialog[open]").count() == 0
