"""Dated figures that rules reckon with (`figures.yaml`), each with its source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import yaml

UNCHECKED = "待核"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure from a day on (None: ever since the standard). `item`, `rule`, `parameter`: where the
    standard prints it; `checked`: the text seen and the day, or 待核."""

    name: str
    value: Decimal
    unit: str
    since: date | None
    item: str
    rule: int
    parameter: str
    checked: str
    words: str = ""

    @property
    def said(self) -> str:
        """The figure as steps name it; one without a unit is a share."""
        doubt = "（待核）" if self.checked == UNCHECKED else ""
        if not self.words and not self.unit:
            return f"{(self.value * 100).normalize():f}%{doubt}"
        return f"{self.words or f'{self.value.normalize():f}{self.unit}'}{doubt}"


@cache
def figures() -> dict[str, tuple[Figure, ...]]:
    """All figures by name, the latest first."""
    raw = yaml.safe_load(Path(__file__).with_name("figures.yaml").read_text("utf-8"))
    found = {}
    for name, one in raw.items():
        shared = {key: one[key] for key in ("unit", "item", "rule", "checked")}
        dated = [
            Figure(
                name=name,
                value=Decimal(str(entry["value"])),
                since=entry.get("since"),
                parameter=one.get("parameter", ""),
                words=one.get("words", ""),
                **shared,
            )
            for entry in one["values"]
        ]
        found[name] = tuple(sorted(dated, key=lambda entry: entry.since or date.min, reverse=True))
    return found


def figure(name: str, on: date) -> Figure:
    """The figure that holds on a day. Raises KeyError for none."""
    for entry in figures()[name]:
        if entry.since is None or entry.since <= on:
            return entry
    raise KeyError(name)
