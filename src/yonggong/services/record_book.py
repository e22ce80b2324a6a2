"""Which records there are, from `records.yaml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

# What an item that makes no record says.
NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordKind:
    """One record of the book; see `records.yaml` for what each says."""

    title: str
    stands: bool = False
    by_item: bool = False
    named: str = ""
    since: tuple[str, ...] = ()
    until: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How the act of an item on a record is told: by the first of these fields that is answered."""

    record: str
    fields: Mapping[str, str] = field(default_factory=dict)
    otherwise: str


@dataclass(frozen=True, slots=True)
class Book:
    """All that `records.yaml` says."""

    kinds: Mapping[str, RecordKind]
    alternatives: Sequence[tuple[str, str]]
    together: Sequence[tuple[str, str]]
    told: Mapping[str, Told]
    things: Mapping[str, Mapping[str, str]]

    def title(self, key: str) -> str:
        return self.kinds[key].title

    def thing(self, item: str, record: str) -> str:
        """Which of several alike a record is by the item alone; "" where the item says nothing."""
        for beginning, things in self.things.items():
            if item.startswith(beginning):
                return things.get(record, "")
        return ""


def _kind(raw: Mapping[str, Any]) -> RecordKind:
    return RecordKind(
        title=raw["title"],
        stands=raw.get("stands", False),
        by_item=raw.get("by_item", False),
        named=raw.get("named", ""),
        since=tuple(raw.get("since", ())),
        until=tuple(raw.get("until", ())),
        kept=tuple(raw.get("kept", ())),
    )


@cache
def book() -> Book:
    """The book, read once."""
    raw = yaml.safe_load(Path(__file__).with_name("records.yaml").read_text("utf-8"))
    return Book(
        kinds={key: _kind(one) for key, one in raw["records"].items()},
        alternatives=[(first, second) for first, second in raw["alternatives"]],
        together=[(first, second) for first, second in raw["together"]],
        told={key: Told(**one) for key, one in raw["told"].items()},
        things=raw["things"],
    )
