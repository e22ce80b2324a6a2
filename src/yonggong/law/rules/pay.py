"""Pay of full-time workers: least wage and how often it is paid."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from yonggong.law.articles import article
from yonggong.law.facts import ContractFacts
from yonggong.law.findings import Finding, Severity
from yonggong.law.registry import CONTRACT

_NOTHING = Decimal(0)
_LONGEST_MONTH = 31


@CONTRACT.rule(
    "minimum-wage",
    "最低工资",
    checks=(
        "全日制用工的月工资（基本工资、绩效工资和津贴补贴，不含加班工资）不低于当地月最低工资标准。"
    ),
    articles=(article("劳动法", 48, 2), article("最低工资规定", 12, 1)),
    fields=("base_pay", "performance_pay", "allowances", "minimum_monthly_wage"),
    default_severity=Severity.BLOCK,
)
def minimum_wage(facts: ContractFacts, on: date) -> Iterable[Finding]:
    base, minimum = facts.base_pay, facts.minimum_monthly_wage
    if base is None or minimum is None or base >= minimum:
        return ()
    if facts.employment_form == "part_time":
        return ()
    total = base + (facts.performance_pay or _NOTHING) + (facts.allowances or _NOTHING)
    if total >= minimum:
        return ()
    return minimum_wage.finding(
        f"月工资合计 {total} 元（不含加班工资），低于当地月最低工资标准 {minimum} 元",
        remedy=f"请把月工资改为不低于 {minimum} 元。",
        numbers={"total": total, "minimum": minimum},
    )


@CONTRACT.rule(
    "minimum-wage-allowances",
    "最低工资不含特殊津贴",
    checks="基本工资与绩效工资之和低于当地月最低工资标准、加上津贴才达到的，提示核对津贴性质。",
    articles=(article("最低工资规定", 12, 1),),
    fields=("allowances", "base_pay", "minimum_monthly_wage"),
    default_severity=Severity.INFORM,
)
def minimum_wage_allowances(facts: ContractFacts, on: date) -> Iterable[Finding]:
    base, minimum, allowances = facts.base_pay, facts.minimum_monthly_wage, facts.allowances
    if base is None or minimum is None or base >= minimum or not allowances:
        return ()
    if facts.employment_form == "part_time":
        return ()
    without = base + (facts.performance_pay or _NOTHING)
    if without >= minimum or without + allowances < minimum:
        return ()
    return minimum_wage_allowances.finding(
        f"基本工资与绩效工资合计 {without} 元，加津贴 {allowances} 元后才达到"
        f"当地月最低工资标准 {minimum} 元",
        remedy="中班、夜班、高温、低温、井下、有毒有害等津贴和法定福利待遇不计入最低工资，请核对。",
        numbers={"without": without, "allowances": allowances, "minimum": minimum},
    )


@CONTRACT.rule(
    "monthly-pay",
    "工资至少每月支付一次",
    checks="全日制用工的工资支付周期不超过一个月。",
    articles=(article("劳动法", 50), article("工资支付暂行规定", 7)),
    fields=("pay_period_days",),
)
def monthly_pay(facts: ContractFacts, on: date) -> Iterable[Finding]:
    days = facts.pay_period_days
    if days is None or days <= _LONGEST_MONTH or facts.employment_form == "part_time":
        return ()
    return monthly_pay.finding(
        f"工资支付周期为 {days} 日，工资至少每月支付一次",
        remedy="请把支付周期改为一个月以内。",
        numbers={"pay_period_days": days},
    )
