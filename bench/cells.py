"""What a workbook's cells cost: a column cleaned at a time, and identity numbers."""

from __future__ import annotations

from random import Random

from django.utils import timezone

from bench.results import Result, interleaved
from yonggong.codes.identity import check_document
from yonggong.contracts.new.kind import KIND as NEW
from yonggong.demonstration import inventing

_PEOPLE = 500
_ROWS = 20_000
_NUMBERS = 10_000


def run() -> list[Result]:
    """A contract's columns cleaned, in microseconds a cell (floor: each cell as text without its
    spaces), and an identity number checked (floor: its check digit alone)."""
    today = timezone.localdate()
    rng = Random(7)
    rows = [
        inventing.contract(
            rng, person, region="220104", start=today, dispatcher=False, part_time=False
        )
        for person in inventing.people(rng, region="220104", today=today, count=_PEOPLE)
    ]
    columns: dict[str, list[object]] = {
        name: [rows[number % _PEOPLE].get(name) for number in range(_ROWS)]
        for name in {name for row in rows for name in row}
    }
    cells = _ROWS * len(columns)

    def bare() -> None:
        for column in columns.values():
            for cell in column:
                str(cell).strip()

    ours, floor = interleaved(lambda: NEW.form.clean_columns(columns), bare, rounds=5, warm_up=1)
    number = str(rows[0]["document_number"])
    checked, digit = interleaved(
        lambda: [check_document("01", number) for _ in range(_NUMBERS)],
        lambda: [_check_digit(number) for _ in range(_NUMBERS)],
        rounds=5,
        warm_up=1,
    )
    return [
        Result(
            "cells: one of a workbook", "µs", ours / cells * 1000, floor / cells * 1000, "< 1 µs"
        ),
        Result(
            "cells: an identity number",
            "µs",
            checked / _NUMBERS * 1000,
            digit / _NUMBERS * 1000,
            "< 10 µs",
        ),
    ]


def _check_digit(number: str) -> str:
    total = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(number[:17]))
    return "10X98765432"[total % 11]
