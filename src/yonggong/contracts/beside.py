"""What rooms above have on record of a contract, shown beside its story to whom it concerns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from yonggong.cases.pages import Look, Panel
from yonggong.contracts.models import Contract


@dataclass(frozen=True, slots=True)
class Beside:
    """One thing on record: what it is, how it stands, its page."""

    title: str
    state: str
    url: str


Finder = Callable[[Contract, Look], Iterable[Beside]]
_finders: list[Finder] = []


def when_shown(find: Finder) -> None:
    """Have a room above say what it has of a contract, as far as it exists for who looks."""
    if find not in _finders:
        _finders.append(find)


def panel(contract_of: Callable[[Look], Contract | None]) -> Panel:
    """The panel that shows it."""

    def given(look: Look) -> Mapping[str, Any] | None:
        contract = contract_of(look)
        if contract is None:
            return None
        lines = [one for find in _finders for one in find(contract, look)]
        return {"lines": lines} if lines else None

    return Panel(place="aside", template="contracts/beside.html", given=given)
