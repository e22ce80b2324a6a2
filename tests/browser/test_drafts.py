"""Tabs, sessions and lines that drop, in a real browser: nobody's typing is ever lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from tests.browser.steps import PASSWORD, another_page, sign_in, stands
from tests.contracts.making import Hall, answers
from tests.files import PNG
from yonggong.accounts.models import Grant
from yonggong.cases import drafting
from yonggong.cases import queries as case_queries
from yonggong.cases.kinds import get_kind
from yonggong.cases.models import Case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Picture = Callable[[str], None]


@pytest.fixture
def draft(hall: Hall) -> Case:
    """A new contract typed so far that it can be filed."""
    return drafting.save_draft(
        kind=get_kind("contract.new"),
        applicant=hall.employer.party,
        raw=answers(today=hall.today),
        case=None,
        by=hall.operator,
        now=hall.now,
    )


@pytest.fixture
def form(page: Page, hall: Hall, draft: Case) -> Page:
    sign_in(page, hall.operator.username)
    opened(page, draft)
    return page


def opened(page: Page, draft: Case) -> None:
    page.goto(f"/employer/new/{draft.pk}/")
    expect(page.locator("[data-findings]")).to_contain_text("没有发现问题")


def job(page: Page) -> Any:
    return page.locator("[name=job]")


def saved(page: Page) -> Any:
    return page.expect_response(lambda answer: answer.url.endswith("/draft/") and answer.ok)


def typed_in(draft: Case) -> Any:
    return case_queries.typed_in(Case.objects.get(pk=draft.pk)).get("job")


def notice(page: Page) -> Any:
    return page.locator(".yf-notice")


def sign_in_here(page: Page) -> None:
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("密码").fill(PASSWORD)
    dialog.get_by_role("button", name="登录并继续").click()
    expect(dialog).to_have_count(0)


def submit(page: Page) -> None:
    page.get_by_role("button", name="保存并提交审核").click()


def filed(page: Page) -> None:
    expect(page.locator("#messages")).to_contain_text("已提交审核")


def test_a_session_that_ends_while_typing_is_told_loudly_and_taken_up_in_place(
    form: Page, draft: Case, picture: Picture
) -> None:
    Session.objects.all().delete()
    job(form).fill("店长")
    expect(notice(form)).to_contain_text("登录已失效")
    picture("drafts-01-session-ended")
    form.set_viewport_size({"width": 390, "height": 844})
    picture("drafts-02-session-ended-phone")
    notice(form).get_by_role("button", name="重新登录").click()
    picture("drafts-03-dialog-phone")
    form.set_viewport_size({"width": 1366, "height": 768})
    picture("drafts-04-dialog")
    with saved(form):
        sign_in_here(form)
    expect(notice(form)).to_be_hidden()
    assert typed_in(draft) == "店长"


def test_a_form_is_sent_on_after_signing_in_in_place(form: Page, draft: Case) -> None:
    Session.objects.all().delete()
    job(form).fill("店长")
    submit(form)
    dialog = form.get_by_role("dialog")
    dialog.get_by_label("密码").fill("wrong")
    dialog.get_by_role("button", name="登录并继续").click()
    expect(dialog).to_contain_text("账号或密码不正确")
    sign_in_here(form)
    filed(form)
    assert Case.objects.get().values["job"] == "店长"


def test_what_is_typed_into_a_draft_is_kept_by_the_draft_alone(form: Page) -> None:
    """Not in the browser too, as short forms are: another tab's may be the one that was chosen."""
    form.route(form.url, lambda route: route.fulfill(status=204))
    with form.expect_request(lambda one: one.method == "POST" and one.url == form.url):
        submit(form)
    assert form.evaluate("sessionStorage.getItem('yonggong-refused')") is None


def test_who_does_not_sign_in_keeps_the_form_as_it_stands(form: Page, draft: Case) -> None:
    Session.objects.all().delete()
    job(form).fill("店长")
    submit(form)
    form.get_by_role("dialog").get_by_role("button", name="暂不登录").click()
    expect(notice(form)).to_contain_text("仍保留在本页")
    expect(job(form)).to_have_value("店长")
    submit(form)
    sign_in_here(form)
    filed(form)


def test_signing_in_in_another_tab_does_not_make_this_one_fail(form: Page, hall: Hall) -> None:
    Session.objects.all().delete()
    other = form.context.new_page()
    sign_in(other, hall.operator.username)
    with saved(form):
        job(form).fill("店长")
    submit(form)
    filed(form)
    # The page for signing in is no other.
    form.context.clear_cookies()
    for tab in (form, other):
        tab.goto("/sign-in/")
    sign_in(other, hall.operator.username)
    form.get_by_label("账号").fill(hall.operator.username)
    form.get_by_label("密码").fill(PASSWORD)
    form.get_by_role("button", name="登录", exact=True).click()
    form.wait_for_url("**/employer/**")


def test_another_person_does_not_send_the_form_of_the_first(
    form: Page, draft: Case, make_user: Any, hall: Hall, picture: Picture
) -> None:
    colleague = make_user("employer_operator", employer=hall.employer)
    Session.objects.all().delete()
    sign_in(form.context.new_page(), colleague.username)
    job(form).fill("店长")
    expect(notice(form)).to_contain_text("另一账号")
    picture("drafts-05-another-person")
    submit(form)
    expect(notice(form)).to_contain_text("不会以该账号提交")
    assert Case.objects.get().state == "draft" and typed_in(draft) != "店长"
    expect(job(form)).to_have_value("店长")


def test_a_file_chosen_after_the_session_ended_goes_up_after_signing_in(
    form: Page, draft: Case
) -> None:
    Session.objects.all().delete()
    slot = form.locator("[data-slot]").first
    slot.locator("input[type=file]").set_input_files(
        {"name": "合同.png", "mimeType": "image/png", "buffer": PNG}
    )
    sign_in_here(form)
    expect(slot).to_contain_text("合同.png")
    assert draft.materials.count() == 1


def test_a_workbook_chosen_after_the_session_ended_is_taken_after_signing_in(
    page: Page, hall: Hall
) -> None:
    """A form that sends its file itself waits, with the file."""
    sign_in(page, hall.operator.username)
    page.goto("/employer/batch/")
    Session.objects.all().delete()
    page.locator("input[type=file]").first.set_input_files(
        {"name": "名单.xlsx", "mimeType": "application/octet-stream", "buffer": b"PK"}
    )
    page.locator("form[data-uploads] button[type=submit]").first.click()
    sign_in_here(page)
    page.wait_for_url(re.compile(r"/employer/batch/\d+/$"))


def test_a_line_that_drops_is_told_and_what_was_typed_is_saved_when_it_is_back(
    form: Page, draft: Case, picture: Picture
) -> None:
    form.context.set_offline(True)
    job(form).fill("店长")
    expect(notice(form)).to_contain_text("网络不通")
    with saved(form):
        form.context.set_offline(False)
    expect(notice(form)).to_be_hidden()
    assert typed_in(draft) == "店长"


def test_a_form_sent_without_a_line_waits_and_is_sent_on(form: Page) -> None:
    form.context.set_offline(True)
    job(form).fill("店长")
    submit(form)
    expect(notice(form).get_by_role("button", name="不再等待")).to_be_visible()
    form.context.set_offline(False)
    filed(form)
    assert Case.objects.get().values["job"] == "店长"


def test_steady_typing_is_saved_while_it_goes_on(form: Page, draft: Case) -> None:
    heard: list[str] = []
    form.on(
        "request", lambda sent: heard.append(sent.url) if sent.url.endswith("/draft/") else None
    )
    job(form).press("End")
    for _ in range(60):
        form.keyboard.type("员")
        form.wait_for_timeout(200)
        if heard:
            break
    assert heard, "typing without a pause was not saved"


def test_edited_sent_refused_and_left_at_once_nothing_is_gone(form: Page, draft: Case) -> None:
    job(form).fill("店长")
    form.locator("[name=pay_day]").fill("四号")
    submit(form)
    expect(form.locator("[data-summary]")).to_be_visible()
    form.goto("/employer/")
    assert typed_in(draft) == "店长"
    form.goto(f"/employer/new/{draft.pk}/")
    expect(job(form)).to_have_value("店长")
    expect(form.locator("[name=pay_day]")).to_have_value("四号")


def test_adding_in_two_tabs_makes_two_drafts(page: Page, hall: Hall) -> None:
    sign_in(page, hall.operator.username)
    other = page.context.new_page()
    for tab, name in ((page, "试甲"), (other, "试乙")):
        tab.goto("/employer/new/")
        with another_page(tab):
            tab.get_by_role("button", name="添加").click()
        stands(tab)
        with saved(tab):
            tab.locator("form[data-form] [name=name]").fill(name)
    names = {case_queries.typed_in(case)["name"] for case in Case.objects.all()}
    assert names == {"试甲", "试乙"}


def test_a_draft_open_twice_says_so_and_offers_both(
    form: Page, draft: Case, picture: Picture
) -> None:
    other = form.context.new_page()
    opened(other, draft)
    with saved(other):
        job(other).fill("店长")
    job(form).fill("理货员")
    expect(notice(form)).to_contain_text("另一窗口")
    conflict = form.locator("[data-conflict]")
    expect(conflict).to_contain_text("店长")
    expect(conflict).to_contain_text("理货员")
    picture("drafts-06-conflict")
    form.set_viewport_size({"width": 390, "height": 844})
    notice(form).get_by_role("button", name="查看并选择").click()
    picture("drafts-07-conflict-phone")
    form.set_viewport_size({"width": 1366, "height": 768})
    # The other one hears of it with its next save.
    job(other).fill("副店长")
    expect(other.locator("[data-conflict]")).to_contain_text("理货员")
    conflict.get_by_role("button", name="采用本窗口的内容").click()
    expect(form.locator("[data-conflict]")).to_contain_text("副店长")
    form.locator("[data-conflict]").get_by_role("button", name="采用本窗口的内容").click()
    expect(form.locator("#messages")).to_contain_text("已采用本窗口的内容")
    expect(job(form)).to_have_value("理货员")
    assert typed_in(draft) == "理货员"


def test_two_tabs_two_employers_are_told_apart_by_name(
    page: Page, hall: Hall, draft: Case, make_employer: Any, picture: Picture
) -> None:
    second = make_employer(name="长春第二试验有限公司")
    Grant.objects.create(user=hall.operator, role="employer_operator", party=second.party)
    sign_in(page, hall.operator.username)
    opened(page, draft)
    other = page.context.new_page()
    other.goto("/employer/choose/")
    other.get_by_role("button", name=f"切换到{second.name}").click()
    expect(other.locator("#messages")).to_contain_text(second.name)
    job(page).fill("店长")
    expect(notice(page)).to_contain_text(hall.employer.name)
    expect(notice(page)).to_contain_text(second.name)
    picture("drafts-08-two-employers")
    assert typed_in(draft) == "店长"
    submit(page)
    expect(page.locator(".yg-refusal")).to_contain_text("办理单位不一致")
    picture("drafts-09-two-employers-refused")
    page.get_by_role("button", name=f"切换到{hall.employer.name}继续").click()
    expect(job(page)).to_have_value("店长")
    submit(page)
    filed(page)
    assert Case.objects.get().applicant_id == hall.employer.pk


def test_after_signing_in_in_place_the_employer_is_the_one_the_page_was_opened_for(
    page: Page, hall: Hall, draft: Case, make_employer: Any
) -> None:
    second = make_employer(name="长春第二试验有限公司")
    Grant.objects.create(user=hall.operator, role="employer_operator", party=second.party)
    sign_in(page, hall.operator.username)
    page.goto("/employer/choose/")
    page.get_by_role("button", name=f"切换到{second.name}").click()
    expect(page.locator("#messages")).to_contain_text(f"现在为{second.name}办理")
    page.goto("/employer/new/")
    Session.objects.all().delete()
    page.get_by_role("button", name="添加").click()
    sign_in_here(page)
    expect(job(page)).to_be_visible()  # the form of a draft of its own
    assert Case.objects.latest("pk").applicant_id == second.pk
