"""A normal filing goes quickly: the fields touched are counted as a browser sees them touched."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import another_page, sign_in, stands
from tests.contracts.making import Hall, answers
from yonggong.contracts.models import Contract, Filing
from yonggong.law.periods import last_day

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]

Picture = Callable[[str], None]

# Every field in which somebody typed, chose, or pressed a button beside it. What scripts write is
# not trusted by the browser, and not counted.
_COUNT = """
window.touched = new Set();
const note = (event) => {
  const cell = event.target.closest?.("[data-field]");
  if (event.isTrusted && cell) window.touched.add(cell.dataset.field);
};
for (const kind of ["keydown", "change"]) {
  addEventListener(kind, (event) => event.key !== "Tab" && note(event), true);
}
addEventListener("click", (event) => event.target.closest?.("button") && note(event), true);
"""


@pytest.fixture
def signed_in(page: Page, hall: Hall) -> Page:
    page.add_init_script(_COUNT)
    sign_in(page, hall.operator.username)
    return page


def add(page: Page) -> None:
    """添加: a new form, come to life."""
    page.goto("/employer/new/")
    with another_page(page):
        page.get_by_role("button", name="添加").click()
    come_to_life(page)


def come_to_life(page: Page) -> None:
    expect(page.locator("[data-shortcut]").first).to_be_visible()
    stands(page)


def touched(page: Page) -> set[str]:
    return set(page.evaluate("[...window.touched]"))


def type_into(page: Page, name: str, text: str) -> None:
    """Type into a field as a person does, and leave it."""
    control = page.locator(f"[data-field={name}] input:not([type=hidden])").first
    control.focus()
    page.keyboard.type(text)
    page.keyboard.press("Tab")


def write(page: Page, name: str, text: str) -> None:
    """Put another answer into a field, and leave it."""
    page.locator(f"[name={name}]").fill(text)
    page.keyboard.press("Tab")


def press(page: Page, field: str, words: str) -> None:
    page.locator(f"[data-field={field}]").get_by_role("button", name=words, exact=True).click()


def holds(page: Page, name: str, text: str) -> None:
    expect(page.locator(f"[name={name}]:not([type=radio])").first).to_have_value(text)


def fill_in(page: Page, given: dict[str, Any], *, years: int) -> None:
    """What a clerk gives of a person whose employer has filed before."""
    type_into(page, "document_number", given["document_number"])
    type_into(page, "name", given["name"])
    type_into(page, "mobile", given["mobile"])
    type_into(page, "work_start_on", given["work_start_on"])
    press(page, "term_type", f"{years} 年")
    press(page, "signed_on", "同合同起始日期")
    type_into(page, "job", given["job"])
    type_into(page, "base_pay", given["base_pay"])


def test_the_second_person_takes_at_most_ten_entries(
    signed_in: Page, picture: Picture, hall: Hall
) -> None:
    page = signed_in
    first = answers(today=hall.today, name="试先到", job="收银员")
    hall.file("new", first)
    add(page)
    expect(page.locator("[data-field=workplace] .yf-advice")).to_have_text("沿用上次填写")
    second = answers(today=hall.today, name="试次到")
    fill_in(page, second, years=3)
    start = date.fromisoformat(second["work_start_on"])
    expect(page.locator("[name=end_on]")).to_have_value(last_day(start, 36).isoformat())
    expect(page.locator("[name=start_on]")).to_have_value(start.isoformat())
    expect(page.locator("[data-findings]")).to_contain_text("没有发现问题")
    expect(page.locator("[data-field=work_start_on]")).to_contain_text("最迟")
    picture("1-4-10-taken-over")
    page.locator("#s-special").scroll_into_view_if_needed()
    picture("1-4-11-folded")
    assert len(touched(page)) <= 10, touched(page)
    page.get_by_role("button", name="保存并再添一人").click()

    expect(page.locator("#messages")).to_contain_text("保存成功，试次到")
    expect(page.locator("h1")).to_have_text("劳动合同新订备案")
    come_to_life(page)
    holds(page, "name", "")
    holds(page, "workplace", second["workplace"])
    picture("1-4-12-the-next")
    third = answers(today=hall.today, name="试再到")
    fill_in(page, third, years=2)
    assert len(touched(page)) <= 10, touched(page)
    page.get_by_role("button", name="保存并提交审核").click()
    expect(page.locator("#messages")).to_contain_text("保存成功，试再到")
    filed = {row.name: row for row in Filing.objects.select_related("case")}
    assert set(filed) == {"试先到", "试次到", "试再到"}
    assert filed["试再到"].end_on == last_day(start, 24)
    assert filed["试次到"].case.values["workplace"] == first["workplace"]


def test_a_term_pressed_before_its_start_is_reckoned_when_the_start_is_given(
    signed_in: Page, hall: Hall
) -> None:
    page = signed_in
    add(page)
    press(page, "term_type", "1 年")
    holds(page, "end_on", "")
    write(page, "start_on", "2024-02-29")
    expect(page.locator("[name=end_on]")).to_have_value("2025-02-28")
    write(page, "start_on", "2025-03-01")
    expect(page.locator("[name=end_on]")).to_have_value("2026-02-28")
    # An end that somebody gave stays.
    write(page, "end_on", "2026-01-31")
    write(page, "start_on", "2025-02-01")
    holds(page, "end_on", "2026-01-31")
    press(page, "term_type", "无固定期限")
    expect(page.locator("[name=end_on]")).to_be_hidden()


@pytest.mark.parametrize(
    "start", ["2024-02-29", "2023-02-28", "2025-01-01", "2025-03-01", "2024-12-31"]
)
def test_the_last_day_is_the_one_the_law_reckons(signed_in: Page, start: str) -> None:
    page = signed_in
    add(page)
    write(page, "start_on", start)
    for years in (1, 2, 3, 5):
        press(page, "term_type", f"{years} 年")
        expected = last_day(date.fromisoformat(start), 12 * years).isoformat()
        expect(page.locator("[name=end_on]")).to_have_value(expected)


def test_a_start_follows_the_first_day_of_work_until_somebody_gives_another(
    signed_in: Page, hall: Hall
) -> None:
    page = signed_in
    add(page)
    write(page, "work_start_on", "2026-03-02")
    expect(page.locator("[name=start_on]")).to_have_value("2026-03-02")
    write(page, "work_start_on", "2026-03-03")
    expect(page.locator("[name=start_on]")).to_have_value("2026-03-03")
    write(page, "start_on", "2026-04-01")
    write(page, "work_start_on", "2026-03-05")
    holds(page, "start_on", "2026-04-01")


def test_lateness_and_a_person_filed_before_are_said_while_typing(
    signed_in: Page, picture: Picture, hall: Hall
) -> None:
    page = signed_in
    contract = hall.in_force(name="试在职")
    add(page)
    type_into(page, "document_number", contract.worker.document_number)
    told = page.locator("[data-field=document_number] .yf-advice")
    expect(told).to_contain_text("本单位已备案试在职，合同履行中")
    write(page, "signed_on", (hall.today - timedelta(days=80)).isoformat())
    late = page.locator("[data-field=signed_on] .yf-advice")
    expect(late).to_contain_text("已逾期")
    late.get_by_text("计算过程和依据").click()
    expect(late).to_contain_text("内备案")
    picture("1-4-13-said-before")
    told.get_by_role("link").click()
    expect(page.locator("h1")).to_contain_text("试在职")
    expect(page.get_by_role("button", name="续订")).to_be_visible()


def test_a_folded_section_opens_from_the_keyboard_and_by_its_link(
    signed_in: Page, hall: Hall
) -> None:
    page = signed_in
    add(page)
    night = page.locator("[data-field=night_shift]")
    expect(night).to_be_hidden()
    page.locator("#s-special > summary").focus()
    page.keyboard.press("Enter")
    expect(night).to_be_visible()
    clauses = page.locator("[data-field=deposit]")
    expect(clauses).to_be_hidden()
    page.locator("[data-nav=s-agreed]").click()
    expect(clauses).to_be_visible()
    assert Contract.objects.count() == 0


def test_what_is_jumped_to_stands_still_at_once(signed_in: Page) -> None:
    page = signed_in
    add(page)
    moved = page.evaluate(
        """async () => {
          document.querySelector("#s-special > summary").focus();
          const frame = () => new Promise(requestAnimationFrame);
          await frame();
          const first = scrollY;
          for (let i = 0; i < 10; i++) await frame();
          return [first > 0, scrollY - first];
        }"""
    )
    assert moved == [True, 0]


def test_the_severance_due_is_filled_in_with_one_press(
    signed_in: Page, picture: Picture, hall: Hall
) -> None:
    page = signed_in
    contract = hall.old(name="试期满", base_pay="5000.00", allowances="300.00")
    page.goto("/employer/ending/")
    page.locator("tbody input[name=ids]").check()
    page.get_by_role("button", name="解除/终止").click()
    expect(page.locator("h1")).to_contain_text("解除/终止")
    expect(page.locator("[data-field=end_reason] .ts-wrapper")).to_be_visible()
    write(page, "ended_on", str(contract.end_on))
    page.locator("select[name=end_reason]").evaluate("s => s.tomselect.setValue('4401')")
    paid = page.locator("[data-field=severance_paid]")
    expect(paid.locator(".yf-advice")).to_contain_text("后自动算出")
    page.locator("[data-field=average_pay]").get_by_role("button", name="填入 5,300.00 元").click()
    offer = paid.get_by_role("button", name="填入 15,900.00 元")
    expect(offer).to_be_visible()
    paid.get_by_text("计算过程和依据").click()
    paid.scroll_into_view_if_needed()
    picture("1-6-05-severance")
    offer.click()
    holds(page, "severance_paid", "15900.00")
    expect(paid.locator(".yf-advice")).to_contain_text("与填报一致")
    # What somebody typed is only spoken of.
    write(page, "severance_paid", "16000")
    expect(paid.locator(".yf-advice")).to_contain_text("填报为 16,000.00 元")
    expect(paid.get_by_role("button")).to_have_count(0)
    holds(page, "severance_paid", "16000")


def test_contracts_about_to_end_come_as_a_workbook(
    signed_in: Page, picture: Picture, hall: Hall
) -> None:
    page = signed_in
    for name in ("试到期甲", "试到期乙"):
        hall.old(name=name)
    page.goto("/employer/")
    card = page.locator(".ye-footer")
    expect(card).to_contain_text("下载预填表格")
    with page.expect_download() as download:
        card.get_by_role("link", name="续订").click()
    assert download.value.suggested_filename.startswith("劳动合同续订备案预填表格")
    card.scroll_into_view_if_needed()
    picture("1-7-06-ending-soon")
    page.goto("/employer/batch/")
    with page.expect_download():
        page.get_by_role("link", name="下载到期合同预填表格").click()
    picture("1-7-07-prefilled")
