"""Administrators at work: creating, freezing, granting; what auditors read."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.contracts.making import Hall
from yonggong.accounts import holders
from yonggong.accounts.models import AccessEntry, User
from yonggong.accounts.queries import access_log_visible_to, users_visible_to

pytestmark = pytest.mark.django_db

PERSON = {"username": "xinren", "name": "试新人", "mobile": "16012345678"}


@pytest.fixture
def system(make_user: Callable[..., Any]) -> User:
    return make_user("system_administrator", region_code="220000")


@pytest.fixture
def business(make_user: Callable[..., Any]) -> User:
    return make_user("business_administrator", region_code="220000")


@pytest.fixture
def system_screen(at_screen: Callable[[Any], Client], system: User) -> Client:
    return at_screen(system)


@pytest.fixture
def business_screen(at_screen: Callable[[Any], Client], business: User) -> Client:
    return at_screen(business)


def act(screen: Client, account: User, ask: str) -> str:
    answer = screen.post(reverse("admin:users-act", args=[account.pk]), {"ask": ask}, follow=True)
    return answer.content.decode()


def test_an_initial_password_is_shown_once_and_must_be_changed(system_screen: Client) -> None:
    page = system_screen.post(reverse("admin:users-add"), PERSON).content.decode()
    shown = re.search(r"data-password>([^<]+)<", page)
    assert shown is not None
    user = User.objects.get(username="xinren")
    assert user.must_change_password and user.check_password(shown[1].replace("&#x27;", "'"))
    assert "16012345678" not in user.mobile_sealed

    newcomer = Client()
    newcomer.post("/sign-in/", {"username": "xinren", "password": shown[1]})
    answer = newcomer.get("/bureau/")
    assert answer.status_code == 302 and answer["Location"] == reverse("password")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"username": "有空 格"}, "账号只能用字母"),
        ({"mobile": "123"}, "手机"),
        ({"name": ""}, "姓名"),
    ],
)
def test_what_is_wrong_with_a_new_account_is_said(
    system_screen: Client, changed: dict[str, str], said: str
) -> None:
    answer = system_screen.post(reverse("admin:users-add"), PERSON | changed)
    assert answer.status_code == 422 and said in answer.content.decode()
    assert not User.objects.filter(name="试新人").exists()


def test_a_taken_username_is_refused_beside_its_field(system_screen: Client, hall: Hall) -> None:
    answer = system_screen.post(
        reverse("admin:users-add"), PERSON | {"username": hall.operator.username}
    )
    assert answer.status_code == 422 and "已被使用" in answer.content.decode()


def test_a_frozen_account_is_thrown_out_at_once_and_comes_back_unfrozen(
    system_screen: Client, at_screen: Callable[[Any], Client], hall: Hall
) -> None:
    desk = at_screen(hall.reviewer)
    assert desk.get(reverse("bureau:home")).status_code == 200
    act(system_screen, hall.reviewer, "freeze")
    assert desk.get(reverse("bureau:home")).status_code == 302
    act(system_screen, hall.reviewer, "unfreeze")
    assert at_screen(hall.reviewer).get(reverse("bureau:home")).status_code == 200


def test_a_cancelled_account_stays_cancelled(system_screen: Client, hall: Hall) -> None:
    act(system_screen, hall.reviewer, "cancel")
    assert "不能解冻账号" in act(system_screen, hall.reviewer, "unfreeze")
    hall.reviewer.refresh_from_db()
    assert hall.reviewer.state == "cancelled"


def test_every_act_on_an_account_is_recorded_with_who_did_it(
    system_screen: Client, system: User, hall: Hall
) -> None:
    for ask in ("freeze", "unfreeze", "unlock", "reset", "cancel"):
        act(system_screen, hall.reviewer, ask)
    entries = AccessEntry.objects.filter(kind="account", user=system).order_by("pk")
    assert [entry.detail for entry in entries] == [
        "冻结账号",
        "解冻账号",
        "解除登录锁定",
        "重置密码",
        "注销账号",
    ]
    assert {entry.subject for entry in entries} == {f"账号 {hall.reviewer.username}"}


def test_a_role_is_given_where_the_administrator_says(
    business_screen: Client, make_user: Callable[..., Any], system: User, agency: Any
) -> None:
    from yonggong.accounts import actions

    user = actions.create_user(
        username="new1", name="试一", password="Yonggong-2026", region_code="220104", by=system
    )
    address = reverse("admin:users-give", args=[user.pk])
    sent = {"role": "reviewer", "agency": agency.pk}
    refused = business_screen.post(address, sent, follow=True).content.decode()
    assert "尚未登记使用人的身份证号" in refused and not user.grants.exists()
    holders.issue(account=user, digest=b"1" * 32, by=system)
    business_screen.post(address, sent)
    grant = user.grants.get()
    assert (grant.role, grant.agency, grant.region_code) == ("reviewer", agency, "220104")
    business_screen.post(reverse("admin:users-take-back", args=[user.pk, grant.pk]))
    assert not user.grants.exists()


@pytest.mark.parametrize("sent", ["", "x", "9" * 30, "0"])
def test_an_agency_that_is_none_is_asked_for_again(
    business_screen: Client, hall: Hall, sent: str
) -> None:
    answer = business_screen.post(
        reverse("admin:users-give", args=[hall.reviewer.pk]),
        {"role": "reviewer", "agency": sent},
        follow=True,
    )
    assert "请选择角色和机构" in answer.content.decode()
    assert hall.reviewer.grants.count() == 1


def test_two_of_the_three_powers_are_refused_with_a_reason(
    business_screen: Client, system: User, agency: Any
) -> None:
    answer = business_screen.post(
        reverse("admin:users-give", args=[system.pk]),
        {"role": "auditor", "agency": agency.pk},
        follow=True,
    )
    assert "同一账号不得兼任" in answer.content.decode()
    assert system.grants.count() == 1


def test_nobody_gives_themselves_a_role(
    business_screen: Client, business: User, agency: Any
) -> None:
    answer = business_screen.post(
        reverse("admin:users-give", args=[business.pk]),
        {"role": "reviewer", "agency": agency.pk},
        follow=True,
    )
    assert "不能变更本人的权限" in answer.content.decode()
    assert business.grants.count() == 1


@pytest.mark.parametrize(
    ("regions", "seen"),
    [
        (["220104"], True),
        (["220104", "220000"], True),
        (["150300"], False),
        (["220104", "150300"], False),
        ([], False),  # nobody's, until a region made it
    ],
)
def test_accounts_are_kept_by_an_administrator_above_all_their_regions(
    system: User, regions: list[str], seen: bool
) -> None:
    user = User.objects.create(username="somebody", name="试某")
    for region in regions:
        user.grants.create(role="bureau_supervisor", region_code=region)
    assert users_visible_to(system).filter(pk=user.pk).exists() is seen


def test_an_operator_is_kept_where_the_employer_is(system: User, hall: Hall) -> None:
    assert users_visible_to(system).filter(pk=hall.operator.pk).exists()


def test_an_auditor_reads_the_log_of_their_regions(
    at_screen: Callable[[Any], Client], make_user: Callable[..., Any], hall: Hall
) -> None:
    at_screen(hall.reviewer)
    here, far = (make_user("auditor", region_code=region) for region in ("220000", "150000"))
    assert access_log_visible_to(here).filter(user=hall.reviewer).exists()
    assert not access_log_visible_to(far).filter(user=hall.reviewer).exists()
    assert not access_log_visible_to(hall.reviewer).exists()


@pytest.mark.parametrize(
    ("region", "asked", "steps"),
    [
        ("220000", {}, ["审核不通过", "提交"]),
        ("220000", {"action": "return"}, ["审核不通过"]),
        ("220000", {"account": "reviewer"}, ["审核不通过"]),
        ("150000", {}, []),
    ],
)
def test_the_operation_log_tells_every_step_of_the_regions_cases(
    at_screen: Callable[[Any], Client],
    make_user: Callable[..., Any],
    hall: Hall,
    region: str,
    asked: dict[str, str],
    steps: list[str],
) -> None:
    case = hall.return_(hall.filed())
    auditor = at_screen(make_user("auditor", region_code=region))
    answer = auditor.get(
        reverse("admin:operations"), {"number": case.number, "export": "csv", **asked}
    )
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(lines))
    assert [row["操作"] for row in rows] == steps
    assert f"办件编号：“{case.number}”" in text
