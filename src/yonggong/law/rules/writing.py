"""When a written contract is owed, and when it must be open-ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from yonggong.law.articles import article
from yonggong.law.facts import ContractFacts, PriorTerm
from yonggong.law.findings import Finding
from yonggong.law.periods import ONE_DAY, add_months
from yonggong.law.registry import contract_rule

LAW_IN_FORCE_ON = date(2008, 1, 1)
_EXTENSION_RULE_ON = date(2025, 9, 1)
_EXTENSION_MONTHS = 12
_TWO_TERMS = 2
_SHORTEST_MONTH = 28  # days; nothing sooner than this can be a month late
_YEAR = 365
# The law names no gap after which two contracts are no longer 连续; a month is what it allows
# for writing a contract at all.
LONGEST_GAP = timedelta(days=31)


def _goes_on(facts: ContractFacts) -> PriorTerm | None:
    """Give the contract that this one follows without a break, else None."""
    if not facts.prior_terms:
        return None
    last = facts.prior_terms[-1]
    if last.end_on is None or facts.start_on is None:
        return last
    return last if facts.start_on - last.end_on <= LONGEST_GAP else None


def _written_on(facts: ContractFacts) -> date | None:
    """Give the day a written contract was signed; None when there is none or it is not known."""
    return None if facts.is_written is False else facts.signed_on


@contract_rule(
    "written-contract",
    "一个月内订立书面劳动合同",
    checks="首次订立的书面劳动合同，签订日期在用工之日起一个月内；尚未签订的，用工未满一个月。",
    articles=(
        article("劳动合同法", 10, 2),
        article("劳动合同法", 82, 1),
        article("劳动合同法实施条例", 6, 2),
    ),
    fields=("signed_on", "work_start_on"),
)
def written_contract(facts: ContractFacts, on: date) -> Iterable[Finding]:
    used_on = facts.work_start_on
    until = _written_on(facts) or (on if facts.is_written is False else None)
    if used_on is None or until is None or facts.employment_form == "part_time":
        return ()
    if (until - used_on).days <= _SHORTEST_MONTH or _goes_on(facts) is not None:
        return ()
    limit = add_months(used_on, 1)
    if until <= limit:
        return ()
    signed_on = _written_on(facts)
    paid_until = min(until - ONE_DAY, add_months(used_on, 12) - ONE_DAY)
    late = (until - limit).days
    said = f"书面劳动合同于 {signed_on} 签订" if signed_on else f"至 {on} 没有订立书面劳动合同"
    return written_contract.finding(
        f"用工之日为 {used_on}，应当不晚于 {limit} 订立书面劳动合同，{said}，迟延 {late} 天",
        remedy=f"应当支付 {limit} 至 {paid_until} 期间的二倍工资，并请说明原因。",
        numbers={"work_start_on": used_on, "signed_on": signed_on, "limit": limit, "late": late},
    )


@contract_rule(
    "deemed-open-ended",
    "满一年未订立书面合同视为无固定期限",
    checks="用工满一年才签订（或者仍未签订）书面劳动合同的，合同类型为无固定期限。",
    articles=(article("劳动合同法", 14, 3), article("劳动合同法实施条例", 7)),
    fields=("term_type", "signed_on", "work_start_on"),
)
def deemed_open_ended(facts: ContractFacts, on: date) -> Iterable[Finding]:
    used_on = facts.work_start_on
    if used_on is None or facts.term_type == "open" or facts.employment_form == "part_time":
        return ()
    until = _written_on(facts) or (on if facts.is_written is False else None)
    if until is None or (until - used_on).days < _YEAR or _goes_on(facts) is not None:
        return ()
    deemed_on = add_months(used_on, 12)
    if until < deemed_on:
        return ()
    signed_on = _written_on(facts)
    said = f"{signed_on} 才签订书面劳动合同" if signed_on else f"至 {on} 没有订立书面劳动合同"
    return deemed_open_ended.finding(
        f"用工之日为 {used_on}，{said}，自 {deemed_on} 起视为已订立无固定期限劳动合同",
        remedy="请把合同类型改为无固定期限，立即补订书面劳动合同。",
        numbers={"work_start_on": used_on, "signed_on": signed_on, "deemed_on": deemed_on},
    )


@contract_rule(
    "renewal-in-time",
    "期满后一个月内续订",
    checks="原劳动合同期满后继续用工的，续订合同在期满后一个月内签订。",
    articles=(article("劳动争议解释（二）", 11, 1), article("劳动合同法", 82, 1)),
    fields=("signed_on",),
)
def renewal_in_time(facts: ContractFacts, on: date) -> Iterable[Finding]:
    signed_on = facts.signed_on
    if not facts.prior_terms or signed_on is None or facts.employment_form == "part_time":
        return ()
    last = _goes_on(facts)
    if last is None or last.end_on is None:
        return ()
    limit = add_months(last.end_on, 1)
    if signed_on <= limit:
        return ()
    return renewal_in_time.finding(
        f"原劳动合同于 {last.end_on} 期满，续订合同于 {signed_on} 签订，超过一个月",
        remedy="请说明原因；期满后继续用工没有订立书面合同的，可能承担二倍工资等责任。",
        numbers={"ended_on": last.end_on, "signed_on": signed_on, "limit": limit},
    )


def consecutive_fixed_terms(
    prior_terms: tuple[PriorTerm, ...], before: date | None, on: date
) -> int:
    """Count the fixed terms that run without a break up to ``before`` (the next start).

    Only those begun since 2008-01-01 count (Labour Contract Law 97 (1)). From 2025-09-01 a term
    prolonged by a year or more in all counts twice (Judicial Interpretation (II) 10 (1)).
    """
    count, next_start = 0, before
    for term in reversed(prior_terms):
        if term.term_type != "fixed" or term.end_on is None or term.start_on < LAW_IN_FORCE_ON:
            break
        if next_start is not None and next_start - term.end_on > LONGEST_GAP:
            break
        count += 1
        if term.extended_months >= _EXTENSION_MONTHS and on >= _EXTENSION_RULE_ON:
            count += 1
        next_start = term.start_on
    return count


@contract_rule(
    "open-ended-after-two-terms",
    "连续两次固定期限后的无固定期限",
    checks=(
        "已连续订立两次固定期限劳动合同（2008 年以来）的，续订为无固定期限；"
        "劳动者提出订立固定期限的、公益性岗位除外。"
    ),
    articles=(
        article("劳动合同法", 14, 2, 3),
        article("劳动合同法", 82, 2),
        article("劳动合同法", 97, 1),
        article("劳动争议解释（二）", 10, None, 1),
        article("劳动合同法实施条例", 12),
    ),
    fields=("term_type", "prior_terms"),
)
def open_ended_after_two_terms(facts: ContractFacts, on: date) -> Iterable[Finding]:
    if not facts.prior_terms or facts.term_type is None or facts.term_type == "open":
        return ()
    if facts.worker_asked_fixed_term or facts.public_welfare_post:
        return ()
    if facts.employment_form == "part_time":
        return ()
    count = consecutive_fixed_terms(facts.prior_terms, facts.start_on, on)
    if count < _TWO_TERMS:
        return ()
    return open_ended_after_two_terms.finding(
        f"双方已连续订立 {count} 次固定期限劳动合同，本次续订应当订立无固定期限劳动合同",
        remedy="请改为无固定期限；如系劳动者提出订立固定期限，请注明并留存其书面意见。",
        numbers={"count": count},
        articles=open_ended_after_two_terms.articles[:4],
    )


@contract_rule(
    "open-ended-after-ten-years",
    "连续工作满十年的无固定期限",
    checks="在本单位连续工作满十年的，续订为无固定期限；劳动者提出订立固定期限的、公益性岗位除外。",
    articles=(
        article("劳动合同法", 14, 2, 1),
        article("劳动合同法实施条例", 9),
        article("劳动合同法", 82, 2),
    ),
    fields=("term_type", "service_start_on"),
)
def open_ended_after_ten_years(facts: ContractFacts, on: date) -> Iterable[Finding]:
    since, start_on = facts.service_start_on, facts.start_on
    if since is None or start_on is None or start_on.year - since.year < 10:
        return ()
    if facts.term_type is None or facts.term_type == "open" or facts.worker_asked_fixed_term:
        return ()
    if facts.public_welfare_post or facts.employment_form == "part_time":
        return ()
    full_on = add_months(since, 120)
    if start_on < full_on:
        return ()
    return open_ended_after_ten_years.finding(
        f"劳动者自 {since} 起在本单位连续工作，至 {full_on} 满 10 年，"
        f"自 {start_on} 起的合同应当订立无固定期限劳动合同",
        remedy="请改为无固定期限；如系劳动者提出订立固定期限，请注明并留存其书面意见。",
        numbers={"service_start_on": since, "full_on": full_on},
    )
