"""Severance and damages: Labour Contract Law 46, 47, 87, 97; Regulations 25, 27.

Days of service include the first and the last day. Service before 2008-01-01 is reckoned under
the rules of that time (Ministry of Labour 1994 No. 481): a part of a year counts as a year.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from yonggong.law.articles import article
from yonggong.law.facts import ContractFacts
from yonggong.law.grounds import Ground
from yonggong.law.periods import full_months, last_day, say_span
from yonggong.law.steps import Step, yuan

_LAW_ON = date(2008, 1, 1)
_OLD_LAST_DAY = date(2007, 12, 31)
_CAP_TIMES = 3
_CAP_MONTHS = Decimal(12)
_HALF = Decimal("0.5")
# Days of notice under articles 37 and 40; under 40, one month's pay is owed instead of them.
NOTICE_DAYS = 30


@dataclass(frozen=True, slots=True)
class Payment:
    """A sum owed at the end of a contract.

    ``months`` are months of pay (halves possible), ``monthly_base`` the pay of one month after
    floor and cap, ``amount`` the sum, all in yuan; ``capped`` says that the threefold cap applied.
    """

    amount: Decimal
    months: Decimal
    monthly_base: Decimal
    capped: bool
    steps: tuple[Step, ...]


def exemption(contract: ContractFacts | None) -> Step | None:
    """Say why no severance is owed for a contract whatever the ground; None where it may be."""
    if contract is None:
        return None
    if contract.employment_form == "part_time":
        return Step("非全日制用工终止，用人单位不支付经济补偿", article("劳动合同法", 71))
    if contract.public_welfare_post:
        return Step("公益性岗位的劳动合同不支付经济补偿", article("劳动合同法实施条例", 12))
    return None


def service_months(start_on: date, ended_on: date) -> Decimal:
    """Turn length of service into months of pay as article 47 (1) counts them.

    Each full year is one, a rest of six months or more one, a shorter rest a half.
    """
    if ended_on < start_on:
        return Decimal(0)
    whole = full_months(start_on, ended_on)
    years, rest = divmod(whole, 12)
    months = Decimal(years)
    if rest >= 6:
        months += 1
    elif rest or last_day(start_on, years * 12) < ended_on:
        months += _HALF
    return months


def _old_years(start_on: date) -> int:
    """Count years of service before 2008; a part of a year counts as one."""
    whole = full_months(start_on, _OLD_LAST_DAY)
    years, rest = divmod(whole, 12)
    return years + (1 if rest or last_day(start_on, years * 12) < _OLD_LAST_DAY else 0)


def _base(
    average_pay: Decimal,
    local_average_pay: Decimal | None,
    minimum_monthly_wage: Decimal | None,
) -> tuple[Decimal, Decimal, bool, list[Step]]:
    """Give the pay of a month before the cap, after it, whether it applied, and the steps."""
    steps = [
        Step(f"解除或者终止前十二个月的平均工资为 {average_pay} 元", article("劳动合同法", 47, 3))
    ]
    floor = average_pay
    if minimum_monthly_wage is not None and average_pay < minimum_monthly_wage:
        floor = minimum_monthly_wage
        steps.append(
            Step(
                f"平均工资低于当地最低工资标准，按 {minimum_monthly_wage} 元计算",
                article("劳动合同法实施条例", 27),
            )
        )
    if local_average_pay is None:
        steps.append(
            Step("未填本地区上年度职工月平均工资，没有作三倍封顶比较", article("劳动合同法", 47, 2))
        )
        return floor, floor, False, steps
    cap = yuan(local_average_pay * _CAP_TIMES)
    if floor <= cap:
        steps.append(
            Step(
                f"不高于本地区上年度职工月平均工资 {local_average_pay} 元的三倍（{cap} 元），不封顶",
                article("劳动合同法", 47, 2),
            )
        )
        return floor, floor, False, steps
    steps.append(
        Step(
            f"高于本地区上年度职工月平均工资 {local_average_pay} 元的三倍，"
            f"按 {cap} 元计算，年限最高不超过十二年",
            article("劳动合同法", 47, 2),
        )
    )
    return floor, cap, True, steps


def severance_pay(
    *,
    service_start_on: date,
    ended_on: date,
    average_pay: Decimal,
    local_average_pay: Decimal | None = None,
    minimum_monthly_wage: Decimal | None = None,
    ground: Ground | None = None,
) -> Payment:
    """Reckon severance for a ground on which it is owed.

    ``local_average_pay`` is the city's published monthly average of the year before; without it
    the cap is left out and a step says so. ``ground`` decides only what is owed for service
    before 2008. ValueError when the end lies before the start.
    """
    if ended_on < service_start_on:
        raise ValueError("ended_on lies before service_start_on")
    uncapped, base, capped, steps = _base(average_pay, local_average_pay, minimum_monthly_wage)
    old, old_steps = _before_2008(service_start_on, min(ended_on, _OLD_LAST_DAY), uncapped, ground)
    start_on = max(service_start_on, _LAW_ON)
    months = service_months(start_on, ended_on)
    if months:
        steps.append(
            Step(
                f"{start_on} 至 {ended_on}，工作年限 {say_span(start_on, ended_on)}，"
                f"计 {months.normalize():f} 个月工资",
                article("劳动合同法", 47, 1),
            )
        )
    if capped and months > _CAP_MONTHS:
        months = _CAP_MONTHS
        steps.append(Step("年限超过十二年，按 12 个月计算", article("劳动合同法", 47, 2)))
    steps += old_steps
    amount = yuan(base * months) + old
    said = f"{base} 元 × {months.normalize():f} = {yuan(base * months)} 元"
    steps.append(Step(f"经济补偿：{said}" + (f"，加 {old} 元，共 {amount} 元" if old else "")))
    return Payment(amount, months, base, capped, tuple(steps))


def _before_2008(
    start_on: date, last_on: date, monthly: Decimal, ground: Ground | None
) -> tuple[Decimal, list[Step]]:
    if start_on > last_on:
        return Decimal(0), []
    rule = ground.before_2008 if ground else "unknown"
    years = _old_years(start_on)
    span = f"{start_on} 至 {last_on} 的工作年限（{years} 年，不满一年的按一年）"
    cited = article("劳动合同法", 97, 3)
    if rule == "none":
        return Decimal(0), [Step(f"{span}按当时有关规定不支付经济补偿", cited)]
    if rule == "unknown":
        return Decimal(0), [Step(f"{span}是否支付须按当时有关规定核定，未计入", cited)]
    owed = min(years, 12) if rule == "capped" else years
    number = ground.before_2008_article if ground else None
    old_rule = article("经济补偿办法", number) if number else cited
    old = yuan(monthly * owed)
    said = f"{span}按当时有关规定计 {owed} 个月，{monthly} 元 × {owed} = {old} 元"
    return old, [Step(said, old_rule)]


def damages_pay(
    *,
    service_start_on: date,
    ended_on: date,
    average_pay: Decimal,
    local_average_pay: Decimal | None = None,
    minimum_monthly_wage: Decimal | None = None,
) -> Payment:
    """Reckon damages for an unlawful ending: twice the severance standard from the first day.

    Regulations 25: the years count from the day employment began, those before 2008 included.
    ValueError when the end lies before the start.
    """
    if ended_on < service_start_on:
        raise ValueError("ended_on lies before service_start_on")
    _, base, capped, steps = _base(average_pay, local_average_pay, minimum_monthly_wage)
    months = service_months(service_start_on, ended_on)
    steps.append(
        Step(
            f"自用工之日 {service_start_on} 至 {ended_on}，"
            f"工作年限 {say_span(service_start_on, ended_on)}，计 {months.normalize():f} 个月工资",
            article("劳动合同法实施条例", 25),
        )
    )
    if capped and months > _CAP_MONTHS:
        months = _CAP_MONTHS
        steps.append(Step("年限超过十二年，按 12 个月计算", article("劳动合同法", 47, 2)))
    amount = yuan(base * months * 2)
    steps.append(
        Step(
            f"赔偿金：{base} 元 × {months.normalize():f} × 2 = {amount} 元",
            article("劳动合同法", 87),
        )
    )
    return Payment(amount, months, base, capped, tuple(steps))
