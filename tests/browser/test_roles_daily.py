"""The first day of whoever else works on the platform: an account applied for, opined on, created and granted;
the first sign-in, which asks for a password of one's own; then a day's work. (The reviewer's first day:
`test_account_requests`; the way of accounts through its pages stands there too.)"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import Picture
from tests.browser.steps import first_sign_in
from tests.cases.regatta import ENTRY
from tests.contracts.making import Hall
from tests.counters.sampling import typed_in
from tests.staff.conftest import Town, found_town
from tests.supervision.making import clue_about
from yonggong.accounts.models import User
from yonggong.cases.models import Case
from yonggong.codes.invent import invent_id_number
from yonggong.staff import orders
from yonggong.staff.models import Order

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
UNIT = "太原晨岱商贸有限公司"
_CHANCE = random.Random(1128)


@dataclass
class Newcomer:
    """An account just granted, with the password that its holder was told."""

    user: User
    password: str


@pytest.fixture
def town(make_user: Callable[..., Any]) -> Town:
    return found_town(make_user, timezone.now())


@pytest.fixture
def applied(town: Town) -> Callable[..., Order]:
    """Apply for an account; all three say yes."""

    def apply(name: str, *, branch: str = "business", role: str = "") -> Order:
        number = invent_id_number(
            _CHANCE, region="140105", birth_date=date(1991, 5, 6), sex=_CHANCE.choice("12")
        )
        case = town.apply(name=name, branch=branch, role=role, id_number=number)
        town.approve(case)
        return Order.objects.get(case=case)

    return apply


@pytest.fixture
def newcomer(town: Town, applied: Callable[..., Order]) -> Callable[..., Newcomer]:
    """Whoever was applied for, with an account created by one and granted by another."""

    def enter(username: str, name: str, **asked: str) -> Newcomer:
        order = applied(name, **asked)
        given: dict[str, Any] = {"now": town.now, "address": None}
        user, password = orders.create(order=order, username=username, by=town.system, **given)
        order.refresh_from_db()
        orders.grant(order=order, role=orders.role_asked(order), by=town.granter, **given)
        return Newcomer(User.objects.get(pk=user.pk), password)

    return enter


@pytest.fixture
def arrive(windows: Callable[[], Page]) -> Callable[[Newcomer], Page]:
    """The first sign-in, in a window of their own."""

    def sit(one: Newcomer) -> Page:
        window = windows()
        first_sign_in(window, one.user.username, one.password)
        return window

    return sit


def test_those_who_keep_the_accounts(
    applied: Callable[..., Order],
    newcomer: Callable[..., Newcomer],
    arrive: Callable[[Newcomer], Page],
) -> None:
    """One creates, one grants, one watches who is signed in, one reads what was done; none has a place where
    the others work."""
    applied("试新人", role="reviewer")

    system = arrive(newcomer("xitong_xd", "试系统", branch="create"))
    system.get_by_role("link", name="账号办理").click()
    system.get_by_label("账号", exact=True).fill("xinren")
    system.get_by_role("button", name="创建账号").click()
    system.locator("[data-password]").wait_for()
    expect(system.locator("#yg-nav")).not_to_contain_text("登录监控")

    business = arrive(newcomer("yewu_xd", "试业务", branch="grant"))
    business.get_by_role("link", name="账号办理").click()
    expect(business.get_by_label("角色")).to_have_value("reviewer")
    business.get_by_role("button", name="分配权限").click()
    business.get_by_text("已为试新人分配权限").wait_for()
    assert User.objects.get(username="xinren").grants.get().role == "reviewer"
    expect(business.locator("#yg-nav")).not_to_contain_text("日志")

    officer = arrive(newcomer("anquan_xd", "试安全", branch="watch"))
    officer.get_by_role("link", name="登录监控").click()
    row = officer.get_by_role("row").filter(has=officer.get_by_role("cell", name="xitong_xd"))
    row.first.get_by_placeholder("原因").fill("非工作时间登录，已电话核实不是本人")
    row.first.get_by_role("button", name="强制退出").click()
    officer.get_by_text("已办理：").wait_for()
    system.goto("/admin/orders/")
    system.wait_for_url("**/sign-in/**")

    auditor = arrive(newcomer("shenji_xd", "试审计", branch="audit"))
    auditor.get_by_role("link", name="访问日志").click()
    log = auditor.locator("main table")
    for done in ("账号 xinren", "非工作时间登录"):
        expect(log).to_contain_text(done)
    auditor.get_by_role("link", name="异常查看").click()
    expect(auditor.get_by_role("heading", name="异常查看").first).to_be_visible()
    expect(auditor.locator("#yg-nav")).not_to_contain_text("账号办理")


def test_those_who_work_for_employers(
    page: Page,
    town: Town,
    newcomer: Callable[..., Newcomer],
    arrive: Callable[[Newcomer], Page],
    make_employer: Callable[..., Any],
    make_user: Callable[..., Any],
    picture: Picture,
) -> None:
    """A clerk types in what came on paper; a supervisor draws a sample of it and shares out what waits; an
    inspector looks into a clue."""
    unit = make_employer(region_code="140105", agency=town.county, name=UNIT)
    operator = make_user("employer_operator", employer=unit)
    hall = Hall(employer=unit, operator=operator, reviewer=town.business, now=timezone.localtime())

    newly = newcomer("chuangkou_xd", "试窗口", role="counter_clerk")
    clerk = arrive(newly)
    clerk.locator("#yg-nav").get_by_role("link", name="窗口代录").click()
    clerk.get_by_label("统一社会信用代码").fill(unit.credit_code)
    clerk.get_by_role("button", name="开始代录").click()
    expect(clerk.locator("main")).to_contain_text(f"正在为{UNIT}办理")
    clerk.get_by_role("link", name="其他事项", exact=True).click()
    clerk.get_by_role("button", name=ENTRY.title, exact=True).click()
    clerk.get_by_label("船名").fill("飞鱼")
    clerk.get_by_role("button", name="保存并提交审核").click()
    clerk.get_by_text("已提交审核").wait_for()
    case = Case.objects.get(kind=ENTRY.name)
    assert (case.counter, case.filed_by) == (town.county, newly.user)
    typed_in(hall, newly.user, name="试照表录入")

    reviewer = make_user("reviewer", agency=town.county, region_code="140105")
    supervisor = arrive(newcomer("zhuguan_xd", "试主管", role="bureau_supervisor"))
    supervisor.locator("#yg-nav").get_by_role("link", name="窗口工作").click()
    expect(supervisor.locator("main")).to_contain_text("chuangkou_xd")
    supervisor.get_by_role("button", name="抽取").click()
    supervisor.get_by_label("录入正确").first.check()
    supervisor.get_by_role("button", name="保存").first.click()
    expect(supervisor.locator("main")).to_contain_text("已检查 1 件")
    supervisor.locator("#yg-nav").get_by_role("link", name="分派办件").click()
    supervisor.get_by_role("button", name="分派", exact=True).click()
    expect(supervisor.locator("main")).to_contain_text("已分派")
    assert Case.objects.filter(assigned_to=reviewer).exists()

    typed = Case.objects.get(subject_name="试照表录入")
    hall.reviewer = reviewer
    hall.approve(typed)
    clue = clue_about(unit, found_on=hall.today, seen_on=hall.today)
    newly = newcomer("jiancha_xd", "试监察", role="inspector")
    first_sign_in(page, newly.user.username, newly.password)
    expect(page.locator("main")).to_contain_text("最近的待核查线索")
    expect(page.locator("main")).not_to_contain_text("最先到期的办件")
    picture("inspector-home")
    page.locator("#yg-nav").get_by_role("link", name="监督线索").click()
    page.get_by_role("link", name="逾期备案").click()
    page.get_by_label("核查意见").fill("已核实：单位停业期间没有用工，不是逾期。")
    page.get_by_role("button", name="排除").click()
    expect(page.get_by_text("单位停业期间没有用工").first).to_be_visible()
    clue.refresh_from_db()
    assert (clue.state, clue.decided_by) == ("dismissed", newly.user)
    page.locator("#yg-nav").get_by_role("link", name="劳动关系核验").click()
    page.get_by_label("统一社会信用代码").fill(unit.credit_code)
    page.get_by_label("事由").fill("核查举报")
    page.get_by_role("button", name="核验").click()
    expect(page.get_by_role("heading", name="核验结果")).to_be_visible()
    picture("inspector-relation")
