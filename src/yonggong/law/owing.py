"""What an employer owes when a contract ends, as far as the facts tell: N, N+1 or 2N.

Labour Contract Law 40, 46, 47, 48, 71, 87; Regulations 12, 20, 25. The rules of
``rules/ending_money`` judge what was paid by the same reckoning.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from yonggong.law.articles import article
from yonggong.law.calculators import damages, severance
from yonggong.law.facts import EndingFacts
from yonggong.law.grounds import Ground, ground_of
from yonggong.law.severance import NOTICE_DAYS, exemption
from yonggong.law.steps import Step


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum owed at the end: the fact that says what was paid, the amount in yuan, its steps.

    ``amount`` is None while the fact ``wants`` is not known.
    """

    fact: str
    amount: Decimal | None
    steps: tuple[Step, ...]
    wants: str = ""


def owed_at_end(facts: EndingFacts) -> tuple[Sum, ...]:
    """Give what is owed on the ground and the day of an ending; nothing while one is not known."""
    ground, ended_on, since = ground_of(facts.ground), facts.ended_on, facts.paid_since
    if ground is None or ended_on is None or since is None or ended_on < since:
        return ()
    if facts.unlawful:
        return _unlawful(facts, since, ended_on)
    return (_severance(facts, ground, since, ended_on), *_instead_of_notice(facts, ground))


def _severance(facts: EndingFacts, ground: Ground, since: date, ended_on: date) -> Sum:
    exempt = exemption(facts.contract)
    if exempt is not None:
        return Sum("severance_paid", Decimal("0.00"), (exempt,))
    if ground.severance != "no" and facts.average_pay is None:
        step = Step(f"解除终止原因为“{ground.name}”，应当支付经济补偿", article("劳动合同法", 46))
        return Sum("severance_paid", None, (step,), "average_pay")
    found = severance(
        ground=ground.code,
        service_start_on=since,
        ended_on=ended_on,
        average_pay=facts.average_pay or Decimal(0),
        local_average_pay=facts.local_average_pay,
        minimum_monthly_wage=facts.minimum_monthly_wage,
    )
    return Sum("severance_paid", found.payment.amount, found.steps)


def _unlawful(facts: EndingFacts, since: date, ended_on: date) -> tuple[Sum, ...]:
    """Damages of twice the standard; whoever pays them pays no severance besides."""
    step = Step("支付赔偿金的，不再支付经济补偿", article("劳动合同法实施条例", 25))
    none = Sum("severance_paid", Decimal("0.00"), (step,))
    if facts.average_pay is None:
        due = Step("违法解除或者终止劳动合同的，支付赔偿金", article("劳动合同法", 87))
        return none, Sum("damages_paid", None, (due,), "average_pay")
    payment = damages(
        service_start_on=since,
        ended_on=ended_on,
        average_pay=facts.average_pay,
        local_average_pay=facts.local_average_pay,
        minimum_monthly_wage=facts.minimum_monthly_wage,
    )
    return none, Sum("damages_paid", payment.amount, payment.steps)


def _instead_of_notice(facts: EndingFacts, ground: Ground) -> tuple[Sum, ...]:
    """One month's pay where article 40 was used with less than thirty days of notice."""
    if not ground.is_under("40") or facts.notice_on is None or facts.ended_on is None:
        return ()
    given = (facts.ended_on - facts.notice_on).days
    if given >= NOTICE_DAYS:
        return ()
    steps = (
        Step(
            f"于 {facts.notice_on} 通知、{facts.ended_on} 解除，提前 {given} 日，"
            f"不足 {NOTICE_DAYS} 日，应当额外支付一个月工资",
            article("劳动合同法", 40),
        ),
        Step("按照劳动者上一个月的工资确定", article("劳动合同法实施条例", 20)),
    )
    return (Sum("notice_pay", facts.last_month_pay, steps, "last_month_pay"),)
