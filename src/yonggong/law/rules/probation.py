"""Probation: how long, how often, and where there is none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from yonggong.law.articles import article
from yonggong.law.facts import ContractFacts, TermType
from yonggong.law.findings import Finding, Severity
from yonggong.law.periods import last_day, lasts_months, say_span
from yonggong.law.registry import CONTRACT

_PROBATION_SHARE = Decimal("0.8")
_CENT = Decimal("0.01")
TERM_NAMES = {"fixed": "固定期限", "open": "无固定期限", "task": "以完成一定工作任务为期限"}


def longest_probation(
    term_type: TermType | None, start_on: date | None, end_on: date | None
) -> int | None:
    """Give the longest probation in months (0: none allowed), None when the term is not known.

    Labour Contract Law 19 (1) and (3).
    """
    if term_type == "task":
        return 0
    if term_type == "open":
        return 6
    if term_type != "fixed" or start_on is None or end_on is None or end_on < start_on:
        return None
    if lasts_months(start_on, end_on, 36):
        return 6
    if lasts_months(start_on, end_on, 12):
        return 2
    return 1 if lasts_months(start_on, end_on, 3) else 0


def has_probation(facts: ContractFacts) -> bool:
    """Say whether a probation was agreed."""
    return bool(facts.probation_months) or facts.probation_end_on is not None


def _say_term(facts: ContractFacts) -> str:
    if facts.term_type == "fixed" and facts.start_on and facts.end_on:
        return f"合同期限 {say_span(facts.start_on, facts.end_on)}"
    return TERM_NAMES.get(facts.term_type or "", "") + "的合同"


def _say_probation(facts: ContractFacts) -> str:
    if facts.probation_end_on is not None:
        return f"至 {facts.probation_end_on}"
    return f"为 {facts.probation_months} 个月"


@CONTRACT.rule(
    "probation-length",
    "试用期长度",
    checks=(
        "合同期限 3 个月以上不满 1 年的，试用期不超过 1 个月；1 年以上不满 3 年的，不超过 2 个月；"
        "3 年以上固定期限和无固定期限的，不超过 6 个月。"
    ),
    articles=(article("劳动合同法", 19, 1),),
    fields=("probation_months", "probation_end_on"),
    default_severity=Severity.BLOCK,
)
def probation_length(facts: ContractFacts, on: date) -> Iterable[Finding]:
    months, until = facts.probation_months, facts.probation_end_on
    if (not months and until is None) or facts.employment_form == "part_time":
        return ()
    longest = longest_probation(facts.term_type, facts.start_on, facts.end_on)
    if not longest:
        return ()
    within = months is None or months <= longest
    if until is not None and facts.start_on is not None:
        within = within and until <= last_day(facts.start_on, longest)
    if within:
        return ()
    return probation_length.finding(
        f"试用期约定{_say_probation(facts)}，{_say_term(facts)}的试用期最长 {longest} 个月",
        remedy=f"请把试用期改为 {longest} 个月以内；已经履行的超期部分应当支付赔偿金。",
        field="probation_months" if months else "probation_end_on",
        numbers={"probation_months": months, "probation_end_on": until, "longest": longest},
    )


@CONTRACT.rule(
    "probation-none",
    "不得约定试用期的合同",
    checks="以完成一定工作任务为期限的合同和期限不满 3 个月的合同没有试用期。",
    articles=(article("劳动合同法", 19, 3),),
    fields=("probation_months", "term_type"),
    default_severity=Severity.BLOCK,
)
def probation_none(facts: ContractFacts, on: date) -> Iterable[Finding]:
    if not facts.probation_months and facts.probation_end_on is None:
        return ()
    if longest_probation(facts.term_type, facts.start_on, facts.end_on) != 0:
        return ()
    return probation_none.finding(
        f"试用期约定{_say_probation(facts)}，{_say_term(facts)}，不得约定试用期",
        remedy="请删去试用期。",
        numbers={"probation_months": facts.probation_months},
    )


@CONTRACT.rule(
    "probation-part-time",
    "非全日制用工没有试用期",
    checks="非全日制用工没有约定试用期。",
    articles=(article("劳动合同法", 70),),
    fields=("probation_months", "employment_form"),
    default_severity=Severity.BLOCK,
)
def probation_part_time(facts: ContractFacts, on: date) -> Iterable[Finding]:
    if facts.employment_form != "part_time" or not has_probation(facts):
        return ()
    return probation_part_time.finding(
        f"非全日制用工约定了试用期（{_say_probation(facts)}），不得约定试用期",
        remedy="请删去试用期。",
        numbers={"probation_months": facts.probation_months},
    )


@CONTRACT.rule(
    "probation-once",
    "试用期只能约定一次",
    checks="劳动者与本单位（含劳务派遣单位）以前没有约定过试用期。",
    articles=(article("劳动合同法", 19, 2), article("劳务派遣暂行规定", 6)),
    fields=("probation_months", "had_probation"),
    default_severity=Severity.BLOCK,
)
def probation_once(facts: ContractFacts, on: date) -> Iterable[Finding]:
    if not facts.had_probation or not has_probation(facts):
        return ()
    return probation_once.finding(
        f"本单位与该劳动者已约定过 1 次试用期，本次又约定试用期（{_say_probation(facts)}）",
        remedy="请删去试用期；同一用人单位与同一劳动者只能约定一次试用期。",
        numbers={"probation_months": facts.probation_months},
        articles=probation_once.articles if facts.is_dispatch else probation_once.articles[:1],
    )


@CONTRACT.rule(
    "probation-within-term",
    "试用期包含在合同期限内",
    checks="试用期在合同期限之内，且不与合同期限等长（仅约定试用期的，试用期不成立）。",
    articles=(article("劳动合同法", 19, 4),),
    fields=("probation_end_on", "probation_months", "end_on"),
    default_severity=Severity.BLOCK,
)
def probation_within_term(facts: ContractFacts, on: date) -> Iterable[Finding]:
    if not facts.probation_months and facts.probation_end_on is None:
        return ()
    end_on, start_on, until = facts.end_on, facts.start_on, probation_last_day(facts)
    if until is None or start_on is None:
        return ()
    if until < start_on:
        said = f"试用期截止日期 {until} 早于合同起始日期 {start_on}"
    elif end_on is None or until < end_on:
        return ()
    elif until > end_on:
        said = f"试用期至 {until}，超出合同终止日期 {end_on}"
    else:
        said = f"试用期与合同期限同为 {start_on} 至 {end_on}，仅约定试用期的，试用期不成立"
    return probation_within_term.finding(
        said,
        remedy="请核对试用期和合同期限。",
        field="probation_end_on" if facts.probation_end_on else "probation_months",
        numbers={"probation_end_on": until, "end_on": end_on},
    )


def probation_last_day(facts: ContractFacts) -> date | None:
    """Give the last day of the probation, from its end date or its months; None without one."""
    if facts.probation_end_on is not None:
        return facts.probation_end_on
    if facts.probation_months and facts.start_on is not None:
        return last_day(facts.start_on, facts.probation_months)
    return None


@CONTRACT.rule(
    "probation-pay",
    "试用期工资比例",
    checks="试用期工资不低于本单位相同岗位最低档工资的 80% 或者合同约定工资的 80%。",
    articles=(article("劳动合同法", 20), article("劳动合同法实施条例", 15)),
    fields=("probation_pay", "base_pay"),
)
def probation_pay(facts: ContractFacts, on: date) -> Iterable[Finding]:
    paid, agreed = facts.probation_pay, facts.base_pay
    if paid is None or agreed is None or not has_probation(facts):
        return ()
    least = (agreed + (facts.performance_pay or 0)) * _PROBATION_SHARE
    if facts.lowest_post_pay is not None:
        least = min(least, facts.lowest_post_pay * _PROBATION_SHARE)
    if paid >= least:
        return ()
    return probation_pay.finding(
        f"试用期工资 {paid} 元，低于约定工资（或者相同岗位最低档工资）的 80%（{least:.2f} 元）",
        remedy=f"请把试用期工资改为不低于 {least:.2f} 元。",
        numbers={"probation_pay": paid, "least": least.quantize(_CENT)},
    )


@CONTRACT.rule(
    "probation-pay-minimum",
    "试用期工资不低于最低工资",
    checks="试用期工资不低于用人单位所在地月最低工资标准。",
    articles=(article("劳动合同法", 20), article("劳动合同法实施条例", 15)),
    fields=("probation_pay", "minimum_monthly_wage"),
    default_severity=Severity.BLOCK,
)
def probation_pay_minimum(facts: ContractFacts, on: date) -> Iterable[Finding]:
    paid, minimum = facts.probation_pay, facts.minimum_monthly_wage
    if paid is None or minimum is None or paid >= minimum:
        return ()
    if facts.employment_form == "part_time" or not has_probation(facts):
        return ()
    return probation_pay_minimum.finding(
        f"试用期工资 {paid} 元，低于当地月最低工资标准 {minimum} 元",
        remedy=f"请把试用期工资改为不低于 {minimum} 元。",
        numbers={"probation_pay": paid, "minimum": minimum},
    )
