"""The provisions that an order may rest on, each with what it says and when that was read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from yonggong.codes.seen import UNCHECKED

_FILE = Path(__file__).with_name("grounds.yaml")


@dataclass(frozen=True, slots=True)
class Ground:
    """A provision: how it is cited, what it says, where it holds (the first digits of regions; none:
    everywhere), where its text was seen and on which day ("待核" where it was not)."""

    key: str
    cited: str
    says: str
    regions: tuple[str, ...]
    source: str
    checked: str

    @property
    def is_checked(self) -> bool:
        return self.checked != UNCHECKED

    @property
    def label(self) -> str:
        """As it is cited; what nobody has read says so."""
        return self.cited if self.is_checked else f"{self.cited}（待核）"


@cache
def _all() -> dict[str, Ground]:
    read = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return {
        one["key"]: Ground(
            **{**one, "regions": tuple(one["regions"]), "checked": str(one["checked"])}
        )
        for one in read
    }


def holding_in(region: str) -> list[Ground]:
    """What an order to an employer of a region may rest on, the nearest first."""
    return [
        ground
        for ground in _all().values()
        if not ground.regions or region.startswith(ground.regions)
    ]


def named(keys: Iterable[str]) -> list[Ground]:
    """The provisions with these keys. Raises KeyError."""
    return [_all()[key] for key in keys]
