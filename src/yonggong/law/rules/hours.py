"""Hours: standard, averaged and flexible systems, overtime, weekly rest."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from yonggong.law.articles import article
from yonggong.law.facts import ContractFacts
from yonggong.law.findings import Finding, Severity
from yonggong.law.registry import CONTRACT

_DAILY_HOURS = 8
# 国务院关于职工工作时间的规定, 3: the standard week since 1995, also on average over a period; the Labour Law
# (36) has 44 as the most.
WEEKLY_HOURS = 40
LONGEST_DAY = 11
_OVERTIME_DAY = 3
_OVERTIME_MONTH = 36
_WEEK = 7
_SYSTEM_NAMES = {"averaged": "综合计算工时工作制", "flexible": "不定时工作制"}


@CONTRACT.rule(
    "standard-hours",
    "标准工时",
    checks="标准工时制每日不超过 8 小时，每周不超过 40 小时（劳动法的上限为平均每周 44 小时）。",
    articles=(article("国务院关于职工工作时间的规定", 3), article("劳动法", 36)),
    fields=("weekly_hours", "daily_hours", "hours_system"),
)
def standard_hours(facts: ContractFacts, on: date) -> Iterable[Finding]:
    if facts.hours_system != "standard" or facts.employment_form == "part_time":
        return ()
    weekly, daily = facts.weekly_hours, facts.daily_hours
    if weekly is not None and weekly > WEEKLY_HOURS:
        said, field = f"每周工作 {weekly} 小时，超过 {WEEKLY_HOURS} 小时", "weekly_hours"
    elif daily is not None and daily > _DAILY_HOURS:
        said, field = f"每日工作 {daily} 小时，超过 {_DAILY_HOURS} 小时", "daily_hours"
    else:
        return ()
    return standard_hours.finding(
        f"标准工时制约定{said}",
        remedy="请更正工作时间；生产特点确需其他工时制度的，应当经人力资源社会保障部门批准。",
        field=field,
        numbers={"weekly_hours": weekly, "daily_hours": daily},
    )


@CONTRACT.rule(
    "averaged-hours",
    "综合计算工时的平均工时",
    checks="综合计算工时工作制的平均周工作时间与法定标准（40 小时）基本相同。",
    articles=(article("工时审批办法", 5), article("劳动法", 39)),
    fields=("weekly_hours", "hours_system"),
)
def averaged_hours(facts: ContractFacts, on: date) -> Iterable[Finding]:
    weekly = facts.weekly_hours
    if facts.hours_system != "averaged" or weekly is None or weekly <= WEEKLY_HOURS:
        return ()
    return averaged_hours.finding(
        f"综合计算工时工作制约定平均每周 {weekly} 小时，超过法定标准 {WEEKLY_HOURS} 小时",
        remedy="请更正平均工时；周期内超过标准的部分视为延长工作时间，应当支付加班工资。",
        numbers={"weekly_hours": weekly, "standard": WEEKLY_HOURS},
    )


@CONTRACT.rule(
    "averaged-day",
    "综合计算工时的每日工时",
    checks="综合计算工时工作制每日连续工作不超过 11 小时（第三级以上体力劳动强度的岗位必须遵守）。",
    articles=(article("工时问题复函", 0),),
    fields=("daily_hours", "hours_system"),
    default_severity=Severity.INFORM,
)
def averaged_day(facts: ContractFacts, on: date) -> Iterable[Finding]:
    daily = facts.daily_hours
    if facts.hours_system != "averaged" or daily is None or daily <= LONGEST_DAY:
        return ()
    return averaged_day.finding(
        f"综合计算工时工作制约定每日 {daily} 小时，超过 {LONGEST_DAY} 小时",
        remedy="第三级以上体力劳动强度的岗位，每日连续工作不得超过 11 小时，每周至少休息一天，请核对。",
        numbers={"daily_hours": daily, "longest": LONGEST_DAY},
    )


@CONTRACT.rule(
    "special-hours-approval",
    "特殊工时须经批准",
    checks="实行综合计算工时或者不定时工作制的岗位已获批准，且批准在合同起始日有效。",
    articles=(article("劳动法", 39), article("工时审批办法", 7)),
    fields=("hours_system", "special_hours_until"),
)
def special_hours_approval(facts: ContractFacts, on: date) -> Iterable[Finding]:
    system = facts.hours_system
    if system is None or system == "standard":
        return ()
    name = _SYSTEM_NAMES[system]
    until, start_on = facts.special_hours_until, facts.start_on
    if facts.special_hours_approved is False:
        said = f"约定实行{name}，填报为未获特殊工时批准"
    elif until is not None and start_on is not None and until < start_on:
        said = f"约定实行{name}，批准的有效期至 {until}，早于合同起始日期 {start_on}"
    else:
        return ()
    return special_hours_approval.finding(
        said,
        remedy="请先申请实行特殊工时制度；未经批准的，按标准工时制执行。",
        numbers={"special_hours_until": until},
    )


@CONTRACT.rule(
    "special-hours-on-record",
    "特殊工时批准登记",
    checks="综合计算工时或者不定时工作制的岗位，在合同起始日期（变更的，在变更生效日期）有登记在册的有效批准（受理该事项的地区）。",
    articles=(article("劳动法", 39), article("工时审批办法", 7)),
    fields=("special_hours_on_record",),
    default_severity=Severity.INFORM,
)
def special_hours_on_record(facts: ContractFacts, on: date) -> Iterable[Finding]:
    system = facts.hours_system
    if system is None or system == "standard" or facts.special_hours_on_record is not False:
        return ()
    day = facts.on_record_on or on
    return special_hours_on_record.finding(
        f"约定实行{_SYSTEM_NAMES[system]}，登记中没有在 {day} 有效、覆盖该岗位的特殊工时批准",
        remedy="请先申请实行特殊工时制度；由其他机关批准、尚未登记的，请核对批准的岗位和期限。",
        numbers={"day": day},
    )


@CONTRACT.rule(
    "weekly-rest",
    "每周至少休息一日",
    checks="标准工时制和综合计算工时工作制每周工作不超过 6 天。",
    articles=(article("劳动法", 38),),
    fields=("work_days_per_week",),
)
def weekly_rest(facts: ContractFacts, on: date) -> Iterable[Finding]:
    days = facts.work_days_per_week
    if days is None or days < _WEEK or facts.hours_system == "flexible":
        return ()
    return weekly_rest.finding(
        f"约定每周工作 {days} 天，每周应当至少休息 1 日",
        remedy="请更正每周工作天数。",
        numbers={"work_days_per_week": days},
    )


@CONTRACT.rule(
    "overtime-limit",
    "延长工作时间的上限",
    checks="加班每日不超过 3 小时，每月不超过 36 小时；不定时工作制除外。",
    articles=(article("劳动法", 41),),
    fields=("overtime_month_hours", "overtime_daily_hours"),
)
def overtime_limit(facts: ContractFacts, on: date) -> Iterable[Finding]:
    month, day = facts.overtime_month_hours, facts.overtime_daily_hours
    if (month is None and day is None) or facts.hours_system == "flexible":
        return ()
    if month is not None and month > _OVERTIME_MONTH:
        said, field = f"每月加班 {month} 小时，超过 {_OVERTIME_MONTH} 小时", "overtime_month_hours"
    elif day is not None and day > _OVERTIME_DAY:
        said, field = f"每日加班 {day} 小时，超过 {_OVERTIME_DAY} 小时", "overtime_daily_hours"
    else:
        return ()
    return overtime_limit.finding(
        f"约定{said}",
        remedy="请减少加班时间；延长工作时间须与工会和劳动者协商。",
        field=field,
        numbers={"overtime_month_hours": month, "overtime_daily_hours": day},
    )
