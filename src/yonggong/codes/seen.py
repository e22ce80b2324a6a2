"""That somebody compared a text or a table with a source, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

UNCHECKED = "待核"


@dataclass(frozen=True, slots=True)
class Seen:
    """Which source was seen, and on what day."""

    source: str
    on: date

    def __str__(self) -> str:
        return f"{self.source}（{self.on}）"
