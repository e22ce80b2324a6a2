"""Nobody unites two of the powers over accounts, nor one of them and business, over all the accounts they
have (SX-5): refused by the acts, and by the database whatever the acts say."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from yonggong.accounts import administering, granting, holders
from yonggong.accounts.actions import AccountProblem
from yonggong.accounts.models import Grant, Holder, User
from yonggong.accounts.roles import BRANCHES, ROLES, Branch
from yonggong.vault import digest

pytestmark = pytest.mark.django_db
PROVINCE, CITY, COUNTY, NEIGHBOUR, ELSEWHERE = "220000", "220100", "220104", "220202", "150000"
DOCUMENT = digest("220104199003072134")

# One role of each branch; of business each that is given.
OF_BRANCH = {role.branch: role.key for role in ROLES.values() if role.key != "employer_operator"}
APART = list(permutations(Branch, 2))


@pytest.fixture
def account(db: None) -> Callable[..., User]:
    """An account without any role, issued to the person of the document."""

    def make(*, of: bytes | None = DOCUMENT, region_code: str = COUNTY) -> User:
        number = User.objects.count()
        made = User.objects.create(username=f"user{number}", name="试一", region_code=region_code)
        if of is not None:
            holders.issue(account=made, digest=of, by=None)
        return User.objects.get(pk=made.pk)

    return make


def give(user: User, branch: Branch, region_code: str = COUNTY, by: User | None = None) -> Grant:
    return granting.grant(user=user, role=OF_BRANCH[branch], region_code=region_code, by=by)


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_every_kind_of_account_of_the_sheet_is_a_branch() -> None:
    assert list(BRANCHES.values()) == [
        "系统管理员", "业务管理员", "系统安全员", "业务审计员", "业务操作员",
    ]  # fmt: skip
    assert set(OF_BRANCH) == set(Branch)
    business = {key for key, role in ROLES.items() if role.branch is Branch.BUSINESS}
    assert business == {
        "employer_operator", "reviewer", "bureau_supervisor", "counter_clerk", "inspector",
    }  # fmt: skip


@pytest.mark.parametrize(("held", "wanted"), APART)
def test_one_person_does_not_unite_two_branches_in_two_accounts(
    account: Callable[..., User], held: Branch, wanted: Branch
) -> None:
    give(account(), held)
    other = account()
    with pytest.raises(AccountProblem, match="同一人不得兼任"):
        give(other, wanted)
    assert not other.grants.exists()
    give(other, held)  # a second account for the same is no matter


@pytest.mark.parametrize(("held", "wanted"), APART)
def test_who_an_account_is_cannot_unite_two_branches_afterwards(
    account: Callable[..., User], held: Branch, wanted: Branch
) -> None:
    give(account(), held)
    other = account(of=None)
    give(other, wanted)
    with pytest.raises(AccountProblem, match="同一人不得兼任"):
        holders.issue(account=other, digest=DOCUMENT, by=None)
    assert fresh(other).holder is None


@pytest.mark.parametrize(("held", "wanted"), APART)
def test_the_database_refuses_both_whatever_the_acts_say(
    account: Callable[..., User], held: Branch, wanted: Branch
) -> None:
    first, second = account(), account()
    give(first, held)
    for user in (first, second):
        with pytest.raises(IntegrityError), transaction.atomic():
            Grant.objects.create(user=user, role=OF_BRANCH[wanted], region_code=COUNTY)


def test_the_database_refuses_a_holder_or_an_account_whose_branch_is_not_that_of_the_grants(
    account: Callable[..., User],
) -> None:
    user = account()
    give(user, Branch.AUDIT)
    for wrong in (
        "UPDATE accounts_holder SET branch = 'create'",
        "UPDATE accounts_holder SET branch = NULL",
        "UPDATE accounts_user SET branch = NULL",
        "UPDATE accounts_grant SET role = 'reviewer'",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(wrong)


def test_who_gives_a_power_up_may_be_given_another(
    account: Callable[..., User], make_user: Callable[..., Any]
) -> None:
    user, business = account(), make_user("business_administrator", region_code=PROVINCE)
    make_user("auditor", region_code=COUNTY)
    granting.revoke(grant=give(user, Branch.AUDIT), by=business)
    assert Holder.objects.get().branch is None
    give(account(), Branch.CREATE)
    with pytest.raises(AccountProblem, match="系统管理员账号"):
        give(fresh(user), Branch.AUDIT)


def test_an_account_that_is_cancelled_forbids_nobody_anything(
    account: Callable[..., User], make_user: Callable[..., Any]
) -> None:
    user, system = account(), make_user("system_administrator", region_code=PROVINCE)
    give(user, Branch.BUSINESS)
    administering.administer(account=user, act="cancel", by=system)
    assert fresh(user).holder is None
    give(account(), Branch.AUDIT)


def test_an_account_is_not_handed_to_somebody_else(account: Callable[..., User]) -> None:
    with pytest.raises(AccountProblem, match="另一人"):
        holders.issue(account=account(), digest=digest("another"), by=None)


# --- nobody grants themself anything; power ends at its region -----------------------------------


@pytest.mark.parametrize("branch", list(Branch))
def test_nobody_grants_themself_anything_by_whichever_account(
    account: Callable[..., User], branch: Branch
) -> None:
    granter, other = account(), account()
    give(granter, Branch.GRANT, PROVINCE)
    for own in (granter, other):
        with pytest.raises(AccountProblem, match="本人"):
            give(fresh(own), branch, by=fresh(granter))


def test_nobody_takes_from_or_acts_on_their_own_other_account(
    account: Callable[..., User],
) -> None:
    granter, other = account(), account()
    give(granter, Branch.GRANT, PROVINCE)
    held = give(other, Branch.GRANT, PROVINCE)
    with pytest.raises(AccountProblem, match="本人"):
        granting.revoke(grant=held, by=fresh(granter))
    with pytest.raises(AccountProblem, match="本人"):
        administering.freeze_in_emergency(account=other, reason="试", by=fresh(granter))


@pytest.mark.parametrize("branch", list(Branch))
@pytest.mark.parametrize(
    ("region", "allowed"), [(CITY, True), (COUNTY, True), (PROVINCE, False), (NEIGHBOUR, False),
                            (ELSEWHERE, False)],
)  # fmt: skip
def test_what_is_granted_ends_at_the_granter_s_region(
    account: Callable[..., User],
    make_user: Callable[..., Any],
    branch: Branch,
    region: str,
    allowed: bool,
) -> None:
    user, city = account(), make_user("business_administrator", region_code=CITY)
    if allowed:
        assert give(user, branch, region, by=city).pk
    else:
        with pytest.raises(AccountProblem, match="管辖范围"):
            give(user, branch, region, by=city)


# --- the security officer -----------------------------------------------------------------------


def test_the_officer_freezes_at_once_even_an_administrator_and_ends_sessions(
    account: Callable[..., User], make_user: Callable[..., Any]
) -> None:
    officer = make_user("security_officer", region_code=PROVINCE)
    make_user("system_administrator", region_code=PROVINCE)
    user = account()
    give(user, Branch.CREATE)
    administering.end_sessions(account=user, reason="异地登录", by=officer)
    assert fresh(user).session_epoch == 1 and fresh(user).is_active
    administering.freeze_in_emergency(account=user, reason="口令泄露", by=officer)
    assert fresh(user).state == "frozen" and fresh(user).session_epoch == 2
    for act in (administering.end_sessions, administering.freeze_in_emergency):
        with pytest.raises(AccountProblem, match="原因"):
            act(account=account(), reason=" ", by=officer)


def test_the_last_of_a_kind_is_not_frozen_even_then(make_user: Callable[..., Any]) -> None:
    officer = make_user("security_officer", region_code=PROVINCE)
    last = make_user("business_administrator", region_code=PROVINCE)
    with pytest.raises(AccountProblem, match="唯一"):
        administering.freeze_in_emergency(account=last, reason="口令泄露", by=officer)
