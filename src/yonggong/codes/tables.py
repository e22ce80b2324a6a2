"""Code tables: each a CSV in `tables/`, described in `tables/tables.yaml`, read on first use.

CSV columns: `code`, `name`, `parent` (a code of this table or of the one it lies under, or empty),
`aliases` (other names
people write, parted by `|`), any further columns (kept as `Code.extras`), `source`.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from yonggong.codes import pinyin
from yonggong.codes.errors import CodeError
from yonggong.codes.normalise import plain
from yonggong.codes.seen import UNCHECKED, Seen

_FOLDER = Path(__file__).with_name("tables")
_OWN_COLUMNS = frozenset({"code", "name", "parent", "aliases", "source"})
_NO_EXTRAS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Code:
    """One line of a table. `level` counts from 1 at the top; `parent` is None there."""

    code: str
    name: str
    parent: str | None
    level: int
    extras: Mapping[str, str] = field(compare=False)


@dataclass(frozen=True, slots=True)
class Header:
    """What a table is and where it comes from.

    `checked` says with what source all its lines were compared and on what day; None where some
    could not be (待核), with `note` saying what is open. `under` names the table whose codes are the parents of this
    one's topmost lines, if any (townships lie under regions).
    """

    name: str
    title: str
    standard: str
    date: str
    source: str
    checked: Seen | None
    note: str = ""
    under: str = ""


class CodeTable:
    """The lines of one table, in the order of its file."""

    def __init__(self, header: Header, rows: Iterator[dict[str, str]]) -> None:
        """`rows` as `csv.DictReader` gives them, a parent before its children."""
        self.header = header
        self.name = header.name
        self.title = header.title
        self._codes: dict[str, Code] = {}
        self._children: dict[str | None, list[Code]] = {}
        self._aliases: dict[str, list[str]] = {}
        self._by_name: dict[str, list[Code]] | None = None
        self._searched: list[tuple[str, Code]] | None = None
        for row in rows:
            self._add(row)

    def _add(self, row: dict[str, str]) -> None:
        parent = row.get("parent") or None
        level = self._above(parent).level + 1 if parent else 1
        extras = {key: value for key, value in row.items() if key not in _OWN_COLUMNS}
        code = Code(
            row["code"],
            row["name"],
            parent,
            level,
            MappingProxyType(extras) if extras else _NO_EXTRAS,
        )
        if code.code in self._codes:
            raise ValueError(f"table {self.name}: code {code.code} stands twice")
        self._codes[code.code] = code
        self._children.setdefault(parent, []).append(code)
        if row.get("aliases"):
            self._aliases[code.code] = row["aliases"].split("|")

    def __contains__(self, code: object) -> bool:
        return code in self._codes

    def __iter__(self) -> Iterator[Code]:
        return iter(self._codes.values())

    def __len__(self) -> int:
        return len(self._codes)

    def find(self, code: str) -> Code | None:
        return self._codes.get(code)

    def get(self, code: str) -> Code:
        """The line of `code`, or `CodeError` with code `code.unknown`."""
        found = self._codes.get(code)
        if found is None:
            raise CodeError(
                "code.unknown",
                f"“{self.title}”中没有代码“{code}”",
                "请从下拉列表中选择",
            )
        return found

    def label(self, code: str) -> str:
        """The name of `code`, or `code` itself where the table has none: showing never fails."""
        found = self._codes.get(code)
        return found.name if found else code

    def path(self, code: str) -> list[Code]:
        """The line of `code` with all above it, the topmost first; `CodeError` as `get`."""
        lines = [self.get(code)]
        while (parent := lines[-1].parent) is not None:
            lines.append(self._above(parent))
        return lines[::-1]

    def _above(self, parent: str) -> Code:
        found = self._codes.get(parent)
        if found is None and self.header.under:
            return table(self.header.under)._above(parent)
        return found or self.get(parent)

    def children(self, parent: str | None = None) -> list[Code]:
        """The lines right below `parent`; without it, the top level."""
        return list(self._children.get(parent, ()))

    def is_leaf(self, code: str) -> bool:
        return code not in self._children

    def search(self, text: str, limit: int = 20) -> list[Code]:
        """At most `limit` lines whose code begins with `text` or whose name has all its words, or
        is spelled so in pinyin or initials.

        Best first: the very code or name, then code or name beginning with it, then the others in
        the table's order, then what is spelled so.
        """
        words = [plain(word) for word in text.split()]
        if not words:
            return []
        whole = "".join(words)
        ranked: tuple[list[Code], list[Code], list[Code]] = ([], [], [])
        for haystack, line in self._haystacks():
            if line.code == whole or line.name == whole:
                ranked[0].append(line)
            elif line.code.startswith(whole) or line.name.startswith(whole):
                ranked[1].append(line)
            elif all(word in haystack for word in words):
                ranked[2].append(line)
        found = ranked[0] + ranked[1] + ranked[2]
        if len(found) < limit and all(map(pinyin.is_spelled, words)):
            found += self._spelled(words, found)
        return found[:limit]

    def _spelled(self, words: list[str], found: list[Code]) -> list[Code]:
        known = {line.code for line in found}
        ranked: tuple[list[Code], list[Code]] = ([], [])
        for line in self:
            if line.code in known:
                continue
            ranks = [pinyin.rank(word, line.name) for word in words]
            if None not in ranks:
                ranked[ranks[0] or 0].append(line)
        return ranked[0] + ranked[1]

    def _haystacks(self) -> list[tuple[str, Code]]:
        if self._searched is None:
            self._searched = [
                ("\n".join(map(plain, [line.name, *self._aliases.get(line.code, ())])), line)
                for line in self
            ]
        return self._searched

    def by_name(self, name: str) -> Code | None:
        """The line a person means who wrote `name` in a workbook.

        Takes a name, an alias, a code, a code with its name (`0111 稻谷种植`) or the whole path
        (`吉林省长春市朝阳区`). Where a class and its only member have one name, the deepest is
        meant; a name of several unrelated lines means none of them, so None.
        """
        wanted = _name_key(name)
        if not wanted:
            return None
        direct = self._codes.get(wanted)
        if direct is not None:
            return direct
        if self._by_name is None:
            self._by_name = self._names()
        lines = self._by_name.get(wanted, [])
        if not lines:
            return None
        deepest = max(lines, key=lambda line: line.level)
        chain = {line.code for line in self.path(deepest.code)}
        return deepest if all(line.code in chain for line in lines) else None

    def _names(self) -> dict[str, list[Code]]:
        names: dict[str, list[Code]] = {}
        for line in self:
            above = [step.name for step in self.path(line.code)]
            written = {
                line.name,
                line.code,
                line.code + line.name,
                "".join(above),
                "/".join(above),
                *self._aliases.get(line.code, ()),
            }
            for key in {_name_key(text) for text in written}:
                names.setdefault(key, []).append(line)
        return names


def _name_key(text: str) -> str:
    return plain(text).replace("-", "")


@cache
def headers() -> Mapping[str, Header]:
    """Every table's header by its name, in the order of `tables.yaml`."""
    described = yaml.safe_load((_FOLDER / "tables.yaml").read_text(encoding="utf-8"))
    return MappingProxyType({name: _header(name, entry) for name, entry in described.items()})


def _header(name: str, entry: dict[str, Any]) -> Header:
    """A header from its entry; `checked` is a source and a day, or 待核."""
    checked = entry["checked"]
    seen = None if checked == UNCHECKED else Seen(checked["source"], checked["day"])
    return Header(name=name, **{**entry, "checked": seen})


@cache
def table(name: str) -> CodeTable:
    """The table called `name`; KeyError where there is none (a fault in the code, not the data)."""
    header = headers()[name]
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return CodeTable(header, csv.DictReader(file))
