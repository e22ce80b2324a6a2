"""An inspector who leaves hands over what was drawn for them and is not done (人员调动), to an inspector with
that reach; the draw can be repeated as before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.contracts.making import Hall
from tests.staff.conftest import found_town
from tests.supervision.making import planned, recused
from tests.telling import titles
from yonggong.accounts import administering, granting
from yonggong.accounts.actions import AccountProblem
from yonggong.accounts.models import AccessEntry, User
from yonggong.cases.errors import Refused
from yonggong.supervision import plans, succession
from yonggong.supervision.acting import Hand, Thing, Unfit, acts_on
from yonggong.supervision.models import Inspection

pytestmark = pytest.mark.django_db


@pytest.fixture
def leaver(hall: Hall, inspector: User, make_user: Callable[..., Any]) -> User:
    """One of two inspectors of the county, for both of whom its employer was drawn."""
    planned([inspector, make_user("inspector", region_code="220104")], hall.now)
    return inspector


@pytest.fixture
def heir(leaver: User, make_user: Callable[..., Any]) -> User:
    """An inspector of the whole city, who came after the draw."""
    found: User = make_user("inspector", region_code="220100")
    return found


@pytest.fixture
def system(make_user: Callable[..., Any]) -> User:
    found: User = make_user("system_administrator", region_code="220000")
    return found


def hand_over(hall: Hall, account: User, to: User | None, by: User) -> int:
    return succession.hand_over(
        account=account, to=to, reason="调离岗位", by=by, now=hall.now, address=None
    )


@pytest.mark.parametrize("act", ["freeze", "cancel"])
def test_an_account_with_open_inspections_neither_freezes_nor_ends(
    hall: Hall, leaver: User, heir: User, system: User, act: str
) -> None:
    with pytest.raises(AccountProblem, match="1 户未完成的双随机检查，请先在账号页面移交给同事。"):
        administering.administer(account=leaver, act=act, by=system)
    hand_over(hall, leaver, heir, system)
    administering.administer(account=leaver, act=act, by=system)


def test_nor_does_it_lose_the_role_by_which_it_inspects_there(
    hall: Hall, leaver: User, heir: User, make_user: Callable[..., Any]
) -> None:
    business = make_user("business_administrator", region_code="220000")
    (grant,) = leaver.grants.all()
    with pytest.raises(AccountProblem, match="未完成的双随机检查"):
        granting.revoke(grant=grant, by=business)
    # Another role by which they inspect there is enough; one elsewhere, or of another kind, is not.
    leaver.grants.create(role="inspector", region_code="220102")
    leaver.grants.create(role="bureau_supervisor", region_code="220104")
    with pytest.raises(AccountProblem, match="未完成的双随机检查"):
        granting.revoke(grant=grant, by=business)
    granting.revoke(grant=leaver.grants.get(role="bureau_supervisor"), by=business)
    leaver.grants.create(role="inspector", region_code="220100")
    granting.revoke(grant=grant, by=business)


def test_what_is_done_holds_nobody(hall: Hall, leaver: User, system: User) -> None:
    hand = Hand(by=leaver, now=hall.now, address=None)
    plans.record_result(
        inspection=Inspection.objects.get(), result="fine", on=hand.today, found="一致", hand=hand
    )
    administering.administer(account=leaver, act="freeze", by=system)


def test_it_goes_to_an_inspector_with_that_reach_who_records_the_result(
    hall: Hall, leaver: User, heir: User, system: User
) -> None:
    assert hand_over(hall, leaver, heir, system) == 1
    row = Inspection.objects.get()
    assert heir.pk in row.acting and leaver.pk not in row.acting and len(row.acting) == 2
    assert heir.name in row.names and leaver.name not in row.names
    (act,) = acts_on(Thing.INSPECTION, row.pk)
    assert (act.act, act.by) == ("移交", system) and "调离岗位" in act.said
    said = AccessEntry.objects.filter(about=leaver).latest("pk").detail
    assert said == f"移交 1 户未完成的双随机检查给{heir.name}：调离岗位"
    assert titles(heir) == [f"{leaver.name}未完成的 1 户双随机检查移交给您"]
    given: dict[str, Any] = {
        "inspection": row, "result": "fine", "on": (hall.now + timedelta(days=1)).date(), "found": "一致",
    }  # fmt: skip
    later = hall.now + timedelta(days=2)
    with pytest.raises(Unfit, match=heir.name):
        plans.record_result(**given, hand=Hand(by=leaver, now=later, address=None))
    plans.record_result(**given, hand=Hand(by=heir, now=later, address=None))


def test_the_draw_stays_as_it_was(hall: Hall, leaver: User, heir: User, system: User) -> None:
    made = Inspection.objects.get().plan
    ((row, names),) = plans.drawn_of(made)
    hand_over(hall, leaver, heir, system)
    assert plans.is_proven(made)
    ((now, drawn),) = plans.drawn_of(made)
    assert drawn == names == row.names and heir.name not in drawn and heir.name in now.names


@pytest.mark.parametrize(
    ("role", "region", "state"),
    [
        ("inspector", "220102", "active"),
        ("bureau_supervisor", "220104", "active"),
        ("inspector", "220104", "frozen"),
    ],
)
def test_nobody_else_takes_it(
    hall: Hall,
    leaver: User,
    system: User,
    make_user: Callable[..., Any],
    role: str,
    region: str,
    state: str,
) -> None:
    other = make_user(role, region_code=region)
    User.objects.filter(pk=other.pk).update(state=state)
    for to in (other, leaver, None):
        with pytest.raises(AccountProblem, match="接替人须是"):
            hand_over(hall, leaver, to, system)


def test_nor_who_inspects_there_already_or_keeps_out(
    hall: Hall, leaver: User, heir: User, system: User
) -> None:
    row = Inspection.objects.get()
    beside = User.objects.get(pk__in=set(row.acting) - {leaver.pk})
    recused(hall.employer, Hand(by=heir, now=hall.now, address=None))
    for to in (beside, heir):
        with pytest.raises(AccountProblem, match="请另选接替人"):
            hand_over(hall, leaver, to, system)
    assert Inspection.objects.get().acting == row.acting


def test_on_the_page_of_the_account(
    hall: Hall, leaver: User, heir: User, system: User, at_screen: Callable[[Any], Client]
) -> None:
    screen = at_screen(system)
    shown, place = (
        reverse(f"admin:users-{name}", args=[leaver.pk]) for name in ("show", "hand-over")
    )
    page = screen.get(shown).content.decode()
    assert "未完成的双随机检查（1 户）" in page and heir.username in page
    assert "接替人须是在同一辖区有监察员角色的在用账号" in page
    sent = {"work": "inspections", "to": heir.pk, "reason": "调离"}
    refused = screen.post(place, sent | {"to": ""}, follow=True).content.decode()
    assert "接替人须是在同一辖区有监察员角色的在用账号" in refused
    assert "已移交 1 户" in screen.post(place, sent, follow=True).content.decode()
    assert heir.pk in Inspection.objects.get().acting
    assert screen.post(place, sent | {"work": "nothing"}).status_code == 404


def test_an_application_to_end_the_account_names_who_takes_them(
    make_user: Callable[..., Any], make_employer: Callable[..., Any], now: Any
) -> None:
    town = found_town(make_user, now)
    make_employer(region_code="140105")
    team = [make_user("inspector", region_code="140105") for _ in range(2)]
    planned(team, now, conditions=plans.Conditions(region="140105"))
    heir = make_user("inspector", region_code="140105")
    asked = {"act": "4", "username": team[0].username}
    for named, said in (
        ("", "须由在同一辖区有监察员角色的在用账号接替"),
        (town.applicant.username, "该账号不能接替"),
        ("nobody", "本机构没有"),
    ):
        with pytest.raises(Refused) as refused:
            town.apply(**asked, successor=named)
        (problem,) = refused.value.problems
        assert problem.field == "successor" and said in problem.message
    town.approve(town.apply(**asked, successor=heir.username))
    team[0].refresh_from_db()
    assert team[0].state == "cancelled"
    assert set(Inspection.objects.get().acting) == {team[1].pk, heir.pk}


def test_with_nothing_to_do_whoever_may_take_over_takes_nothing(
    make_user: Callable[..., Any], now: Any
) -> None:
    town = found_town(make_user, now)
    leaver, heir = (make_user("inspector", region_code="140105") for _ in range(2))
    town.approve(town.apply(act="4", username=leaver.username, successor=heir.username))
    leaver.refresh_from_db()
    assert leaver.state == "cancelled" and titles(heir) == []


def test_the_administrator_is_told_at_home_of_who_was_frozen_with_some_to_do(
    leaver: User, heir: User, system: User, at_screen: Callable[[Any], Client]
) -> None:
    screen = at_screen(system)
    home, told = reverse("admin:home"), "<strong>{}</strong><span>已停用、工作未移交的账号</span>"
    shown, place = (
        reverse(f"admin:users-{name}", args=[leaver.pk]) for name in ("show", "hand-over")
    )
    assert told.format(0) in screen.get(home).content.decode()
    assert "无人办理" not in screen.get(shown).content.decode()
    administering.freeze_unused(account=leaver, said="连续90日未使用，系统冻结")
    assert told.format(1) in screen.get(home).content.decode()
    listed = screen.get(reverse("admin:users"), {"left": "1"}).content.decode()
    assert leaver.username in listed and heir.username not in listed
    assert "该账号已冻结，其名下未完成的双随机检查无人办理" in screen.get(shown).content.decode()
    screen.post(place, {"work": "inspections", "to": heir.pk, "reason": "长期未使用"})
    assert told.format(0) in screen.get(home).content.decode()
