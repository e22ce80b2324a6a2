"""Claims reckoned, their time, whose award may be final; what an application begins with."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.disputes.making import Court
from yonggong.disputes.arbitration.checks import facts_of
from yonggong.disputes.pages import finals
from yonggong.disputes.reckoning import reckoned
from yonggong.law import DisputeFacts, check_dispute
from yonggong.law.claims import double_pay, double_pay_span, leave_pay, overtime_pay

TODAY = date(2026, 11, 20)
FIGURES = {
    "monthly_pay": Decimal(6525),
    "average_pay": Decimal(6000),
    "work_start_on": date(2024, 3, 1),
    "ended_on": date(2026, 9, 30),
    "end_reason": "4002",
}


def row(sort: str, quantity: str = "", amount: str = "1") -> dict[str, Any]:
    return {
        "sort": sort,
        "quantity": Decimal(quantity) if quantity else None,
        "amount": Decimal(amount),
    }


@pytest.mark.parametrize(
    ("claim", "changed", "amount", "cited"),
    [
        (row("wages", "2.5"), {}, "16312.50", "劳动法"),
        (row("overtime_workday", "10"), {}, "562.50", "劳动法"),
        (row("overtime_rest_day", "10"), {}, "750.00", "劳动法"),
        (row("overtime_holiday", "10"), {}, "1125.00", "劳动法"),
        (row("leave", "5"), {}, "3000.00", "带薪年休假条例"),
        (row("double_pay"), {"signed_on": date(2024, 7, 1)}, "19575.00", "劳动合同法"),
        (row("severance"), {}, "18000.00", "劳动合同法"),
        (row("damages"), {}, "36000.00", "劳动合同法"),
    ],
)
def test_each_claim_is_reckoned_with_its_steps_and_article(
    claim: dict[str, Any], changed: dict[str, Any], amount: str, cited: str
) -> None:
    (found,) = reckoned({"claim_rows": [claim], **FIGURES, **changed}, TODAY)
    assert found.amount == Decimal(amount)
    assert cited in {step.article.law for step in found.steps if step.article}


def test_what_is_missing_for_a_claim_is_named_and_what_cannot_be_reckoned_left() -> None:
    rows = [row("wages"), row("relation")]
    (found,) = reckoned({"claim_rows": rows}, TODAY)
    assert found.said == "填写月工资、数量后自动算出"


def test_more_is_claimed_than_comes_out() -> None:
    (found,) = reckoned({"claim_rows": [row("wages", "1", "7000")], **FIGURES}, TODAY)
    assert found.over == Decimal(475)


@pytest.mark.parametrize(
    ("signed", "span"),
    [
        (date(2024, 4, 1), None),
        (date(2024, 4, 2), (date(2024, 4, 1), date(2024, 4, 1))),
        (date(2025, 9, 1), (date(2024, 4, 1), date(2025, 2, 28))),
    ],
)
def test_pay_is_owed_twice_from_the_second_month_for_eleven_at_most(
    signed: date, span: tuple[date, date] | None
) -> None:
    assert double_pay_span(date(2024, 3, 1), signed) == span


def test_days_beyond_whole_months_are_said_and_not_reckoned() -> None:
    found = double_pay(
        monthly_pay=Decimal(6000), work_start_on=date(2024, 3, 1), until=date(2024, 6, 11)
    )
    assert found.amount == Decimal("12000.00")
    assert "不满一个月的 10 天" in found.steps[-1].text


def test_paid_days_and_leave() -> None:
    assert leave_pay(monthly_pay=Decimal(2175), days=Decimal(1)).amount == Decimal("200.00")
    hour = overtime_pay(monthly_pay=Decimal(1740), hours=Decimal(1), when="workday")
    assert hour.amount == Decimal("15.00")


@pytest.mark.parametrize(
    ("facts", "late"),
    [
        ({"known_on": date(2025, 11, 20), "other_claims": ("经济补偿",)}, 0),
        ({"known_on": date(2025, 11, 19), "other_claims": ("经济补偿",)}, 1),
        (
            {
                "known_on": date(2025, 1, 1),
                "broken_on": date(2026, 1, 1),
                "other_claims": ("经济补偿",),
            },
            0,
        ),
        ({"known_on": date(2025, 11, 10), "suspended_days": 10, "other_claims": ("赔偿金",)}, 0),
        ({"known_on": date(2020, 1, 1), "claims_of_pay": ("工资",)}, 0),
        ({"ended_on": date(2025, 11, 19), "claims_of_pay": ("工资",)}, 1),
    ],
)
def test_a_year_from_knowing_and_pay_while_the_relation_goes_on_at_any_time(
    facts: dict[str, Any], late: int
) -> None:
    assert len(check_dispute(DisputeFacts(**facts), TODAY)) == late


def test_claims_of_pay_are_told_from_others() -> None:
    facts = facts_of({"claim_rows": [row("wages"), row("damages"), row("wages")]})
    assert facts.claims_of_pay == ("拖欠劳动报酬",)
    assert facts.other_claims == ("违法解除或者终止赔偿金",)


def test_awards_that_may_be_final_are_told_by_sort_and_amount() -> None:
    rows = [
        row("wages", amount="24000"),
        row("severance", amount="24000.01"),
        row("leave"),
        row("double_pay"),
    ]
    told = [one.title for one in finals({"claim_rows": rows}, Decimal(2000))]
    assert told == ["拖欠劳动报酬", "未休年休假工资报酬"]


@pytest.mark.django_db
def test_what_comes_late_is_told_and_stops_nothing(court: Court) -> None:
    case = court.asked(known_on="2025-01-01")
    assert case.current is not None
    (found,) = case.current.findings
    assert (found["rule"], found["severity"]) == ("arbitration-limitation", "inform")
