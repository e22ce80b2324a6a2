"""What a look at one thing of the installation gives."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Soundness:
    """One thing looked at: whether it is sound, what was found, what to do if not."""

    title: str
    sound: bool
    found: str
    remedy: str = ""
