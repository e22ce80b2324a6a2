"""The items that anybody may look up in a region on a day, and their index: made once for each set of
versions, and made anew when a version is added (`cases.items` looks for it now and then)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from yonggong import policy
from yonggong.cases import items
from yonggong.cases.items import Head
from yonggong.cases.kinds import find_kind
from yonggong.catalogue.items import PERSON, UNIT, Item
from yonggong.services.searching import Index


@dataclass(frozen=True, slots=True)
class Shelf:
    """Items in the order of the standard, the platform's own last; the version of each by its key."""

    index: Index
    versions: Mapping[str, int]

    @property
    def items(self) -> tuple[Item, ...]:
        """All of them."""
        return self.index.items

    def find(self, key: str) -> Item | None:
        """The item called so; None where none is looked up here."""
        version = self.versions.get(key)
        return None if version is None else items.item_of(version)


def shelf(region: str, on: date) -> Shelf:
    """What holds in a region on a day. Of the platform's own items only cases taken there, of units
    or persons; of the standard's all, taken here or not."""
    rules = policy.of(region, on)
    return _shelf(
        tuple(
            head.pk for head in items.heads_in(region, on) if _is_looked_up(head, rules)
        )
    )  # fmt: skip


def _is_looked_up(head: Head, rules: policy.Policy) -> bool:
    item = items.item_of(head.pk)
    if item.page is not None:
        return True
    served = {UNIT, PERSON} & set(item.audience)
    return bool(served) and find_kind(item.key) is not None and items.is_taken(head, rules)


@lru_cache(maxsize=32)
def _shelf(versions: tuple[int, ...]) -> Shelf:
    held = sorted(
        ((items.item_of(version), version) for version in versions),
        key=lambda one: (one[0].page is None, one[0].page or 0),
    )
    return Shelf(
        Index([item for item, _ in held]),
        MappingProxyType({item.key: version for item, version in held}),
    )
