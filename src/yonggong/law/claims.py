"""What workers claim besides severance and damages: pay owed, overtime, leave not taken, twice the pay.

Labour Law 44; Regulations on paid leave 5 (3); Labour Contract Law 82 (1). Money is Decimal yuan.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from yonggong.law.articles import article
from yonggong.law.periods import ONE_DAY, full_months, full_on, last_day
from yonggong.law.steps import Step, yuan

Overtime = Literal["workday", "rest_day", "holiday"]
_TIMES: dict[Overtime, tuple[str, Decimal]] = {
    "workday": ("延长工作时间", Decimal("1.5")),
    "rest_day": ("休息日工作又不能补休", Decimal(2)),
    "holiday": ("法定休假日工作", Decimal(3)),
}
_PAID_DAYS = Decimal("21.75")
_HOURS = 8
_LEAVE_TIMES = 3
# Of a day of leave not taken, the pay for the work of that day is among the three and was paid.
_PAID_ALREADY = 1


@dataclass(frozen=True, slots=True)
class Claim:
    """A sum in yuan with the steps that led to it."""

    amount: Decimal
    steps: tuple[Step, ...]


def wages_owed(*, monthly_pay: Decimal, months: Decimal) -> Claim:
    """Reckon pay that was not paid: Labour Law 50."""
    amount = yuan(monthly_pay * months)
    said = f"月工资 {monthly_pay} 元 × {months.normalize():f} 个月 = {amount} 元"
    return Claim(amount, (Step(said, article("劳动法", 50)),))


def overtime_pay(*, monthly_pay: Decimal, hours: Decimal, when: Overtime) -> Claim:
    """Reckon the least pay for hours beyond the normal ones."""
    what, times = _TIMES[when]
    hourly = yuan(monthly_pay / _PAID_DAYS / _HOURS)
    amount = yuan(monthly_pay * hours * times / _PAID_DAYS / _HOURS)
    return Claim(
        amount,
        (
            Step(
                f"小时工资：{monthly_pay} 元 ÷ {_PAID_DAYS} 天 ÷ {_HOURS} 小时 = {hourly} 元",
                article("月计薪天数通知", 0),
            ),
            Step(
                f"{what}的，不低于工资的 {times * 100:.0f}%：{hours.normalize():f} 小时，共 {amount} 元",
                article("劳动法", 44),
            ),
        ),
    )


def leave_pay(*, monthly_pay: Decimal, days: Decimal) -> Claim:
    """Reckon the pay for days of annual leave not taken, beside the pay for the work of these days."""
    daily = yuan(monthly_pay / _PAID_DAYS)
    amount = yuan(monthly_pay * days * (_LEAVE_TIMES - _PAID_ALREADY) / _PAID_DAYS)
    return Claim(
        amount,
        (
            Step(
                f"日工资：{monthly_pay} 元 ÷ {_PAID_DAYS} 天 = {daily} 元",
                article("月计薪天数通知", 0),
            ),
            Step(
                f"应休未休的年休假按日工资的 300% 支付，扣除正常工作期间已付的 100%："
                f"{days.normalize():f} 天，共 {amount} 元",
                article("带薪年休假条例", 5, 3),
            ),
        ),
    )


def double_pay_span(work_start_on: date, until: date) -> tuple[date, date] | None:
    """The days for which pay is owed twice, where there was no written contract up to the day
    ``until``; None where it came in time."""
    first = full_on(work_start_on, 1)
    if until <= first:
        return None
    return first, min(until, full_on(work_start_on, 12)) - ONE_DAY


def double_pay(*, monthly_pay: Decimal, work_start_on: date, until: date) -> Claim:
    """Reckon the second pay of these days: of whole months; of the days beyond them the law names no
    way to reckon, and a step says so."""
    span = double_pay_span(work_start_on, until)
    cited = article("劳动合同法", 82, 1)
    if span is None:
        step = Step(f"自用工之日 {work_start_on} 起一个月内订立书面劳动合同，不支付二倍工资", cited)
        return Claim(Decimal("0.00"), (step,))
    first, last = span
    months = full_months(first, last)
    amount = yuan(monthly_pay * months)
    steps = [
        Step(
            f"自用工之日 {work_start_on} 起满一个月的次日 {first} 至 {last} 每月支付二倍工资", cited
        ),
        Step(f"另行支付的一倍：{monthly_pay} 元 × {months} 个月 = {amount} 元", cited),
    ]
    rest = (last - last_day(first, months)).days if months else (last - first).days + 1
    if rest:
        steps.append(Step(f"不满一个月的 {rest} 天没有计入，折算办法由仲裁委员会确定"))
    return Claim(amount, tuple(steps))
