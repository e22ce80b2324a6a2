"""Accounts as cases (SX-5): applied for, opined on in order, each at its own level; created by one, granted
by another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.staff.conftest import ANSWERS, ID_NUMBER, Town
from yonggong.accounts import granting, holders
from yonggong.accounts.actions import AccountProblem
from yonggong.accounts.models import User
from yonggong.cases import queries as case_queries
from yonggong.cases.errors import Forbidden, Refused
from yonggong.cases.models import Case
from yonggong.cases.procedure import Outcome
from yonggong.documents.models import Document
from yonggong.documents.queries import pdf_of
from yonggong.registry.actions import id_card_digest
from yonggong.registry.models import Agency, AgencyItem
from yonggong.reminders.models import Message
from yonggong.staff import orders
from yonggong.staff.existing import account_named
from yonggong.staff.models import Order
from yonggong.staff.queries import orders_visible_to, waiting_for

pytestmark = pytest.mark.django_db


def refused_at(town: Town, **changed: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        town.apply(**changed)
    return [problem.field for problem in refused.value.problems]


def create(town: Town, order: Order, by: User | None = None) -> User:
    account, _ = orders.create(
        order=order, username="xiaodian1", by=by or town.system, now=town.now, address=None
    )
    return account


def grant(
    town: Town,
    order: Order,
    by: User | None = None,
    role: str = "reviewer",
    instead_of: Sequence[int] = (),
) -> Order:
    return orders.grant(
        order=order,
        role=role,
        by=by or town.granter,
        now=town.now,
        address=None,
        instead_of=instead_of,
    )


def known(account: User) -> User:
    """The account, once it is noted whose it is."""
    holders.issue(account=account, digest=id_card_digest(ID_NUMBER), by=None)
    return User.objects.get(pk=account.pk)


def told(user: User) -> list[str]:
    return list(Message.objects.filter(user=user).values_list("title", flat=True))


# --- the opinions --------------------------------------------------------------------------


def test_three_give_their_opinions_in_order_each_at_its_own_agency(town: Town) -> None:
    case = town.apply()
    others = {town.head, town.business, town.information}
    for actor, agency in (
        (town.head, town.county), (town.business, town.city), (town.information, town.keepers),
    ):  # fmt: skip
        assert Case.objects.get(pk=case.pk).acting_agency == agency
        for other in others - {actor}:
            with pytest.raises(Forbidden):
                town.opine(case, other)
        case = town.opine(case, actor)
    assert case.state == "approved"
    assert list(case.steps.order_by("position").values_list("key", flat=True)) == [
        "head", "business", "information",
    ]  # fmt: skip


def test_the_head_of_another_county_or_of_the_city_gives_none(
    town: Town, make_user: Callable[..., Any]
) -> None:
    case = town.apply()
    for region in ("140106", "140100"):
        with pytest.raises(Forbidden):
            town.opine(case, make_user("bureau_supervisor", region_code=region))


def test_no_opinion_is_given_elsewhere_by_handing_the_case_on(town: Town) -> None:
    case = town.apply()
    for opiner in (town.head, town.business, town.information):
        assert not case_queries.may_transfer(opiner, case)
        assert not case_queries.may_transfer(town.applicant, case)
        case = town.opine(case, opiner)


@pytest.mark.parametrize("applied", ["of rights", "anew"])
def test_nobody_says_yes_to_what_they_would_get_themselves(
    town: Town, make_user: Callable[..., Any], applied: str
) -> None:
    if applied == "of rights":
        case = town.apply(act="5", username=town.head.username, role="inspector", reason="兼任监察")
    else:
        town.head = known(town.head)
        case = town.apply(role="inspector")
    with pytest.raises(Forbidden, match="当事人"):
        town.opine(case, town.head)
    town.opine(case, make_user("bureau_supervisor", region_code="140105"))


def test_returned_it_is_mended_and_goes_to_the_same_step(town: Town) -> None:
    case = town.opine(
        town.opine(town.apply(), town.head), town.business, Outcome.RETURN, "写明范围"
    )
    case = town.apply(case, rights="小店区劳动用工备案审核、查询")
    assert case.acting_agency == town.city and not Order.objects.exists()


def test_refused_nothing_is_ordered(town: Town) -> None:
    case = town.opine(town.apply(), town.head, Outcome.REFUSE, "没有编制")
    assert case.state == "refused" and not Order.objects.exists()


def test_where_nobody_keeps_the_systems_it_is_told_at_once(town: Town) -> None:
    AgencyItem.objects.all().delete()
    with pytest.raises(Refused, match="信息化"):
        town.apply()


# --- what is refused -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"id_number": ""}, "id_number"),
        ({"rights": ""}, "rights"),
        ({"role": ""}, "role"),
        ({"act": "2", "username": "nobody"}, "username"),
    ],
)
def test_what_the_sheet_must_say(town: Town, changed: dict[str, Any], field: str) -> None:
    assert field in refused_at(town, **changed)


def test_an_account_of_another_agency_is_unknown_here(town: Town) -> None:
    for other in (town.business, town.system):
        assert refused_at(town, act="2", username=other.username) == ["username"]


def test_nobody_applies_for_their_own_account_or_for_themselves(town: Town) -> None:
    assert refused_at(town, act="5", username=town.applicant.username) == ["username"]
    holders.issue(account=town.applicant, digest=id_card_digest(ID_NUMBER), by=None)
    town.applicant = User.objects.get(pk=town.applicant.pk)
    assert refused_at(town) == ["id_number"]


def test_who_has_an_account_of_another_kind_is_told_of_when_it_is_applied_for(
    town: Town, make_user: Callable[..., Any]
) -> None:
    auditor = make_user("auditor", region_code="140100")
    holders.issue(account=auditor, digest=id_card_digest(ID_NUMBER), by=None)
    assert refused_at(town) == ["branch"]
    assert town.apply(branch="audit", role="").pk


# --- what approval does ----------------------------------------------------------------------


def test_one_creates_another_grants_and_the_new_one_is_known_by_their_number(town: Town) -> None:
    town.approve(town.apply())
    order = Order.objects.get()
    assert [list(waiting_for(one)) for one in (town.system, town.granter)] == [[order], []]
    assert orders.role_asked(order) == "reviewer"
    assert told(town.system) == ["有账号申请待创建账号"] and told(town.granter) == []
    account = create(town, order)
    assert account.must_change_password and not account.grants.exists()
    assert account.holder == holders.Holder.objects.get(digest=id_card_digest(ID_NUMBER))
    assert [list(waiting_for(one)) for one in (town.system, town.granter)] == [[], [order]]
    assert told(town.granter) == ["有账号申请待分配权限"]
    grant(town, order)
    held = account.grants.get()
    assert (held.role, held.agency, held.region_code) == ("reviewer", town.county, "140105")
    assert Order.objects.get().state == "done"
    assert told(account) == ["已为您分配权限：审核员"]


def test_neither_does_the_other_s_and_nothing_is_done_twice(town: Town) -> None:
    town.approve(town.apply())
    order = Order.objects.get()
    with pytest.raises(AccountProblem, match="管辖"):
        create(town, order, by=town.granter)
    create(town, order)
    with pytest.raises(AccountProblem, match="已由他人办理"):
        create(town, order)
    with pytest.raises(AccountProblem, match="管辖"):
        grant(town, order, by=town.system)
    with pytest.raises(AccountProblem, match="账号类别"):
        grant(town, order, role="auditor")


def test_the_database_refuses_one_who_does_both(town: Town) -> None:
    town.approve(town.apply())
    create(town, Order.objects.get())
    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.update(state="done", granted_by=town.system, granted_at=town.now)


def test_who_meanwhile_got_another_power_is_not_given_this_one(
    town: Town, make_user: Callable[..., Any]
) -> None:
    town.approve(town.apply())
    order = Order.objects.get()
    create(town, order)
    other = User.objects.create(username="other", name="试一")
    holders.issue(account=other, digest=id_card_digest(ID_NUMBER), by=None)
    granting.grant(user=other, role="auditor", region_code="140100", by=None)
    with pytest.raises(AccountProblem, match="同一人不得兼任"):
        grant(town, order)


@pytest.mark.parametrize("region", ["140106", "140200", "150000"])
def test_orders_do_not_exist_beyond_an_administrator_s_region(
    town: Town, make_user: Callable[..., Any], region: str
) -> None:
    town.approve(town.apply())
    for role in ("system_administrator", "business_administrator"):
        assert not orders_visible_to(make_user(role, region_code=region)).exists()


@pytest.mark.parametrize(
    ("act", "before", "after"),
    [("2", "active", "frozen"), ("3", "frozen", "active"), ("4", "active", "cancelled")],
)
def test_freezing_unfreezing_and_cancelling_take_effect_with_the_last_opinion(
    town: Town, make_user: Callable[..., Any], act: str, before: str, after: str
) -> None:
    account = make_user("reviewer", agency=town.county, region_code="140105")
    User.objects.filter(pk=account.pk).update(state=before)
    case = town.apply(act=act, username=account.username)
    case = town.opine(town.opine(case, town.head), town.business)
    account.refresh_from_db()
    assert account.state == before
    town.opine(case, town.information)
    account.refresh_from_db()
    assert account.state == after and not Order.objects.exists()


def test_a_change_of_rights_waits_for_the_business_administrator(
    town: Town, make_user: Callable[..., Any]
) -> None:
    account = known(make_user("reviewer", agency=town.county, region_code="140105"))
    town.approve(town.apply(act="5", username=account.username, role="counter_clerk"))
    order = Order.objects.get()
    assert (order.state, order.account) == ("grant", account)
    grant(town, order, role="counter_clerk")
    assert set(account.grants.values_list("role", flat=True)) == {"reviewer", "counter_clerk"}


def test_a_change_of_rights_takes_away_what_the_new_role_is_instead_of(
    town: Town, make_user: Callable[..., Any]
) -> None:
    account = known(make_user("reviewer", agency=town.county, region_code="140105"))
    before, other = account.grants.get(), town.applicant.grants.get()
    town.approve(town.apply(act="5", username=account.username, role="counter_clerk"))
    order = Order.objects.get()
    grant(town, order, role="counter_clerk", instead_of=[before.pk, other.pk])
    assert set(account.grants.values_list("role", flat=True)) == {"counter_clerk"}
    assert town.applicant.grants.exists(), "of this account alone"


def test_who_holds_a_role_in_the_agency_s_region_is_of_it_too(
    town: Town, make_user: Callable[..., Any]
) -> None:
    """A head's, an inspector's, an administrator's account is applied for as any; those of the city and
    of another county are not the county's to name."""
    for role in ("bureau_supervisor", "inspector", "system_administrator", "auditor"):
        for region in ("140105", "140100", "140106"):
            theirs = make_user(role, region_code=region)
            named = account_named(theirs.username, town.county.pk)
            assert named == (theirs if region == "140105" else None)


def test_an_administrator_s_account_is_cancelled_by_application(
    town: Town, make_user: Callable[..., Any]
) -> None:
    make_user("security_officer", region_code="140105")
    account = make_user("security_officer", region_code="140105")
    town.approve(town.apply(act="4", username=account.username))
    account.refresh_from_db()
    assert account.state == "cancelled"


def test_a_community_platform_names_only_who_works_there(
    town: Town, make_user: Callable[..., Any]
) -> None:
    town.county.level = Agency.Level.COMMUNITY
    town.county.save()
    assert refused_at(town, act="2", username=town.head.username) == ["username"]
    clerk = make_user("counter_clerk", agency=town.county, region_code="140105")
    assert town.apply(act="2", username=clerk.username).pk


# --- the sheet --------------------------------------------------------------------------------


def test_the_official_sheet_is_kept_with_its_opinions(town: Town) -> None:
    case = town.approve(town.apply())
    paper = Document.objects.get(kind="account.sheet")
    assert paper.heading == "山西省人力资源和社会保障业务系统账号申请（变更）单"
    assert (paper.applicant_id, paper.page_count) == (town.county.pk, 1)
    assert pdf_of(paper).startswith(b"%PDF") and paper.number.startswith("ZH140105")
    assert case.steps.count() == 3


def test_its_title_is_the_province_s(town: Town) -> None:
    from yonggong import policy

    titles = {
        place: policy.of(place, town.now.date()).text("account_sheet")
        for place in ("140105", "220104")
    }
    assert titles["140105"].startswith("山西省") and not titles["220104"].startswith("山西省")


def test_personal_data_of_the_application_is_masked(town: Town) -> None:
    case = town.apply()
    assert ID_NUMBER not in str(case.version.data) and ANSWERS["mobile"] not in str(
        case.version.data
    )
