"""Merged cells: only the first of them holds anything; what looks filled below or beside it is
empty."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from yonggong.batch.cells import FileRefused, Table, says, tab_called

_MOST_COVERED = 100_000


def covered_cells(
    table: Table, after: int, positions: Sequence[int], name: str
) -> dict[int, set[int]]:
    """Cells at `positions` below row `after` that a merged cell covers which says something:
    columns by row number. Raises `FileRefused` where there are more than anybody would name."""
    read = set(positions)
    reaching = [
        (top, left, min(bottom, table.height - 1), right)
        for (top, left), (bottom, right) in table.merged
        if bottom >= after and not read.isdisjoint(range(left, right + 1))
    ]
    if not reaching:
        return {}
    wanted = {top for top, *_ in reaching}
    firsts = {
        number: row
        for number, row in enumerate(islice(table.rows(), max(wanted) + 1))
        if number in wanted
    }
    covered: dict[int, set[int]] = {}
    count = 0
    for top, left, bottom, right in reaching:
        row = firsts.get(top, ())
        is_error = left in table.errors.get(top + 1, ())
        if not is_error and (left >= len(row) or not says(row[left])):
            continue
        columns = read & set(range(left, right + 1))
        count += (bottom + 1 - max(top, after)) * len(columns)
        if count > _MOST_COVERED:
            raise FileRefused(
                f"{tab_called(name)}有大量合并单元格，合并后只有第一格有内容。"
                "请取消合并，逐行填写后重新上传。"
            )
        for place in range(max(top, after), bottom + 1):
            empty = columns - {left} if place == top else columns
            if empty:
                covered.setdefault(place + 1, set()).update(empty)
    return covered
