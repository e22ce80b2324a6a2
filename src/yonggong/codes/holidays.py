"""The days off of every citizen in any year, from ``days_off/``.

The regulation on days off (全国年节及纪念日放假办法, as amended in 2024), article 2, fixes them without
a yearly notice: days of the year, of the lunar calendar, and the solar term 清明.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

_FOLDER = Path(__file__).with_name("days_off")


@dataclass(frozen=True, slots=True)
class Holiday:
    """One of them: on a month and day of the year, or by a column of the festivals' table.

    ``days`` are counted from that day: -1 is its eve.
    """

    title: str
    days: tuple[int, ...]
    year_day: str = ""
    festival: str = ""

    def in_year(self, year: int) -> tuple[date, ...]:
        """Its days off in a year; none where the festivals' table does not reach."""
        if self.year_day:
            first = date.fromisoformat(f"{year:04}-{self.year_day}")
        elif year in _festivals():
            first = date.fromisoformat(_festivals()[year][self.festival])
        else:
            return ()
        return tuple(first + timedelta(days=step) for step in self.days)


@cache
def _described() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((_FOLDER / "days_off.yaml").read_text(encoding="utf-8"))
    return read


@cache
def _festivals() -> dict[int, dict[str, str]]:
    with (_FOLDER / "festivals.csv").open(encoding="utf-8", newline="") as lines:
        return {int(row["year"]): row for row in csv.DictReader(lines)}


@cache
def holidays() -> tuple[Holiday, ...]:
    """Every holiday of the regulation, in the order of its article 2."""
    return tuple(
        Holiday(
            one["title"],
            tuple(one["days"]),
            year_day=one.get("year_day", ""),
            festival=one.get("festival", ""),
        )
        for one in _described()["statutory"]["holidays"]
    )


@cache
def statutory_days_off(year: int) -> Mapping[date, str]:
    """The days off of a year and what they are; none before the regulation's text in force.

    Which further days are off or worked in exchange is the yearly notice's to say.
    """
    if year < _described()["statutory"]["since"].year:
        return MappingProxyType({})
    return MappingProxyType({day: one.title for one in holidays() for day in one.in_year(year)})
