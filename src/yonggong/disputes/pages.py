"""What the pages of a case say of a dispute: what the law reckons, where it stands, its papers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from yonggong import policy
from yonggong.cases.life import State
from yonggong.cases.pages import KeyFact, Look, Pages, Panel
from yonggong.disputes import asking, register
from yonggong.disputes.claims import CLAIMS, SORTS
from yonggong.disputes.models import Dispute
from yonggong.disputes.reckoning import reckoned
from yonggong.law.articles import article

# Claims of money that 劳动争议调解仲裁法 47 (1) names, and those about standards of work (2).
_BY_AMOUNT = frozenset(
    {
        "wages",
        "overtime_workday",
        "overtime_rest_day",
        "overtime_holiday",
        "severance",
        "damages",
        "injury",
    }
)
_BY_STANDARD = frozenset({"leave"})
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Final:
    """A claim whose award may be final: its words, and the article in short."""

    title: str
    said: str


def finals(values: Mapping[str, Any], least_wage: Decimal | None) -> Iterator[Final]:
    """Which claims the law names among those whose award is final; told as information."""
    for row in values.get(CLAIMS) or ():
        sort, amount = row["sort"], row["amount"]
        if sort in _BY_STANDARD:
            cited = article("调解仲裁法", 47, item=2)
            yield Final(SORTS[sort][0], f"因执行国家劳动标准发生的争议（{cited.cited}）")
        elif sort in _BY_AMOUNT and amount is not None and least_wage is not None:
            most = least_wage * _MONTHS
            cited = article("调解仲裁法", 47, item=1)
            if amount <= most:
                yield Final(
                    SORTS[sort][0],
                    f"不超过当地月最低工资标准十二个月金额 {most:,.2f} 元（{cited.cited}）",
                )


def _stands(look: Look) -> Mapping[str, Any] | None:
    """Where it stands, once it was sent."""
    dispute = Dispute.objects.select_related("contract").filter(pk=look.case.pk).first()
    if dispute is None:
        return None
    dispute.case = look.case
    return {
        "dispute": dispute,
        "hearings": dispute.hearings.order_by("pk"),
        "thirds": dispute.thirds.select_related("party"),
        "url": look.site.url("dispute", dispute.pk),
    }


def _reckoned(look: Look) -> Mapping[str, Any] | None:
    """What the law reckons of each claim, as it was filed."""
    case = look.case
    if case.state == State.DRAFT or case.came_in_on is None:
        return None
    rows = list(reckoned(case.values, case.came_in_on))
    return {"rows": rows} if rows else None


def _for_office(look: Look) -> Mapping[str, Any] | None:
    """What helps to judge it: final awards, other disputes of the two."""
    dispute = Dispute.objects.filter(pk=look.case.pk).first()
    if dispute is None:
        return None
    wage = policy.of(look.case.region_code, look.on).minimum_wage(look.case.region_code, look.on)
    arbitration = dispute.sort == Dispute.Sort.ARBITRATION
    return {
        "finals": list(finals(look.case.values, wage.monthly if wage else None))
        if arbitration
        else [],
        "wage": wage,
        "others": [(one, look.site.url("dispute", one.pk)) for one in register.between(dispute)],
    }


def pages(*claimed: str) -> Pages:
    """The pages of a kind whose form says in the fields `claimed` what is asked for."""
    return replace(_PAGES, key_facts=(*_PAGES.key_facts, KeyFact(label="请求", fields=claimed)))


_PAGES = Pages(
    starts=asking.starts,
    advice=asking.advice,
    panels=(
        Panel(place="content", template="disputes/stands.html", given=_stands),
        Panel(place="content", template="disputes/reckoned.html", given=_reckoned),
        Panel(place="aside", template="disputes/office.html", given=_for_office, portal="bureau"),
    ),
    key_facts=(
        KeyFact(label="劳动者", fields=("worker_name",)),
        KeyFact(label="用人单位", fields=("employer_name", "employer_code")),
    ),
)
