"""Probation: how long, how often, and where there is none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from yonggong.law.articles import article
from yonggong.law.facts import ContractFacts, TermType
from yonggong.law.findings import Finding, Severity
from yonggong.law.periods import full_months, last_day, lasts_months, say_months
from yonggong.law.registry import contract_rule

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
        whole = full_months(facts.start_on, facts.end_on)
        if whole == 0:
            return f"合同期限 {(facts.end_on - facts.start_on).days + 1} 天"
        exact = last_day(facts.start_on, whole) == facts.end_on
        return f"合同期限 {say_months(whole)}" + ("" if exact else "多")
    return TERM_NAMES.get(facts.term_type or "", "") + "合同"


def _say_probation(facts: ContractFacts) -> str:
    if facts.probation_end_on is not None:
        return f"至 {facts.probation_end_on}"
    return f"为 {facts.probation_months} 个月"


@contract_rule(
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
        remedy=f"把试用期改为 {longest} 个月以内；已经履行的超期部分应当支付赔偿金",
        field="probation_months" if months else "probation_end_on",
        numbers={"probation_months": months, "probation_end_on": until, "longest": longest},
    )


@contract_rule(
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
        remedy="删去试用期",
        numbers={"probation_months": facts.probation_months},
    )


@contract_rule(
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
        remedy="删去试用期",
        numbers={"probation_months": facts.probation_months},
    )
