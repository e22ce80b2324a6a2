"""Calculators open to anyone: each gives its result with the steps and articles that led to it.

All are pure; money is Decimal yuan, days are dates. ValueError, with a Chinese message fit to be
shown, when the values cannot be reckoned with.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from yonggong.codes import calendar
from yonggong.law.articles import article
from yonggong.law.facts import PostCategory, PriorTerm, Sex, TermType
from yonggong.law.findings import Article
from yonggong.law.grounds import ground_of
from yonggong.law.periods import ONE_DAY, add_months, last_day, say_age, say_months, say_span
from yonggong.law.retirement import (
    FLEXIBLE_MONTHS,
    REFORM_ON,
    contribution_months_required,
    delay_months,
    flexible_range,
    original_date,
    statutory_date,
    track_of,
)
from yonggong.law.rules.open_ended import TWO_TERMS, fixed_chain, times_concluded
from yonggong.law.rules.probation import TERM_NAMES, longest_probation
from yonggong.law.severance import Payment, damages_pay, severance_pay
from yonggong.law.steps import Step

_MOST_WORKING_DAYS = 2500


@dataclass(frozen=True, slots=True)
class SeveranceResult:
    """Severance: whether it is ``owed`` on the ground, and the payment (zero when it is not)."""

    owed: bool
    payment: Payment

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of the payment."""
        return self.payment.steps


def severance(
    *,
    ground: str,
    service_start_on: date,
    ended_on: date,
    average_pay: Decimal,
    local_average_pay: Decimal | None = None,
    minimum_monthly_wage: Decimal | None = None,
) -> SeveranceResult:
    """Reckon severance for a ground, a code of the national table ``end_reason``.

    Labour Contract Law 46, 47, 97 (3). ``average_pay`` is the monthly average of the last twelve
    months, everything counted; ``local_average_pay`` the city's published monthly average of the
    year before.
    """
    found = ground_of(ground)
    if found is None:
        raise ValueError("请从解除终止原因表中选择")
    _check_span(service_start_on, ended_on)
    if found.severance == "no":
        cited = article("劳动合同法", 71 if found.is_under("71") else 46)
        step = Step(f"解除终止原因为“{found.name}”，不属于应当支付经济补偿的情形", cited)
        zero = Payment(Decimal("0.00"), Decimal(0), average_pay, False, (step,))
        return SeveranceResult(False, zero)
    if found.severance == "yes":
        first = Step(f"解除终止原因为“{found.name}”，应当支付经济补偿", _severance_basis(ground))
    else:
        first = Step(
            f"“{found.name}”是否支付经济补偿视具体情形而定，以下按应当支付计算",
            article("劳动合同法", 46),
        )
    payment = severance_pay(
        service_start_on=service_start_on,
        ended_on=ended_on,
        average_pay=average_pay,
        local_average_pay=local_average_pay,
        minimum_monthly_wage=minimum_monthly_wage,
        ground=found,
    )
    return SeveranceResult(True, _after(first, payment))


def _severance_basis(ground: str) -> Article:
    if ground == "4404":
        return article("劳动合同法实施条例", 22)
    if ground == "5002":
        return article("劳动合同法实施条例", 6, 1)
    return article("劳动合同法", 46)


def _after(first: Step, payment: Payment) -> Payment:
    return Payment(
        payment.amount,
        payment.months,
        payment.monthly_base,
        payment.capped,
        (first, *payment.steps),
    )


def _check_span(start_on: date, ended_on: date) -> None:
    if ended_on < start_on:
        raise ValueError(f"解除或者终止日期 {ended_on} 早于用工之日 {start_on}")


def damages(
    *,
    service_start_on: date,
    ended_on: date,
    average_pay: Decimal,
    local_average_pay: Decimal | None = None,
    minimum_monthly_wage: Decimal | None = None,
) -> Payment:
    """Reckon damages for an unlawful ending: Labour Contract Law 48, 87; Regulations 25."""
    _check_span(service_start_on, ended_on)
    first = Step("违法解除或者终止劳动合同，不再继续履行的，支付赔偿金", article("劳动合同法", 48))
    payment = damages_pay(
        service_start_on=service_start_on,
        ended_on=ended_on,
        average_pay=average_pay,
        local_average_pay=local_average_pay,
        minimum_monthly_wage=minimum_monthly_wage,
    )
    return _after(first, payment)


@dataclass(frozen=True, slots=True)
class ProbationResult:
    """The longest probation in months (0: none allowed) and its last day, None without one."""

    months: int
    last_on: date | None
    steps: tuple[Step, ...]


def probation_max(
    *,
    term_type: TermType,
    start_on: date,
    end_on: date | None = None,
    part_time: bool = False,
    had_probation: bool = False,
) -> ProbationResult:
    """Give the longest probation a contract may have: Labour Contract Law 19, 70."""
    if part_time:
        step = Step("非全日制用工不得约定试用期", article("劳动合同法", 70))
        return ProbationResult(0, None, (step,))
    if had_probation:
        step = Step("与同一劳动者已约定过一次试用期，不得再次约定", article("劳动合同法", 19, 2))
        return ProbationResult(0, None, (step,))
    if term_type == "fixed" and (end_on is None or end_on < start_on):
        raise ValueError("固定期限劳动合同的终止日期应当填写，且不早于起始日期")
    longest = longest_probation(term_type, start_on, end_on) or 0
    if term_type == "fixed" and end_on is not None:
        said = say_span(start_on, end_on)
        first = Step(f"固定期限 {start_on} 至 {end_on}，合同期限 {said}")
    else:
        first = Step(f"合同类型为{TERM_NAMES[term_type]}")
    if not longest:
        step = Step(
            "以完成一定工作任务为期限或者期限不满三个月的，不得约定试用期",
            article("劳动合同法", 19, 3),
        )
        return ProbationResult(0, None, (first, step))
    last_on = last_day(start_on, longest)
    limit = Step(f"试用期最长 {longest} 个月", article("劳动合同法", 19, 1))
    until = Step(
        f"自 {start_on} 起算，试用期最晚至 {last_on}（包含在合同期限内）",
        article("劳动合同法", 19, 4),
    )
    return ProbationResult(longest, last_on, (first, limit, until))


@dataclass(frozen=True, slots=True)
class RetirementResult:
    """Statutory retirement: the day, the age in months, the range of flexible retirement.

    ``contribution_months`` is the least contribution for a monthly pension in the statutory
    year, ``contribution_months_early`` that of the earliest flexible day.
    """

    statutory_on: date
    age_months: int
    delay_months: int
    original_on: date
    earliest_on: date
    latest_on: date
    contribution_months: int
    contribution_months_early: int
    steps: tuple[Step, ...]


def statutory_retirement(
    *, birth_on: date, sex: Sex, post: PostCategory | None = None
) -> RetirementResult:
    """Give the statutory retirement day and the flexible range.

    State Council Measures 1–3 (in force 2025-01-01). For women ``post`` decides between the
    original ages of 55 and 50 and must be given.
    """
    track = track_of(sex, post)
    if track is None:
        raise ValueError("女职工请选择岗位类别（管理技术岗位或者工人岗位）")
    delay = delay_months(birth_on, track)
    statutory = statutory_date(birth_on, track)
    original = original_date(birth_on, track)
    earliest, latest = flexible_range(birth_on, track)
    age = track.original + delay
    steps = [
        Step(
            f"{track.title}，原法定退休年龄 {say_age(track.original)}，"
            f"{birth_on} 出生，原退休日 {original}",
            article("渐进式延迟法定退休年龄办法", 1),
        )
    ]
    if delay:
        said = (
            f"每 {track.step} 个月延迟 1 个月，最多延迟 {say_months(track.longest_delay)}，"
            f"应当延迟 {delay} 个月"
        )
    else:
        said = f"在 {REFORM_ON} 以前已达到原法定退休年龄，不延迟"
    steps.append(Step(said, article("渐进式延迟法定退休年龄办法", 1)))
    steps.append(
        Step(
            f"法定退休年龄 {say_age(age)}，法定退休日 {statutory}",
            article("劳动合同法实施条例", 21),
        )
    )
    owed = contribution_months_required(statutory.year)
    early = contribution_months_required(earliest.year)
    if latest > statutory:
        steps.append(
            Step(
                f"可以弹性提前至 {earliest}（最长提前 {FLEXIBLE_MONTHS // 12} 年且不早于原退休日），"
                f"与单位协商一致可以弹性延迟至 {latest}",
                article("渐进式延迟法定退休年龄办法", 3),
            )
        )
    steps.append(
        Step(
            f"{statutory.year} 年的最低缴费年限为 {say_months(owed)}"
            + (f"，{earliest.year} 年为 {say_months(early)}" if earliest < statutory else ""),
            article("渐进式延迟法定退休年龄办法", 2),
        )
    )
    return RetirementResult(
        statutory, age, delay, original, earliest, latest, owed, early, tuple(steps)
    )


@dataclass(frozen=True, slots=True)
class OpenEndedResult:
    """When an open-ended contract is due.

    ``due_on`` is the earlier of the day ten years are full and the day after the second fixed
    term; ``terms_counted`` are the fixed terms that count.
    """

    due_on: date
    ten_years_on: date
    terms_counted: int
    steps: tuple[Step, ...]


def open_ended_due(
    *, service_start_on: date, terms: tuple[PriorTerm, ...] = (), on: date
) -> OpenEndedResult:
    """Give the day from which the worker may ask for an open-ended contract.

    Labour Contract Law 14 (2), 97 (1); Regulations 9. ``terms`` are all contracts so far, oldest
    first, the present one last; ``on`` is the day whose law applies.
    """
    ten_years_on = add_months(service_start_on, 120)
    steps = [
        Step(
            f"自 {service_start_on} 起连续工作，至 {ten_years_on} 满十年",
            article("劳动合同法", 14, 2, 1),
        ),
        Step("起始时间自用工之日起计算，包括劳动合同法施行前", article("劳动合同法实施条例", 9)),
    ]
    chain, _ = fixed_chain(terms, None)
    count = sum(times_concluded(term, on) for term in chain)
    due_on = ten_years_on
    steps.append(
        Step(
            f"2008 年 1 月 1 日以后连续订立的固定期限劳动合同计 {count} 次",
            article("劳动合同法", 97, 1),
        )
    )
    second_end = _end_of_second(chain, on)
    if second_end is not None:
        after = second_end + ONE_DAY
        steps.append(
            Step(
                f"第二次固定期限劳动合同期满后续订（{after} 起），应当订立无固定期限劳动合同",
                article("劳动合同法", 14, 2, 3),
            )
        )
        due_on = min(due_on, after)
    else:
        steps.append(Step("尚未连续订立两次固定期限劳动合同", article("劳动合同法", 14, 2, 3)))
    steps.append(Step(f"最早自 {due_on} 起应当订立无固定期限劳动合同（劳动者提出固定期限的除外）"))
    return OpenEndedResult(due_on, ten_years_on, count, tuple(steps))


def _end_of_second(chain: list[PriorTerm], on: date) -> date | None:
    """Give the last day of the second fixed term; whatever was concluded after it was due open."""
    count = 0
    for term in chain:
        count += times_concluded(term, on)
        if count >= TWO_TERMS:
            return term.end_on
    return None


@dataclass(frozen=True, slots=True)
class DeadlineResult:
    """The last day of a time limit in working days.

    ``days_off`` counts the days passed over; ``caution`` says that the calendar of a year is not
    published yet, so that the day may still move, and is empty where it is.
    """

    due_on: date
    days_off: int
    caution: str
    steps: tuple[Step, ...]


def working_day_deadline(*, start_on: date, days: int) -> DeadlineResult:
    """Count a time limit in working days; the day it starts from does not count.

    Civil Code 201 (1); working days by the State Council's yearly notice (``codes.calendar``).
    """
    if not 1 <= days <= _MOST_WORKING_DAYS:
        raise ValueError(f"工作日天数应当在 1 至 {_MOST_WORKING_DAYS} 之间")
    due_on = calendar.add_working_days(start_on, days)
    off = (due_on - start_on).days - days
    caution = calendar.caution(start_on, due_on)
    steps = [
        Step(f"自 {start_on} 起算，当日不计入，从次日开始计算", article("民法典", 201, 1)),
        Step(f"其间休息日和法定节假日 {off} 天不计入"),
        Step(f"第 {days} 个工作日为 {due_on}"),
    ]
    if caution:
        steps.append(Step(caution))
    return DeadlineResult(due_on, off, caution, tuple(steps))
