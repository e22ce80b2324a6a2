"""单位认领: two accounts claim one code, the reviewer decides; an administrator changes operators."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from tests.browser.conftest import Picture
from tests.browser.pictures import keep
from tests.browser.steps import choose_levels, sign_in
from yonggong.accounts.models import Grant
from yonggong.codes.invent import invent_credit_code, invent_mobile
from yonggong.employers.models import Claim
from yonggong.registry.models import Employer

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "长春云桥经贸有限公司"


def _licence(colour: str) -> bytes:
    """A sheet that looks like a certificate from afar."""
    sheet = Image.new("RGB", (900, 640), "#fdfaf0")
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((24, 24, 875, 615), outline=colour, width=8)
    for line in range(8):
        pen.rectangle((120, 180 + line * 44, 420 + 40 * (line % 5), 192 + line * 44), fill="#777")
    pen.ellipse((660, 420, 800, 560), outline=colour, width=6)
    out = io.BytesIO()
    sheet.save(out, "PNG")
    return out.getvalue()


def _register(page: Page, code: str, name: str, operator: str, username: str) -> None:
    page.goto("/register/")
    page.locator("[name=credit_code]").fill(code)
    page.locator("[name=name]").fill(name)
    choose_levels(page, "region_code", "吉林省", "长春市", "朝阳区")
    page.locator("[name=operator]").fill(operator)
    page.locator("[name=mobile]").fill(invent_mobile(Random(len(username))))
    page.locator("[name=username]").fill(username)
    for field in ("password", "again"):
        page.locator(f"[name={field}]").fill("Yonggong-2026")
    page.get_by_role("button", name="注册", exact=True).click()


def test_two_accounts_claim_one_code_and_the_reviewer_decides(
    windows: Callable[[], Page], page: Page, picture: Picture, reviewer: Any, tmp_path: Path
) -> None:
    code = invent_credit_code(Random(11), region="220104")
    people = (("先登记", "first"), ("真经办", "second"), ("另一人", "third"))
    opened = []
    for operator, username in people:
        opened.append(windows())
        name = "长春云桥经贸公司" if username == "third" else NAME
        _register(opened[-1], code, name, operator, username)
    first, second, third = opened
    expect(first.locator("h1")).to_have_text("单位初次备案")
    for claimant, colour in ((second, "#a8322a"), (third, "#2a5aa8")):
        expect(claimant.locator("#messages")).to_contain_text("已有登记")
        file = tmp_path / "营业执照.png"
        file.write_bytes(_licence(colour))
        claimant.locator("[name=licence]").set_input_files(file)
        claimant.get_by_role("button", name="上传").click()
        expect(claimant.locator("#main")).to_contain_text("等待人社部门核对")

    sign_in(page, reviewer.username, portal="bureau")
    page.get_by_role("link", name="单位认领").click()
    expect(page.locator("#main")).to_contain_text("2 个账号申请")
    page.get_by_role("link", name=NAME).click()
    expect(page.locator(".yb-claims img")).to_have_count(2)
    boxes = [page.locator(".yb-claims > section").nth(place).bounding_box() for place in (0, 1)]
    assert boxes[0] and boxes[1] and boxes[0]["y"] == boxes[1]["y"], "side by side"
    picture("bureau-claims")
    keep(second, "claims")
    second.set_viewport_size({"width": 390, "height": 844})
    assert second.evaluate("document.documentElement.scrollWidth") == 390, "fits a phone"
    keep(second, "claims-phone")
    card = page.locator(".yb-claims > section", has_text="真经办")
    card.locator("[name=reason]").fill("执照与国家企业信用信息公示系统一致")
    card.get_by_role("button", name="认定由其经办").click()
    expect(page.locator("#messages")).to_contain_text("已认定由真经办经办")
    picture("bureau-claims-decided")

    second.goto("/")
    expect(second.locator(".yg-header")).to_contain_text(NAME)
    first.goto("/")
    expect(first.locator("#main")).to_contain_text("由其他账号经办")
    first.goto("/messages/")
    expect(first.locator("#main")).to_contain_text("不再是")
    third.goto("/messages/")
    expect(third.locator("#main")).to_contain_text("执照与国家企业信用信息公示系统一致")
    held = Grant.objects.get(party=Employer.objects.get(credit_code=code).pk)
    assert held.user.username == "second" and Claim.objects.filter(state="refused").count() == 1


def test_an_administrator_changes_operators(
    page: Page, picture: Picture, make_user: Any, employer: Employer, operator: Any
) -> None:
    administrator = make_user("business_administrator", region_code="220000")
    sign_in(page, administrator.username, portal="admin")
    page.get_by_role("link", name="单位经办人").click()
    page.locator("[name=credit_code]").fill(employer.credit_code)
    page.get_by_role("button", name="查找").click()
    expect(page.locator("#main")).to_contain_text("唯一的经办人")
    picture("admin-operators")
    page.locator(".ye-requests [name=reason]").fill("已离职")
    page.get_by_role("button", name="撤销").click()
    expect(page.locator("#messages")).to_contain_text("已没有经办人")
    picture("admin-operators-removed")
    assert not Grant.objects.filter(party=employer.pk).exists()
