"""The term of a contract: its kind, its dates and their order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from yonggong.law.articles import article
from yonggong.law.facts import ContractFacts
from yonggong.law.findings import Finding, Severity
from yonggong.law.registry import CONTRACT


@CONTRACT.rule(
    "dates-order",
    "合同日期先后",
    checks="合同终止日期不早于起始日期；用工之日不晚于合同终止日期。",
    articles=(article("劳动合同法", 17, 1, 3),),
    fields=("end_on", "start_on"),
    default_severity=Severity.BLOCK,
)
def dates_order(facts: ContractFacts, on: date) -> Iterable[Finding]:
    start_on, end_on = facts.start_on, facts.end_on
    if end_on is None:
        return ()
    if start_on is not None and end_on < start_on:
        return dates_order.finding(
            f"合同终止日期 {end_on} 早于起始日期 {start_on}",
            remedy="请更正合同起始日期或者终止日期。",
            numbers={"start_on": start_on, "end_on": end_on},
        )
    work_start_on = facts.work_start_on
    if work_start_on is not None and end_on < work_start_on:
        return dates_order.finding(
            f"合同终止日期 {end_on} 早于用工之日 {work_start_on}",
            remedy="请更正用工之日或者合同终止日期。",
            numbers={"work_start_on": work_start_on, "end_on": end_on},
        )
    return ()


@CONTRACT.rule(
    "fixed-term-end",
    "固定期限合同须有终止日期",
    checks="固定期限劳动合同填写了终止日期。",
    articles=(article("劳动合同法", 13, 1),),
    fields=("end_on", "term_type"),
    default_severity=Severity.BLOCK,
)
def fixed_term_end(facts: ContractFacts, on: date) -> Iterable[Finding]:
    if facts.term_type != "fixed" or facts.end_on is not None or facts.start_on is None:
        return ()
    return fixed_term_end.finding(
        f"固定期限劳动合同自 {facts.start_on} 起，没有填写终止日期",
        remedy="请填写合同终止日期；没有约定终止日期的，合同类型选择无固定期限。",
        numbers={"start_on": facts.start_on},
    )


@CONTRACT.rule(
    "open-ended-no-end",
    "无固定期限合同没有终止日期",
    checks="无固定期限劳动合同没有填写终止日期。",
    articles=(article("劳动合同法", 14, 1),),
    fields=("end_on", "term_type"),
    default_severity=Severity.BLOCK,
)
def open_ended_no_end(facts: ContractFacts, on: date) -> Iterable[Finding]:
    if facts.term_type != "open" or facts.end_on is None:
        return ()
    return open_ended_no_end.finding(
        f"无固定期限劳动合同填写了终止日期 {facts.end_on}",
        remedy="请删去终止日期；确有约定终止日期的，合同类型选择固定期限。",
        numbers={"end_on": facts.end_on},
    )
