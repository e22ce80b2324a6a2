"""What one version of an item says otherwise than another, place by place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from yonggong.catalogue.code_words import word_of
from yonggong.catalogue.places import in_order, name_of, words
from yonggong.catalogue.versions import Content


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two versions differ; "" where one of them says nothing there."""

    place: str
    old: str
    new: str


def differences(old: Content, new: Content) -> list[Difference]:
    """Where `new` differs from `old`, in the order of `words`. Entries of a list that are known by a
    name are compared with those of the same name, wherever they stand."""
    return list(_of_objects(in_order(old), in_order(new), ""))


def _compare(old: Any, new: Any, place: str, key: str = "") -> Iterator[Difference]:
    if old == new:
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        yield from _of_objects(old, new, place)
    elif _named(old) and _named(new):
        yield from _of_lists(old, new, place)
    else:
        yield Difference(place, text_of(old, key), text_of(new, key))


def _of_objects(old: Mapping[str, Any], new: Mapping[str, Any], place: str) -> Iterator[Difference]:
    for key in [*new, *(key for key in old if key not in new)]:
        yield from _compare(old.get(key), new.get(key), place + words().get(key, key), key)


def _of_lists(old: list[Any], new: list[Any], place: str) -> Iterator[Difference]:
    before = {_key(one): one for one in old}
    after = {_key(one): one for one in new}
    for key in [*after, *(key for key in before if key not in after)]:
        shown = name_of(after.get(key) or before[key])
        yield from _compare(before.get(key), after.get(key), f"{place}“{shown}”")
    if list(before) != list(after) and set(before) == set(after):
        yield Difference(f"{place}的顺序", _names(old), _names(new))


def _named(entries: Any) -> bool:
    """Whether a list's entries are each known by a key of their own."""
    if not isinstance(entries, list) or not all(isinstance(one, Mapping) for one in entries):
        return False
    keys = [_key(one) for one in entries]
    return all(keys) and len(set(keys)) == len(keys)


def _key(entry: Mapping[str, Any]) -> str:
    return str(
        entry.get("id") or entry.get("name") or entry.get("title") or entry.get("says") or ""
    )


def _names(entries: list[Any]) -> str:
    return "、".join(map(name_of, entries))


def text_of(value: Any, key: str = "") -> str:
    """What the part of an item's data called `key` holds, in words."""
    if value is None or value == [] or value == {}:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "；".join(filter(None, (text_of(one, key) for one in value)))
    if isinstance(value, Mapping):
        parts = ((words().get(one, one), text_of(part, one)) for one, part in value.items())
        return "，".join(f"{word}：{part}" for word, part in parts if part)
    return f"{value:g}" if isinstance(value, float) else word_of(key, str(value))
