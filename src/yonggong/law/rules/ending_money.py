"""Money owed at the end: severance, its amount, damages for an unlawful ending."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from yonggong.law.articles import article
from yonggong.law.facts import EndingFacts
from yonggong.law.findings import Finding
from yonggong.law.grounds import Ground, ground_of
from yonggong.law.registry import ENDING
from yonggong.law.severance import Payment, damages_pay, exemption, severance_pay

_SEVERANCE = (
    article("劳动合同法", 46),
    article("劳动合同法", 47, 1),
    article("劳动合同法", 47, 2),
    article("劳动合同法实施条例", 27),
    article("劳动合同法实施条例", 10),
)


def _owes_severance(facts: EndingFacts) -> Ground | None:
    """Give the ground when severance is owed on it, else None."""
    ground = ground_of(facts.ground)
    if ground is None or ground.severance != "yes" or facts.unlawful:
        return None
    return None if exemption(facts.contract) else ground


def _reckon(facts: EndingFacts, ground: Ground) -> Payment | None:
    since, ended_on, average = facts.paid_since, facts.ended_on, facts.average_pay
    if since is None or ended_on is None or average is None or ended_on < since:
        return None
    return severance_pay(
        service_start_on=since,
        ended_on=ended_on,
        average_pay=average,
        local_average_pay=facts.local_average_pay,
        minimum_monthly_wage=facts.minimum_monthly_wage,
        ground=ground,
    )


def _say(payment: Payment) -> str:
    return f"{payment.monthly_base} 元 × {payment.months.normalize():f} 个月"


@ENDING.rule(
    "severance-due",
    "应当支付经济补偿",
    checks="按解除终止原因应当支付经济补偿的，填报的经济补偿不为 0；非全日制用工、公益性岗位除外。",
    articles=_SEVERANCE,
    fields=("severance_paid", "ground"),
)
def severance_due(facts: EndingFacts, on: date) -> Iterable[Finding]:
    if facts.severance_paid is None or facts.severance_paid > 0:
        return ()
    ground = _owes_severance(facts)
    if ground is None:
        return ()
    payment = _reckon(facts, ground)
    known = f"，约 {payment.amount} 元（{_say(payment)}）" if payment else ""
    return severance_due.finding(
        f"解除终止原因为“{ground.name}”，应当支付经济补偿{known}，填报为 0 元",
        remedy="请支付经济补偿并更正填报数额；确不需支付的，请说明原因。",
        numbers={"paid": facts.severance_paid, "owed": payment.amount if payment else None},
    )


@ENDING.rule(
    "severance-amount",
    "经济补偿数额",
    checks="填报的经济补偿不低于按工作年限和平均工资计算的数额（含三倍、十二年封顶）。",
    articles=_SEVERANCE,
    fields=("severance_paid",),
)
def severance_amount(facts: EndingFacts, on: date) -> Iterable[Finding]:
    paid = facts.severance_paid
    if not paid:
        return ()
    ground = _owes_severance(facts)
    payment = _reckon(facts, ground) if ground else None
    if payment is None or paid >= payment.amount:
        return ()
    return severance_amount.finding(
        f"经济补偿应当为 {payment.amount} 元（{_say(payment)}），"
        f"填报 {paid} 元，相差 {payment.amount - paid} 元",
        remedy="请补足经济补偿，或者说明计算依据。",
        numbers={"paid": paid, "owed": payment.amount, "months": payment.months},
    )


@ENDING.rule(
    "unlawful-damages",
    "违法解除终止的赔偿金",
    checks="已认定违法解除或者终止的，赔偿金不低于经济补偿标准的二倍。",
    articles=(
        article("劳动合同法", 48),
        article("劳动合同法", 87),
        article("劳动合同法实施条例", 25),
    ),
    fields=("damages_paid",),
)
def unlawful_damages(facts: EndingFacts, on: date) -> Iterable[Finding]:
    since, ended_on, average = facts.paid_since, facts.ended_on, facts.average_pay
    if not facts.unlawful or facts.damages_paid is None:
        return ()
    if since is None or ended_on is None or average is None or ended_on < since:
        return ()
    payment = damages_pay(
        service_start_on=since,
        ended_on=ended_on,
        average_pay=average,
        local_average_pay=facts.local_average_pay,
        minimum_monthly_wage=facts.minimum_monthly_wage,
    )
    if facts.damages_paid >= payment.amount:
        return ()
    return unlawful_damages.finding(
        f"违法解除或者终止的赔偿金应当为 {payment.amount} 元（{_say(payment)} × 2），"
        f"填报 {facts.damages_paid} 元",
        remedy="请补足赔偿金；劳动者要求继续履行的，应当继续履行。",
        numbers={"paid": facts.damages_paid, "owed": payment.amount},
    )
