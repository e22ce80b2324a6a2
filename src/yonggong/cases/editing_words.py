"""The words that administrators choose from when they edit an item, for the codes of its data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from yonggong.catalogue.versions import version_schema
from yonggong.forms import Option

# What the standard leaves open, said so: an empty answer of a select would be the same as none given.
OPEN = "-"
FLAGS: Mapping[Any, str] = {True: "是", False: "否", None: "未写明"}


def options(words: Mapping[str, str]) -> tuple[Option, ...]:
    """Choices by code, in the order of the words."""
    return tuple(Option(code=code, label=label) for code, label in words.items())


def plain(words: Iterable[str]) -> tuple[Option, ...]:
    """Choices whose code is their word."""
    return tuple(Option(code=word, label=word) for word in words)


def listed(*path: str) -> tuple[str, ...]:
    """The words that the schema of an item's data allows at a place ("levels", "items")."""
    place: Any = version_schema()["properties"]
    for step in path:
        place = place[step]
    return tuple(word for word in place["enum"] if word is not None)
