"""How a visitor narrows the items: category, audience, level, life event, online or not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields

from yonggong.cases.kinds import taken_online
from yonggong.catalogue.items import Item

ONLINE, COUNTER = "网上办理", "窗口办理"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What was chosen, "" where nothing was."""

    category: str = ""
    audience: str = ""
    level: str = ""
    event: str = ""
    way: str = ""

    @classmethod
    def read(cls, sent: Mapping[str, str]) -> Chosen:
        """From what a page sent along; whatever no item has finds none."""
        return cls(**{field.name: sent.get(field.name, "").strip()[:20] for field in fields(cls)})

    @property
    def any(self) -> bool:
        """Whether anything was."""
        return any(getattr(self, name) for name in _OF)

    def narrow(self, items: Iterable[Item]) -> list[Item]:
        """The items that have all of it."""
        asked = [(of, getattr(self, name)) for name, of in _OF.items() if getattr(self, name)]
        return [item for item in items if all(value in of(item) for of, value in asked)]


def way_of(item: Item) -> str:
    """Whether it is handled online; what standard and platform leave open is handled at the counter."""
    return ONLINE if taken_online(item) else COUNTER


def instead(item: Item) -> str:
    """What whoever asks for an item that is not handled online does instead."""
    if not item.audience:
        return "标准未写明服务对象，不受理申请。"
    if item.channels and "窗口" not in item.channels:
        return f"不在网上受理，办理渠道：{'、'.join(item.channels)}。"
    return "到窗口办理：携带材料到下列机构，由窗口受理。"


# What an item has of each.
_OF: Mapping[str, Callable[[Item], tuple[str, ...]]] = {
    "category": lambda item: (item.category,),
    "audience": lambda item: item.audience,
    "level": lambda item: item.levels,
    "event": lambda item: item.events,
    "way": lambda item: (way_of(item),),
}


def offered(items: Iterable[Item]) -> dict[str, list[tuple[str, int]]]:
    """What can be chosen of each, with how many items have it, in the order of the items."""
    found: dict[str, dict[str, int]] = {name: {} for name in _OF}
    for item in items:
        for name, of in _OF.items():
            for value in of(item):
                found[name][value] = found[name].get(value, 0) + 1
    return {name: list(values.items()) for name, values in found.items()}
