"""What is told on a day: one note a party and topic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

_NAMED = 5


@dataclass(frozen=True, slots=True)
class Note:
    """What to tell everybody who acts for a party, or reviews at it: an employer, a person or an
    agency (`party`, its key)."""

    topic: str
    title: str
    body: str
    party: int


def by_owner(rows: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    """What there is of each party."""
    found: dict[int, list[str]] = defaultdict(list)
    for owner, name in rows:
        found[owner].append(name)
    return found


def listed(names: list[str], unit: str = "人") -> str:
    """The first few, and how many there are in all."""
    shown = "、".join(names[:_NAMED])
    return f"{shown}等 {len(names)} {unit}" if len(names) > _NAMED else shown
