"""Part-time employment: hours, pay period, hourly pay."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from yonggong.law.articles import article
from yonggong.law.facts import ContractFacts
from yonggong.law.findings import Finding, Severity
from yonggong.law.registry import CONTRACT

_DAILY_HOURS = 4
_WEEKLY_HOURS = 24
_PAY_PERIOD_DAYS = 15


@CONTRACT.rule(
    "part-time-hours",
    "非全日制用工的工作时间",
    checks="非全日制用工每周累计不超过 24 小时；每日超过 4 小时的，按每周累计判断。",
    articles=(article("劳动合同法", 68),),
    fields=("weekly_hours", "daily_hours", "employment_form"),
    default_severity=Severity.BLOCK,
)
def part_time_hours(facts: ContractFacts, on: date) -> Iterable[Finding]:
    if facts.employment_form != "part_time":
        return ()
    weekly, daily = facts.weekly_hours, facts.daily_hours
    if weekly is not None and weekly > _WEEKLY_HOURS:
        said, field = f"每周 {weekly} 小时，超过 {_WEEKLY_HOURS} 小时", "weekly_hours"
    elif weekly is None and daily is not None and daily > _DAILY_HOURS:
        said, field = f"每日 {daily} 小时，超过 {_DAILY_HOURS} 小时", "daily_hours"
    else:
        # Article 68 limits the day on the average only: longer days are lawful in a shorter week.
        return ()
    return part_time_hours.finding(
        f"非全日制用工约定的工作时间{said}",
        remedy="请更正工作时间；确需超过的，用工形式应当为全日制。",
        field=field,
        numbers={"daily_hours": daily, "weekly_hours": weekly},
    )


@CONTRACT.rule(
    "part-time-pay-period",
    "非全日制用工的支付周期",
    checks="非全日制用工劳动报酬结算支付周期不超过 15 日。",
    articles=(article("劳动合同法", 72, 2),),
    fields=("pay_period_days",),
)
def part_time_pay_period(facts: ContractFacts, on: date) -> Iterable[Finding]:
    days = facts.pay_period_days
    if facts.employment_form != "part_time" or days is None or days <= _PAY_PERIOD_DAYS:
        return ()
    return part_time_pay_period.finding(
        f"非全日制用工的结算支付周期为 {days} 日，最长不得超过 {_PAY_PERIOD_DAYS} 日",
        remedy=f"请把支付周期改为 {_PAY_PERIOD_DAYS} 日以内。",
        numbers={"pay_period_days": days, "longest": _PAY_PERIOD_DAYS},
    )


@CONTRACT.rule(
    "part-time-minimum-wage",
    "最低小时工资",
    checks="非全日制用工小时计酬标准不低于当地最低小时工资标准。",
    articles=(article("劳动合同法", 72, 1),),
    fields=("hourly_pay", "minimum_hourly_wage"),
    default_severity=Severity.BLOCK,
)
def part_time_minimum_wage(facts: ContractFacts, on: date) -> Iterable[Finding]:
    if facts.employment_form != "part_time":
        return ()
    paid, minimum = facts.hourly_pay, facts.minimum_hourly_wage
    if paid is None or minimum is None or paid >= minimum:
        return ()
    return part_time_minimum_wage.finding(
        f"小时工资 {paid} 元，低于当地最低小时工资标准 {minimum} 元",
        remedy=f"请把小时工资改为不低于 {minimum} 元。",
        numbers={"hourly_pay": paid, "minimum": minimum},
    )
