"""The medical period: how long a worker who is ill or hurt off duty is protected from dismissal.

Ministry of Labour 1994 No. 479, articles 3 and 4; ``tables/medical_periods.csv``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

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
