"""A table in a real browser: Excel pastes into it, errors stand in its cells, keys move in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.steps import stands
from tests.forms.test_tables import NUMBERS

pytestmark = [pytest.mark.browser]


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The outing's form; whatever a script or the content policy complains of fails the test."""
    page = browser.new_page(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if "Policy" in said.text else None)
    page.goto(f"{address}/outing")
    expect(page.get_by_role("button", name="增加一行")).to_be_visible()
    yield page
    page.close()
    assert complaints == []


def paste(page: Page, cell: str, text: str) -> None:
    """What a browser does when a spreadsheet's cells are pasted."""
    page.locator(f"#f-{cell}").focus()
    page.locator(f"#f-{cell}").evaluate(
        """(element, text) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            const options = { clipboardData, bubbles: true, cancelable: true };
            element.dispatchEvent(new ClipboardEvent("paste", options));
        }""",
        text,
    )


def lines(count: int) -> list[list[str]]:
    return [["测试甲", NUMBERS[place], "", "", "是", "10.50"] for place in range(count)]


def tabbed(cells: list[list[str]]) -> str:
    return "".join("\t".join(line) + "\r\n" for line in cells)


def test_fifty_rows_are_pasted_one_is_mended_and_all_are_sent(page: Page) -> None:
    page.get_by_label("地点").fill("松花湖")
    cells = lines(50)
    cells[30][0] = "试9"
    paste(page, "guests__1__name", tabbed(cells))
    expect(page.locator("tbody [data-row]")).to_have_count(50)
    expect(page.locator("[data-total=fee]")).to_have_text("525.00")
    expect(page.locator("#f-guests__50__sex")).to_have_value("2")  # told by the ID number
    page.get_by_role("button", name="提交").click()
    expect(page.locator("[data-summary]")).to_contain_text("同行人员第 31 行“姓名”")
    stands(page)
    page.get_by_role("link", name="同行人员第 31 行“姓名”").click()
    expect(page.locator("#f-guests__31__name")).to_be_focused()
    expect(page.locator("#f-guests__31__name-error")).to_contain_text("姓名中有数字或符号")
    page.keyboard.press("Control+A")
    page.keyboard.type("测试乙")
    page.keyboard.press("Tab")
    expect(page.locator("[data-summary]")).to_have_count(0)
    page.get_by_role("button", name="提交").click()
    expect(page.locator(".yf-view tbody tr")).to_have_count(50)
    expect(page.locator(".yf-view tbody tr").nth(30)).to_contain_text("测试乙")
    expect(page.locator(".yf-view tfoot")).to_contain_text("525.00 元")


def test_pasted_headings_say_which_column_is_which(page: Page) -> None:
    text = (
        f"费用\t姓名\t*身份证号\t自费\n80\t测试甲\t{NUMBERS[0]}\t是\n90\t测试乙\t{NUMBERS[1]}\t否\n"
    )
    paste(page, "guests__1__home", text)
    expect(page.locator("#f-guests__2__name")).to_have_value("测试乙")
    expect(page.locator("#f-guests__1__fee")).to_have_value("80")
    expect(page.locator("#f-guests__1__pays")).to_have_value("true")


def test_one_value_is_pasted_as_anywhere(page: Page) -> None:
    paste(page, "guests__1__name", "测试甲")
    expect(page.locator("tbody [data-row]")).to_have_count(2)
    expect(page.locator("#f-guests__1__name")).to_have_value("")  # left to the browser


def test_what_is_no_choice_stays_to_be_mended(page: Page) -> None:
    paste(page, "guests__1__sex", "不明\t长春市\n")
    expect(page.locator("#f-guests__1__sex")).to_have_value("不明")
    page.get_by_role("button", name="提交").click()
    expect(page.locator("#f-guests__1__sex-error")).to_contain_text("“不明”不在可选范围内")
    expect(page.locator("#f-guests__1__sex")).to_have_value("不明")


def test_no_more_rows_are_pasted_than_the_table_takes(page: Page) -> None:
    paste(page, "guests__1__name", tabbed([["测试甲"]] * 65))
    expect(page.locator("tbody [data-row]")).to_have_count(60)
    expect(page.locator("[data-table-said]")).to_have_text(
        "已粘贴 60 行，另有 5 行超出最多 60 行，没有粘贴"
    )


def test_rows_come_and_go_by_keyboard(page: Page) -> None:
    for place, name in enumerate(("甲", "乙", "丙"), 1):
        page.locator(f"#f-guests__{place}__name").focus()
        page.keyboard.type(f"测试{name}")
        page.keyboard.press("Enter")
    expect(page.locator("tbody [data-row]")).to_have_count(4)
    expect(page.locator("#f-guests__4__name")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Control+Delete")
    expect(page.locator("tbody [data-row]")).to_have_count(3)
    expect(page.locator("#f-guests__2__name")).to_have_value("测试丙")
    expect(page.locator("#f-guests__2__name")).to_be_focused()
    expect(page.locator("[data-table-said]")).to_have_text("已删除第 2 行")


def test_a_cell_hangs_on_another_of_its_row(page: Page) -> None:
    expect(page.locator("#f-guests__1__fee")).to_be_hidden()
    page.locator("#f-guests__1__pays").select_option(label="是")
    expect(page.locator("#f-guests__1__fee")).to_be_visible()
    expect(page.locator("#f-guests__2__fee")).to_be_hidden()


def test_a_field_hangs_on_a_table_and_any_of_several_answers(page: Page) -> None:
    bus = page.get_by_role("radiogroup", name="包车")
    expect(bus).to_be_hidden()
    page.get_by_label("地点").fill("净月潭")
    expect(bus).to_be_hidden()
    page.locator("#f-guests__1__name").fill("测试甲")
    expect(bus).to_be_visible()
    page.get_by_label("地点").fill("长白山")
    expect(bus).to_be_hidden()


def test_a_few_rows_are_filled_in_without_scripts(browser: Browser, address: str) -> None:
    context: BrowserContext = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{address}/outing")
    page.locator("[name=place]").fill("松花湖")
    for number in (1, 2):
        page.locator(f"[name=guests__{number}__name]").fill("测试甲")
        page.locator(f"[name=guests__{number}__number]").fill(NUMBERS[number])
    page.get_by_role("button", name="提交").click()
    expect(page.locator(".yf-view tbody tr")).to_have_count(2)
    context.close()
