"""The reviewer's case page in a real browser at 1366×768: materials beside the fields, the decision
in view, everything by keyboard."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from tests.browser.steps import sign_in, sign_out
from tests.contracts.making import Hall, answers
from tests.files import PDF
from yonggong.accounts.models import Grant, User
from yonggong.cases import actions as case_actions
from yonggong.cases import materials
from yonggong.cases import queries as case_queries
from yonggong.cases.models import Case
from yonggong.cases.notes import add_note

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
    for place, (name, content) in enumerate((("合同.png", sheet()), ("证件.pdf", PDF))):
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


def sheet() -> bytes:
    """A picture of a page with lines of nobody's writing."""
    made = Image.new("RGB", (900, 1200), "white")
    pen = ImageDraw.Draw(made)
    pen.rectangle((40, 40, 860, 1160), outline="#445566", width=3)
    pen.rectangle((300, 90, 600, 130), fill="#445566")
    for line in range(20):
        pen.rectangle(
            (100, 200 + 40 * line, 800 - (line * 137) % 400, 210 + 40 * line), fill="#99aabb"
        )
    out = io.BytesIO()
    made.save(out, "PNG")
    return out.getvalue()


def with_a_warning(hall: Hall) -> Case:
    """A filing with a finding that was explained."""
    raw = answers(today=hall.today, name="试工时", weekly_hours="42")
    return hall.file("new", raw, explanations={"standard-hours": "经双方协商，旺季安排。"})


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


def test_the_decision_the_key_facts_and_the_findings_are_in_view_wherever_one_is(
    desk: Page, hall: Hall, picture: Picture
) -> None:
    case = with_a_warning(hall)
    opened(desk, case)
    for _ in range(2):
        bar = box(desk, ".yb-bar")
        assert bar["y"] + bar["height"] <= 768 and bar["height"] < 130
        desk.keyboard.press("PageDown")
        desk.keyboard.press("PageDown")
    desk.keyboard.press("PageUp")
    desk.keyboard.press("PageUp")
    desk.keyboard.press("PageUp")
    assert box(desk, ".yb-key")["y"] < box(desk, ".ye-findings")["y"] < 500
    picture("reviewing-4-finding")
    desk.keyboard.press("?")
    expect(desk.locator("#keys")).to_contain_text("审核不通过")
    picture("reviewing-5-keys")
    desk.keyboard.press("Escape")
    desk.keyboard.press("a")
    expect(desk.locator("[name=acknowledged]")).to_be_focused()
    case.refresh_from_db()
    assert case.state == "pending"


def test_what_stands_beside_is_chosen_by_key_and_looked_up_then(
    desk: Page, hall: Hall, picture: Picture
) -> None:
    hall.return_(hall.filed(name="试前件"))
    case = hall.filed()
    add_note(case=case, text="上月同一单位有两件待核实", by=hall.reviewer, now=hall.now)
    opened(desk, case)
    expect(desk.locator("#beside-standing")).to_be_visible()
    desk.keyboard.press("3")
    expect(desk.locator("#beside-before")).to_contain_text("试前件")
    expect(desk.locator("#beside-before")).to_contain_text("退回过")
    picture("reviewing-6-before")
    desk.keyboard.press("4")
    expect(desk.locator("#beside-notes")).to_contain_text("上月同一单位有两件待核实")
    desk.locator("#note").fill("已电话核实")
    desk.get_by_role("button", name="添加备注").click()
    expect(desk.locator("#beside-notes")).to_contain_text("已电话核实")
    picture("reviewing-7-notes")


def test_a_narrow_window_has_one_below_the_other(desk: Page, hall: Hall, picture: Picture) -> None:
    case = with_materials(hall)
    desk.set_viewport_size({"width": 900, "height": 768})
    opened(desk, case)
    assert box(desk, "[data-beside]")["y"] > box(desk, "[data-pane]")["y"] + 200
    bar = box(desk, ".yb-bar")
    assert bar["y"] + bar["height"] <= 768
    picture("reviewing-8-narrow")
    desk.set_viewport_size({"width": 390, "height": 844})
    wide = desk.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390
    picture("reviewing-13-phone")


def test_enter_in_the_word_of_a_mark_sends_nothing(desk: Page, hall: Hall) -> None:
    case = hall.filed()
    opened(desk, case)
    desk.keyboard.press("j")
    desk.keyboard.press("x")
    desk.keyboard.type("证件类型不符")
    desk.keyboard.press("Enter")
    expect(desk.locator("[name=wrong]:checked")).to_be_focused()
    desk.keyboard.press("a")
    expect(desk.locator("[data-marked]")).to_have_text("已标记 1 项有误。")
    case.refresh_from_db()
    assert case.state == "pending" and f"/case/{case.pk}/" in desk.url


def test_the_employer_finds_what_was_ticked_and_mends_it(
    desk: Page, hall: Hall, picture: Picture
) -> None:
    case = hall.filed(name="试补正")
    opened(desk, case)
    tick(desk, 12, "与合同文本不一致")
    picture("reviewing-9-ticked")
    desk.keyboard.press("r")
    expect(desk.locator("main")).to_contain_text("审核不通过，已退回")
    case.refresh_from_db()
    ((name, label, word),) = case.events.get(action="return").marked
    assert word == "与合同文本不一致" and label in case.opinion
    sign_out(desk)
    sign_in(desk, hall.operator.username)
    desk.goto(f"/employer/new/{case.pk}/")
    expect(desk.locator("[data-summary]")).to_contain_text("与合同文本不一致")
    expect(desk.locator(f"#f-{name}-error")).to_contain_text("审核标记有误：与合同文本不一致")
    picture("reviewing-10-employer")
    desk.locator("[data-summary] a").first.click()
    desk.locator(f"[name='{name}']").fill((case.values[name] + timedelta(days=1)).isoformat())
    desk.keyboard.press("Tab")
    expect(desk.locator("[data-summary]")).to_have_count(0)
    expect(desk.locator(f"#f-{name}-error")).to_be_empty()


def test_what_was_typed_is_there_again_after_a_refusal_and_after_taking_it_back(
    desk: Page, hall: Hall
) -> None:
    case, other = hall.filed(), hall.filed()
    opened(desk, case)
    tick(desk, 2, "号码不符")
    desk.locator("#opinion").fill("请补正")
    case_actions.assign(case=case, by=colleague_of(hall), now=hall.now, address=None)
    desk.get_by_role("button", name="审核不通过").click()
    expect(desk.locator("#messages")).to_contain_text("请先接手")
    desk.locator("#take-over").fill("同事休假")
    desk.get_by_role("button", name="接手办理").click()
    expect(desk.locator("#opinion")).to_have_value("请补正")
    expect(desk.locator("[data-marked]")).to_have_text("已标记 1 项有误。")
    expect(desk.locator("[name=wrong]:checked")).to_have_count(1)
    opened(desk, other)
    expect(desk.locator("#opinion")).to_have_value("")


def colleague_of(hall: Hall) -> User:
    """Another reviewer of the same agency."""
    mine = hall.reviewer.grants.get()
    user = User.objects.create(username="tongshi", name="试同事")
    Grant.objects.create(
        user=user, role=mine.role, agency=mine.agency, region_code=mine.region_code
    )
    return user


def tick(desk: Page, place: int, word: str) -> None:
    """Tick the field at a place, by keyboard, and say what is wrong with it."""
    for _ in range(place):
        desk.keyboard.press("j")
    desk.keyboard.press("x")
    desk.keyboard.type(word)
    desk.keyboard.press("Enter")


def test_forty_cases_are_reviewed_by_keyboard_alone(
    desk: Page, hall: Hall, picture: Picture
) -> None:
    """Approved, sent back with a field ticked, passed over until its turn comes again; what has
    materials or a warning is looked at first."""
    for place in range(40):
        if place in (7, 23):
            with_materials(hall)
        elif place in (11, 30):
            with_a_warning(hall)
        else:
            hall.filed()
    first = Case.objects.order_by("due_on", "pk")[0]
    opened(desk, first)
    passed: set[str] = set()
    done = {"approved": 0, "returned": 0}
    while desk.url.rstrip("/").rpartition("/")[0].endswith("/case"):
        here = desk.url
        if len(passed) < 6 and sum(done.values()) % 5 == 1 and here not in passed:
            passed.add(here)
            desk.keyboard.press("n")
        elif sum(done.values()) % 4 == 3:
            tick(desk, 3, "与证件不符")
            desk.keyboard.press("r")
            done["returned"] += 1
        else:
            for _ in desk.locator("[name=acknowledged]").all():
                desk.keyboard.press("f")
                desk.keyboard.press("Space")
            for _ in desk.locator("[data-shows]").all():
                expect(desk.locator("[aria-current] + label [name=looked]")).to_be_checked()
                desk.keyboard.press("ArrowRight")
            desk.keyboard.press("a")
            done["approved"] += 1
        if sum(done.values()) == 20:
            picture("reviewing-11-halfway")
        desk.wait_for_url(lambda url, here=here: url != here)
        desk.wait_for_selector("body[data-keys=armed], .yg-table, .yg-empty, [data-listing]")
    expect(desk.locator("main")).to_contain_text("待审核的办件已全部办完")
    assert done == {"approved": 30, "returned": 10} and len(passed) == 6
    assert Case.objects.filter(state="approved").count() == 30
    returned = Case.objects.filter(state="returned")
    assert returned.count() == 10
    for case in returned:
        assert case.events.filter(action="return").latest("pk").marked[0][2] == "与证件不符"
