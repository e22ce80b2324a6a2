"""How personal data is shown to those who may not see it whole."""

from __future__ import annotations

from typing import Literal

Kind = Literal["document", "phone", "account", "name", "address"]

# How many characters stay readable at either end.
_KEPT: dict[Kind, tuple[int, int]] = {
    "document": (4, 2),
    "phone": (3, 4),
    "account": (4, 4),
    "name": (1, 0),
    "address": (6, 0),
}


def mask(text: str, kind: Kind) -> str:
    """`text` with its middle starred; what is too short to hide anything is starred whole."""
    head, tail = _KEPT[kind]
    hidden = len(text) - head - tail
    if hidden <= 0:
        return "*" * len(text)
    return text[:head] + "*" * hidden + (text[-tail:] if tail else "")
