"""What grants reach: regions with what lies below them, agencies, employers. No database."""

from __future__ import annotations

import pytest

from yonggong.accounts.roles import ADMINISTRATIVE, AT_COUNTER, ROLES, Power
from yonggong.accounts.scope import NOBODY, Scope, reach


def scope(*grants: tuple[str, str, int | None, int | None]) -> Scope:
    """The scope of somebody with grants of (role, region, agency, party)."""
    return Scope(1, tuple(reach(role, region=r, agency=a, party=e) for role, r, a, e in grants))


COUNTY_REVIEWER = ("reviewer", "220104", 7, None)
CITY_SUPERVISOR = ("bureau_supervisor", "220100", None, None)
OPERATOR = ("employer_operator", "", None, 3)
CLERK = ("counter_clerk", "220104", 8, None)


@pytest.mark.parametrize(
    ("held", "region", "covered"),
    [
        ("220104", "220104", True),
        ("220104", "220102", False),
        ("220104", "220100", False),
        ("220100", "220104", True),
        ("220100", "220100", True),
        ("220100", "220200", False),
        ("220000", "222426", True),
        ("220000", "210104", False),
    ],
)
def test_a_region_covers_what_lies_below_it_and_nothing_above(
    held: str, region: str, covered: bool
) -> None:
    supervisor = scope(("bureau_supervisor", held, None, None))
    assert supervisor.covers(region, Power.SUPERVISE) is covered


@pytest.mark.parametrize(
    ("power", "covered"),
    [(Power.SEE_REGION, True), (Power.SUPERVISE, True), (Power.SEE_PERSONAL, False)],
)
def test_a_power_holds_only_where_its_own_grant_holds(power: Power, covered: bool) -> None:
    both = scope(COUNTY_REVIEWER, CITY_SUPERVISOR)
    assert both.covers("220102", power) is covered
    assert both.covers("220104", Power.SEE_PERSONAL)


@pytest.mark.parametrize(
    ("held", "powers", "agencies", "employers"),
    [
        (COUNTY_REVIEWER, (Power.REVIEW,), {7}, set()),
        (COUNTY_REVIEWER, (Power.FILE,), set(), set()),
        (OPERATOR, (Power.FILE,), set(), {3}),
        (OPERATOR, (Power.REVIEW,), set(), set()),
        (CLERK, (Power.FILE_FOR_OTHERS,), {8}, set()),
        (CLERK, (Power.REVIEW,), set(), set()),
        (CLERK, (), {8}, set()),
    ],
)
def test_agencies_and_employers_are_reached_by_power(
    held: tuple[str, str, int | None, int | None],
    powers: tuple[Power, ...],
    agencies: set[int],
    employers: set[int],
) -> None:
    one = scope(held)
    assert (one.agencies(*powers), one.employers(*powers)) == (agencies, employers)


@pytest.mark.parametrize("power", list(Power))
def test_who_holds_nothing_reaches_nothing(power: Power) -> None:
    assert not NOBODY.has(power) and not NOBODY.covers("220104", power)
    assert not NOBODY.employers(power) and not NOBODY.agencies(power)


def test_at_the_counter_one_employer_is_reached_instead_of_any_other() -> None:
    clerk = scope(CLERK, OPERATOR)
    at_work = clerk.at_counter(party=5, agency=8)
    assert at_work.employers(Power.FILE) == {5}
    assert (at_work.counter_for(5), at_work.counter_for(3)) == (8, None)
    assert clerk.counter_for(5) is None and clerk.employers(Power.FILE) == {3}
    assert at_work.covers("220104", Power.FILE_FOR_OTHERS)


def test_what_a_clerk_is_at_the_counter_cannot_be_granted() -> None:
    assert AT_COUNTER.key not in ROLES


def test_every_power_is_somebodys_and_every_role_is_told_in_words() -> None:
    assert {power for role in ROLES.values() for power in role.powers} == set(Power)
    assert all(role.title and role.duty.endswith("。") for role in ROLES.values())


def test_those_who_keep_accounts_do_no_business() -> None:
    business = {Power.FILE, Power.FILE_FOR_OTHERS, Power.REVIEW, Power.SEE_PERSONAL}
    assert not any(ROLES[key].powers & business for key in ADMINISTRATIVE)
