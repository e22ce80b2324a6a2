"""Finding the keys of one page among any number of rows, at a cost that does not grow with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, Q, QuerySet

# Beyond this many rows nobody pages: counting and skipping further would cost what no reader
# gains, so the list asks for narrower conditions instead.
COUNT_LIMIT = 5_000


@dataclass(frozen=True, slots=True)
class Found:
    """The keys of one page, its number, and how many rows there are (`COUNT_LIMIT` + 1: more).

    `ordered` is False where there are too many rows to sort them as asked.
    """

    keys: Sequence[Any]
    number: int
    total: int
    ordered: bool = True


def last_page(total: int, size: int) -> int:
    """The last page that can be asked for."""
    return max(1, -(-min(total, COUNT_LIMIT) // size))


def find(
    rows: QuerySet[Any],
    *,
    order: Sequence[str],
    quick: bool,
    default_order: Sequence[str],
    number: int,
    size: int,
    bounds: Q | None = None,
) -> Found:
    """The keys of page `number` of `rows` in `order` (field names, the key last); the last page
    where there are fewer.

    First the matching rows are gathered in whatever order is cheapest, no more than the limit,
    and counted and sorted from there: one scan, and no index walked to its end in search of rows
    that are not there, which is what ordering and limiting at once tempts the planner to. Where
    more rows match, they lie close enough together that an index in `order` (`quick`), or in the
    default order, soon meets a page of them; the sooner for `bounds`, what the conditions imply of
    the field ordered by. They have no part in the gathering, where they would only lead the planner
    to that same index.
    """
    found = _gathered(rows, order, number, size)
    if found.total <= COUNT_LIMIT:
        return found
    number = min(number, last_page(found.total, size))
    start = (number - 1) * size
    walked = rows.filter(bounds or Q()).order_by(*(order if quick else default_order))
    keys = walked.values_list("pk", flat=True)[start : start + size]
    return Found(list(keys), number, found.total, ordered=quick)


def _gathered(rows: QuerySet[Any], order: Sequence[str], number: int, size: int) -> Found:
    """As `find`, of the first `COUNT_LIMIT` + 1 rows that turn up."""
    fields = {f"sort{index}": F(name.lstrip("-")) for index, name in enumerate(order)}
    gathered = rows.order_by().annotate(row_key=F("pk"), **fields).values_list("row_key", *fields)
    try:
        inner, params = gathered[: COUNT_LIMIT + 1].query.sql_with_params()
    except EmptyResultSet:
        return Found((), 1, 0)
    ordering = ", ".join(
        f"{field} {'DESC' if name.startswith('-') else 'ASC'}"
        for field, name in zip(fields, order, strict=True)
    )
    # Fenced (MATERIALIZED), so that the order and the page have no part in how rows are sought.
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH found AS MATERIALIZED ({inner}), counted AS (SELECT count(*) AS n FROM found)"
            f" SELECT row_key, (SELECT n FROM counted) FROM found ORDER BY {ordering} LIMIT %s"
            " OFFSET (SELECT least(%s, greatest(0, (n - 1) / %s * %s)) FROM counted)",
            [*params, size, (number - 1) * size, size, size],
        )
        lines = cursor.fetchall()
    total = lines[0][1] if lines else 0
    return Found([key for key, _ in lines], min(number, last_page(total, size)), total)
