"""Reads about an employer's own filings."""

from __future__ import annotations

from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.cases.queries import of_kinds
from yonggong.employers.filings import CANCELLATION, CHANGE, INITIAL, approved_filing
from yonggong.registry.models import Employer

__all__ = ["approved_filing", "newest_filing", "open_filing"]

_OPEN = (State.DRAFT, State.PENDING, State.RETURNED)


def open_filing(employer: Employer) -> Case | None:
    """The employer's initial or change filing that is not decided for good yet, if any."""
    return (
        Case.objects.filter(of_kinds(INITIAL.name, CHANGE.name), employer=employer, state__in=_OPEN)
        .order_by("-id")
        .first()
    )


def newest_filing(employer: Employer) -> Case | None:
    """The newest filing about the employer itself, in any state."""
    return (
        Case.objects.filter(
            of_kinds(INITIAL.name, CHANGE.name, CANCELLATION.name), employer=employer
        )
        .order_by("-id")
        .first()
    )
