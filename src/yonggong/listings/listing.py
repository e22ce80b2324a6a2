"""What a list is made of: columns, conditions, actions on selected rows. Descriptions only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from django.db.models import QuerySet

from yonggong.accounts.roles import Power
from yonggong.listings.conditions import Condition
from yonggong.vault.masking import Kind as MaskKind

if TYPE_CHECKING:
    from yonggong.accounts.models import User

Value = str | int | bool | Decimal | date | datetime | None
Tone = Literal["good", "wait", "bad", "warn", "note", "muted"]


@dataclass(frozen=True, slots=True)
class Badge:
    """How a value stands out: a tone and a Tabler icon, so that it is not told by colour alone."""

    tone: Tone
    icon: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a list and of its export.

    name      key in addresses and preferences; stays for good
    value     row → what stands in the cell. Whole, where `mask` is set: masking is done here
    order_by  fields that sort the list by this column, None where it cannot be sorted by. A list
              of more than `finding.COUNT_LIMIT` rows sorts only by columns with `quick` set, which
              promises an index (with the scope's leading columns) that walks in this order
    mask      how personal data is shown; whole only in an export that asks for it
    whole     user → row → whether the person's power to see personal data holds for this row;
              the export that asks for it shows the others masked. Goes with `mask`
    shown     whether people see the column before they choose columns
    numeric   right-aligned
    long      sentences, over several lines where one is too short
    link      row → address of a page, None where there is none for this row
    badge     row → how the value stands out, None where it does not
    width     of the column in the workbook, in characters
    export    whether the column goes into the workbook
    """

    name: str
    label: str
    value: Callable[[Any], Value]
    order_by: tuple[str, ...] | None = None
    quick: bool = False
    mask: MaskKind | None = None
    whole: Callable[[User], Callable[[Any], bool]] | None = None
    shown: bool = True
    numeric: bool = False
    long: bool = False
    link: Callable[[Any], str | None] | None = None
    badge: Callable[[Any], Badge | None] | None = None
    width: int = 16
    export: bool = True


def chosen(columns: Mapping[str, Column], *names: str, **altered: Any) -> tuple[Column, ...]:
    """The columns called `names`, in that order; `altered` maps a name to attributes to change:
    ``chosen(COLUMNS, "name", "job", job={"shown": True})``. KeyError for a name there is none of."""
    return tuple(replace(columns[name], **altered.get(name, {})) for name in names)


def seen_through(attribute: str, columns: Iterable[Column]) -> tuple[Column, ...]:
    """The same where a row has in `attribute` what they read; a list of such rows is not sorted by
    them. Not for personal data, whose powers hold for the row."""
    return tuple(
        replace(
            column,
            value=_through(attribute, column.value),
            badge=column.badge and _through(attribute, column.badge),
            link=column.link and _through(attribute, column.link),
            order_by=None,
            quick=False,
        )
        for column in columns
    )


def _through(attribute: str, read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda row: read(getattr(row, attribute))


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkAction:
    """Something done to the rows a person ticks.

    The page at `url_name` gets the rows' keys as repeated ``ids``, ``next`` (the list as it
    stands), and by POST also the CSRF token and ``idempotency_key``. By GET (a page that asks for
    more, or shows something made of the rows) the list sends people on to it.

    confirm   question asked before it is done; empty: none
    power     needed to see the action
    whole     it is done to all that the conditions find as well, where people say so (``all``)
    """

    name: str
    title: str
    url_name: str
    method: Literal["post", "get"] = "post"
    icon: str = ""
    tone: Literal["primary", "danger", "plain"] = "plain"
    confirm: str = ""
    power: Power | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list, described once: the page, the parts refreshed in it, and both exports follow.

    name           key of preferences and of the access log's lines; stays for good
    rows           user → the rows that exist for them, without order; needs `select_related` and
                   `only` as the columns read them. Rows must not repeat (no joins to many)
    conditions     seek by columns of the rows' own table, each with an index of its own (they are
                   combined as bitmaps); what the rows refer to: `RelatedTextCondition`
    one_owner      the rows are one owner's, few enough to be read whole through the owner's index:
                   conditions only filter them, and indexes of everybody's rows stay out of it
    default_order  must be quick at any number of rows, as `Column.quick` says
    actions        for selected rows; `selectable` tells which rows may be ticked
    row_link       row → the page a row leads to (opened by the first column and by Enter)
    row_tone       row → a tone that marks the whole row (late cases), None for none
    empty          what to say when nothing is found
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Callable[[User], QuerySet[Any]]
    conditions: tuple[Condition, ...] = ()
    one_owner: bool = False
    default_order: tuple[str, ...] = ("-pk",)
    actions: tuple[BulkAction, ...] = ()
    selectable: Callable[[Any], bool] = lambda row: True
    row_link: Callable[[Any], str | None] | None = None
    row_tone: Callable[[Any], Tone | None] | None = None
    page_sizes: tuple[int, ...] = (20, 50, 100)
    empty: str = "没有符合条件的记录。"
    _by_name: dict[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse a description that contradicts itself, when the program starts."""
        by_name = {column.name: column for column in self.columns}
        params = [param for condition in self.conditions for param in condition.params]
        if any((column.mask is None) != (column.whole is None) for column in self.columns):
            raise ValueError(f"{self.name}: where personal data may be seen whole is not said")
        if len(by_name) != len(self.columns):
            raise ValueError(f"{self.name}: two columns of one name")
        if len(set(params)) != len(params) or RESERVED & set(params):
            raise ValueError(f"{self.name}: a condition's name is taken")
        object.__setattr__(self, "_by_name", by_name)

    def column(self, name: str) -> Column | None:
        """The column called `name`, None where there is none."""
        return self._by_name.get(name)


# Parameters of the list itself; no condition may be called so.
RESERVED = frozenset(
    {"page", "size", "sort", "columns", "export", "personal", "ids", "next", "ask", "all"}
)
