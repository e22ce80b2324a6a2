"""One page of a list: what was asked, read without ever failing, and the rows that answer it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property, reduce
from operator import and_
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.db import OperationalError, connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.listings import finding
from yonggong.listings.conditions import Choice, Condition, Params, Reading
from yonggong.listings.listing import Badge, BulkAction, Column, Listing, Tone, Value
from yonggong.listings.models import Preference
from yonggong.vault import mask
from yonggong.vault.sealing import SealBroken

TOO_MANY = f"结果超过 {finding.COUNT_LIMIT} 条，请缩小查询条件。"
_BROKEN_NOTICE = (
    "有 {count} 处加密保存的内容与所属记录不符，没有显示，已记入日志，请告知经办机构的系统管理员。"
)
# A list never holds a connection longer than this, whatever it was asked.
_STATEMENT_SECONDS = 8
_TOO_SLOW = "查询条件过宽，未能及时得出结果，请补充条件后再查询。"


def _together(parts: Iterable[Q | None]) -> Q:
    return reduce(and_, (part for part in parts if part is not None), Q())


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks of a list, read and checked.

    readings   condition name → what was made of it
    q          all conditions together
    problems   condition name → what is wrong with it; the list then shows no rows
    words      the conditions in words, in the list's order
    sort       column to sort by, None for the default order
    columns    the columns to show
    """

    listing: Listing
    user: User
    readings: Mapping[str, Reading]
    sort: Column | None
    descending: bool
    number: int
    size: int
    columns: tuple[Column, ...]

    @property
    def q(self) -> Q:
        return _together(reading.q for reading in self.readings.values())

    @property
    def bounds(self) -> Q:
        """What the conditions imply of the field the list is ordered by."""
        return _together(reading.bound for reading in self.readings.values())

    @property
    def blocks(self) -> Q:
        """The conditions that an index answers by blocks of rows; one owner's rows need none."""
        if self.listing.one_owner:
            return Q()
        return _together(reading.blocks for reading in self.readings.values())

    @property
    def problems(self) -> dict[str, str]:
        return {name: item.problem for name, item in self.readings.items() if item.problem}

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(item.words for item in self.readings.values() if item.words)

    @property
    def params(self) -> dict[str, str]:
        """The parameters that ask the same again, those left empty not among them."""
        params = {
            name: text
            for reading in self.readings.values()
            for name, text in reading.typed.items()
            if text
        }
        if self.sort:
            params["sort"] = ("-" if self.descending else "") + self.sort.name
        return params

    @property
    def rows(self) -> QuerySet[Any]:
        """The rows asked for, in the order asked for; none where a condition can't be read."""
        rows = self.listing.rows(self.user)
        if self.problems:
            return rows.none()
        return rows.filter(self.q).order_by(*self.order)

    @property
    def order(self) -> tuple[str, ...]:
        """Fields to order by; the key comes last, so that no row is seen twice or never."""
        order = self.listing.default_order
        if self.sort and self.sort.order_by:
            order = (
                tuple(map(_reversed, self.sort.order_by))
                if self.descending
                else (self.sort.order_by)
            )
        return _complete(order)


def _complete(order: tuple[str, ...]) -> tuple[str, ...]:
    return order if order[-1] in ("pk", "-pk") else (*order, "-pk")


def _reversed(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def read(listing: Listing, user: User, params: Params) -> Asked:
    """Read what `params` (name → values) ask of a list. Never raises on any of them."""
    sort = _last(params, "sort")
    column = listing.column(sort.removeprefix("-"))
    chosen = preference(listing, user)
    sizes = listing.page_sizes
    size = _number(_last(params, "size"), 0)
    if size not in sizes:
        size = chosen.page_size if chosen and chosen.page_size in sizes else sizes[0]
    return Asked(
        listing=listing,
        user=user,
        readings={item.name: item.read(params, user) for item in listing.conditions},
        sort=column if column and column.order_by else None,
        descending=sort.startswith("-"),
        number=_number(_last(params, "page"), 1),
        size=size,
        columns=_columns(listing, chosen),
    )


def preference(listing: Listing, user: User) -> Preference | None:
    """What the person chose for this list; None where they chose nothing."""
    return Preference.objects.filter(user=user, listing=listing.name).first()


def _columns(listing: Listing, chosen: Preference | None) -> tuple[Column, ...]:
    names = set(chosen.columns) if chosen else set()
    wanted = tuple(column for column in listing.columns if column.name in names)
    return wanted or tuple(column for column in listing.columns if column.shown)


def _last(params: Params, name: str) -> str:
    values = params.get(name) or ("",)
    return values[-1]


def _number(text: str, default: int) -> int:
    """A whole number from 1 of at most six digits; `default` for anything else."""
    return (
        int(text)
        if text.isascii() and text.isdigit() and 0 < len(text) < 7 and int(text)
        else (default)
    )


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as the page shows it."""

    column: Column
    text: str
    link: str | None
    badge: Badge | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row as the page shows it; `key` identifies it in bulk actions."""

    key: str
    cells: tuple[Cell, ...]
    link: str | None
    tone: Tone | None
    selectable: bool


@dataclass(frozen=True)
class ShownCondition:
    """A condition with what was asked of it, as the page shows it: its parameters with what was
    typed, its choices, its problem."""

    condition: Condition
    reading: Reading
    fields: tuple[tuple[str, str], ...]
    user: User

    @cached_property
    def choices(self) -> Sequence[Choice]:
        return self.condition.choices_for(self.user)

    @property
    def searchable(self) -> bool:
        """Whether the choices are too many to look through without typing."""
        return len(self.choices) > 12

    @property
    def used(self) -> bool:
        return bool(self.reading.words or self.reading.problem)


@dataclass(frozen=True)
class Page:
    """One page of a list.

    total   number of rows found, at most `finding.COUNT_LIMIT` + 1 (then more may exist)
    number  this page, from 1; `last` the last page that can be asked for
    notice  what the reader must know of how the rows were found
    broken  the sealed values among them that do not open, whose cells say so
    ordered  whether the rows stand in the order asked for
    """

    asked: Asked
    rows: tuple[Row, ...]
    total: int
    number: int
    notice: str = ""
    ordered: bool = True
    broken: tuple[SealBroken, ...] = ()

    @property
    def listing(self) -> Listing:
        return self.asked.listing

    @property
    def capped(self) -> bool:
        return self.total > finding.COUNT_LIMIT

    @property
    def total_text(self) -> str:
        """The number of rows as people read it; "5000+" where there are more than are counted."""
        return f"{finding.COUNT_LIMIT}+" if self.capped else str(self.total)

    @property
    def last(self) -> int:
        return finding.last_page(self.total, self.asked.size)

    @property
    def first_row(self) -> int:
        return (self.number - 1) * self.asked.size + 1

    @property
    def last_row(self) -> int:
        return self.first_row + len(self.rows) - 1

    @property
    def numbers(self) -> list[int | None]:
        """Page numbers to link to; None stands for those left out."""
        near = range(max(1, self.number - 2), min(self.last, self.number + 2) + 1)
        shown = sorted({1, self.last, *near})
        numbers: list[int | None] = []
        for number in shown:
            if numbers and number - (numbers[-1] or 0) > 1:
                numbers.append(None)
            numbers.append(number)
        return numbers

    @cached_property
    def conditions(self) -> list[ShownCondition]:
        """The conditions as the page shows them, in the order of the description."""
        return [
            ShownCondition(
                condition,
                reading := self.asked.readings[condition.name],
                tuple(
                    (param, reading.shown.get(param, reading.typed.get(param, "")))
                    for param in condition.params
                ),
                self.asked.user,
            )
            for condition in self.listing.conditions
        ]

    @property
    def personal(self) -> bool:
        """Whether something is sought by that must not stand in an address: the page sends it by POST."""
        return any(condition.personal for condition in self.listing.conditions)

    @property
    def unfolded(self) -> bool:
        """Whether a condition that is usually folded away is in use."""
        return any(item.used and not item.condition.prominent for item in self.conditions)

    @property
    def foldable(self) -> bool:
        return any(not item.condition.prominent for item in self.conditions)

    @property
    def actions(self) -> list[BulkAction]:
        """The actions on selected rows that this person may do."""
        return [
            action
            for action in self.listing.actions
            if action.power is None or self.asked.user.may(action.power)
        ]

    @property
    def offers_whole(self) -> bool:
        """Whether an action can be done to more than the page shows."""
        return self.last > 1 and any(action.whole for action in self.actions)

    def address(self, **changes: str | int) -> str:
        """The query string that asks the same with some parameters changed; "" drops one."""
        params: dict[str, str | int] = {**self.asked.params, **changes}
        return "?" + urlencode({name: value for name, value in params.items() if value != ""})

    @property
    def export_xlsx(self) -> str:
        return self.address(export="xlsx")

    @property
    def export_csv(self) -> str:
        return self.address(export="csv")

    @property
    def before(self) -> int:
        return self.number - 1

    @property
    def after(self) -> int:
        return self.number + 1

    @cached_property
    def idempotency_key(self) -> str:
        """The idempotency key of what is done with this page's rows."""
        return str(uuid4())

    @property
    def here(self) -> str:
        """The query string of this very page."""
        return self.address(page=self.number if self.number > 1 else "")


def page_of(listing: Listing, user: User, params: Params) -> Page:
    """One page of a list as `params` (name → values, as in a query string) ask for it.

    Costs about the same however many rows exist (see `finding.find`); whatever was asked, it is
    given up after some seconds.
    """
    asked = read(listing, user, params)
    if asked.problems:
        return Page(asked, (), 0, 1)
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL statement_timeout = '{_STATEMENT_SECONDS}s'")
                # Merging walks an index from its very beginning; it only looks cheap where few
                # rows are wanted.
                cursor.execute("SET LOCAL enable_mergejoin = off")
                if listing.one_owner:
                    cursor.execute("SET LOCAL enable_bitmapscan = off")
            return _found(asked)
    except OperationalError:
        return Page(asked, (), 0, 1, _TOO_SLOW)


def _found(asked: Asked) -> Page:
    found = finding.find(
        asked.rows,
        order=asked.order,
        quick=asked.sort is None or asked.sort.quick,
        default_order=_complete(asked.listing.default_order),
        bounds=asked.bounds,
        blocks=asked.blocks,
        number=asked.number,
        size=asked.size,
    )
    notice = ""
    if not found.ordered and asked.sort:
        # Sorting millions by any column would read them all.
        notice = f"{TOO_MANY}现按默认顺序显示，未按“{asked.sort.label}”排序。"
    elif found.total > finding.COUNT_LIMIT and asked.number >= found.number == finding.last_page(
        found.total, asked.size
    ):
        notice = TOO_MANY
    broken: list[SealBroken] = []
    rows = _fetch(asked, found.keys, broken)
    if broken:
        notice = f"{_BROKEN_NOTICE.format(count=len(broken))}{notice}"
    return Page(asked, rows, found.total, found.number, notice, found.ordered, tuple(broken))


def _fetch(asked: Asked, keys: Sequence[Any], broken: list[SealBroken]) -> tuple[Row, ...]:
    if not keys:
        return ()
    found = {row.pk: row for row in asked.listing.rows(asked.user).filter(pk__in=keys)}
    return tuple(_row(asked, found[key], broken) for key in keys if key in found)


def _row(asked: Asked, row: Any, broken: list[SealBroken]) -> Row:
    listing = asked.listing
    return Row(
        key=str(row.pk),
        cells=tuple(
            Cell(
                column,
                text_of(column, value_of(column, row, broken), personal=False),
                column.link(row) if column.link else None,
                column.badge(row) if column.badge else None,
            )
            for column in asked.columns
        ),
        link=listing.row_link(row) if listing.row_link else None,
        tone=listing.row_tone(row) if listing.row_tone else None,
        selectable=listing.selectable(row),
    )


class Unopened(str):
    """What stands in a cell whose sealed value does not open."""

    __slots__ = ()


_UNOPENED = Unopened("数据校验不符")


def value_of(column: Column, row: Any, broken: list[SealBroken]) -> Value:
    """The value of a cell; one that does not open is noted in `broken`, and the other rows are shown
    all the same."""
    try:
        return column.value(row)
    except SealBroken as found:
        broken.append(found)
        return _UNOPENED


def text_of(column: Column, value: Value, *, personal: bool) -> str:
    """A value as people read it; masked, unless `personal`, where the column says so."""
    match value:
        case None:
            return ""
        case Unopened():
            return str(value)
        case bool():
            return "是" if value else "否"
        case datetime():
            local = timezone.localtime(value) if timezone.is_aware(value) else value
            return local.strftime("%Y-%m-%d %H:%M")
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:,f}"
    text = str(value)
    return mask(text, column.mask) if column.mask and not personal else text
