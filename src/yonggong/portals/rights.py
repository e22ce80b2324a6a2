"""Every page and act of the platform against every role: read from the addresses and the guards of the
code, so that it says what holds. Only the words are written down (`rights.yaml`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.urls import URLPattern, URLResolver, get_resolver

from yonggong.accounts.roles import ROLES
from yonggong.portals.access import roles_of

# Who is known as a person needs no role for their own business.
PERSON = "person"
COLUMNS: tuple[tuple[str, str], ...] = (
    *((role.key, role.title) for role in ROLES.values()),
    (PERSON, "个人（已核实本人）"),
)
EVERYBODY = frozenset(ROLES) | {PERSON}


@dataclass(frozen=True, slots=True)
class Right:
    """One page or act, or a family of them that is open to the same people.

    words   what it is for
    names   its url names
    roles   keys of `COLUMNS` that it is open to, within what their grants reach; None: open to
            anybody, signed in or not
    """

    words: str
    names: tuple[str, ...]
    roles: frozenset[str] | None

    @property
    def cells(self) -> list[bool]:
        """For each of `COLUMNS`, whether it is open to it."""
        return [self.roles is None or key in self.roles for key, _ in COLUMNS]


@dataclass(frozen=True, slots=True)
class Section:
    """The rights of one part of the platform."""

    title: str
    rights: tuple[Right, ...]


def opened(name: str, view: Any) -> frozenset[str] | None:
    """To whom the address `name` is open: as its view's guards say."""
    roles = roles_of(view)
    if name.startswith("person:"):
        return frozenset({PERSON})
    return EVERYBODY if roles == frozenset(ROLES) else roles


def addresses() -> dict[str, frozenset[str] | None]:
    """Every named address of the platform, and to whom it is open."""
    return {name: opened(name, view) for name, view in _walk(get_resolver().url_patterns)}


def _walk(patterns: Sequence[Any], space: str = "") -> Iterator[tuple[str, Any]]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, one.namespace or space)
        elif isinstance(one, URLPattern):
            yield f"{space}:{one.name}" if space else str(one.name), one.callback


def wording() -> list[tuple[str, dict[str, str]]]:
    """The sections with their patterns and words, as written."""
    text = Path(__file__).with_suffix(".yaml").read_text("utf-8")
    return [(one["section"], one["pages"]) for one in yaml.safe_load(text)]


def matching(pattern: str, there: dict[str, frozenset[str] | None]) -> list[str]:
    """The addresses that a pattern stands for."""
    return [name for name in there if fnmatchcase(name, pattern)]


@cache
def table() -> tuple[Section, ...]:
    """All of it, in the order written; a family falls apart where its members are open to
    different people."""
    there = addresses()
    return tuple(
        Section(title, tuple(right for pattern, words in pages.items()
                             for right in _rights(pattern, words, there)))
        for title, pages in wording()
    )  # fmt: skip


def _rights(pattern: str, words: str, there: dict[str, frozenset[str] | None]) -> Iterator[Right]:
    names = matching(pattern, there)
    for roles in dict.fromkeys(there[name] for name in names):
        yield Right(words, tuple(name for name in names if there[name] == roles), roles)
