"""Places in an item's data, as people find them: in words, and as the data has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

import yaml

# By which of its parts an entry of a list is known.
_NAMES = ("label", "name", "title", "says", "id")
_LONGEST_NAME = 20


@cache
def words() -> Mapping[str, str]:
    """What the parts of an item's data are called."""
    text = (resources.files(__package__) / "words.yaml").read_text(encoding="utf-8")
    read: Mapping[str, str] = yaml.safe_load(text)
    return read


def in_order(part: Any) -> Any:
    """A part of an item's data with its keys in the order in which `words` has them: the database
    keeps none."""
    if isinstance(part, Mapping):
        order = {key: place for place, key in enumerate(words())}
        keys = sorted(part, key=lambda key: order.get(key, len(order)))
        return {key: in_order(part[key]) for key in keys}
    return list(map(in_order, part)) if isinstance(part, list) else part


def named(path: Iterable[str | int], content: Any) -> str:
    """A place in words: 表单第 2 项“放飞人员”字段第 1 项“姓名”类型."""
    said, here = [], content
    for step in path:
        here = _step_into(here, step)
        if isinstance(step, int):
            name = name_of(here)
            said.append(f"第 {step + 1} 项" + (f"“{name}”" if name else ""))
        else:
            said.append(words().get(step, step))
    return "".join(said) or "全文"


def name_of(entry: Any) -> str:
    """By what an entry of a list is known, shortened; "" where it has no name."""
    if not isinstance(entry, Mapping):
        return ""
    for key in _NAMES:
        name = entry.get(key)
        if isinstance(name, str) and name:
            return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"
    return ""


def _step_into(here: Any, step: str | int) -> Any:
    if isinstance(step, int):
        fits = isinstance(here, Sequence) and not isinstance(here, str) and step < len(here)
        return here[step] if fits else None
    return here.get(step) if isinstance(here, Mapping) else None
