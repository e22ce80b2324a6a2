"""Power over accounts ends at its region, and over those who watch nobody has it alone (SX-5)."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from yonggong.accounts import actions, administering, granting
from yonggong.accounts.actions import AccountProblem
from yonggong.accounts.models import AccessEntry, AskedAct, Grant, User
from yonggong.accounts.queries import (
    access_log_visible_to,
    asked_acts_visible_to,
    users_visible_to,
)
from yonggong.accounts.roles import ADMINISTRATIVE, ROLES

pytestmark = pytest.mark.django_db

PROVINCE, CITY, COUNTY, ELSEWHERE = "220000", "220100", "220104", "150000"
OTHERS = sorted(set(ROLES) - ADMINISTRATIVE - {"employer_operator"})
ACTS = ["freeze", "cancel", "unlock", "reset"]


@pytest.fixture
def of(make_user: Callable[..., Any]) -> Callable[..., User]:
    """Somebody of an administrative role in the province, or in another region."""

    def make(role: str, region_code: str = PROVINCE) -> User:
        found: User = make_user(role, region_code=region_code)
        return found

    return make


def decide(asked: AskedAct, by: User, *, agreed: bool = True) -> str:
    return administering.decide(asked=asked, agreed=agreed, by=by, now=timezone.now())


def state_of(user: User) -> str:
    return User.objects.get(pk=user.pk).state


# --- roles that one account must not unite --------------------------------------------------


@pytest.mark.parametrize(
    ("held", "wanted"),
    [
        *permutations(sorted(ADMINISTRATIVE), 2),
        *((held, wanted) for held in sorted(ADMINISTRATIVE) for wanted in OTHERS),
        *((held, wanted) for held in OTHERS for wanted in sorted(ADMINISTRATIVE)),
    ],
)
def test_power_over_accounts_is_united_with_nothing(
    of: Callable[..., User], held: str, wanted: str
) -> None:
    user = of(held)
    with pytest.raises(AccountProblem, match="不得兼任"):
        granting.grant(user=user, role=wanted, region_code=PROVINCE, by=None)
    assert user.grants.count() == 1


def test_business_roles_may_be_united(of: Callable[..., User]) -> None:
    user = of("reviewer")
    granting.grant(user=user, role="bureau_supervisor", region_code=PROVINCE, by=None)
    assert user.grants.count() == 2


# --- acts on those who administer and watch ------------------------------------------------------


@pytest.mark.parametrize("role", sorted(ADMINISTRATIVE))
@pytest.mark.parametrize("act", ACTS)
def test_nobody_acts_alone_on_an_administrator_or_auditor(
    of: Callable[..., User], role: str, act: str
) -> None:
    account, system = of(role), of("system_administrator")
    with pytest.raises(AccountProblem, match="提出申请"):
        administering.administer(account=account, act=act, by=system)
    assert state_of(account) == "active"


def test_what_was_asked_is_done_when_another_power_agrees(of: Callable[..., User]) -> None:
    account, system, auditor = (
        of("business_administrator"),
        of("system_administrator"),
        of("auditor"),
    )
    before = account.password
    asked = administering.ask(account=account, act="reset", reason="忘记密码", by=system)
    account.refresh_from_db()
    assert account.password == before
    password = decide(asked, auditor)
    account.refresh_from_db()
    assert account.check_password(password) and account.must_change_password
    said = AccessEntry.objects.filter(about=account).order_by("pk").values_list("detail", "user")
    assert list(said) == [("申请重置密码：忘记密码", system.pk), ("重置密码", auditor.pk)]


def test_those_who_manage_accounts_do_not_agree_to_each_other(of: Callable[..., User]) -> None:
    account, system, other = (
        of("auditor"),
        of("system_administrator"),
        of("system_administrator"),
    )
    of("auditor")
    asked = administering.ask(account=account, act="freeze", reason="离岗", by=system)
    for person in (system, other):
        with pytest.raises(AccountProblem, match="其他权限"):
            decide(asked, person)
    assert state_of(account) == "active"


def test_nobody_decides_what_concerns_themselves_or_another_region(
    of: Callable[..., User],
) -> None:
    account, system = of("business_administrator"), of("system_administrator")
    asked = administering.ask(account=account, act="reset", reason="忘记", by=system)
    for person in (account, of("auditor", ELSEWHERE), of("auditor", CITY)):
        assert not asked_acts_visible_to(person).exists()
        with pytest.raises(AskedAct.DoesNotExist):
            decide(asked, person)


def test_the_database_refuses_one_person_as_two(of: Callable[..., User]) -> None:
    account, system = of("auditor"), of("system_administrator")
    with pytest.raises(IntegrityError, match="asked_act_by_two_others"):
        AskedAct.objects.create(
            account=account, act="freeze", reason="离岗", asked_by=system,
            decided_by=system, decided_at=timezone.now(), agreed=True,
        )  # fmt: skip


def test_one_thing_is_asked_at_a_time_and_decided_once(of: Callable[..., User]) -> None:
    account, system, business = (
        of("auditor"),
        of("system_administrator"),
        of("business_administrator"),
    )
    asked = administering.ask(account=account, act="reset", reason="忘记", by=system)
    with pytest.raises(AccountProblem, match="已有一项申请"):
        administering.ask(account=account, act="unlock", reason="锁定", by=system)
    assert decide(asked, business, agreed=False) == ""
    with pytest.raises(AccountProblem, match="已经办理"):
        decide(asked, business)


def test_a_request_says_why(of: Callable[..., User]) -> None:
    with pytest.raises(AccountProblem, match="原因"):
        administering.ask(
            account=of("auditor"), act="reset", reason="  ", by=of("system_administrator")
        )


# --- the last of a kind ---------------------------------------------------------------------


@pytest.mark.parametrize("role", sorted(ADMINISTRATIVE))
@pytest.mark.parametrize("act", ["freeze", "cancel"])
def test_the_last_of_a_kind_cannot_go(of: Callable[..., User], role: str, act: str) -> None:
    system = of("system_administrator")
    # One of a city is not enough for the province; one who is frozen is none.
    account, city, frozen = of(role), of(role, CITY), of(role)
    User.objects.filter(pk=frozen.pk).update(state="frozen")
    if role == "system_administrator":
        User.objects.filter(pk=system.pk).update(state="frozen")
    with pytest.raises(AccountProblem, match="唯一的"):
        administering.ask(account=account, act=act, reason="离岗", by=system)
    administering.ask(account=city, act=act, reason="离岗", by=system)


def test_the_last_grant_of_a_kind_is_not_taken_away(of: Callable[..., User]) -> None:
    business, auditor = of("business_administrator"), of("auditor")
    with pytest.raises(AccountProblem, match="唯一的业务审计员"):
        granting.revoke(grant=auditor.grants.get(), by=business)
    of("auditor")
    granting.revoke(grant=auditor.grants.get(), by=business)
    assert not auditor.grants.exists()


# --- whose an account is --------------------------------------------------------------------------


def test_an_account_without_grants_belongs_to_the_region_that_made_it(
    of: Callable[..., User],
) -> None:
    made = actions.create_user(
        username="xinren", name="试新人", password="Yonggong-2026",
        region_code="150300", by=of("system_administrator", ELSEWHERE),
    )  # fmt: skip
    for role in ("system_administrator", "business_administrator"):
        assert made in users_visible_to(of(role, ELSEWHERE))
        assert made not in users_visible_to(of(role))


def test_an_account_with_a_grant_elsewhere_is_for_an_administrator_above_both(
    of: Callable[..., User],
) -> None:
    made = of("reviewer", COUNTY)
    User.objects.filter(pk=made.pk).update(region_code=COUNTY)
    Grant.objects.create(user=made, role="reviewer", region_code="220102")
    assert made in users_visible_to(of("system_administrator", CITY))
    assert made not in users_visible_to(of("system_administrator", COUNTY))


def test_an_administrator_makes_accounts_of_their_own_region_only(
    of: Callable[..., User], at_screen: Callable[[Any], Client]
) -> None:
    client = at_screen(of("system_administrator"))
    person = {"username": "xinren", "name": "试新人", "mobile": "16012345678"}
    answer = client.post(reverse("admin:users-add"), person | {"region_code": "150302"})
    assert answer.status_code == 422 and "不在您的管辖范围内" in answer.content.decode()
    client.post(reverse("admin:users-add"), person | {"region_code": COUNTY})
    client.post(reverse("admin:users-add"), person | {"username": "laoren"})
    assert dict(User.objects.filter(name="试新人").values_list("username", "region_code")) == {
        "xinren": COUNTY,
        "laoren": PROVINCE,
    }


# --- the log --------------------------------------------------------------------------------------


def test_the_log_is_seen_by_whose_account_it_is_about(of: Callable[..., User]) -> None:
    """Somebody of another province acted on an account of this one: its auditor sees it."""
    account, stranger = of("reviewer", COUNTY), of("system_administrator", ELSEWHERE)
    administering.administer(account=account, act="freeze", by=stranger)
    for region, count in ((PROVINCE, 1), (ELSEWHERE, 1), ("140000", 0)):
        seen = access_log_visible_to(of("auditor", region)).filter(about=account)
        assert seen.count() == count


def test_what_nobody_did_to_an_account_is_seen_where_the_account_is(
    of: Callable[..., User],
) -> None:
    """As registering oneself; what was tried on no account, or on one that is nowhere, every auditor sees."""
    account, nowhere = of("reviewer", COUNTY), User.objects.create(username="nowhere", name="试")
    for about in (account, nowhere, None):
        actions.record(
            AccessEntry.Kind.ACCOUNT, "账号 试", "注册", by=None, about=about, address=None
        )
    for region, count in ((PROVINCE, 3), (ELSEWHERE, 2)):
        assert access_log_visible_to(of("auditor", region)).filter(detail="注册").count() == count


def test_a_grant_is_logged_with_where_it_holds(of: Callable[..., User], agency: Any) -> None:
    user = of("bureau_supervisor")
    granting.grant(user=user, role="reviewer", region_code=COUNTY, agency_id=agency.pk, by=None)
    said = AccessEntry.objects.get(about=user).detail
    assert said == f"授予角色 审核员，{agency.name}"


def test_the_log_is_found_by_operator_number_and_address(
    of: Callable[..., User], at_screen: Callable[[Any], Client]
) -> None:
    who = of("reviewer", COUNTY)
    for number, address in (("LDHT20261128000001", "10.1.1.1"), ("LDHT20261128000002", "10.1.1.2")):
        actions.record_access(f"劳动合同新订备案 {number}", "试某", by=who, address=address)
    client = at_screen(of("auditor"))
    for asked, count in (
        ({"account": who.username}, 2),
        ({"key": "LDHT20261128000002"}, 1),
        ({"key": "ldht20261128"}, 2),
        ({"address": "10.1.1.1"}, 1),
        ({"address": "10.9.9.9"}, 0),
    ):
        page = client.get(reverse("admin:log"), {"kind": "personal", **asked})
        assert page.context["page"].total == count, asked
