"""Rosters of approved filings, as tables; what stands on each is described in a file of its kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml

from yonggong.documents.rendering.papers import Align, Column, Proof, TablePaper
from yonggong.documents.rendering.wording import written_months

SEALS = ("用人单位（盖章）", "人力资源社会保障部门（盖章）")
NOTE = "本名册依据审核通过的备案信息生成，涂改无效。"

# What stands for a value that a filing rightly lacks, such as the end of an open-ended contract.
_NONE = "—"


@dataclass(frozen=True, slots=True)
class RosterColumn:
    """A column of a roster: the key of its values in a row, how they are worded, how it is set."""

    key: str
    kind: str
    column: Column


@dataclass(frozen=True, slots=True)
class Roster:
    """What stands on a kind of roster; its file tells of each part."""

    title: str
    columns: tuple[RosterColumn, ...]
    count_by: str
    sum: str | None


def roster_paper(
    described: Roster,
    rows: Sequence[Mapping[str, object]],
    *,
    employer: str,
    credit_code: str,
    agency: str,
    made_on: date,
    number: str | None,
    title: str = "",
    proof: Proof | None = None,
) -> TablePaper:
    """Give a roster as a table ready to print; without a number it is a preview.

    title: the province's own words for it, where it has any.
    rows: each with the keys of the roster's columns (`described.columns`, but for the serial
    number), holding text, date, Decimal in yuan, months or None as the column's kind says; a
    ready-made text is printed as it is (an hourly pay). Raises `KeyError` for a missing key.
    """
    return TablePaper(
        title=title or described.title,
        header=[
            ("用人单位", employer),
            ("统一社会信用代码", credit_code),
            ("备案机构", agency),
            ("备案人数", f"{len(rows)}人"),
        ],
        columns=[column.column for column in described.columns],
        rows=[
            [_worded(column, row, serial) for column in described.columns]
            for serial, row in enumerate(rows, start=1)
        ],
        made_on=made_on,
        number=number,
        totals=_totals(described, rows),
        notes=[NOTE],
        seals=SEALS,
        proof=proof,
    )


@cache
def roster(file: Path) -> Roster:
    """Read what stands on a kind of roster."""
    described = yaml.safe_load(file.read_text("utf-8"))
    return Roster(
        title=described["title"],
        columns=tuple(_column(entry) for entry in described["columns"]),
        count_by=described["count_by"],
        sum=described.get("sum"),
    )


def _column(entry: Mapping[str, Any]) -> RosterColumn:
    align = cast(Align, entry.get("align", "center"))
    return RosterColumn(
        key=entry["key"],
        kind=entry["kind"],
        column=Column(title=entry["title"], width=entry["width"], align=align),
    )


_WORDING: Mapping[str, Callable[[Any], str]] = {
    "text": str,
    "date": date.isoformat,
    "money": "{:.2f}".format,
    "months": written_months,
    "number": str,
}


def _worded(column: RosterColumn, row: Mapping[str, object], serial: int) -> str:
    if column.kind == "serial":
        return str(serial)
    value = row[column.key]
    if value is None or value == "":
        return _NONE
    return value if isinstance(value, str) else _WORDING[column.kind](value)


def _totals(described: Roster, rows: Sequence[Mapping[str, object]]) -> str:
    """Word the last line: how many, of each sort how many, and the sum of the money if any."""
    counts = Counter(str(row[described.count_by]) for row in rows)
    sorts = "，".join(f"{sort}{count}人" for sort, count in counts.most_common())
    words = f"合计：{len(rows)}人" + (f"，其中{sorts}。" if rows else "。")
    if described.sum:
        total = sum((cast(Decimal, row[described.sum] or 0) for row in rows), Decimal(0))
        title = next(c.column.title for c in described.columns if c.key == described.sum)
        words += f"{title.partition(chr(10))[0]}合计{total:.2f}元。"
    return words
