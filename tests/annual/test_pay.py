"""Annual pay data (NMG-11): its sums, what the contracts lead one to expect, who files it, by when."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.annual.test_filing import begun, refusal, send
from tests.contracts.making import Hall, approve, contract_of
from tests.entitlements.declaring import declared, wage
from yonggong import policy
from yonggong.annual import standing
from yonggong.annual.pages import PAYING
from yonggong.annual.pay.form import FORM
from yonggong.annual.pay.reckoning import GROUPS, average, expected, wrong
from yonggong.cases import queries as case_queries
from yonggong.cases.checking import attempt
from yonggong.entitlements.paid import Paid
from yonggong.portals.pages.site import EMPLOYER

THAT_HOLD = {
    "persons": 4, "total": 240_001, "average": 60_000,
    "persons_1": 1, "total_1": 90_001, "persons_2": 0, "total_2": 0,
    "persons_3": 0, "total_3": 0, "persons_4": 3, "total_4": 150_000,
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "name", "code"),
    [
        ({"persons": 5}, "persons", "not_the_sum"),
        ({"total_4": 150_001}, "total", "not_the_sum"),
        ({"average": 60_001}, "average", "not_the_average"),
        ({"total_2": 5}, "total_2", "pay_of_nobody"),
    ],
)
def test_each_sum_of_the_pay_is_held(changed: dict[str, int], name: str, code: str) -> None:
    assert not list(wrong(THAT_HOLD))
    assert (name, code) in {(one.name, one.code) for one in wrong(THAT_HOLD | changed)}


def test_a_year_of_forty_thousand_is_no_number_too_great() -> None:
    total = 40_000 * 66_000
    sums = {f"{what}_{code}": 0 for code in GROUPS for what in ("persons", "total")}
    year = {"year": 2025, "persons": 40_000, "total": total, "average": 66_000}
    assert not FORM.clean(year | sums | {"persons_4": 40_000, "total_4": total}).problems


@given(st.integers(0, 10**12), st.integers(1, 10**6))
def test_the_average_is_whole_yuan_nearest_to_the_share(total: int, persons: int) -> None:
    assert abs(average(total, persons) * persons - total) * 2 <= persons


_PERSON = st.tuples(
    st.sampled_from([*GROUPS, None, "9"]),
    st.integers(0, 50_000) | st.none(),
    st.integers(1, 3),
    st.dates(date(2022, 1, 1), date(2025, 12, 31)).map(date.isoformat),
)


@given(st.lists(_PERSON, max_size=30))
def test_what_the_contracts_come_to_always_adds_up(persons: list[tuple[Any, ...]]) -> None:
    names = ("post_kind", "pay", "service_years", "start_on")
    staff = {name: [person[at] for person in persons] for at, name in enumerate(names)}
    found = expected(staff, date(2025, 12, 31))
    assert found["persons"] == len(persons)
    assert not list(wrong(found))


def test_who_began_in_the_year_is_paid_from_then_on() -> None:
    staff = {
        "post_kind": ["4", "4"],
        "pay": [1000, 1000],
        "service_years": [1, 2],
        "start_on": ["2025-11-20", "2025-11-20"],  # the second was renewed then
    }
    assert expected(staff, date(2025, 12, 31))["total"] == 2000 + 12_000


@pytest.fixture
def wuhai(hall: Hall, make_employer: Any, make_user: Any) -> Hall:
    from yonggong.registry.models import Agency

    agency = Agency.objects.create(
        name="海勃湾区劳动关系科", level=Agency.Level.COUNTY, region_code="150302"
    )
    hall.employer = make_employer(region_code="150302", agency=agency)
    hall.operator = make_user("employer_operator", employer=hall.employer)
    hall.reviewer = make_user("reviewer", agency=agency, region_code="150302")
    return hall


@pytest.mark.django_db
def test_it_is_filled_in_from_the_contracts_filed_and_approved(wuhai: Hall) -> None:
    wuhai.approved(post_kind="3")
    wuhai.now = wuhai.now.replace(year=2026)
    case = begun(wuhai, standing.PAY)
    typed = case_queries.typed_in(case)
    # Ten months, from March on.
    assert (typed["persons"], typed["total"], typed["total_3"]) == (1, 42_000, 42_000)
    assert "not_the_average" in refusal(wuhai, case, average=1)
    done = approve(send(wuhai, case, average=42_000), by=wuhai.reviewer, now=wuhai.now)
    assert done.annual_return.year == 2025
    assert "filed_already" in refusal(wuhai, begun(wuhai, standing.PAY))


@pytest.mark.django_db
def test_organs_and_institutions_are_refused(wuhai: Hall) -> None:
    wuhai.employer.nature = "20"
    wuhai.employer.save()
    wuhai.now = wuhai.now.replace(year=2026)
    assert "not_bound" in refusal(wuhai, begun(wuhai, standing.PAY))


def test_it_is_due_on_31_march_as_of_31_december() -> None:
    duty = standing.duty_of(policy.of("150302", date(2026, 2, 1)), standing.PAY)
    assert duty is not None
    assert (duty.due_on(2026), duty.as_of_in(2026)) == (date(2026, 3, 31), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("known", "total"),
    [
        (None, 12_000),
        (Paid(Decimal("15000.50"), Decimal(900), 1), 15_001),
        (Paid(None, Decimal("2400.40"), 2), 12_400),
        (Paid(None, Decimal(20_000), 13), 20_000),
    ],
)
def test_what_was_declared_is_not_asked_again(known: Paid | None, total: int) -> None:
    """The year as declared, or its months with the others at the agreed pay."""
    staff = {"post_kind": ["4"], "pay": [1000], "service_years": [2], "start_on": ["2024-01-01"]}
    assert expected(staff, date(2025, 12, 31), [known])["total"] == total


@pytest.mark.django_db
def test_it_is_filled_in_from_the_wages_declared_in_its_year(wuhai: Hall) -> None:
    worker = contract_of(wuhai.approved(post_kind="3")).worker
    wuhai.now = wuhai.now.replace(year=2026)
    paid = [
        wage(worker, year="2025", month=month, gross="5000", paid_on="") for month in ("3", "12")
    ]
    assert declared(wuhai, "wages", [*paid, wage(worker, year="2026", month="1")]).added == 3
    case = begun(wuhai, standing.PAY)
    # Ten months from March on: two as declared, eight as agreed.
    assert case_queries.typed_in(case)["total_3"] == 2 * 5000 + 8 * 4200
    tried, _, _ = attempt(
        kind=case.definition,
        raw=case_queries.typed_in(case),
        applicant=wuhai.employer.party,
        case=case,
        by=wuhai.operator,
        now=wuhai.now,
    )
    [said] = PAYING.advice(case, tried, EMPLOYER)
    assert said.field == "total" and "已申报 1 人" in said.text
