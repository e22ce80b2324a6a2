"""What the law reckons of each claim, beside what is claimed: by the functions of `law`, from the figures
that the form asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from yonggong.disputes.claims import CLAIMS, SORTS
from yonggong.law import calculators
from yonggong.law.claims import Overtime, double_pay, leave_pay, overtime_pay, wages_owed
from yonggong.law.steps import Step

Values = Mapping[str, Any]
Sum = tuple[Decimal, tuple[Step, ...]]


@dataclass(frozen=True, slots=True)
class Reckoned:
    """One claim: what is claimed, what comes out (None where it cannot be reckoned, `said` why)."""

    title: str
    claimed: Decimal | None
    amount: Decimal | None
    steps: tuple[Step, ...] = ()
    said: str = ""

    @property
    def over(self) -> Decimal | None:
        """By how much more is claimed than comes out; None where that is not known, or not so."""
        if self.amount is None or self.claimed is None or self.claimed <= self.amount:
            return None
        return self.claimed - self.amount


def reckoned(values: Values, on: date) -> Iterator[Reckoned]:
    """Each claim that the law reckons."""
    for row in values.get(CLAIMS) or ():
        sort = row.get("sort")
        if sort not in _BY_SORT:
            continue
        wants, reckon = _BY_SORT[sort]
        title, claimed = SORTS[sort][0], row.get("amount")
        given = {**values, "quantity": row.get("quantity")}
        if missing := [_LABELS[name] for name in wants if given.get(name) is None]:
            said = f"填写{'、'.join(missing)}后自动算出"
            yield Reckoned(title, claimed, None, said=said)
            continue
        try:
            amount, steps = reckon(given, on)
        except ValueError as wrong:
            yield Reckoned(title, claimed, None, said=str(wrong))
            continue
        yield Reckoned(title, claimed, amount, steps)


_LABELS = {
    "quantity": "数量",
    "monthly_pay": "月工资",
    "work_start_on": "用工之日",
    "ended_on": "解除（终止）日期",
    "end_reason": "解除（终止）原因",
    "average_pay": "前十二个月平均工资",
}


def _wages(given: Values, on: date) -> Sum:
    found = wages_owed(monthly_pay=given["monthly_pay"], months=given["quantity"])
    return found.amount, found.steps


def _overtime(when: Overtime) -> Callable[[Values, date], Sum]:
    def reckon(given: Values, on: date) -> Sum:
        found = overtime_pay(monthly_pay=given["monthly_pay"], hours=given["quantity"], when=when)
        return found.amount, found.steps

    return reckon


def _leave(given: Values, on: date) -> Sum:
    found = leave_pay(monthly_pay=given["monthly_pay"], days=given["quantity"])
    return found.amount, found.steps


def _double(given: Values, on: date) -> Sum:
    until = given.get("signed_on") or given.get("ended_on") or on
    found = double_pay(
        monthly_pay=given["monthly_pay"], work_start_on=given["work_start_on"], until=until
    )
    return found.amount, found.steps


def _served(given: Values) -> dict[str, Any]:
    return {
        "service_start_on": given["work_start_on"],
        "ended_on": given["ended_on"],
        "average_pay": given["average_pay"],
        "local_average_pay": given.get("local_average_pay"),
    }


def _severance(given: Values, on: date) -> Sum:
    found = calculators.severance(ground=given["end_reason"], **_served(given))
    return found.payment.amount, found.steps


def _damages(given: Values, on: date) -> Sum:
    found = calculators.damages(**_served(given))
    return found.amount, found.steps


_SERVICE = ("work_start_on", "ended_on", "average_pay")
_BY_PAY = ("monthly_pay", "quantity")
_BY_SORT: Mapping[str, tuple[tuple[str, ...], Callable[[Values, date], Sum]]] = {
    "wages": (_BY_PAY, _wages),
    "overtime_workday": (_BY_PAY, _overtime("workday")),
    "overtime_rest_day": (_BY_PAY, _overtime("rest_day")),
    "overtime_holiday": (_BY_PAY, _overtime("holiday")),
    "leave": (_BY_PAY, _leave),
    "double_pay": (("monthly_pay", "work_start_on"), _double),
    "severance": ((*_SERVICE, "end_reason"), _severance),
    "damages": (_SERVICE, _damages),
}
