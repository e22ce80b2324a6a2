"""Under which ownership of Table 1 an economic type comes; the nearest type above that is listed."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from yonggong.codes import tables


@cache
def _listed() -> dict[str, str]:
    with (Path(__file__).parent / "ownership.csv").open(encoding="utf-8") as file:
        return {row["economic_type"]: row["ownership"] for row in csv.DictReader(file)}


def ownership_of(economic_type: str) -> str | None:
    """The ownership of an economic type (GB/T 12402); None where none is told."""
    code: str | None = economic_type
    while code:
        if code in _listed():
            return _listed()[code]
        line = tables.table("economic_type").find(code)
        code = line.parent if line else None
    return None
