"""Service items as data: the standard's 153 and the platform's own, in one description."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from yonggong.catalogue.book import (
    Book,
    book,
    own_sources,
    standard_overlay,
    standard_sources,
)
from yonggong.catalogue.items import Item

__all__ = ["Book", "Item", "book", "own_titles", "standard_keys", "standards"]


@cache
def own_titles() -> Mapping[str, str]:
    """What users call each of the platform's own items, by key; the one place where it stands."""
    return MappingProxyType({raw["id"]: raw["name"] for raw in own_sources()})


@cache
def standard_keys() -> frozenset[str]:
    """The keys of the standard's items; a province takes those that it names."""
    return frozenset(raw["id"] for raw in standard_sources())


@dataclass(frozen=True, slots=True)
class Standard:
    """A service standard as a whole: what it is called, and the keys of its items."""

    title: str
    keys: frozenset[str]


@cache
def standards() -> Mapping[str, Standard]:
    """The service standards that a province may take whole, by name."""
    overlay = standard_overlay()
    return MappingProxyType({overlay["name"]: Standard(overlay["title"], standard_keys())})
