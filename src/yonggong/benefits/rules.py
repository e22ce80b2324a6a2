"""Which function computes which rule of the standard (`rules.csv`), or why none does."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from yonggong.benefits.functions import FUNCTIONS
from yonggong.benefits.reckoning import Function, Input


@dataclass(frozen=True, slots=True)
class Mapped:
    """A rule of an item, by its place among the item's rules: the function and what it is told; else
    `why_not` says why nothing is computed."""

    item: str
    rule: int
    function: Function | None
    told: Mapping[str, str]
    why_not: str

    @property
    def inputs(self) -> Sequence[Input]:
        return self.function.inputs(self.told) if self.function else ()


def _read(row: Mapping[str, str]) -> Mapped:
    told = dict(one.split("=", 1) for one in row["told"].split(";") if one)
    name = row["function"]
    function = FUNCTIONS[name] if name else None
    return Mapped(row["item"], int(row["rule"]), function, told, row["why_not"])


@cache
def mapped() -> Mapping[tuple[str, int], Mapped]:
    """Every rule of an amount, a period, a deadline or a threshold, by item and place."""
    with Path(__file__).with_name("rules.csv").open(encoding="utf-8", newline="") as lines:
        found = map(_read, csv.DictReader(lines))
        return {(one.item, one.rule): one for one in found}


def of_item(item: str) -> Sequence[Mapped]:
    """The rules of an item, in its order."""
    return [one for (key, _), one in mapped().items() if key == item]


def of_function(name: str) -> Sequence[Mapped]:
    """The rules that a function computes."""
    return [one for one in mapped().values() if one.function and one.function.name == name]
