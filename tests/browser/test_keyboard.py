"""Forms under the fingers: who only passes through a field leaves it as it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import sign_in, stands
from tests.contracts.making import Hall
from yonggong.cases.drafting import save_draft
from yonggong.contracts.change.kind import KIND as CHANGE
from yonggong.contracts.ending.kind import KIND as ENDING
from yonggong.contracts.new.kind import KIND as NEW
from yonggong.contracts.renewal.kind import KIND as RENEWAL
from yonggong.employers.cancellation.kind import KIND as CANCELLATION
from yonggong.employers.change.kind import KIND as PARTICULARS_CHANGED
from yonggong.employers.initial.kind import KIND as INITIAL
from yonggong.portals.pages.site import EMPLOYER
from yonggong.portals.public.calculators import CALCULATORS
from yonggong.registry.models import Employer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

_SENT = """() => JSON.stringify([...new FormData(document.querySelector("form[data-form]"))]
  .map(([name, value]) => [name, value instanceof File ? value.name : value]))"""
# Where the keyboard is, told apart from every other place on the page; empty past the fields.
_PLACE = """() => {
  const here = document.activeElement;
  if (!here?.closest("form[data-form]") || here.type === "submit") return "";
  window.places ??= new Map();
  if (!window.places.has(here)) window.places.set(here, window.places.size + 1);
  return `${window.places.get(here)} ${here.closest("[data-field]")?.dataset.field ?? ""}`;
}"""
_SEARCHED = """() => document.activeElement.getAttribute("role") === "combobox" """
_FIRST = """() => document.querySelector(
  "form[data-form] [data-field] :is(input:not([type=hidden]):not(.tomselected), select:not(.tomselected), textarea)"
).focus()"""
# The boxes that are searched or chosen level by level, all folds open.
_BOXES = """() => {
  for (const fold of document.querySelectorAll("form[data-form] details")) fold.open = true;
  const boxes = document.querySelectorAll("form[data-form] :is(.ts-wrapper, .yf-cascade)");
  return [...boxes].filter((box) => box.checkVisibility())
    .map((box) => box.closest("[data-field]").dataset.field);
}"""


def _opened(page: Page) -> set[str]:
    """Wait until the form's scripts stand; its boxes."""
    stands(page)
    page.wait_for_load_state("networkidle")  # what they ask first is answered
    return set(page.evaluate(_BOXES))


def pass_through(page: Page, key: str) -> set[str]:
    """Press `key` in every search box, Tab elsewhere, from the first field to the last; the
    fields that were passed."""
    page.evaluate(_FIRST)
    passed, before = set(), ""
    for _ in range(250):
        place = page.evaluate(_PLACE)
        if not place:
            return passed
        assert place != before, f"{key} never leaves {place}"
        passed.add(place.split(" ")[1])
        sought = page.evaluate(_SEARCHED)
        if sought:  # its list comes from the server
            expect(page.locator("form[data-form] .ts-wrapper.loading")).to_have_count(0)
        page.keyboard.press(key if sought else "Tab")
        before = place
    raise AssertionError(f"{key} goes round and round")


@pytest.fixture
def form_of(hall: Hall) -> Callable[[str], str]:
    """The address of an empty form of a kind of case."""

    def address(name: str) -> str:
        kinds = {
            kind.name: kind
            for kind in (NEW, RENEWAL, CHANGE, ENDING, INITIAL, PARTICULARS_CHANGED, CANCELLATION)
        }
        kind = kinds[name]
        if kind is INITIAL:
            Employer.objects.filter(pk=hall.employer.pk).update(state=Employer.State.UNFILED)
        about = (
            hall.in_force().pk
            if name in ("contract.renewal", "contract.change", "contract.ending")
            else None
        )
        case = save_draft(
            kind=kind, applicant=hall.employer.party, raw={}, case=None, subject=about,
            by=hall.operator, now=hall.now,
        )  # fmt: skip
        return EMPLOYER.form_url(case)

    return address


@pytest.mark.parametrize(
    "kind",
    [
        "contract.new",
        "contract.renewal",
        "contract.change",
        "contract.ending",
        "employer.initial",
        "employer.change",
        "employer.cancel",
    ],
)
def test_who_only_passes_through_changes_nothing(
    page: Page, hall: Hall, form_of: Callable[[str], str], kind: str
) -> None:
    address = form_of(kind)
    sign_in(page, hall.operator.username)
    for key in ("Tab", "Enter"):
        page.goto(address)
        boxes = _opened(page)
        before = page.evaluate(_SENT)
        passed = pass_through(page, key)
        assert page.evaluate(_SENT) == before, key
        assert boxes <= passed, key


def test_forms_open_to_anybody_are_passed_through_too(page: Page, db: Any) -> None:
    for address in ("/register/", *(f"/calculators/{name}/" for name in CALCULATORS)):
        page.goto(address)
        boxes = _opened(page)
        before = page.evaluate(_SENT)
        assert boxes <= pass_through(page, "Tab"), address
        assert page.evaluate(_SENT) == before, address


def test_without_a_check_what_was_empty_and_is_answered_is_mended(page: Page, db: Any) -> None:
    page.goto("/calculators/working-days/")
    page.get_by_role("button", name="计算").click()
    summary = page.locator("[data-summary]")
    expect(summary).to_contain_text("有 2 处需要改正")
    page.locator("[name=start_on]").fill("2026年9月30日")
    page.locator("[name=start_on]").blur()
    expect(summary).to_contain_text("有 1 处需要改正")
    expect(page.locator("[name=start_on]")).not_to_have_attribute("aria-invalid", "true")
    page.locator("[name=days]").fill("1")
    page.locator("[name=days]").blur()
    expect(summary).to_have_count(0)


def test_the_summary_of_the_registration_leads_to_the_passwords_too(page: Page, db: Any) -> None:
    page.goto("/register/")
    page.get_by_role("button", name="注册", exact=True).click()
    expect(page.locator("[data-summary] a").first).to_be_visible()
    page.wait_for_load_state()
    lines = page.locator("[data-summary] li")
    expect(page.locator("[data-summary] a")).to_have_count(lines.count())
    page.locator("[data-summary] li", has_text="请填写密码").get_by_role("link").click()
    assert page.evaluate("document.activeElement.name || location.hash") in (
        "password",
        "#password",
    )


def test_conditions_of_a_list_are_passed_through_too(page: Page, hall: Hall) -> None:
    sign_in(page, hall.operator.username)
    page.goto("/employer/contracts/")
    page.locator("details.yg-more > summary").click()
    stands(page, page.locator("form.yg-conditions"))
    sent = """() => new URLSearchParams(new FormData(document.querySelector("form.yg-conditions"))).toString()"""
    before = page.evaluate(sent)
    boxes = page.locator("form.yg-conditions .ts-wrapper")
    expect(boxes.first).to_be_visible()
    for place in range(boxes.count()):
        boxes.nth(place).locator("input").focus()
        page.keyboard.press("Tab")
        expect(boxes.nth(place).locator("input")).not_to_be_focused()
    assert page.evaluate(sent) == before


def test_what_was_sought_is_chosen_by_enter(
    page: Page, hall: Hall, form_of: Callable[[str], str]
) -> None:
    address = form_of("contract.new")
    sign_in(page, hall.operator.username)
    page.goto(address)
    _opened(page)
    page.get_by_role("combobox", name="民族").focus()
    page.keyboard.type("满")
    expect(page.locator("[data-field=ethnicity] .option.active")).to_contain_text("满族")
    page.keyboard.press("Enter")
    expect(page.locator("select[name=ethnicity]")).to_have_value("11")
    page.keyboard.press("Enter")  # chosen: the next one goes on
    expect(page.get_by_role("combobox", name="民族")).not_to_be_focused()


def test_who_chooses_before_the_list_is_drawn_anew_goes_on_at_once(
    page: Page, hall: Hall, form_of: Callable[[str], str]
) -> None:
    """The list draws what was typed only after a while; an answer of the server shows it earlier."""
    address = form_of("contract.new")
    sign_in(page, hall.operator.username)
    page.goto(address)
    _opened(page)
    box = page.get_by_role("combobox", name="民族")
    box.focus()
    expect(page.locator("[data-field=ethnicity] .option").nth(50)).to_be_attached()
    page.evaluate(
        "document.querySelector('select[name=ethnicity]').tomselect.settings.refreshThrottle = 1500"
    )
    page.keyboard.type("满")
    page.evaluate("document.querySelector('select[name=ethnicity]').tomselect.refreshOptions()")
    expect(page.locator("[data-field=ethnicity] .option.active")).to_contain_text("满族")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(box).not_to_be_focused()
    page.wait_for_timeout(2000)
    expect(box).not_to_be_focused()
    expect(page.locator("select[name=ethnicity]")).to_have_value("11")


@pytest.mark.parametrize("how", ["isComposing: true", "keyCode: 229"])
def test_enter_of_an_input_method_is_its_own(
    page: Page, hall: Hall, form_of: Callable[[str], str], how: str
) -> None:
    """It chooses nothing, goes nowhere and sends nothing: in forms, search boxes and lists."""
    address = form_of("contract.new")
    sign_in(page, hall.operator.username)
    pressed = f"""(input) => input.dispatchEvent(new KeyboardEvent("keydown",
      {{key: "Enter", bubbles: true, cancelable: true, {how}}}))"""
    page.goto(address)
    _opened(page)
    before = page.evaluate(_SENT)
    name = page.locator("[name=name]")
    name.focus()
    assert name.evaluate(pressed) is False  # the browser is told not to send the form
    expect(name).to_be_focused()
    box = page.get_by_role("combobox", name="民族")
    box.focus()
    page.keyboard.type("满")
    expect(page.locator("[data-field=ethnicity] .option.active")).to_contain_text("满族")
    box.evaluate(pressed)
    expect(box).to_be_focused()
    assert page.evaluate(_SENT) == before
    page.goto("/employer/contracts/")
    condition = page.locator("form.yg-conditions input[name=name]").first
    assert condition.evaluate(pressed) is False
