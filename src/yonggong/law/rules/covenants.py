"""Promises of the worker: non-compete, service period, liquidated damages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from yonggong.law.articles import article
from yonggong.law.facts import ContractFacts
from yonggong.law.findings import Finding, Severity
from yonggong.law.registry import CONTRACT

_LONGEST_NON_COMPETE = 24
_COMPENSATION_SHARE = Decimal("0.3")
_LONG_NON_COMPETE = 12  # months; beyond them the guide of 2025 asks for more
_LONG_COMPENSATION_SHARE = Decimal("0.5")
_DAMAGES_TIMES = 5
_CENT = Decimal("0.01")


@CONTRACT.rule(
    "non-compete-length",
    "竞业限制期限",
    checks="竞业限制期限不超过 2 年（24 个月）。",
    articles=(article("劳动合同法", 24, 2),),
    fields=("non_compete_months",),
)
def non_compete_length(facts: ContractFacts, on: date) -> Iterable[Finding]:
    months = facts.non_compete_months
    if months is None or months <= _LONGEST_NON_COMPETE:
        return ()
    return non_compete_length.finding(
        f"竞业限制期限约定为 {months} 个月，最长 {_LONGEST_NON_COMPETE} 个月",
        remedy=f"请改为 {_LONGEST_NON_COMPETE} 个月以内。",
        numbers={"months": months, "longest": _LONGEST_NON_COMPETE},
    )


@CONTRACT.rule(
    "non-compete-compensation",
    "竞业限制经济补偿",
    checks="约定竞业限制的，同时约定按月给予经济补偿。",
    articles=(article("劳动合同法", 23, 2), article("劳动争议解释（一）", 36)),
    fields=("non_compete_pay", "non_compete_months"),
)
def non_compete_compensation(facts: ContractFacts, on: date) -> Iterable[Finding]:
    if not facts.non_compete_months or facts.non_compete_pay is None or facts.non_compete_pay > 0:
        return ()
    return non_compete_compensation.finding(
        f"约定竞业限制 {facts.non_compete_months} 个月，没有约定经济补偿",
        remedy="请约定在竞业限制期限内按月给予的经济补偿。",
        numbers={"months": facts.non_compete_months},
    )


@CONTRACT.rule(
    "non-compete-low-compensation",
    "竞业限制补偿偏低",
    checks="竞业限制月补偿不低于月工资的 30%，且不低于最低工资标准（未约定时的法定标准）。",
    articles=(article("劳动争议解释（一）", 36),),
    fields=("non_compete_pay", "base_pay"),
)
def non_compete_low_compensation(facts: ContractFacts, on: date) -> Iterable[Finding]:
    paid = facts.non_compete_pay
    if not facts.non_compete_months or not paid or facts.base_pay is None:
        return ()
    wage = facts.base_pay + (facts.performance_pay or 0) + (facts.allowances or 0)
    least = max(wage * _COMPENSATION_SHARE, facts.minimum_monthly_wage or Decimal(0))
    if paid >= least:
        return ()
    return non_compete_low_compensation.finding(
        f"竞业限制月补偿 {paid} 元，低于参照标准 {least:.2f} 元（月工资 {wage} 元的 30% 与最低工资较高者）",
        remedy="请核对补偿数额。",
        numbers={"paid": paid, "least": least.quantize(_CENT)},
    )


@CONTRACT.rule(
    "non-compete-guide",
    "竞业限制合规指引",
    checks=(
        "约定竞业限制超过 1 年的，月补偿一般不低于月工资的 50%；"
        "违约金一般不超过竞业限制补偿总额的 5 倍。"
    ),
    articles=(article("竞业限制合规指引", 0),),
    fields=("non_compete_pay", "liquidated_damages"),
    default_severity=Severity.INFORM,
)
def non_compete_guide(facts: ContractFacts, on: date) -> Iterable[Finding]:
    months, paid = facts.non_compete_months, facts.non_compete_pay
    if not months or not paid:
        return ()
    if facts.base_pay is not None and months > _LONG_NON_COMPETE:
        wage = facts.base_pay + (facts.performance_pay or 0) + (facts.allowances or 0)
        if paid < wage * _LONG_COMPENSATION_SHARE:
            return non_compete_guide.finding(
                f"竞业限制 {months} 个月，月补偿 {paid} 元，低于月工资 {wage} 元的 50%",
                remedy="竞业限制超过 1 年的，指引建议月补偿不低于 50%，请核对。",
                numbers={"paid": paid, "wage": wage},
            )
    damages, total = facts.liquidated_damages, paid * months
    if not damages or facts.service_period_months or damages <= total * _DAMAGES_TIMES:
        return ()
    return non_compete_guide.finding(
        f"劳动者违约金 {damages} 元，超过竞业限制补偿总额 {total} 元的 {_DAMAGES_TIMES} 倍",
        remedy="指引建议违约金不超过补偿总额的 5 倍，请核对。",
        field="liquidated_damages",
        numbers={"damages": damages, "total": total},
    )


@CONTRACT.rule(
    "non-compete-person",
    "竞业限制人员范围",
    checks="竞业限制只与高级管理人员、高级技术人员和其他负有保密义务的人员约定。",
    articles=(article("劳动合同法", 24, 1), article("劳动争议解释（二）", 13, 1)),
    fields=("has_secrets", "non_compete_months"),
)
def non_compete_person(facts: ContractFacts, on: date) -> Iterable[Finding]:
    if not facts.non_compete_months or facts.has_secrets is not False:
        return ()
    return non_compete_person.finding(
        f"与不负有保密义务的劳动者约定竞业限制 {facts.non_compete_months} 个月",
        remedy="请删去竞业限制；确属负有保密义务的人员，请更正。",
        numbers={"months": facts.non_compete_months},
    )


@CONTRACT.rule(
    "service-period",
    "服务期以专项培训为前提",
    checks="约定服务期的，用人单位提供了专项培训费用。",
    articles=(article("劳动合同法", 22, 1), article("劳动合同法实施条例", 16)),
    fields=("service_period_months", "training_cost"),
)
def service_period(facts: ContractFacts, on: date) -> Iterable[Finding]:
    if not facts.service_period_months or facts.training_cost is None or facts.training_cost > 0:
        return ()
    return service_period.finding(
        f"约定服务期 {facts.service_period_months} 个月，专项培训费用为 0 元",
        remedy="没有提供专项培训费用的，请删去服务期。",
        numbers={"months": facts.service_period_months},
    )


@CONTRACT.rule(
    "service-period-damages",
    "服务期违约金上限",
    checks="服务期违约金不超过用人单位提供的培训费用。",
    articles=(article("劳动合同法", 22, 2),),
    fields=("liquidated_damages", "training_cost"),
)
def service_period_damages(facts: ContractFacts, on: date) -> Iterable[Finding]:
    damages, cost = facts.liquidated_damages, facts.training_cost
    if not damages or not cost or not facts.service_period_months:
        return ()
    if facts.non_compete_months or damages <= cost:
        return ()
    return service_period_damages.finding(
        f"服务期违约金 {damages} 元，超过培训费用 {cost} 元",
        remedy=f"请把违约金改为不超过 {cost} 元。",
        numbers={"damages": damages, "training_cost": cost},
    )


@CONTRACT.rule(
    "damages-barred",
    "不得约定劳动者违约金",
    checks="没有服务期和竞业限制约定的，不约定由劳动者承担违约金。",
    articles=(article("劳动合同法", 25),),
    fields=("liquidated_damages",),
)
def damages_barred(facts: ContractFacts, on: date) -> Iterable[Finding]:
    if not facts.liquidated_damages:
        return ()
    if facts.service_period_months or facts.non_compete_months:
        return ()
    if facts.service_period_months is None and facts.non_compete_months is None:
        return ()
    return damages_barred.finding(
        f"约定由劳动者承担违约金 {facts.liquidated_damages} 元，不属于服务期或者竞业限制的情形",
        remedy="请删去违约金约定。",
        numbers={"damages": facts.liquidated_damages},
    )
