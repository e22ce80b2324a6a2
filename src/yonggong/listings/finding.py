"""Finding the keys of one page among any number of rows, at a cost that does not grow with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, Max, Min, Model, Q, QuerySet

# Beyond this many rows nobody pages: counting and skipping further would cost what no reader
# gains, so the list asks for narrower conditions instead.
COUNT_LIMIT = 5_000
# So often the keys are halved: what is left to walk past is a 128th of all rows.
_HALVINGS = 7


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
    blocks: Q | None = None,
) -> Found:
    """The keys of page `number` of `rows` in `order` (field names, the key last); the last page
    where there are fewer.

    First the matching rows are gathered in whatever order is cheapest, no more than the limit,
    and counted and sorted from there: one scan, and no index walked to its end in search of rows
    that are not there, which is what ordering and limiting at once tempts the planner to. Where
    more rows match, they lie close enough together that an index in `order` (`quick`), or in the
    default order, soon meets a page of them; the sooner for `bounds`, what the conditions imply of
    the field ordered by. They have no part in the gathering, where they would only lead the planner
    to that same index. Where the newest come first, `blocks` (see `conditions.Reading`) tells how
    many of them need not be met at all.
    """
    found = _gathered(rows, order, number, size)
    if found.total <= COUNT_LIMIT:
        return found
    number = min(number, last_page(found.total, size))
    start = (number - 1) * size
    walking = order if quick else default_order
    walked = rows.filter(bounds or Q()).order_by(*walking)
    if blocks and walking[0] == "-pk":
        walked = walked.filter(pk__lte=_newest(rows.model, blocks))
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


def _newest(model: type[Model], blocks: Q) -> Any:
    """A key above which no row fits `blocks`, and not far below which one does.

    Found by halving: whether a row fits among the newer half is told by an index that keeps the
    ranges of the days and of the key for each block of rows, and hardly reads any row.
    """
    every = model._default_manager.all()
    ends = every.aggregate(low=Min("pk"), high=Max("pk"))
    low, high = ends["low"], ends["high"]
    _only_by_bitmap(True)
    for _ in range(_HALVINGS):
        middle = (low + high) // 2
        if every.filter(blocks, pk__gt=middle, pk__lte=high).exists():
            low = middle
        else:
            high = middle
    _only_by_bitmap(False)
    return high


def _only_by_bitmap(only: bool) -> None:
    """Whether, until the transaction ends, rows are sought by bitmaps of indexes alone."""
    names = ("enable_seqscan", "enable_indexscan", "enable_indexonlyscan")
    settings = ", ".join(f"set_config('{name}', %s, true)" for name in names)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {settings}", ["off" if only else "on"] * len(names))
