"""Disputes: within what time arbitration is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from yonggong.law.articles import article
from yonggong.law.findings import Finding, Severity
from yonggong.law.periods import add_months
from yonggong.law.registry import DISPUTE
from yonggong.law.relations_facts import DisputeFacts

_YEAR = 12


@DISPUTE.rule(
    "arbitration-limitation",
    "仲裁时效一年",
    checks=(
        "仲裁请求自知道或者应当知道权利被侵害之日（中断的，自中断之日）起一年内提出，中止的时间不计；"
        "拖欠劳动报酬的，劳动关系存续期间不受限制，终止的自终止之日起一年内提出。"
    ),
    articles=(
        article("调解仲裁法", 27, 1),
        article("调解仲裁法", 27, 2),
        article("调解仲裁法", 27, 4),
    ),
    fields=("known_on",),
    default_severity=Severity.INFORM,
)
def limitation(facts: DisputeFacts, on: date) -> Iterable[Finding]:
    late = list(_out_of_time(facts, on))
    if not late:
        return ()
    return limitation.finding(
        f"部分请求的提出超过一年仲裁时效：{'；'.join(late)}",
        remedy="有时效中断、中止事由的，请填写并说明；是否超过时效由仲裁委员会审查。",
        numbers={"claims": len(late)},
    )


def _out_of_time(facts: DisputeFacts, on: date) -> Iterator[str]:
    if facts.other_claims and facts.known_on is not None:
        yield from _late("、".join(facts.other_claims), facts, facts.known_on, "知道权利被侵害", on)
    if facts.claims_of_pay and facts.ended_on is not None:
        yield from _late("、".join(facts.claims_of_pay), facts, facts.ended_on, "劳动关系终止", on)


def _late(claims: str, facts: DisputeFacts, since: date, what: str, on: date) -> Iterator[str]:
    broken = facts.broken_on is not None and facts.broken_on > since
    counted = facts.broken_on if broken and facts.broken_on else since
    last = add_months(counted, _YEAR) + timedelta(days=facts.suspended_days)
    if on > last:
        more = f"，加上中止的 {facts.suspended_days} 天" if facts.suspended_days else ""
        yield f"{claims}自{'时效中断' if broken else what}之日 {counted} 起{more}，截至 {last}"
