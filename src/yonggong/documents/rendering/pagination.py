"""Which rows stand on which page, so that totals and seals never stand on a page alone."""

from __future__ import annotations

from collections.abc import Sequence

# Rows that go with the seals to a new page when they do not fit below the last row.
_KEPT_TOGETHER = 2


def paginate(
    heights: Sequence[float], *, first_room: float, next_room: float, tail: float
) -> list[tuple[int, int]]:
    """Give the pages as (first row, row after the last); one page at least.

    heights: of the rows. first_room, next_room: for rows on the first and on a following page.
    tail: what stands below the last row. All in one unit. A row higher than a page gets a page of
    its own; a tail that fits on no page with a row is put after the last row all the same.
    """
    pages: list[tuple[int, int]] = []
    start, used, room = 0, 0.0, first_room
    for index, height in enumerate(heights):
        if used + height > room and index > start:
            pages.append((start, index))
            start, used, room = index, 0.0, next_room
        used += height
    end = len(heights)
    if used + tail > room and end - start > 1:
        kept = max(start + 1, end - _KEPT_TOGETHER)
        if kept < end - 1 and sum(heights[kept:]) + tail > next_room:
            kept = end - 1
        pages.append((start, kept))
        start = kept
    return [*pages, (start, end)]
