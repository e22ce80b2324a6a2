"""Forms in a browser without scripts: what was typed on a page that had grown stale is carried on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import SIZE
from tests.browser.steps import PASSWORD, sign_in, sign_out
from tests.contracts.making import Hall, answers
from yonggong.accounts.models import Grant
from yonggong.cases import drafting
from yonggong.cases import queries as case_queries
from yonggong.cases.kinds import get_kind
from yonggong.cases.models import Case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


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
def page(browser: Browser, live_server: Any) -> Iterator[Page]:
    window = browser.new_context(
        base_url=live_server.url, viewport=SIZE, locale="zh-CN", java_script_enabled=False
    )
    yield window.new_page()
    window.close()


@pytest.fixture
def form(page: Page, hall: Hall, draft: Case) -> Page:
    """The form, with another job typed and nothing sent."""
    sign_in(page, hall.operator.username)
    page.goto(f"/employer/new/{draft.pk}/")
    page.locator("[name=job]").fill("店长")
    return page


def submit(page: Page) -> None:
    page.get_by_role("button", name="保存并提交审核").click()


def sign_in_here(page: Page, username: str) -> None:
    page.get_by_label("账号").fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()


def go_on(page: Page) -> None:
    page.get_by_role("button", name="继续提交").click()


def filed(page: Page) -> None:
    expect(page.locator("#messages")).to_contain_text("已提交审核")
    assert Case.objects.get().values["job"] == "店长"


def test_a_form_sent_after_the_session_ended_is_carried_on_through_signing_in(
    form: Page, hall: Hall, picture: Any
) -> None:
    Session.objects.all().delete()
    submit(form)
    expect(form.get_by_role("alert")).to_contain_text("刚才填写的内容仍保留在本页")
    picture("without-scripts-01-sign-in")
    sign_in_here(form, hall.operator.username)
    expect(form.locator("h1")).to_have_text("请再次提交")
    picture("without-scripts-02-again")
    assert Case.objects.get().state == "draft"
    go_on(form)
    filed(form)


def test_a_form_with_an_old_token_is_sent_again_with_one_press(form: Page, hall: Hall) -> None:
    """Signing in again in another tab changes the token of every form."""
    form.context.clear_cookies()
    sign_in(form.context.new_page(), hall.operator.username)
    submit(form)
    expect(form.locator("main")).to_contain_text("在其他窗口重新登录过")
    go_on(form)
    filed(form)


def test_a_form_of_another_account_is_carried_on_for_nobody_else(
    form: Page, draft: Case, hall: Hall, make_user: Any
) -> None:
    colleague = make_user("employer_operator", employer=hall.employer)
    other = form.context.new_page()
    other.goto("/employer/")
    sign_out(other)
    sign_in(other, colleague.username)
    submit(form)
    expect(form.get_by_role("alert")).to_contain_text("本页面由另一账号打开")
    sign_in_here(form, colleague.username)
    expect(form.get_by_role("alert")).to_contain_text("本页面由另一账号打开")
    assert case_queries.typed_in(Case.objects.get(pk=draft.pk)).get("job") != "店长"
    sign_in_here(form, hall.operator.username)
    go_on(form)
    filed(form)


def test_a_form_sent_while_another_employer_is_chosen_is_kept_with_its_own(
    form: Page, hall: Hall, make_employer: Any
) -> None:
    second = make_employer(name="长春第二试验有限公司")
    Grant.objects.create(user=hall.operator, role="employer_operator", party=second.party)
    other = form.context.new_page()
    other.goto("/employer/choose/")
    other.get_by_role("button", name=f"切换到{second.name}").click()
    expect(other.locator("#messages")).to_contain_text(second.name)
    submit(form)
    expect(form.locator(".yg-refusal")).to_contain_text("办理单位不一致")
    form.get_by_role("button", name=f"切换到{hall.employer.name}继续").click()
    expect(form.locator("[name=job]")).to_have_value("店长")
    submit(form)
    filed(form)
    assert Case.objects.get().applicant_id == hall.employer.pk


def test_what_is_no_draft_is_carried_on_to_its_own_employer_too(
    page: Page, hall: Hall, make_employer: Any
) -> None:
    second = make_employer(name="长春第二试验有限公司")
    Grant.objects.create(user=hall.operator, role="employer_operator", party=second.party)
    hall.filed(name="试作废")
    sign_in(page, hall.operator.username)
    page.goto("/employer/void/")
    page.locator("tbody input[name=ids]").check()
    page.get_by_role("button", name="作废").click()
    expect(page.locator("h1")).to_have_text("确认作废")
    other = page.context.new_page()
    other.goto("/employer/choose/")
    other.get_by_role("button", name=f"切换到{second.name}").click()
    expect(other.locator("#messages")).to_contain_text(second.name)
    page.locator("main form button[type=submit]").first.click()
    page.get_by_role("button", name=f"切换到{hall.employer.name}继续").click()
    go_on(page)
    expect(page.locator("#messages")).to_contain_text("已作废 1 份备案")


def test_a_form_sent_over_a_newer_draft_shows_both_and_loses_neither(
    form: Page, draft: Case
) -> None:
    other = form.context.new_page()
    other.goto(f"/employer/new/{draft.pk}/")
    other.locator("[name=job]").fill("理货员")
    other.get_by_role("button", name="存为草稿").click()
    expect(other.locator("#messages")).to_contain_text("草稿已保存")
    submit(form)
    conflict = form.locator("[data-conflict]")
    expect(conflict).to_contain_text("理货员")
    expect(form.locator("[name=job]")).to_have_value("店长")
    conflict.get_by_role("button", name="采用本窗口的内容").click()
    expect(form.locator("#messages")).to_contain_text("已采用本窗口的内容")
    expect(form.locator("[name=job]")).to_have_value("店长")
    submit(form)
    filed(form)
