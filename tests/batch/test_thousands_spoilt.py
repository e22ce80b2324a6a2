"""Ten thousand spoilt workbooks: no row is lost, changed or doubled. Each is read as it was, or
named, or the whole file is refused in words."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.batch.spoiling_files import FORM, WAYS, Made, make
from yonggong.batch.reading import FileRefused, read
from yonggong.batch.sheet import Reader

_ALTOGETHER, _AT_A_TIME = 10_000, 1000


def _fault(made: Made) -> str | None:
    """What became of the workbook that should not have; "refused" where it was, with reason."""
    try:
        sheet = read(Reader(made.content()), FORM, size=made.chance.randint(1, 4))
        parts = list(sheet.parts)
    except FileRefused as refused:
        assert len(str(refused)) > 10, made.ways
        return "refused"
    told = "".join(sheet.notices)
    main = [tab.name for tab in made.sheets].index(sheet.name or made.sheets[0].name)
    people, seen = made.people[main], Counter[int]()
    for part in parts:
        cleaned = FORM.clean_columns(part.columns, len(part.numbers))
        seen.update(part.numbers)
        for place, number in enumerate(part.numbers):
            if cleaned.problems.get(place):
                continue
            if number not in people:
                return f"row {number} is nobody's"
            if changed := _changed(people[number], cleaned.row(place)):
                return f"row {number}: {changed}"
    for number in people:
        if seen[number] > 1:
            return f"row {number} is doubled"
        if not seen[number] and f"第 {number} " not in told and "上方" not in told:
            return f"row {number} is lost"
    for tab, others in enumerate(made.people):
        if tab != main and others and f"“{made.sheets[tab].name}”没有读取" not in told:
            return f"tab {tab} is lost"
    hidden = made.sheets[main].hidden_rows & people.keys() & seen.keys()
    return "hidden rows are not told" if hidden and "隐藏" not in told else None


def _changed(person: dict[str, Any], row: dict[str, Any]) -> str:
    return "; ".join(
        f"{name}: {value!r} is {row[name]!r}"
        for name, value in person.items()
        if row[name] != value
    )


@pytest.mark.parametrize("begin", range(0, _ALTOGETHER, _AT_A_TIME))
def test_no_row_is_lost_changed_or_doubled(begin: int) -> None:
    faults, met, refused = {}, set(), 0
    for seed in range(begin, begin + _AT_A_TIME):
        made = make(seed)
        met |= set(made.ways)
        fault = _fault(made)
        refused += fault == "refused"
        if fault not in (None, "refused"):
            faults[seed] = (fault, made.kind, made.ways)
    assert faults == {}
    assert met == set(WAYS)
    assert refused < _AT_A_TIME * 0.6  # most are read
