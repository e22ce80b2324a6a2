"""Special hours applied for: the longest day, the week on average, rest."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from yonggong.law.articles import article
from yonggong.law.findings import Finding, Severity
from yonggong.law.registry import SPECIAL_HOURS
from yonggong.law.relations_facts import SpecialHoursFacts
from yonggong.law.rules.hours import LONGEST_DAY, WEEKLY_HOURS


@SPECIAL_HOURS.rule(
    "special-hours-day",
    "每日连续工作不超过 11 小时",
    checks="综合计算周期内，安排职工每日连续工作不超过 11 小时。",
    articles=(article("公共服务标准", 0), article("工时问题复函", 0)),
    fields=("longest_day",),
    default_severity=Severity.BLOCK,
)
def longest_day(facts: SpecialHoursFacts, on: date) -> Iterable[Finding]:
    hours = facts.longest_day
    if hours is None or hours <= LONGEST_DAY:
        return ()
    return longest_day.finding(
        f"每日最长连续工作 {hours:f} 小时，超过 {LONGEST_DAY} 小时",
        remedy="请调整轮班安排后申请。",
        numbers={"hours": hours},
    )


@SPECIAL_HOURS.rule(
    "special-hours-average",
    "周期内的平均周工时",
    checks="综合计算周期内的总工时平均每周不超过法定标准的 40 小时。",
    articles=(article("工时审批办法", 5), article("国务院关于职工工作时间的规定", 3)),
    fields=("averaged_posts",),
)
def average(facts: SpecialHoursFacts, on: date) -> Iterable[Finding]:
    over = [(job, weekly) for job, weekly in facts.weekly if weekly > WEEKLY_HOURS]
    if not over:
        return ()
    told = "，".join(f"“{job}”平均每周 {weekly:.1f} 小时" for job, weekly in over)
    return average.finding(
        f"{told}，超过 {WEEKLY_HOURS} 小时",
        remedy="请核对周期总工时；平均工时应当与法定标准工作时间基本相同。",
        numbers={"posts": len(over)},
    )


@SPECIAL_HOURS.rule(
    "special-hours-rest",
    "每周休息一日",
    checks="每周至少休息一日；不能实行的，经批准可以实行其他休息办法。",
    articles=(article("劳动法", 38), article("劳动法", 39)),
    fields=("rest_days",),
)
def rest(facts: SpecialHoursFacts, on: date) -> Iterable[Finding]:
    if facts.rest_days is None or facts.rest_days >= 1:
        return ()
    return rest.finding(
        "每周没有休息日",
        remedy="请说明轮休、调休等保证职工休息的办法，一并报批。",
        numbers={"rest_days": facts.rest_days},
    )
