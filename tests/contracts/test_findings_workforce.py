"""The employer's whole workforce: layoffs that add up, dispatched workers, contracts run out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.contracts.making import Hall, answers, contract_of, ending_answers
from tests.contracts.speaking import (
    EXPLAINED,
    LONG_AGO,
    USER_UNIT,
    dispatched,
    rules_of,
    term,
    verdicts,
)
from yonggong.contracts.ending.form import ENDING_FORM
from yonggong.contracts.forms import NEW_FORM
from yonggong.contracts.models import Contract
from yonggong.contracts.workforce import WINDOW_DAYS, workforce_facts, workforce_findings
from yonggong.law.findings import Severity

pytestmark = pytest.mark.django_db

LAID_OFF = {
    "end_reason": "4102",
    "notice_on": "2026-10-01",
    "average_pay": "6000.00",
    "severance_paid": "36000.00",
    "layoff_explained_on": "2026-10-01",
}


def staff(hall: Hall, count: int, **held: Any) -> list[Contract]:
    """So many contracts in force."""
    made = []
    for _ in range(count):
        raw = answers(today=hall.today, **(LONG_AGO | held))
        made.append(contract_of(hall.approve(hall.file("new", raw, explanations=EXPLAINED))))
    return made


def end(hall: Hall, contract: Contract, on: date | None = None, **says: Any) -> None:
    hall.roster(contract.current)  # type: ignore[arg-type]
    raw = ending_answers(on=on or hall.today, **says)
    hall.file("ending", raw, contract=contract, explanations=EXPLAINED)


def spoken(hall: Hall, contract: Contract, **says: Any) -> dict[str, Any]:
    found = verdicts(hall, "ending", ending_answers(on=hall.today, **says), contract)
    return {item.rule: item for item in found}


def test_a_tenth_of_the_staff_laid_off_without_a_report(hall: Hall) -> None:
    people = staff(hall, 10)
    found = spoken(hall, people[0], **LAID_OFF)["layoff-threshold"]
    assert "《劳动合同法》第四十一条第一款" in found.articles
    assert "近 90 日以经济性裁员解除累计 1 人，占职工总数 10 人的 10.0%" in found.message
    assert (found.severity, found.field) == ("warn", "end_reason")


def test_less_than_a_tenth_does_not_reach_the_threshold(hall: Hall) -> None:
    people = staff(hall, 11)
    found = spoken(hall, people[0], **LAID_OFF)
    assert "layoff-threshold" not in found
    assert found["layoff-below-threshold"].severity == "inform"
    assert "《劳动合同法》第四十一条第一款" in found["layoff-below-threshold"].articles


def test_single_endings_add_up_to_the_threshold(hall: Hall) -> None:
    people = staff(hall, 11)
    end(hall, people[0], **LAID_OFF)
    assert (
        "累计 2 人，占职工总数 11 人"
        in spoken(hall, people[1], **LAID_OFF)["layoff-threshold"].message
    )


def test_a_reported_layoff_is_not_asked_again(hall: Hall) -> None:
    people = staff(hall, 10)
    assert "layoff-threshold" not in spoken(hall, people[0], **LAID_OFF, layoff_reported="true")
    end(hall, people[0], **LAID_OFF, layoff_reported="true")
    assert "layoff-threshold" not in spoken(hall, people[1], **LAID_OFF)


def test_what_was_ended_before_the_window_does_not_count(hall: Hall) -> None:
    people = staff(hall, 11)
    before = hall.today - timedelta(days=WINDOW_DAYS)
    end(
        hall,
        people[0],
        before,
        **LAID_OFF | {"notice_on": "2026-05-01", "layoff_explained_on": "2026-05-01"},
    )
    assert "layoff-threshold" not in spoken(hall, people[1], **LAID_OFF)


def test_agreements_that_add_up_look_like_a_layoff(hall: Hall) -> None:
    people = staff(hall, 11)
    agreed = {"end_reason": "3601", "average_pay": "6000.00", "severance_paid": "36000.00"}
    assert "layoff-in-parts" not in spoken(hall, people[0], **agreed)
    end(hall, people[0], **agreed)
    found = spoken(hall, people[1], **agreed)["layoff-in-parts"]
    assert "合计 2 人，占职工总数 11 人" in found.message
    assert "《劳动合同法》第四十一条第一款" in found.articles
    assert found.field in ENDING_FORM.fields_by_name


def test_an_ordinary_ending_says_nothing_of_layoffs(hall: Hall) -> None:
    people = staff(hall, 2)
    end(hall, people[0], **LAID_OFF)
    assert rules_of(verdicts(hall, "ending", ending_answers(on=hall.today), people[1])) == set()


@pytest.mark.parametrize(("invited", "speaks"), [("true", False), ("false", True), (None, True)])
def test_whoever_was_laid_off_is_asked_back_first(
    hall: Hall, invited: str | None, speaks: bool
) -> None:
    people = staff(hall, 2)
    end(hall, people[0], hall.today - timedelta(days=12), **LAID_OFF)
    found = verdicts(hall, "new", answers(today=hall.today, laid_off_invited=invited))
    assert ("rehire-after-layoff" in rules_of(found)) is speaks
    for item in found:
        assert "《劳动合同法》第四十一条第三款" in item.articles
        assert item.field == "laid_off_invited"


def test_hiring_without_a_layoff_needs_no_invitation(hall: Hall) -> None:
    people = staff(hall, 2)
    end(hall, people[0], hall.today - timedelta(days=12))
    assert verdicts(hall, "new", answers(today=hall.today)) == []


def used_by(hall: Hall, make_employer: Any, make_user: Any) -> Hall:
    employer = make_employer(credit_code=USER_UNIT)
    operator = make_user("employer_operator", employer=employer)
    return Hall(employer=employer, operator=operator, reviewer=hall.reviewer, now=hall.now)


@pytest.mark.parametrize(("own", "speaks"), [(9, False), (8, True)])
def test_dispatched_workers_are_at_most_a_tenth_of_those_used(
    hall: Hall, make_employer: Any, make_user: Any, own: int, speaks: bool
) -> None:
    unit = used_by(hall, make_employer, make_user)
    staff(unit, own)
    side = {"dispatcher": hall.employer.name, "dispatcher_code": hall.employer.credit_code}
    found = verdicts(unit, "new", answers(today=hall.today, **dispatched(**side)))
    assert ("dispatch-share" in rules_of(found)) is speaks
    for item in found:
        assert "《劳务派遣暂行规定》第四条第一款" in item.articles
        assert item.field in NEW_FORM.fields_by_name


def test_a_worker_filed_by_both_sides_counts_once(
    hall: Hall, make_employer: Any, make_user: Any
) -> None:
    unit = used_by(hall, make_employer, make_user)
    raw = answers(today=hall.today, **dispatched())
    side = {"dispatcher": hall.employer.name, "dispatcher_code": hall.employer.credit_code}
    hall.approve(hall.file("new", raw))
    unit.approve(unit.file("new", raw | side, explanations=EXPLAINED))
    facts = workforce_facts(unit.employer, hall.today)
    assert (facts.contract_count, facts.dispatched_count) == (0, 1)
    assert workforce_facts(hall.employer, hall.today).contract_count == 1


def test_a_contract_run_out_over_a_month_ago_is_seen_on_the_employers_page(hall: Hall) -> None:
    staff(hall, 1, **term("2023-10-21", "2026-10-20", term_type="1"))
    assert workforce_findings(hall.employer, hall.today) == []
    staff(hall, 1, **term("2023-10-20", "2026-10-19", term_type="1"))
    [found] = workforce_findings(hall.employer, hall.today)
    assert (found.rule, found.severity) == ("without-contract", Severity.WARN)
    assert str(found.articles[0]) == "《劳动合同法》第十条第二款"
    assert found.numbers == {"count": 1}


def test_the_share_stands_on_the_user_units_page(
    hall: Hall, make_employer: Any, make_user: Any
) -> None:
    unit = used_by(hall, make_employer, make_user)
    hall.approve(hall.file("new", answers(today=hall.today, **dispatched())))
    assert [item.rule for item in workforce_findings(unit.employer, hall.today)] == [
        "dispatch-share"
    ]
    assert workforce_findings(hall.employer, hall.today) == []
