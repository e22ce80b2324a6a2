"""What a function of this room is: what it asks, what its rule tells it, what it answers.

A function stands for a formula; the standard's rules with that formula share it, each told what is its
own (how many days, from which day). Money is Decimal yuan, days are dates, months the first day of one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from yonggong.law.steps import yuan

Type = Literal["date", "month", "money", "integer", "decimal", "boolean", "choice"]
Given = Mapping[str, Any]
Told = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Input:
    """One thing a function asks. `hint` says where it is found; nobody's figure is guessed."""

    name: str
    label: str
    type: Type
    required: bool = True
    hint: str = ""
    unit: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What comes out: in one line, in further lines, and step by step.

    holds  whether what the rule demands is met; None where it demands nothing, or it is not known yet
    """

    said: str
    steps: tuple[str, ...]
    lines: tuple[tuple[str, str], ...] = ()
    holds: bool | None = None


@dataclass(frozen=True, slots=True)
class Function:
    """A formula. `inputs` and `reckon` are told what the rule says; `reckon` raises ValueError with
    words for the person where the values cannot be reckoned with."""

    name: str
    title: str
    inputs: Callable[[Told], Sequence[Input]]
    reckon: Callable[[Given, Told, date], Result]


@dataclass
class Shelf:
    """The functions by name."""

    functions: dict[str, Function] = field(default_factory=dict)

    def add(
        self,
        name: str,
        title: str,
        *asked: Input,
        inputs: Callable[[Told], Sequence[Input]] | None = None,
    ) -> Callable[[Callable[[Given, Told, date], Result]], Callable[[Given, Told, date], Result]]:
        """Decorate a function's reckoning. Raises ValueError where the name is taken."""
        if name in self.functions:
            raise ValueError(f"function {name} is there twice")

        def keep(
            reckon: Callable[[Given, Told, date], Result],
        ) -> Callable[[Given, Told, date], Result]:
            self.functions[name] = Function(name, title, inputs or (lambda told: asked), reckon)
            return reckon

        return keep


SHELF = Shelf()


def say(amount: Decimal) -> str:
    """Money in words: 1,782.00 元."""
    return f"{yuan(amount):,.2f} 元"


def number(value: Decimal | int) -> str:
    """A figure without idle zeros."""
    return f"{Decimal(value).normalize():f}"


def pairs(told: str) -> list[tuple[str, str]]:
    """ "甲:1/乙:2" as pairs."""
    return [(name, value) for name, _, value in (one.partition(":") for one in told.split("/"))]
