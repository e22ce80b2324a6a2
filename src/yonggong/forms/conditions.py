"""Conditions on the answers of other fields: one field, all of several, any of several."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class When:
    """A condition on another field's value; exactly one of equals, one_of, filled is given.

    `When("paid", equals=True)`, `When("kind", one_of=("1", "2"))`, `When("left_on", filled=True)`.
    A multiple choice meets equals or one_of when any of its codes does. A hidden or empty field
    meets only `filled=False`.
    """

    field: str
    equals: object = None
    one_of: tuple[object, ...] = ()
    filled: bool | None = None

    def __post_init__(self) -> None:
        """Refuse a condition that says nothing or two things."""
        given = (self.equals is not None) + bool(self.one_of) + (self.filled is not None)
        if given != 1:
            raise ValueError(f"When({self.field!r}): give exactly one of equals, one_of, filled")

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields it looks at."""
        return (self.field,)

    @property
    def accepted(self) -> tuple[object, ...]:
        """The values that meet the condition; empty for a `filled` condition."""
        return (self.equals,) if self.equals is not None else self.one_of

    def holds(self, value: object) -> bool:
        """Whether a typed value of the field meets the condition."""
        empty = value is None or value == []
        if self.filled is not None:
            return empty is not self.filled
        if empty:
            return False
        if isinstance(value, list):
            return any(item in self.accepted for item in value)
        return value in self.accepted

    def met(self, values: Mapping[str, object]) -> bool:
        """Whether typed values meet it."""
        return self.holds(values.get(self.field))

    def met_each(self, columns: Mapping[str, Sequence[object]]) -> list[bool]:
        """`met` of every row of columns; each different answer is looked at once."""
        values = columns[self.field]
        try:
            known = {value: self.holds(value) for value in set(values)}
        except TypeError:  # lists of a multiple choice
            return [self.holds(value) for value in values]
        return [known[value] for value in values]

    def renamed(self, called: Callable[[str], str]) -> When:
        """The same on fields of other names."""
        return replace(self, field=called(self.field))


@dataclass(frozen=True, slots=True)
class AllOf:
    """A condition that is met where each of `conditions` is."""

    conditions: tuple[Condition, ...]

    def __post_init__(self) -> None:
        """Refuse a condition of nothing."""
        _some(self.conditions)

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields it looks at."""
        return _fields(self.conditions)

    def met(self, values: Mapping[str, object]) -> bool:
        """Whether typed values meet it."""
        return all(condition.met(values) for condition in self.conditions)

    def met_each(self, columns: Mapping[str, Sequence[object]]) -> list[bool]:
        """`met` of every row of columns."""
        return list(map(all, zip(*(one.met_each(columns) for one in self.conditions), strict=True)))

    def renamed(self, called: Callable[[str], str]) -> AllOf:
        """The same on fields of other names."""
        return AllOf(tuple(condition.renamed(called) for condition in self.conditions))


@dataclass(frozen=True, slots=True)
class AnyOf:
    """A condition that is met where one of `conditions` is."""

    conditions: tuple[Condition, ...]

    def __post_init__(self) -> None:
        """Refuse a condition of nothing."""
        _some(self.conditions)

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields it looks at."""
        return _fields(self.conditions)

    def met(self, values: Mapping[str, object]) -> bool:
        """Whether typed values meet it."""
        return any(condition.met(values) for condition in self.conditions)

    def met_each(self, columns: Mapping[str, Sequence[object]]) -> list[bool]:
        """`met` of every row of columns."""
        return list(map(any, zip(*(one.met_each(columns) for one in self.conditions), strict=True)))

    def renamed(self, called: Callable[[str], str]) -> AnyOf:
        """The same on fields of other names."""
        return AnyOf(tuple(condition.renamed(called) for condition in self.conditions))


Condition = When | AllOf | AnyOf


def _fields(conditions: Sequence[Condition]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for one in conditions for name in one.fields))


def _some(conditions: Sequence[Condition]) -> None:
    if not conditions:
        raise ValueError("a condition of no conditions says nothing")
