"""Finding names by how they are spelled in Latin letters: pinyin, initials, or both mixed.

A character of several readings is found by each of them (长 by chang and zhang, 单 by dan and
shan): which one a name of a place or a family has, only its people know.
"""

from __future__ import annotations

import importlib
import os
from functools import cache, lru_cache
from itertools import islice, product
from typing import Any

from yonggong.codes.normalise import plain

_LONGEST = 30
_SPELLINGS = 8
_READINGS = 3  # further ones are of books, not of names

Syllables = tuple[tuple[str, ...], ...]


@cache
def _dictionary() -> Any:
    """The dictionary of single characters, read when somebody first searches by letters; the
    phrases would only choose among readings that all count here."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    return importlib.import_module("pypinyin")


@lru_cache(maxsize=20_000)
def syllables(name: str) -> Syllables:
    """The readings of each character of `name`, without tones; signs and blanks left out."""
    pinyin = _dictionary()
    found = pinyin.pinyin(
        plain(name).lower(),
        style=pinyin.Style.NORMAL,
        heteronym=True,
        errors=lambda rest: [sign for sign in rest if sign.isalnum()],
        v_to_u=False,
    )
    return tuple(tuple(dict.fromkeys(readings)) for readings in found if readings[0])


def is_spelled(text: str) -> bool:
    """Whether `text` may be the letters of a name."""
    letters = plain(text)
    return bool(letters) and letters.isascii() and letters.isalnum() and not letters.isdigit()


def rank(text: str, name: str) -> int | None:
    """How well `name` answers to the letters `text`: 0 from its beginning, 1 from a later
    character, None not at all. The last syllable may be half typed."""
    letters = plain(text).lower()[:_LONGEST]
    known = syllables(name)
    starts = (start for start in range(len(known)) if _spells(letters, known, start))
    first = next(starts, None)
    return None if first is None else min(first, 1)


def _spells(letters: str, known: Syllables, place: int) -> bool:
    if not letters:
        return True
    if place == len(known):
        return False
    for reading in known[place]:
        if reading.startswith(letters):
            return True
        if letters.startswith(reading) and _spells(letters[len(reading) :], known, place + 1):
            return True
        if letters[0] == reading[0] and _spells(letters[1:], known, place + 1):
            return True
    return False


@lru_cache(maxsize=20_000)
def spellings(name: str) -> tuple[str, ...]:
    """The usual spellings of `name`, whole and as initials: for indexes, and for lists that are
    searched on the page. Of many readings, those of the first characters are all there."""
    known = [readings[:_READINGS] for readings in syllables(name)]
    # The last factor of a product varies first: so it is the name's first character.
    ways = [way[::-1] for way in islice(product(*reversed(known)), _SPELLINGS)]
    whole = ("".join(way) for way in ways)
    initials = ("".join(syllable[0] for syllable in way) for way in ways)
    return tuple(dict.fromkeys((*whole, *initials)))
