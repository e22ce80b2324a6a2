"""核实本人: who an account is, noted by who keeps accounts, on document and name in full; undone with a
reason; both stand in the log."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cases import lesson
from yonggong.accounts import administering
from yonggong.accounts.actions import AccountProblem, create_user, identify
from yonggong.accounts.limits import IDENTIFYING
from yonggong.accounts.models import AccessEntry, Grant, LimitedAct, User
from yonggong.registry import actions as registry
from yonggong.registry.models import Worker
from yonggong.registry.parties import Party

pytestmark = pytest.mark.django_db
HOME = "/person/"


@pytest.fixture
def system(make_user: Callable[..., Any]) -> User:
    user: User = make_user("system_administrator", region_code="220000")
    return user


@pytest.fixture
def window(at_screen: Callable[[Any], Client], system: User) -> Client:
    return at_screen(system)


@pytest.fixture
def worker(db: None) -> Worker:
    """Known from a filing, and no party yet."""
    return registry.get_or_add_worker(
        document_type="01", number="220104199003072134", name="试一", sex="1", birth_on=None
    )


def account_of(name: str, username: str) -> User:
    return create_user(
        username=username,
        name=name,
        password="Yonggong-2026",
        region_code="220104",
        must_change_password=False,
        by=None,
    )


@pytest.fixture
def account(db: None) -> User:
    return account_of("试一", "shiyi")


def named(worker: Worker, **changed: str) -> dict[str, str]:
    return {
        "document_type": "01",
        "document_number": worker.document_number,
        "name": worker.name,
        "region_code": "220104",
    } | changed


def send(window: Client, account: User, worker: Worker, **changed: str) -> Any:
    return window.post(reverse("admin:users-person", args=[account.pk]), named(worker, **changed))


def said(answer: Any) -> list[str]:
    return [problem.message for problem in answer.context["page"].problems]


def test_an_account_is_a_persons_who_may_apply_then(
    window: Client,
    system: User,
    account: User,
    worker: Worker,
    agency: Any,
    at_screen: Callable[[Any], Client],
) -> None:
    before = at_screen(account)
    assert before.get(HOME).status_code == 404
    shown = reverse("admin:users-show", args=[account.pk])
    form = reverse("admin:users-person", args=[account.pk])
    assert form in window.get(shown).content.decode()
    assert "朝阳区" in window.get(form).content.decode()
    assert send(window, account, worker)["Location"] == shown
    account.refresh_from_db()
    party = Party.objects.get(pk=worker.pk)
    assert account.person == party and party.region_code == "220104"
    page = before.get(HOME).content.decode()
    assert reverse("person:begin", args=[party.pk, lesson.LESSON.name]) in page
    done = AccessEntry.objects.get(about=account, detail="核实本人")
    assert (done.kind, done.user) == ("account", system)
    asked = AccessEntry.objects.get(kind="people")
    assert (asked.key, asked.detail) == (str(worker.pk), "核实本人，账号 shiyi：试一")
    assert "已核实为试一本人" in window.get(shown).content.decode()


def test_it_is_undone_with_a_reason_and_at_once(
    window: Client,
    system: User,
    account: User,
    worker: Worker,
    at_screen: Callable[[Any], Client],
) -> None:
    send(window, account, worker)
    own = at_screen(account)
    assert own.get(HOME).status_code == 200
    undo = reverse("admin:users-person-undo", args=[account.pk])
    assert "请填写撤销的原因" in window.post(undo, {"reason": " "}, follow=True).content.decode()
    assert own.get(HOME).status_code == 200
    window.post(undo, {"reason": "证件核对有误"})
    account.refresh_from_db()
    assert account.person is None and own.get(HOME).status_code == 404
    done = AccessEntry.objects.get(about=account, detail__startswith="撤销核实本人")
    assert (done.detail, done.user) == ("撤销核实本人：证件核对有误", system)
    assert "没有对应本人" in window.post(undo, {"reason": "再次"}, follow=True).content.decode()
    assert send(window, account, worker).status_code == 302


@pytest.mark.parametrize("wrong", [{"name": "试三"}, {"document_number": "110101199003070134"}])
def test_nobody_is_found_but_by_document_and_name(
    window: Client, account: User, worker: Worker, wrong: dict[str, str]
) -> None:
    answer = send(window, account, worker, **wrong)
    assert answer.status_code == 422
    assert said(answer) == ["没有查到证件和姓名都与所填一致的人员"]
    account.refresh_from_db()
    assert account.person is None and not Party.objects.filter(kind="person").exists()


def test_asking_is_limited(window: Client, account: User, worker: Worker) -> None:
    for _ in range(IDENTIFYING.of_account):
        send(window, account, worker, name="试三")
    assert "操作过于频繁" in send(window, account, worker).content.decode()
    LimitedAct.objects.update(at=timezone.now() - timedelta(hours=1))
    assert send(window, account, worker).status_code == 302


def test_the_account_must_be_in_the_persons_name(window: Client, worker: Worker) -> None:
    answer = send(window, account_of("试二", "shier"), worker)
    assert said(answer) == ["账号的使用人姓名与证件上的姓名不一致"]
    assert not Party.objects.filter(kind="person").exists()


def test_a_person_has_one_account_and_an_account_one_person(
    window: Client, account: User, worker: Worker
) -> None:
    send(window, account, worker)
    second = account_of("试一", "shiyi2")
    assert said(send(window, second, worker)) == ["此人已有对应的账号，一人只能对应一个账号"]
    other = registry.get_or_add_worker(
        document_type="01", number="110101199003070134", name="试一", sex="1", birth_on=None
    )
    assert said(send(window, account, other)) == ["该账号已经对应另一人，不能改为他人"]
    administering.administer(
        account=account, act="cancel", by=User.objects.get(grants__role="system_administrator")
    )
    assert send(window, second, worker).status_code == 302


@pytest.mark.parametrize("role", ["business_administrator", "auditor", "system_administrator"])
def test_an_administrators_account_is_nobodys_for_other_business(
    window: Client, account: User, worker: Worker, role: str
) -> None:
    Grant.objects.create(user=account, role=role, region_code="220104")
    assert "管理或审计权限" in said(send(window, account, worker))[0]
    shown = window.get(reverse("admin:users-show", args=[account.pk])).content.decode()
    assert reverse("admin:users-person", args=[account.pk]) not in shown


def test_nobody_identifies_themselves(window: Client, system: User, worker: Worker) -> None:
    User.objects.filter(pk=system.pk).update(name="试一", region_code="220104")
    assert "不能对本人的账号" in said(send(window, system, worker))[0]


def test_a_frozen_account_is_not_identified(system: User, account: User, person: Party) -> None:
    administering.administer(account=account, act="freeze", by=system)
    with pytest.raises(AccountProblem, match="冻结"):
        administering.identify_person(account=account, person=person.pk, name="试一", by=system)


def test_a_region_that_is_not_the_administrators_is_refused(
    window: Client, account: User, worker: Worker
) -> None:
    assert said(send(window, account, worker, region_code="150302")) == ["该区划不在您的管辖范围内"]


def test_a_reviewer_who_is_the_person_decides_nothing_of_theirs(
    window: Client, worker: Worker, reviewer: User
) -> None:
    """Who works at a bureau keeps doing so, and has their own matters beside it."""
    User.objects.filter(pk=reviewer.pk).update(name="试一", region_code="220104")
    assert send(window, reviewer, worker).status_code == 302
    reviewer = User.objects.get(pk=reviewer.pk)
    assert reviewer.portal == "bureau" and reviewer.scope.person == worker.pk


_OTHERS = [
    "business_administrator",
    "auditor",
    "reviewer",
    "bureau_supervisor",
    "counter_clerk",
    "employer_operator",
]


@pytest.mark.parametrize("role", [*_OTHERS, "elsewhere", "person"])
def test_for_everybody_else_the_page_does_not_exist(
    role: str,
    make_user: Callable[..., Any],
    at_screen: Callable[[Any], Client],
    employer: Any,
    account: User,
    worker: Worker,
) -> None:
    if role == "elsewhere":
        user = make_user("system_administrator", region_code="150000")
    elif role == "person":
        own = Party.objects.create(kind="person", name="试四", region_code="220104")
        user = identify(user=account_of("试四", "shisi"), person=own.pk, by=None)
    elif role == "employer_operator":
        user = make_user(role, employer=employer)
    else:
        user = make_user(role, region_code="220000")
    other = at_screen(user)
    for name in ("users-person", "users-person-undo"):
        address = reverse(f"admin:{name}", args=[account.pk])
        assert other.post(address, named(worker) | {"reason": "试"}).status_code == 404, name
    assert other.get(reverse("admin:users-person", args=[account.pk])).status_code == 404
    account.refresh_from_db()
    assert account.person is None and not AccessEntry.objects.filter(kind="people").exists()


# --- whose account it is, of those that do not sign in for themselves ----------------------------


def test_an_administrator_s_account_is_known_as_a_person_s_by_their_number(
    window: Client, make_user: Any
) -> None:
    auditor = make_user("auditor", region_code="220104")
    other = make_user("reviewer", region_code="220104")
    for account, said in ((auditor, "已登记使用人"), (other, "同一人不得兼任")):
        place = reverse("admin:users-holder", args=[account.pk])
        page = window.post(place, {"id_number": "110101199003070134"}, follow=True)
        assert said in page.content.decode()
    place = reverse("admin:users-holder", args=[other.pk])
    wrong = window.post(place, {"id_number": "110101199003070135"}, follow=True)
    assert "校验位不正确" in wrong.content.decode()
    assert User.objects.get(pk=other.pk).holder is None
