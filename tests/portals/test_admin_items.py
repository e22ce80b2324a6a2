"""Service items on the administrators' pages: read, proposed with every mistake by its place,
compared, and approved by somebody else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cases.item_versions import content, packaged
from yonggong.cases import items
from yonggong.cases.item_editing import Editing
from yonggong.cases.models import ItemProposal, ItemVersion

pytestmark = pytest.mark.django_db
PROVINCE = "220000"


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    items.forget()
    yield
    items.forget()


@pytest.fixture
def sit(make_user: Any, at_screen: Callable[[Any], Client]) -> Callable[..., Client]:
    def as_role(role: str = "business_administrator", region: str = PROVINCE) -> Client:
        return at_screen(make_user(role, region_code=region))

    return as_role


def typed(said: dict[str, Any] | str, **changed: Any) -> dict[str, Any]:
    return {
        "content": said if isinstance(said, str) else json.dumps(said, ensure_ascii=False),
        "region": PROVINCE,
        "since": str(timezone.localdate()),
        "reason": "依据吉人社办字〔2026〕1号",
        **changed,
    }


def propose(screen: Client, said: dict[str, Any] | str, **changed: Any) -> Any:
    return screen.post(reverse("admin:items-add"), typed(said, **changed))


def test_one_writes_it_and_another_lets_it_hold(sit: Any) -> None:
    one, other = sit(), sit()
    assert propose(one, content()).status_code == 302
    proposal = ItemProposal.objects.get()
    page = other.get(reverse("admin:items")).content.decode()
    address = reverse("admin:items-proposal", args=[proposal.pk])
    assert address in page and "风筝借用" in page
    shown = other.get(address).content.decode()
    assert "新增的事项" in shown and "同意启用" in shown and "放飞地点" in shown
    decide = reverse("admin:items-decide", args=[proposal.pk])
    assert other.post(decide, {"ask": "approve"}, follow=True).status_code == 200
    version = ItemVersion.objects.get(key="kite-lending")
    assert version.holds_from == timezone.localdate()
    listed = other.get(reverse("admin:items")).content.decode()
    assert reverse("admin:items-show", args=[version.pk]) in listed


def test_whoever_wrote_it_may_take_it_back_and_not_approve_it(sit: Any) -> None:
    one = sit()
    propose(one, content())
    proposal = ItemProposal.objects.get()
    shown = one.get(reverse("admin:items-proposal", args=[proposal.pk])).content.decode()
    assert "同意启用" not in shown and "撤回" in shown
    decide = reverse("admin:items-decide", args=[proposal.pk])
    answer = one.post(decide, {"ask": "approve"})
    assert answer.status_code == 422 and "不能审定本人拟定的版本" in answer.content.decode()
    one.post(decide, {"ask": "decline"})
    proposal.refresh_from_db()
    assert proposal.state == "withdrawn"


def test_declining_needs_its_reason(sit: Any) -> None:
    propose(sit(), content())
    proposal, other = ItemProposal.objects.get(), sit()
    decide = reverse("admin:items-decide", args=[proposal.pk])
    assert other.post(decide, {"ask": "decline"}).status_code == 422
    other.post(decide, {"ask": "decline", "opinion": "依据不足"})
    shown = other.get(reverse("admin:items-proposal", args=[proposal.pk])).content.decode()
    assert "未采纳" in shown and "依据不足" in shown and "同意启用" not in shown


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("{", "不是正确的 JSON"),
        ("[]", "应是用一对大括号括起来的一个事项"),
        ('{"id": "a", "id": "b"}', "写了两次"),
        ("{}", "缺少“编码”（id）"),
        (json.dumps(content(fee=5), ensure_ascii=False), "收费</strong>：应为文字，现为 5"),
        ("[" * 100_000, "括号套得太深"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    sit: Any, said: str, message: str
) -> None:
    answer = propose(sit(), said)
    shown = answer.content.decode()
    assert answer.status_code == 422 and message in shown.replace("&quot;", '"')
    assert answer.context["text"] == said and "吉人社办字" in shown
    assert not ItemProposal.objects.exists()


def test_a_file_is_taken_instead_of_what_was_typed(sit: Any) -> None:
    text = json.dumps(content(), ensure_ascii=False).encode("utf-8-sig")
    propose(sit(), "", file=SimpleUploadedFile("事项.json", text))
    assert ItemProposal.objects.get().content["name"] == "风筝借用"


def test_a_file_in_another_encoding_is_refused_in_words(sit: Any) -> None:
    answer = propose(sit(), "", file=SimpleUploadedFile("事项.json", "名称".encode("gbk")))
    assert answer.status_code == 422 and "UTF-8" in answer.content.decode()


@pytest.mark.parametrize("since", ["", "昨天", "2020-01-01"])
def test_a_day_that_will_not_do_is_said(sit: Any, since: str) -> None:
    answer = propose(sit(), content(), since=since)
    assert answer.status_code == 422 and "日期" in answer.content.decode()


def test_nobody_proposes_for_a_region_that_is_not_theirs(sit: Any) -> None:
    assert propose(sit(), content(), region="150000").status_code == 404
    city = sit(region="220100")
    assert propose(city, content(), region=PROVINCE).status_code == 404
    assert propose(city, content(), region="220104").status_code == 302


def test_a_version_is_shown_beside_the_one_before_and_downloaded(sit: Any) -> None:
    one, other = sit(), sit()
    said = packaged("contract.ending") | {"promised_limit": {"value": 3, "unit": "工作日"}}
    first = ItemVersion.objects.get(key="contract.ending")
    answer = one.post(reverse("admin:items-propose", args=[first.pk]), typed(said))
    assert answer.status_code == 302
    proposal = ItemProposal.objects.get()
    shown = other.get(reverse("admin:items-proposal", args=[proposal.pk])).content.decode()
    assert "与第 1 版的不同" in shown and "承诺办结时限" in shown
    other.post(reverse("admin:items-decide", args=[proposal.pk]), {"ask": "approve"})
    version = ItemVersion.objects.get(key="contract.ending", number=2)
    answer = other.get(reverse("admin:items-show", args=[version.pk]))
    (change,) = answer.context["changes"]
    assert (change.label, change.old_text, change.new_text) == (
        "承诺办结时限",
        "",
        "数值：3，单位：工作日",
    )
    content_of = other.get(reverse("admin:items-content", args=[version.pk]))
    assert json.loads(content_of.content) == said
    assert (
        other.get(f"{reverse('admin:items-show', args=[version.pk])}?against=9").status_code == 404
    )


def test_another_regions_items_do_not_exist(sit: Any) -> None:
    there = ItemVersion.objects.get(key="labour-dispatch-licence")
    screen = sit()
    assert screen.get(reverse("admin:items-show", args=[there.pk])).status_code == 404
    assert "劳务派遣经营许可" not in screen.get(reverse("admin:items")).content.decode()
    propose(sit(region="150000"), content(), region="150000")
    proposal = ItemProposal.objects.get()
    assert screen.get(reverse("admin:items-proposal", args=[proposal.pk])).status_code == 404
    decide = reverse("admin:items-decide", args=[proposal.pk])
    assert screen.post(decide, {"ask": "approve"}).status_code == 404


def test_a_later_day_is_kept(sit: Any) -> None:
    later = timezone.localdate() + timedelta(days=30)
    propose(sit(), content(), since=str(later))
    assert ItemProposal.objects.get().holds_from == later


# --- written on a page ---------------------------------------------------------------------------


def filled(version: ItemVersion, **changed: str) -> dict[str, Any]:
    """What a browser sends, tables packed as its script packs them, with some answers changed."""
    answers = Editing(version.content).answers
    packed = {
        name: json.dumps(held)
        if name in ("materials", "procedure", "prechecks", "legal_basis")
        or name in ("forms", "fields")
        else held
        for name, held in answers.items()
    }
    held = {"valid_region": PROVINCE, "valid_from": "2099-01-01", "why": "提速"}
    return packed | held | changed


@pytest.fixture
def version(sit: Any) -> ItemVersion:
    one, other = sit(), sit()
    propose(one, content())
    decide = reverse("admin:items-decide", args=[ItemProposal.objects.get().pk])
    other.post(decide, {"ask": "approve"})
    items.refresh()
    return ItemVersion.objects.get(key="kite-lending")


def test_a_limit_changed_on_the_page_is_compared_proposed_and_approved(
    sit: Any, version: ItemVersion
) -> None:
    one, other = sit(), sit()
    address = reverse("admin:items-edit", args=[version.pk])
    assert "5 工作日" in one.get(address).content.decode()
    sent = filled(version, promised_limit="2 工作日")
    compared = one.post(address, sent | {"ask": "compare"})
    page = compared.content.decode()
    assert compared.status_code == 200 and "承诺办结时限" in page and "与第 1 版的不同" in page
    assert not ItemProposal.objects.filter(state="waiting").exists()
    answer = one.post(address, sent, follow=True)
    assert "已提交" in answer.content.decode()
    made = ItemProposal.objects.get(state="waiting")
    assert made.content == {**version.content, "promised_limit": {"value": 2, "unit": "工作日"}}
    other.post(reverse("admin:items-decide", args=[made.pk]), {"ask": "approve"})
    assert ItemVersion.objects.filter(key="kite-lending").count() == 2


def test_what_cannot_be_is_told_where_it_stands_and_nothing_is_lost(
    sit: Any, version: ItemVersion
) -> None:
    one = sit()
    address = reverse("admin:items-edit", args=[version.pk])
    answer = one.post(address, filled(version, promised_limit="尽快", why="提速二"))
    page = answer.content.decode()
    assert answer.status_code == 422 and "读不出时限" in page
    assert "尽快" in page and "提速二" in page


def test_nothing_changed_is_refused_in_words(sit: Any, version: ItemVersion) -> None:
    one = sit()
    address = reverse("admin:items-edit", args=[version.pk])
    answer = one.post(address, filled(version))
    assert answer.status_code == 422 and "没有需要修改的地方" in answer.content.decode()


def test_a_version_that_came_while_somebody_typed_is_not_undone_unseen(
    sit: Any, version: ItemVersion
) -> None:
    one, other = sit(), sit()
    address = reverse("admin:items-edit", args=[version.pk])
    opened = one.get(address)
    assert 'name="known_version" value="1"' in opened.content.decode()
    other.post(address, filled(version, valid_from=str(timezone.localdate()), fee="另定"))
    theirs = ItemProposal.objects.get(state="waiting")
    sit().post(reverse("admin:items-decide", args=[theirs.pk]), {"ask": "approve"})
    sent = filled(version, promised_limit="2 工作日", known_version="1")
    answer = one.post(address, sent)
    page = answer.content.decode()
    assert answer.status_code == 422 and "启用了第 2 版" in page and "2 工作日" in page
    assert not ItemProposal.objects.filter(state="waiting").exists()
    assert 'name="known_version" value="2"' in page
    assert one.post(address, sent | {"known_version": "2"}).status_code == 302


def test_whose_item_it_is_not_is_told_so_in_words(
    make_user: Any, at_screen: Callable[[Any], Client], version: ItemVersion
) -> None:
    other = make_user("business_administrator", region_code=PROVINCE, department="医保")
    address = reverse("admin:items-edit", args=[version.pk])
    answer = at_screen(other).post(address, filled(version, promised_limit="2 工作日"))
    page = answer.content.decode()
    assert answer.status_code == 422 and "由其他部门或者地区的管理员维护" in page
    assert "out of scope" not in page


def test_the_form_is_seen_as_applicants_will_see_it(sit: Any, version: ItemVersion) -> None:
    page = sit().get(reverse("admin:items-preview", args=[version.pk])).content.decode()
    assert "仅供预览" in page and "放飞人员" in page
    assert "提交</button>" not in page


def test_of_an_item_with_code_the_form_seen_is_its_own(sit: Any) -> None:
    new = ItemVersion.objects.filter(key="contract.new").latest("number")
    page = sit().get(reverse("admin:items-preview", args=[new.pk])).content.decode()
    assert "工作地点" in page and "申请说明" not in page
