"""What a page says beside a field before anything is sent: no problem and no finding of the law.

A value taken over, a time limit that runs, what the law would have paid. It is said at the first
look and while people type, and may offer an answer, which one press takes over.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One line under an advice: how it was reckoned, and the article it rests on."""

    text: str
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """One advice.

    field      the field beside which it stands
    text       what is said, in Chinese
    urgent     whether something is late or wants doing
    lines      how it was reckoned, shown on request
    links      what to do next: (words, address)
    answers    field → the answer offered, taken over by the button `take`
    """

    field: str
    text: str
    urgent: bool = False
    lines: tuple[Line, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    answers: Mapping[str, str] = dataclasses.field(default_factory=dict)
    take: str = ""
