"""The form in a real browser: what its scripts do, under the platform's content policy."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.steps import stands, until
from tests.forms import site
from tests.forms.dates import DAYS, MONTHS, NO_DAYS

pytestmark = [pytest.mark.browser]


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The form, opened; whatever a script or the content policy complains of fails the test."""
    page = browser.new_page(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if "Policy" in said.text else None)
    page.goto(address)
    expect(page.get_by_label("居住地：省（区、市）")).to_be_visible()
    yield page
    page.close()
    assert complaints == []


def test_an_id_number_fills_birth_date_and_sex(page: Page, number: str) -> None:
    page.get_by_label("证件号码").fill(number)
    expect(page.get_by_label("出生日期")).to_have_value("1990-05-06")
    expect(page.get_by_label("性别")).to_have_value("2")
    expect(page.get_by_text("已带出出生日期、性别")).to_be_visible()


def test_an_id_number_does_not_overwrite_what_was_typed(page: Page, number: str) -> None:
    page.get_by_label("出生日期").fill("1990-05-07")
    page.get_by_label("证件号码").fill(number)
    expect(page.get_by_label("性别")).to_have_value("2")
    expect(page.get_by_label("出生日期")).to_have_value("1990-05-07")


def test_a_day_is_typed_and_pasted_as_people_write_it(page: Page) -> None:
    """The page reads what the server reads (test_reading), and shows it as soon as it is left."""
    for label, writings in (("入会日期", DAYS), ("赛季", MONTHS)):
        field = page.get_by_label(label)
        for typed, meant in writings.items():
            field.fill(typed)
            field.blur()
            assert field.input_value() == meant, typed
    for typed in NO_DAYS:
        page.get_by_label("入会日期").fill(typed)
        page.get_by_label("入会日期").blur()
        assert page.get_by_label("入会日期").input_value() == typed


def test_what_is_no_day_is_said_by_the_server_and_stays_to_be_mended(page: Page) -> None:
    page.get_by_label("入会日期").fill("明天")
    page.get_by_role("button", name="提交备案").click()
    expect(page.get_by_label("入会日期")).to_have_value("明天")
    expect(page.locator("#f-joined_on-error")).to_contain_text("请按年-月-日填写")


def test_a_calendar_stands_beside_a_day_and_opens_from_the_keyboard(page: Page) -> None:
    field = page.get_by_label("退会日期")
    calendar = page.locator("[data-field=left_on] [data-calendar]")
    calendar.evaluate("c => { c.showPicker = () => (window.opened = (window.opened ?? 0) + 1); }")
    field.fill("2024年12月31日")
    field.press("ArrowDown")
    page.locator("[data-field=left_on]").get_by_role("button", name="打开日历").click()
    assert page.evaluate("window.opened") == 2
    assert calendar.input_value() == "2024-12-31"
    assert calendar.get_attribute("max") == "2090-12-31"
    calendar.evaluate(
        "c => { c.value = '2025-01-01'; c.dispatchEvent(new Event('change', {bubbles: true})); }"
    )
    expect(field).to_have_value("2025-01-01")


def test_a_region_is_chosen_level_by_level(page: Page) -> None:
    page.get_by_label("居住地：省（区、市）").select_option(label="吉林省")
    page.get_by_label("居住地：市（州、盟）").select_option(label="长春市")
    page.get_by_label("居住地：县（市、区、旗）").select_option(label="朝阳区")
    expect(page.locator("input[name=home_region]")).to_have_value("220104")
    page.get_by_label("居住地：省（区、市）").select_option(label="山西省")
    expect(page.get_by_label("居住地：县（市、区、旗）")).to_have_count(0)
    expect(page.locator("input[name=home_region]")).to_have_value("140000")


def test_a_long_table_is_searched_on_the_server_by_keyboard(page: Page) -> None:
    page.get_by_role("combobox", name="国籍（地区）").focus()
    page.keyboard.type("日本")
    expect(page.locator("[data-field=nationality] .option.active")).to_contain_text("日本 JPN")
    page.keyboard.press("Enter")
    expect(page.locator("select[name=nationality]")).to_have_value("JPN")


def test_fields_come_and_go_with_their_conditions(page: Page) -> None:
    fee = page.locator("#f-fee")
    expect(fee).to_be_visible()
    page.get_by_label("否", exact=True).check()
    expect(fee).to_be_hidden()
    expect(fee).to_be_disabled()
    page.get_by_label("是", exact=True).check()
    expect(fee).to_be_visible()


def test_a_star_comes_when_another_field_is_filled(page: Page) -> None:
    star = page.locator("[data-field=reason] [data-star]")
    expect(star).to_be_hidden()
    page.get_by_label("退会日期").fill("2024-12-31")
    expect(star).to_be_visible()
    expect(page.get_by_label("退会原因")).to_have_attribute("aria-required", "true")


def test_a_draft_is_kept_by_itself(page: Page) -> None:
    site.drafts.clear()
    page.get_by_label("球队").fill("东街队")
    expect(page.get_by_text(re.compile(r"草稿已自动保存 \d\d:\d\d"))).to_be_visible()
    assert site.drafts[-1]["team"] == "东街队"


def test_a_draft_is_kept_when_the_page_is_left(page: Page) -> None:
    site.drafts.clear()
    page.get_by_label("球队").fill("西街队")
    page.goto("about:blank")
    until(page, lambda: site.drafts, "no draft came")
    assert [draft["team"] for draft in site.drafts] == ["西街队"]


def test_findings_speak_while_people_type_and_keep_the_explanation(page: Page) -> None:
    page.get_by_label("每周训练时间").fill("25")
    expect(page.get_by_text("每周训练超过 20 小时").first).to_be_visible()
    page.get_by_label("情况说明").fill("集训")
    with page.expect_response("**/check"):
        page.get_by_label("每周训练时间").fill("26")
    expect(page.get_by_label("情况说明")).to_have_value("集训")
    page.get_by_label("每周训练时间").fill("6")
    panel = page.locator("[data-findings]")
    # Nothing was checked whole yet: the panel says what for, and leads there.
    expect(panel).to_contain_text("还有 6 项没有填写")
    expect(panel).not_to_contain_text("没有发现问题")
    panel.get_by_role("link", name="入会日期").click()
    expect(page.get_by_label("入会日期")).to_be_focused()


def test_a_field_is_spoken_of_once_it_was_left(page: Page) -> None:
    email = page.get_by_label("电子邮箱")
    with page.expect_response("**/check"):
        email.fill("member@")
    expect(email).not_to_have_attribute("aria-invalid", "true")
    email.blur()
    expect(email).to_have_attribute("aria-invalid", "true")
    email.fill("member@example.com")
    expect(email).not_to_have_attribute("aria-invalid", "true")


def test_the_summary_takes_the_focus_and_leads_into_the_fields(page: Page) -> None:
    page.get_by_role("button", name="提交备案").click()
    summary = page.get_by_role("alert").first
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="入会日期：").click()
    expect(page.get_by_label("入会日期")).to_be_focused()


def test_every_link_of_the_summary_leads_somewhere(page: Page) -> None:
    page.get_by_role("button", name="提交备案").click()
    links = page.locator("[data-summary] a")
    expect(links.first).to_be_visible()
    stands(page)
    for place in range(links.count()):
        links.nth(place).click()
        field = links.nth(place).get_attribute("data-go")
        assert (
            page.evaluate("document.activeElement.closest('[data-field]')?.dataset.field") == field
        )


def test_errors_go_when_they_are_mended(page: Page) -> None:
    """The message, its line in the summary, the mark for screen readers, the count of its part."""
    page.get_by_label("电子邮箱").fill("member@")
    page.get_by_role("button", name="提交备案").click()
    summary = page.locator("[data-summary]")
    expect(summary).to_contain_text("有 7 处需要改正")
    stands(page)
    page.wait_for_load_state("networkidle")  # the first check takes nothing away
    expect(summary).to_contain_text("有 7 处需要改正")
    joined = page.get_by_label("入会日期")
    expect(joined).to_have_attribute("aria-invalid", "true")
    joined.fill("2024年1月5日")
    joined.blur()
    expect(joined).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator("#f-joined_on-error")).to_be_empty()
    expect(summary).not_to_contain_text("入会日期")
    page.get_by_label("电子邮箱").fill("member@example.com")
    expect(summary).to_contain_text("有 5 处需要改正")
    expect(page.locator('[data-nav="s-membership"] [data-faulty]')).to_have_text("1 处有误")
    joined.fill("明天")
    joined.blur()
    expect(page.locator("#f-joined_on-error")).to_contain_text("不是能识别的日期")


def test_enter_goes_on_instead_of_sending(page: Page) -> None:
    page.get_by_label("姓名").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("证件类型")).to_be_focused()
    expect(page.locator("[data-summary]")).to_have_count(0)


def test_a_whole_form_is_filed(page: Page, number: str) -> None:
    page.get_by_label("姓名").fill("测试")
    page.get_by_label("证件号码").fill(number)
    page.get_by_label("入会日期").fill("2024-01-05")
    page.get_by_role("textbox", name="会费", exact=True).fill("120")
    page.get_by_label("居住地：省（区、市）").select_option(label="吉林省")
    page.get_by_label("居住地：市（州、盟）").select_option(label="长春市")
    page.get_by_label("居住地：县（市、区、旗）").select_option(label="朝阳区")
    page.get_by_role("button", name="提交备案").click()
    expect(page.get_by_text("吉林省长春市朝阳区")).to_be_visible()
    expect(page.get_by_text("120.00 元/年")).to_be_visible()


def test_a_file_goes_up_as_it_is_chosen(page: Page) -> None:
    photo = {"name": "照片.png", "mimeType": "image/png", "buffer": b"\x89PNG" + b"0" * 2000}
    page.get_by_label("一寸照片").first.set_input_files(photo)
    expect(page.get_by_role("link", name="照片.png")).to_be_visible()


def test_a_file_that_is_refused_says_why(page: Page) -> None:
    note = {"name": "照片.jpg", "mimeType": "image/jpeg", "buffer": b"0"}
    page.get_by_label("一寸照片").first.set_input_files(note)
    expect(page.get_by_text("只收 PNG 图片")).to_be_visible()
    large = {"name": "大.png", "mimeType": "image/png", "buffer": b"0" * (1024 * 1024 + 1)}
    page.get_by_label("一寸照片").first.set_input_files(large)
    expect(page.get_by_text("“大.png”超过 1 MB，请压缩后重新上传")).to_be_visible()


def test_without_scripts_everything_can_be_filled_in(
    browser: Browser, address: str, number: str
) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(address)
    page.get_by_label("姓名").fill("测试")
    page.get_by_label("证件号码").fill(number)
    page.get_by_label("居住地").fill("吉林省长春市朝阳区")
    page.get_by_label("国籍（地区）").fill("中国")
    page.get_by_label("入会日期").fill("2024-01-05")
    page.get_by_role("textbox", name="会费", exact=True).fill("120")
    page.get_by_role("button", name="提交备案").click()
    expect(page.get_by_text("吉林省长春市朝阳区")).to_be_visible()
    page.close()
