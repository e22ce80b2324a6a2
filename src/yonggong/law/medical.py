"""The medical period: how long a worker who is ill or hurt off duty is protected from dismissal.

Ministry of Labour 1994 No. 479, articles 3 and 4; ``tables/medical_periods.csv``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from yonggong.law.articles import article
from yonggong.law.periods import full_months, last_day, say_months
from yonggong.law.steps import Step
from yonggong.law.tables import rows


@dataclass(frozen=True, slots=True)
class MedicalPeriod:
    """``months`` of sick leave, added up within ``window_months`` from its first day."""

    months: int
    window_months: int


@cache
def _steps() -> tuple[tuple[int, int | None, int, int | None, MedicalPeriod], ...]:
    def years(text: str) -> int | None:
        return int(text) * 12 if text else None

    return tuple(
        (
            years(row["total_from"]) or 0,
            years(row["total_below"]),
            years(row["own_from"]) or 0,
            years(row["own_below"]),
            MedicalPeriod(int(row["months"]), int(row["window_months"])),
        )
        for row in rows("medical_periods")
    )


def medical_period(own_months: int, total_months: int | None = None) -> MedicalPeriod:
    """Give the medical period for months of service in the unit and in all.

    Ten years just full count as 十年以上. Where the total is not known, or stated to be less than
    the service in the unit, it is taken to be that service, which gives the least that is owed.
    """
    total = max(own_months, total_months or 0)
    for total_from, total_below, own_from, own_below, period in _steps():
        in_total = total_from <= total and (total_below is None or total < total_below)
        in_own = own_from <= own_months and (own_below is None or own_months < own_below)
        if in_total and in_own:
            return period
    raise AssertionError("the table holds every length of service")


@dataclass(frozen=True, slots=True)
class MedicalLeave:
    """The medical period of one illness or injury; ``earliest_end`` is the day on which it ends
    where the leave is not interrupted."""

    period: MedicalPeriod
    earliest_end: date
    steps: tuple[Step, ...]


def medical_leave(
    *, service_start_on: date, sick_on: date, first_work_on: date | None = None
) -> MedicalLeave:
    """Reckon the medical period that begins on a day of sick leave, step by step.

    ``first_work_on`` is the day the worker first took up work with any employer; without it the
    service in the unit is taken for all. ValueError where a day lies before the one it follows.
    """
    if sick_on < service_start_on:
        raise ValueError(f"病休开始日期 {sick_on} 早于用工之日 {service_start_on}")
    if first_work_on is not None and first_work_on > service_start_on:
        raise ValueError(f"参加工作日期 {first_work_on} 晚于用工之日 {service_start_on}")
    own = full_months(service_start_on, sick_on)
    total = full_months(first_work_on, sick_on) if first_work_on else own
    period = medical_period(own, total)
    until = last_day(sick_on, period.months)
    cited, within = article("医疗期规定", 3), article("医疗期规定", 4)
    known = "" if first_work_on else "（没有填写参加工作日期，按本单位工作年限计算）"
    steps = (
        Step(
            f"至 {sick_on}，本单位工作年限 {say_months(own)}，实际工作年限 {say_months(total)}{known}"
        ),
        Step(f"医疗期为 {period.months} 个月", cited),
        Step(
            f"按 {period.window_months} 个月内累计病休时间计算，连续病休的，至 {until} 届满", within
        ),
    )
    return MedicalLeave(period, until, steps)
