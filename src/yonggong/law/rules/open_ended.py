"""When a contract must be open-ended: after two fixed terms, after ten years."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from yonggong.law.articles import article
from yonggong.law.facts import ContractFacts, PriorTerm
from yonggong.law.findings import Finding, Severity
from yonggong.law.periods import add_months
from yonggong.law.registry import CONTRACT
from yonggong.law.rules.ages import beyond_labour_contracts
from yonggong.law.rules.writing import LONGEST_GAP

LAW_IN_FORCE_ON = date(2008, 1, 1)
EXTENSION_RULE_ON = date(2025, 9, 1)
_EXTENSION_MONTHS = 12
TWO_TERMS = 2


def fixed_chain(
    prior_terms: tuple[PriorTerm, ...], before: date | None
) -> tuple[list[PriorTerm], bool]:
    """Give the fixed terms that run without a break up to ``before`` (the next start), oldest
    first, and whether the chain reaches back to the first of ``prior_terms``.

    Only those begun since 2008-01-01 count (Labour Contract Law 97 (1)).
    """
    chain: list[PriorTerm] = []
    next_start = before
    for term in reversed(prior_terms):
        if term.term_type != "fixed" or term.end_on is None or term.start_on < LAW_IN_FORCE_ON:
            return chain[::-1], False
        gap = next_start is not None and next_start - term.end_on > LONGEST_GAP
        if gap and not term.continued:
            return chain[::-1], False
        chain.append(term)
        next_start = term.start_on
    return chain[::-1], True


def times_concluded(term: PriorTerm, on: date) -> int:
    """Count a fixed term once, or twice where it was prolonged as Judicial Interpretation (II) 10
    names it: by agreement for a year or more in all, or as agreed beforehand."""
    prolonged = term.automatic or term.extended_months >= _EXTENSION_MONTHS
    return 2 if prolonged and on >= EXTENSION_RULE_ON else 1


def consecutive_fixed_terms(
    prior_terms: tuple[PriorTerm, ...], before: date | None, on: date, *, earlier: int = 0
) -> int:
    """Count the fixed terms concluded without a break up to ``before`` (the next start).

    ``earlier`` are those before the first of ``prior_terms``, which were not filed here.
    """
    chain, whole = fixed_chain(prior_terms, before)
    return sum(times_concluded(term, on) for term in chain) + (earlier if whole else 0)


def concluded_before(facts: ContractFacts, on: date) -> int:
    """Count the fixed terms concluded without a break before this contract."""
    prior, earlier = facts.prior_terms or (), facts.earlier_fixed_terms or 0
    ended_on = facts.earlier_end_on
    if not prior and ended_on and facts.start_on and facts.start_on - ended_on > LONGEST_GAP:
        earlier = 0
    return consecutive_fixed_terms(prior, facts.start_on, on, earlier=earlier)


def _is_exempt(facts: ContractFacts) -> bool:
    """Say whether no open-ended contract is owed, whatever went before."""
    return bool(
        facts.term_type is None
        or facts.term_type == "open"
        or facts.worker_asked_fixed_term
        or facts.public_welfare_post
        or facts.employment_form == "part_time"
    )


@CONTRACT.rule(
    "open-ended-after-two-terms",
    "连续两次固定期限后的无固定期限",
    checks=(
        "已连续订立两次固定期限劳动合同（2008 年以来，续延满一年、约定自动续延的另算一次）的，"
        "续订为无固定期限；劳动者提出订立固定期限的、公益性岗位除外。"
    ),
    articles=(
        article("劳动合同法", 14, 2, 3),
        article("劳动合同法", 82, 2),
        article("劳动合同法", 97, 1),
        article("劳动争议解释（二）", 10, None, 1),
        article("劳动争议解释（二）", 10, None, 2),
        article("劳动争议解释（二）", 10, None, 3),
        article("劳动合同法实施条例", 12),
    ),
    fields=("term_type", "prior_terms", "earlier_fixed_terms"),
)
def open_ended_after_two_terms(facts: ContractFacts, on: date) -> Iterable[Finding]:
    if not facts.prior_terms and not facts.earlier_fixed_terms:
        return ()
    if _is_exempt(facts):
        return ()
    count = concluded_before(facts, on)
    if count < TWO_TERMS or (facts.start_on and beyond_labour_contracts(facts, facts.start_on)):
        return ()
    last = facts.prior_terms[-1] if facts.prior_terms else None
    every = open_ended_after_two_terms.articles
    cited = every[:3]
    if last is not None and times_concluded(last, on) > 1:
        cited += (every[4] if last.automatic else every[3],)
    if facts.merged_since is not None and facts.earlier_fixed_terms:
        cited += (every[5],)
    return open_ended_after_two_terms.finding(
        f"双方已连续订立 {count} 次固定期限劳动合同，本次应当订立无固定期限劳动合同",
        remedy="请改为无固定期限；如系劳动者提出订立固定期限，请注明并留存其书面意见。",
        numbers={"count": count},
        articles=cited,
    )


@CONTRACT.rule(
    "side-changed",
    "变换订立合同的单位",
    checks="原单位工作年限合并计算、订立固定期限合同的，填写此前连续订立固定期限合同的次数。",
    articles=(article("劳动争议解释（二）", 10, None, 3), article("劳动合同法实施条例", 10)),
    fields=("earlier_fixed_terms", "merged_since"),
    default_severity=Severity.INFORM,
)
def side_changed(facts: ContractFacts, on: date) -> Iterable[Finding]:
    merged, used_on = facts.merged_since, facts.work_start_on
    if merged is None or used_on is None or merged >= used_on or facts.prior_terms:
        return ()
    if facts.earlier_fixed_terms is not None or _is_exempt(facts):
        return ()
    return side_changed.finding(
        f"工作年限自 {merged} 起合并计算，用工之日为 {used_on}，"
        "没有填写此前连续订立固定期限合同的次数",
        remedy=(
            "劳动者非因本人原因、仍在原工作场所和岗位工作而变换订立合同的单位的，"
            "原单位的次数连续计算，请填写。"
        ),
        numbers={"merged_since": merged, "work_start_on": used_on},
    )


@CONTRACT.rule(
    "open-ended-after-ten-years",
    "连续工作满十年的无固定期限",
    checks="在本单位连续工作满十年的，续订为无固定期限；劳动者提出订立固定期限的、公益性岗位除外。",
    articles=(
        article("劳动合同法", 14, 2, 1),
        article("劳动合同法实施条例", 9),
        article("劳动合同法", 82, 2),
        article("劳动合同法实施条例", 10),
    ),
    fields=("term_type", "service_start_on"),
)
def open_ended_after_ten_years(facts: ContractFacts, on: date) -> Iterable[Finding]:
    since, start_on = facts.service_start_on, facts.start_on
    if since is None or start_on is None or start_on.year - since.year < 10:
        return ()
    if _is_exempt(facts):
        return ()
    ten_on = add_months(since, 120)
    if start_on < ten_on or beyond_labour_contracts(facts, start_on):
        return ()
    every = open_ended_after_ten_years.articles
    return open_ended_after_ten_years.finding(
        f"劳动者自 {since} 起在本单位连续工作，至 {ten_on} 满 10 年，"
        f"自 {start_on} 起的合同应当订立无固定期限劳动合同",
        remedy="请改为无固定期限；如系劳动者提出订立固定期限，请注明并留存其书面意见。",
        numbers={"service_start_on": since, "full_on": ten_on},
        articles=every if facts.merged_since is not None else every[:3],
    )
