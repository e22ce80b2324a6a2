"""What a person is told at once by something done to them; rooms above carry it (`when_told`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A message to one account. `about` keeps it single on its day."""

    user: int
    about: str
    title: str
    body: str
    at: datetime


_carriers: list[Callable[[Told], object]] = []


def when_told(carry: Callable[[Told], object]) -> None:
    """Have messages carried by `carry`, within the transaction of what they tell of."""
    _carriers.append(carry)


def tell(told: Told) -> None:
    """Tell it."""
    for carry in _carriers:
        carry(told)
