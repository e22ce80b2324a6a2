"""What a kind looked up while an attempt was checked, kept for what comes after the checks."""

from __future__ import annotations

from typing import TypeVar, cast

T = TypeVar("T")


class Kept:
    """Objects of classes that a kind declares for itself, one of each class, for one attempt.

    The engine hands it on and looks at nothing in it; who knows the class knows its types.
    """

    __slots__ = ("_objects",)

    def __init__(self) -> None:
        self._objects: dict[type, object] = {}

    def of(self, kind: type[T]) -> T:
        """The attempt's object of this class; made, with nothing in it, when first asked for."""
        if kind not in self._objects:
            self._objects[kind] = kind()
        return cast(T, self._objects[kind])
