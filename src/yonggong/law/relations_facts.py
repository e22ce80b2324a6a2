"""What the rules on labour relations look at beside contracts: a collective contract as it is sent for
review, posts for which special hours are applied for, claims brought to arbitration. None means "not known"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectiveFacts:
    """A collective contract sent for review. Heads are whole persons.

    ``unlike_chiefs`` are the sides whose chief representative is not whom the form names for it and
    has no written authority: in words.
    """

    wages: bool | None = None  # a special contract on wages
    employer_side: int | None = None  # representatives, the chief among them
    employee_side: int | None = None
    employer_outside: int | None = None  # of them from outside the unit
    employee_outside: int | None = None
    unlike_chiefs: tuple[str, ...] = ()
    offered_on: date | None = None
    answered_on: date | None = None
    congress_all: int | None = None  # delegates, or all staff
    congress_present: int | None = None
    congress_for: int | None = None
    signed_on: date | None = None
    filed_on: date | None = None
    start_on: date | None = None
    end_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialHoursFacts:
    """Posts for which averaged or flexible hours are applied for.

    ``weekly`` gives of each post with averaged hours what the hours of its period come to a week.
    """

    longest_day: Decimal | None = None  # hours on end on one day, averaged hours
    weekly: tuple[tuple[str, Decimal], ...] = ()
    rest_days: int | None = None  # a week


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeFacts:
    """Claims as they are brought to arbitration, in words: those for pay of work done, and all others.

    ``suspended_days``: for how long nothing could be claimed (force majeure and the like).
    """

    known_on: date | None = None
    broken_on: date | None = (
        None  # claimed of the other side, of an office, or granted: counts anew
    )
    suspended_days: int = 0
    ended_on: date | None = None  # None: the relation goes on
    claims_of_pay: tuple[str, ...] = ()
    other_claims: tuple[str, ...] = ()
