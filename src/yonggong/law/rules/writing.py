"""When a written contract is owed. When it must be open-ended: ``open_ended``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from yonggong.law.articles import article
from yonggong.law.claims import double_pay_span
from yonggong.law.facts import ContractFacts, PriorTerm
from yonggong.law.findings import Finding, Severity
from yonggong.law.periods import add_months, full_on
from yonggong.law.registry import CONTRACT
from yonggong.law.rules.ages import beyond_labour_contracts

_SHORTEST_MONTH = 28  # days; nothing sooner than this can be a month late
_YEAR = 365
# The law names no gap after which two contracts are no longer 连续; a month is what it allows
# for writing a contract at all.
LONGEST_GAP = timedelta(days=31)
_REASONS = {
    "force_majeure": "不可抗力",
    "worker_fault": "劳动者本人故意或者重大过失",
    "other_law": "法律、行政法规规定的其他情形",
}


def _followed(facts: ContractFacts) -> PriorTerm | None:
    """Give the contract, filed before, that this one follows in the same labour relation.

    A gap breaks the relation only where the one before was ended; where nobody ended it, work
    went on by law (article 45), by agreement, or without a word (Interpretation II, 11).
    """
    if not facts.prior_terms:
        return None
    last = facts.prior_terms[-1]
    if last.continued or last.end_on is None or facts.start_on is None:
        return last
    return last if facts.start_on - last.end_on <= LONGEST_GAP else None


def _written_on(facts: ContractFacts) -> date | None:
    """Give the day a written contract was first signed; None when there is none or not known.

    Of staff taken on long ago and filed for the first time it is the day they name.
    """
    if facts.is_written is False:
        return None
    return facts.first_signed_on if facts.earlier_contract else facts.signed_on


def _may_be_later(facts: ContractFacts) -> bool:
    """Say whether this may be a later contract of somebody long at work: its term begins after the
    day of use, and nobody has said whether there was a contract before."""
    return (
        facts.earlier_contract is None
        and facts.is_written is not False
        and facts.start_on is not None
        and facts.work_start_on is not None
        and facts.start_on > facts.work_start_on
    )


def _written_late(facts: ContractFacts, on: date, days: int) -> tuple[date, date] | None:
    """Give the day of use and the day up to which there was no written contract, where these lie
    more than ``days`` apart and a written contract was owed; else None."""
    used_on = facts.work_start_on
    until = _written_on(facts) or (on if facts.is_written is False else None)
    if used_on is None or until is None or (until - used_on).days <= days:
        return None
    if facts.employment_form == "part_time" or _followed(facts) is not None:
        return None
    return None if beyond_labour_contracts(facts, used_on) else (used_on, until)


@CONTRACT.rule(
    "signed-in-future",
    "合同签订日期不晚于填报之日",
    checks="合同签订日期不晚于填报之日：双方签字或者盖章后合同才生效。",
    articles=(article("劳动合同法", 16, 1),),
    fields=("signed_on",),
)
def signed_in_future(facts: ContractFacts, on: date) -> Iterable[Finding]:
    signed_on = _written_on(facts)
    if signed_on is None or signed_on <= on:
        return ()
    return signed_in_future.finding(
        f"合同签订日期 {signed_on} 晚于填报之日 {on}，合同尚未签订",
        remedy="请核对签订日期；尚未签订的，签字或者盖章后再备案。",
        numbers={"signed_on": signed_on, "on": on},
    )


@CONTRACT.rule(
    "written-contract",
    "一个月内订立书面劳动合同",
    checks=(
        "首次订立的书面劳动合同，签订日期在用工之日起一个月内；尚未签订的，用工未满一个月。"
        "合同起始日期晚于用工之日的，先问此前是否已订立书面劳动合同。"
    ),
    articles=(
        article("劳动合同法", 10, 2),
        article("劳动合同法", 82, 1),
        article("劳动合同法实施条例", 6, 2),
    ),
    fields=("signed_on", "work_start_on", "earlier_contract", "first_signed_on"),
)
def written_contract(facts: ContractFacts, on: date) -> Iterable[Finding]:
    late = _written_late(facts, on, _SHORTEST_MONTH)
    if late is None or facts.late_writing is not None:
        return ()
    used_on, until = late
    limit = full_on(used_on, 1)
    if until <= limit:
        return ()
    days = (until - limit).days
    signed_on = _written_on(facts)
    numbers = {"work_start_on": used_on, "signed_on": signed_on, "limit": limit, "late": days}
    if _may_be_later(facts):
        return written_contract.finding(
            f"用工之日为 {used_on}，本合同于 {until} 签订，此前是否已订立书面劳动合同没有填写",
            remedy=(
                f"此前已订立的，请填写“此前已订立书面劳动合同”和首份合同的签订日期；"
                f"没有订立的，请选“否”（应当不晚于 {limit} 订立）。"
            ),
            field="earlier_contract",
            numbers=numbers,
            articles=written_contract.articles[:1],
        )
    span = double_pay_span(used_on, until)
    assert span is not None, "it is late"
    first = "首份" if facts.earlier_contract else ""
    said = (
        f"{first}书面劳动合同于 {signed_on} 签订" if signed_on else f"至 {on} 没有订立书面劳动合同"
    )
    return written_contract.finding(
        f"用工之日为 {used_on}，应当不晚于 {limit} 订立书面劳动合同，{said}，迟延 {days} 天",
        remedy=(
            f"应当支付 {span[0]} 至 {span[1]} 期间的二倍工资，并请说明原因；"
            "因不可抗力或者劳动者本人原因未订立的，请填写未及时订立的原因。"
        ),
        field="first_signed_on" if facts.earlier_contract else "signed_on",
        numbers=numbers,
    )


@CONTRACT.rule(
    "late-writing-excused",
    "未及时订立书面合同的除外情形",
    checks="书面劳动合同订立迟延、填报了不支付二倍工资的除外情形的，提示留存证据。",
    articles=(article("劳动争议解释（二）", 7), article("劳动合同法", 82, 1)),
    fields=("late_writing", "signed_on"),
    default_severity=Severity.INFORM,
)
def late_writing_excused(facts: ContractFacts, on: date) -> Iterable[Finding]:
    if facts.late_writing is None:
        return ()
    late = _written_late(facts, on, _SHORTEST_MONTH)
    if late is None or late[1] <= full_on(late[0], 1):
        return ()
    return late_writing_excused.finding(
        f"用工之日为 {late[0]}，至 {late[1]} 才订立书面劳动合同，"
        f"填报的原因为{_REASONS[facts.late_writing]}",
        remedy="主张不支付二倍工资的，由用人单位举证，请留存证据。",
        numbers={"work_start_on": late[0], "until": late[1]},
    )


@CONTRACT.rule(
    "deemed-open-ended",
    "满一年未订立书面合同视为无固定期限",
    checks=(
        "用工满一年才签订（或者仍未签订）书面劳动合同的，合同类型为无固定期限；"
        "此前是否已订立书面劳动合同不明的，不作判断。"
    ),
    articles=(article("劳动合同法", 14, 3), article("劳动合同法实施条例", 7)),
    fields=("term_type", "signed_on", "work_start_on"),
)
def deemed_open_ended(facts: ContractFacts, on: date) -> Iterable[Finding]:
    if facts.term_type == "open":
        return ()
    late = _written_late(facts, on, _YEAR - 1)
    if late is None or _may_be_later(facts):
        return ()
    used_on, until = late
    deemed_on = full_on(used_on, 12)
    if until < deemed_on:
        return ()
    signed_on = _written_on(facts)
    said = f"{signed_on} 才签订书面劳动合同" if signed_on else f"至 {on} 没有订立书面劳动合同"
    return deemed_open_ended.finding(
        f"用工之日为 {used_on}，{said}，自 {deemed_on} 起视为已订立无固定期限劳动合同",
        remedy="请把合同类型改为无固定期限，立即补订书面劳动合同。",
        numbers={"work_start_on": used_on, "signed_on": signed_on, "deemed_on": deemed_on},
    )


def _last_end(facts: ContractFacts) -> date | None:
    """Give the last day covered by the contract that this one follows, what prolonged it included;
    None where it is not known."""
    last = _followed(facts)
    end_on = last.end_on if last else facts.earlier_end_on if facts.earlier_contract else None
    until = facts.extended_until
    return max(end_on, until) if end_on is not None and until is not None else end_on


@CONTRACT.rule(
    "renewal-in-time",
    "期满后一个月内续订",
    checks="原劳动合同期满（依法续延、约定续延的，续延期满）后继续用工的，续订合同在期满后一个月内签订。",
    articles=(article("劳动争议解释（二）", 11, 1), article("劳动合同法", 82, 1)),
    fields=("signed_on", "extended_until"),
)
def renewal_in_time(facts: ContractFacts, on: date) -> Iterable[Finding]:
    signed_on = facts.signed_on
    if signed_on is None or facts.employment_form == "part_time":
        return ()
    ended_on = _last_end(facts)
    if ended_on is None or (signed_on - ended_on).days <= _SHORTEST_MONTH:
        return ()
    limit = add_months(ended_on, 1)
    if signed_on <= limit or beyond_labour_contracts(facts, ended_on):
        return ()
    return renewal_in_time.finding(
        f"原劳动合同于 {ended_on} 期满，续订合同于 {signed_on} 签订，超过一个月",
        remedy=(
            "期间合同依法续延、按约定续延或者协商延长的，请填写续延情形和续延至的日期；其余请说明原因，"
            "期满后继续用工没有订立书面合同的，可能承担二倍工资等责任。"
        ),
        numbers={"ended_on": ended_on, "signed_on": signed_on, "limit": limit},
    )


@CONTRACT.rule(
    "extension-dates",
    "合同续延的日期",
    checks="填报原合同依法续延、按约定续延或者协商延长的，续延至的日期晚于原合同终止日期，且早于本合同起始日期。",
    articles=(article("劳动合同法", 45), article("劳动争议解释（二）", 8)),
    fields=("extended_until", "extension"),
)
def extension_dates(facts: ContractFacts, on: date) -> Iterable[Finding]:
    until, last = facts.extended_until, _followed(facts)
    if until is None or last is None or last.end_on is None:
        return ()
    if until <= last.end_on:
        said = f"续延至 {until}，不晚于原合同终止日期 {last.end_on}"
    elif facts.start_on is not None and until >= facts.start_on:
        said = f"续延至 {until}，不早于本合同起始日期 {facts.start_on}"
    else:
        return ()
    return extension_dates.finding(
        said,
        remedy="请核对续延至的日期；没有续延的，请删去。",
        numbers={"extended_until": until, "ended_on": last.end_on},
    )
