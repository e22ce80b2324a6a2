"""Reader of the CSV tables in this folder; every table names its source."""

from __future__ import annotations

import csv
from importlib.resources import files


def rows(name: str) -> list[dict[str, str]]:
    """Read one table as a list of rows, all values as text. FileNotFoundError if there is none."""
    text = (files(__name__) / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
