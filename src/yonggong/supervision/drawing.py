"""A random choice that anybody can repeat: pure, from a seed and lists to who inspects whom.

Whatever is drawn is put in the order of SHA-256 over the seed and what it is called; so each has the same
chance, nobody can tell the outcome before the seed is known, and everybody can reckon it after.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass


class CannotDraw(ValueError):
    """There are not enough to draw from; the message is for whoever plans."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a draw goes by: the employers and inspectors (keys, in order), pairs of both that keep out of
    each other, how many employers are wanted and how many inspectors for each."""

    population: Sequence[int]
    inspectors: Sequence[int]
    excluded: Collection[tuple[int, int]]
    wanted: int
    each: int

    @property
    def digest(self) -> str:
        """SHA-256 over all of it, 64 hexadecimal digits: what was drawn from was this and nothing else."""
        held = [
            list(self.population),
            list(self.inspectors),
            sorted(map(list, self.excluded)),
            self.wanted,
            self.each,
        ]
        return hashlib.sha256(json.dumps(held, separators=(",", ":")).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Drawn:
    """One employer that was drawn, and the inspectors drawn for it."""

    employer: int
    inspectors: tuple[int, ...]


def draw(basis: Basis, seed: str) -> list[Drawn]:
    """Draw the employers, and for each its inspectors: of those who need not keep out the ones with the
    fewest so far, among these by chance. Raises `CannotDraw`."""
    if not 0 < basis.wanted <= len(basis.population):
        raise CannotDraw(f"范围内有 {len(basis.population)} 户，不能抽取 {basis.wanted} 户。")
    excluded = set(basis.excluded)
    chosen = sorted(basis.population, key=lambda one: _place(seed, "employer", one))
    load: Counter[int] = Counter()
    drawn = []
    for employer in chosen[: basis.wanted]:
        able = [one for one in basis.inspectors if (employer, one) not in excluded]
        if len(able) < basis.each:
            raise CannotDraw(
                f"回避后，有单位的监察员不足 {basis.each} 人，请增加监察员或者减少每户人数。"
            )
        able.sort(key=lambda one: (load[one], _place(seed, f"inspector {employer}", one)))
        picked = tuple(able[: basis.each])
        load.update(picked)
        drawn.append(Drawn(employer, picked))
    return drawn


def _place(seed: str, what: str, key: int) -> bytes:
    return hashlib.sha256(f"{seed} {what} {key}".encode()).digest()
