"""All files together: which of them hold in a region, and the policy of a region on a day.

The files of a region lie over one another: the nation's, the province's, the city's, the
county's. For each value the most specific file that says something on the day wins.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from yonggong.policy.resolving import Layers, Policy
from yonggong.policy.sheets import NATIONAL, Sheet, lying_over, read_sheet
from yonggong.policy.values import Gap

FOLDER = Path(__file__).parent / "provinces"
EXTRA_FOLDERS = "YONGGONG_POLICY_FOLDERS"


class BrokenPolicy(RuntimeError):
    """The files cannot be used as they are; the message lists what is wrong in them."""


class _Chain:
    """The files over one another for one region, and their policies from change to change."""

    def __init__(self, layers: Layers) -> None:
        self.layers = layers
        self.changes = layers.changes()
        self.policies: list[Policy | None] = [None] * len(self.changes)

    def on(self, day: date) -> Policy:
        # Days before the first change belong to the earliest policy: contracts older than any
        # document still need an answer.
        index = max(bisect_right(self.changes, day) - 1, 0)
        policy = self.policies[index]
        if policy is None:
            until = self.changes[index + 1] if index + 1 < len(self.changes) else None
            policy = self.layers.resolve(self.changes[index], until)
            self.policies[index] = policy
        return policy


class Book:
    """All policy files of an installation."""

    def __init__(self, sheets: Iterable[Sheet]) -> None:
        self.sheets = tuple(sheets)
        self.by_region: dict[str, Sheet] = {}
        for sheet in self.sheets:
            self.by_region.setdefault(sheet.region, sheet)
        self._chains: dict[str, _Chain] = {}

    def gaps(self) -> list[Gap]:
        """Give what was wrong when the files were read, and files for the same region."""
        found = [gap for sheet in self.sheets for gap in sheet.gaps]
        for sheet in self.sheets:
            other = self.by_region[sheet.region]
            if other is not sheet:
                found.append(
                    Gap("error", sheet.file, "region", f"{sheet.region} 已有文件 {other.file}")
                )
        if NATIONAL not in self.by_region:
            found.append(Gap("error", "", "", f'缺少全国基础文件（region: "{NATIONAL}"）'))
        return found

    def sheets_of(self, region_code: str) -> tuple[Sheet, ...]:
        """Give the files that hold in a region, most specific first, the national one last."""
        lying = dict.fromkeys(lying_over(region_code))
        return tuple(self.by_region[code] for code in lying if code in self.by_region)

    def of(self, region_code: str, on: date) -> Policy:
        """Give the policy in force in a region (6 digits, longer ones are cut) on a day."""
        # The key is the most specific file, so the store stays as small as the set of files.
        for key in lying_over(region_code):
            if key in self.by_region:
                chain = self._chains.get(key)
                if chain is None:
                    chain = self._chains[key] = _Chain(Layers(self.of, self.sheets_of(key)))
                return chain.on(on)
        raise BrokenPolicy("缺少全国基础文件")


def read_book(*extra: Path) -> Book:
    """Read the files that come with the package and those in extra folders, all levels deep.

    The book may hold gaps; ``check_book`` lists them, ``book_of_files`` refuses them.
    """
    return Book(
        read_sheet(path, folder)
        for folder in (FOLDER, *extra)
        for path in sorted(folder.rglob("*.yaml"))
    )


def default_book() -> Book:
    """Give the book that answers now: the files', with what bureaus have confirmed since."""
    return _held or book_of_files()


def hold_book(book: Book | None) -> None:
    """Answer by another book than the files' from now on; by the files' again where None."""
    global _held
    _held = book


_held: Book | None = None


@cache
def book_of_files() -> Book:
    """Read, once, the package's files and the folders that ``YONGGONG_POLICY_FOLDERS`` names.

    Folders are parted as in PATH. Raises BrokenPolicy where a file is wrong: a province served
    by half a file would silently fall back to other rules.
    """
    named = os.environ.get(EXTRA_FOLDERS, "")
    book = read_book(*(Path(folder) for folder in named.split(os.pathsep) if folder))
    if errors := [str(gap) for gap in book.gaps() if gap.level == "error"]:
        raise BrokenPolicy("政策文件有误：\n" + "\n".join(errors))
    return book
