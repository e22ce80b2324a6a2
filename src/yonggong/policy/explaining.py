"""What holds where and since when, row by row, for the administrator's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yonggong.policy.book import Book
from yonggong.policy.schema import schema
from yonggong.policy.sheets import Dated
from yonggong.policy.showing import show_name, show_value
from yonggong.policy.values import UNCHECKED


@dataclass(frozen=True, slots=True)
class Explanation:
    """One value that holds: where it stands, what it says in Chinese, and its origin.

    ``until`` is the first day of the next value of the same file, None where none is known yet.
    ``checked`` is the day of comparison with the source, None for 待核 (see ``checked_label``).
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
    file: str

    @property
    def checked_label(self) -> str:
        """Give the day of comparison, or 待核."""
        return self.checked.isoformat() if self.checked else UNCHECKED


def _row(path: str, held: Dated, until: date | None) -> Explanation:
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
        file=held.file,
    )


def explain_policy(book: Book, region_code: str, on: date) -> list[Explanation]:
    """Give every value that holds in a region on a day, in the order of the schema."""
    policy = book.of(region_code, on)
    rows = []
    for path, held in policy.values.items():
        later = [
            entry.since
            for entry in book.by_region[held.region].values[path]
            if entry.since > max(on, held.since)
        ]
        rows.append(_row(path, held, min(later, default=None)))
    return sorted(rows, key=_place)


def _place(row: Explanation) -> tuple[int, int, str]:
    """Give the row's place in the schema; names that it does not list come last, by name."""
    section, _, name = row.path.partition(".")
    listed = [*schema().sections[section].values, *schema().items]
    place = listed.index(name) if name in listed else len(listed)
    return list(schema().sections).index(section), place, name


def unchecked(book: Book) -> list[tuple[str, str, Dated]]:
    """Give every entry whose source nobody has seen: its file, its path and itself."""
    return [
        (sheet.file, path, entry)
        for sheet in book.sheets
        for path, entries in sheet.values.items()
        for entry in entries
        if entry.checked is None
    ]
