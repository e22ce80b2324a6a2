"""All items, found by key, region and day; the packaged data is read once, when first asked for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

import yaml

from yonggong.catalogue.items import Item
from yonggong.catalogue.reading import read_item
from yonggong.codes import regions


class Book:
    """Items by key. Of one key there may be several: for regions, and from different days on."""

    def __init__(self, items: Iterable[Item]) -> None:
        """Raises ValueError where two items of one key would hold in one region from one day on."""
        held: dict[str, list[Item]] = {}
        for item in items:
            others = held.setdefault(item.key, [])
            if any((o.region, o.holds_from) == (item.region, item.holds_from) for o in others):
                raise ValueError(f"item {item.key} stands twice for {item.region or 'all regions'}")
            others.append(item)
        self._held: Mapping[str, tuple[Item, ...]] = MappingProxyType(
            {key: tuple(sorted(some, key=_precedence)) for key, some in held.items()}
        )

    def __iter__(self) -> Iterator[Item]:
        """Every item and every version, in the order of the data."""
        return (item for some in self._held.values() for item in some)

    def __len__(self) -> int:
        return len(self._held)

    def find(self, key: str, *, region: str = "", on: date | None = None) -> Item | None:
        """The item that holds for `region` on a day: a city's before its province's before the one
        for everywhere, the latest begun; `on` None asks for the latest. None where none does."""
        for item in self._held.get(key, ()):
            if _covers(item.region, region) and (
                on is None or item.holds_from is None or item.holds_from <= on
            ):
                return item
        return None

    def get(self, key: str, *, region: str = "", on: date | None = None) -> Item:
        """As `find`. Raises KeyError where none holds."""
        item = self.find(key, region=region, on=on)
        if item is None:
            raise KeyError(key)
        return item

    def writing(self, record: str) -> Item:
        """The first item that writes a record of a kind. Raises KeyError where none does."""
        for item in self:
            if any(effect.record == record for effect in item.effects):
                return item
        raise KeyError(record)

    def holding(self, *, region: str, on: date) -> tuple[Item, ...]:
        """What can be asked for in a region on a day, one item a key, in the order of the data."""
        found = (self.find(key, region=region, on=on) for key in self._held)
        return tuple(item for item in found if item is not None)


def _precedence(item: Item) -> tuple[int, int]:
    """Narrower regions first, later days first."""
    day = item.holds_from.toordinal() if item.holds_from else 0
    return (-narrowness(item.region), -day)


def narrowness(region: str) -> int:
    """0 everywhere, then a province, a city, a county: the narrower comes first."""
    return regions.level(region) if region else 0


def _covers(held: str, region: str) -> bool:
    return not held or not region or regions.covers(held, region)


@cache
def book() -> Book:
    """The packaged items: the standard's and the platform's own."""
    return Book([*_standard_items(), *_own_items()])


def standard_sources() -> Iterator[Mapping[str, Any]]:
    """The standard's items as they came, in the order of the standard."""
    folder = _data() / "standard"
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".json") and file.name != "item.schema.json":
            yield from json.loads(file.read_text(encoding="utf-8"))


def own_sources() -> Iterator[Mapping[str, Any]]:
    """The platform's own items as they came: what a file says of `all` holds for each of its items."""
    for file in sorted((_data() / "own").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".yaml"):
            read = yaml.safe_load(file.read_text(encoding="utf-8"))
            yield from ({**read["all"], **item} for item in read["items"])


def standard_overlay() -> Mapping[str, Any]:
    """What the standard's items are all overlaid with: region, from, departments."""
    held: Mapping[str, Any] = _overlay()["standard"]
    return held


def lines() -> Mapping[str, str]:
    """The business line of each category."""
    held: Mapping[str, str] = _overlay()["lines"]
    return held


def with_signing(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """An item of the standard's, with what `signing.yaml` says of its materials and its forms."""
    said = {one["material"]: one for one in _signing().get(raw["id"], ())}
    if not said:
        return raw
    prints = {name: one.get("form", name) for name, one in said.items()}
    by_hand = {prints[name]: one.get("by_hand", ()) for name, one in said.items()}
    materials = [
        {**one, "prints": prints[one["name"]], "signed_by": said[one["name"]]["signed_by"]}
        if one["name"] in said
        else one
        for one in raw["materials"]
    ]
    forms = [
        {
            **form,
            "fields": [
                {**field, "by": "signer"} if field["id"] in by_hand[form["name"]] else field
                for field in form["fields"]
            ],
        }
        if form["name"] in by_hand
        else form
        for form in raw["forms"]
    ]
    return {**raw, "materials": materials, "forms": forms}


def _standard_items() -> Iterator[Item]:
    for raw in standard_sources():
        yield read_item(with_signing(raw), {**standard_overlay(), "line": lines()[raw["category"]]})


def _own_items() -> Iterator[Item]:
    for raw in own_sources():
        yield read_item(raw, {**raw, "from": None, "line": lines()[raw["category"]]})


@cache
def _overlay() -> Mapping[str, Any]:
    return _read("overlay.yaml")


@cache
def _signing() -> Mapping[str, Any]:
    return _read("signing.yaml")


def _read(name: str) -> Mapping[str, Any]:
    read: Mapping[str, Any] = yaml.safe_load((_data() / name).read_text(encoding="utf-8"))
    return read


def _data() -> Traversable:
    return resources.files(__package__)
