"""What a bureau confirmed with its document: a value then counts as checked.

A confirmation is of one value of one file, as the file has it: where the file says something else
later, it holds no longer. What keeps confirmations hands them over (``hold_confirmations``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from yonggong.policy import book as books
from yonggong.policy.sheets import Dated, Sheet, with_origin


@dataclass(frozen=True, slots=True)
class Confirmation:
    """One value compared with its document: which value, with what, on what day, by whom.

    ``region`` is that of the file, ``path`` and ``since`` the value's place in it, ``digest`` what
    it said (``Dated.digest``); ``number`` is the document's.
    """

    region: str
    path: str
    since: date
    digest: str
    title: str
    number: str
    on: date
    by: str

    @property
    def cited(self) -> str:
        """Give the document as it is cited."""
        return self.title + (f"（{self.number}）" if self.number else "")


def hold_confirmations(confirmations: Iterable[Confirmation]) -> None:
    """Count these values as checked from now on, and no others that the files leave open.

    They replace the ones held before; of two of the same value the later one holds.
    """
    found = {(one.region, one.path, one.since, one.digest): one for one in confirmations}
    files = books.book_of_files()
    books.hold_book(
        books.Book(_confirmed(sheet, found) for sheet in files.sheets) if found else None
    )


_Found = dict[tuple[str, str, date, str], Confirmation]


def _confirmed(sheet: Sheet, found: _Found) -> Sheet:
    values = {
        path: tuple(_entry(path, entry, found) for entry in entries)
        for path, entries in sheet.values.items()
    }
    return replace(sheet, values=MappingProxyType(values))


def _entry(path: str, entry: Dated, found: _Found) -> Dated:
    confirmation = found.get((entry.region, path, entry.since, entry.digest))
    if confirmation is None or (entry.checked and entry.checked > confirmation.on):
        return entry
    return with_origin(
        path,
        replace(
            entry, checked=confirmation.on, confirmed=f"{confirmation.cited}，{confirmation.by}"
        ),
    )
