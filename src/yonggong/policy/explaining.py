"""What holds where and since when, row by row, for the administrator's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest
from typing import Literal

from yonggong.codes.seen import UNCHECKED
from yonggong.policy.book import Book
from yonggong.policy.resolving import is_outdated
from yonggong.policy.schema import schema
from yonggong.policy.sheets import NATIONAL, Dated
from yonggong.policy.showing import show_name, show_value

# A value is looked at again every year.
_LOOKED_AT_FOR = timedelta(days=365)

State = Literal["checked", "stale", "open"]


def state_of(checked: date | None, on: date) -> State:
    """Say whether a value was compared with its source within a year, longer ago, or never."""
    if checked is None:
        return "open"
    return "stale" if on - checked > _LOOKED_AT_FOR else "checked"


@dataclass(frozen=True, slots=True)
class Explanation:
    """One value that holds: where it stands, what it says in Chinese, and its origin.

    ``until`` is the first day of the next value of the same file, None where none is known yet.
    ``checked`` is the day of comparison with the source, None for 待核 (see ``checked_label``);
    ``confirmed`` is with which document and by whom, where a bureau did it. ``confirmer`` says who
    should, ``digest`` tells the value from any other that may stand there later. ``level`` names the
    region whose own value it is, ``caution`` says
    what else a reader should know of it.
    """

    path: str
    section: str
    title: str
    about: str
    value: str
    since: date
    until: date | None
    source: str
    checked: date | None
    note: str
    region: str
    level: str
    confirmer: str
    confirmed: str
    digest: str
    state: State
    caution: str

    @property
    def named(self) -> str:
        """Name the value outside its section: 最低工资标准：标准."""
        return self.title if self.section in self.title else f"{self.section}：{self.title}"

    @property
    def checked_label(self) -> str:
        """Give the day of comparison, or 待核."""
        return self.checked.isoformat() if self.checked else UNCHECKED


def _row(book: Book, path: str, held: Dated, until: date | None, looked_on: date) -> Explanation:
    described = schema().named(path)
    name = path.partition(".")[2]
    title = described.title
    if described.name == "*":
        title = f"{title}：{show_name(described.names, name)}"
    return Explanation(
        path=path,
        section=schema().sections[described.section].title,
        title=title,
        about=described.about,
        value=show_value(described.shape, name, held.value),
        since=held.since,
        until=until,
        source=held.source,
        checked=held.checked,
        note=held.note,
        region=held.region,
        level=book.by_region[held.region].title,
        confirmer=confirmer_of(book, held.region, looked_on),
        confirmed=held.confirmed,
        digest=held.digest,
        state=state_of(held.checked, looked_on),
        caution=_caution(path, held, until, looked_on),
    )


def confirmer_of(book: Book, region: str, on: date) -> str:
    """Name who should compare a file's values with their sources: the bureau of its region."""
    if region == NATIONAL:
        return "平台运行维护单位（全国规定）"
    return f"{book.of(region, on).text('bureau_name')}业务主管"


def _caution(path: str, held: Dated, until: date | None, on: date) -> str:
    """Say that a wage with nothing after it has stood for long."""
    if path != "minimum_wage.rates" or until is not None or not is_outdated(held.since, on):
        return ""
    return f"最近一次标准自 {held.since} 起执行，此后的调整没有录入，可能已经过时"


def explain_policy(
    book: Book, region_code: str, on: date, *, looked_on: date | None = None
) -> list[Explanation]:
    """Give every value that holds in a region on a day, in the order of the schema.

    ``looked_on`` is the day of the reader, by which a comparison is recent or long ago; the day
    asked for where none is given.
    """
    policy = book.of(region_code, on)
    rows = []
    for path, held in policy.values.items():
        later = [
            entry.since
            for entry in book.by_region[held.region].values[path]
            if entry.since > max(on, held.since)
        ]
        rows.append(_row(book, path, held, min(later, default=None), looked_on or on))
    return sorted(rows, key=_place)


def _place(row: Explanation) -> tuple[int, int, str]:
    """Give the row's place in the schema; names that it does not list come last, by name."""
    section, _, name = row.path.partition(".")
    listed = [*schema().sections[section].values, *schema().items]
    place = listed.index(name) if name in listed else len(listed)
    return list(schema().sections).index(section), place, name


def stale(book: Book, on: date) -> list[tuple[str, str, Dated]]:
    """Give every entry that holds on a day or later and was last looked at more than a year ago."""
    return [
        (sheet.file, path, entry)
        for sheet in book.sheets
        for path, entries in sheet.values.items()
        for entry, following in zip_longest(entries, entries[1:])
        if entry.value is not None
        and (following is None or following.since > on)
        and state_of(entry.checked, on) == "stale"
    ]


def unchecked(book: Book) -> list[tuple[str, str, Dated]]:
    """Give every entry whose source nobody has seen: its file, its path and itself."""
    return [
        (sheet.file, path, entry)
        for sheet in book.sheets
        for path, entries in sheet.values.items()
        for entry in entries
        if entry.checked is None
    ]
