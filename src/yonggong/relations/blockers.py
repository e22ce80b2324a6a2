"""What stands against recognising an employer, as rooms above know it: filings missing, orders to correct
that are open, arbitration that is not ended."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from yonggong.registry.models import Employer


@dataclass(frozen=True, slots=True)
class Blocker:
    """One reason; `told`: whether the employer may know of it (what was not served yet it may not)."""

    reason: str
    told: bool = True


Look = Callable[[Employer, date], Iterable[Blocker]]
_looks: list[Look] = []


def when_recognised(look: Look) -> None:
    """Have a room above say what stands against an employer on a day."""
    if look not in _looks:
        _looks.append(look)


def blockers(employer: Employer, on: date) -> list[Blocker]:
    """All that stands against it."""
    return [found for look in _looks for found in look(employer, on)]
