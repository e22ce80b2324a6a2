"""Provinces as data: what a region's documents say, from when, on whose authority.

``of(region_code, on)`` gives the policy that holds in a region on a day. A region without a file
of its own gets the national base; a city's file lies over its province's.
"""

from __future__ import annotations

from datetime import date

from yonggong.codes.seen import UNCHECKED
from yonggong.policy.book import Book, BrokenPolicy, default_book, read_book
from yonggong.policy.checking import check_book
from yonggong.policy.confirming import Confirmation, hold_confirmations
from yonggong.policy.explaining import Explanation, explain_policy, stale, state_of, unchecked
from yonggong.policy.resolving import Event, Policy
from yonggong.policy.values import (
    AnnualDuty,
    Gap,
    Level,
    Material,
    MinimumWage,
    MonthDay,
    Period,
    Reminders,
    RoutingDecision,
    TimeLimit,
)

__all__ = [
    "UNCHECKED",
    "AnnualDuty",
    "Book",
    "BrokenPolicy",
    "Confirmation",
    "Event",
    "Explanation",
    "Gap",
    "Level",
    "Material",
    "MinimumWage",
    "MonthDay",
    "Period",
    "Policy",
    "Reminders",
    "RoutingDecision",
    "TimeLimit",
    "check",
    "check_book",
    "default_book",
    "explain",
    "explain_policy",
    "hold_confirmations",
    "of",
    "read_book",
    "stale",
    "state_of",
    "unchecked",
]


def of(region_code: str, on: date) -> Policy:
    """Give the policy in force in a region (6 digits, longer ones are cut) on a day.

    The same object for every day between two changes; cheap enough to ask for every row.
    """
    return default_book().of(region_code, on)


def explain(region_code: str, on: date, *, looked_on: date | None = None) -> list[Explanation]:
    """Give every value that holds in a region on a day: title, value, since, source, state."""
    return explain_policy(default_book(), region_code, on, looked_on=looked_on)


def check() -> list[Gap]:
    """Give every gap and contradiction in the files; no ``error`` among them means sound."""
    return check_book(default_book())
