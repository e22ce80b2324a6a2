"""Items found by what people type: a title, everyday words, pinyin or its initials, words of the text.

An index is made once for a set of items and asked many times. Where several ways find an item the best
counts: its title before its everyday words, these before letters, letters before its text.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product
from typing import NamedTuple

from yonggong.catalogue.items import Item
from yonggong.codes import pinyin
from yonggong.codes.normalise import plain

_LONGEST = 60
_TERMS = 6
# What people say around what they look for.
_AROUND = re.compile(
    "怎么办理?|怎么|如何|怎样|哪里能?|在哪儿?|我想要?|我要|请问|能不能|可以吗|多少钱|[吗呢啊？?！!]"
)
_BETWEEN = re.compile(r"[\s、，,。；;/|（）()《》“”\"'·—-]+")
_TITLE, _WORD, _ALIKE, _LETTERS, _TEXT = 1000.0, 700.0, 300.0, 260.0, 100.0
_SPELLINGS, _READINGS = 8, 3
_LEAST_ALIKE = 0.45
# From so many letters on one may be left out or be too many; so many characters of a name are skipped.
_NEARLY_FROM, _SKIPPED = 4, 6
# Letters with which no syllable begins, or only a rare one.
_VOWELS = frozenset("aeiouv")


class _Name(NamedTuple):
    """A title or an everyday word of an item."""

    text: str
    item: int
    title: bool


class Index:
    """Items that can be searched."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = tuple(items)
        self._names = [
            _Name(clean(text), place, text is item.title)
            for place, item in enumerate(self.items)
            for text in (item.title, *item.words)
        ]
        self._texts = [clean("\n".join(_text(item))) for item in self.items]
        self._pairs = _Pairs([name.text for name in self._names])
        self._letters = _Letters([name.text for name in self._names])

    def search(self, typed: str) -> list[Item]:
        """The items that answer to what was typed, the best first; all of them where nothing was.
        Those that answer to every term come before those that answer to some."""
        terms = terms_of(typed)
        if not terms:
            return list(self.items)
        found: defaultdict[int, list[float]] = defaultdict(list)
        for term in terms:
            for item, score in self._answers(term).items():
                found[item].append(score)
        order = sorted(
            found,
            key=lambda item: (-len(found[item]), -sum(found[item]), len(self.items[item].title)),
        )
        return [self.items[item] for item in order]

    def _answers(self, term: str) -> dict[int, float]:
        scores: dict[int, float] = {}

        def note(item: int, score: float) -> None:
            if score > scores.get(item, 0.0):
                scores[item] = score

        for name in self._names:
            if score := _contains(name, term):
                note(name.item, score)
        if pinyin.is_spelled(term):
            for place, off in self._letters.spelled(term):
                name = self._names[place]
                note(name.item, _LETTERS - 40 * (not name.title) - 15 * off)
        else:
            for place, alike in self._pairs.like(term):
                note(self._names[place].item, _ALIKE * (1 + alike))
        for place, text in enumerate(self._texts):
            if term in text:
                note(place, _TEXT)
        return scores


def clean(text: str) -> str:
    """A text as it is compared: half-width lower-case characters, no blanks."""
    return plain(text).lower()


def terms_of(typed: str) -> list[str]:
    """What was typed, taken apart at blanks and signs, without what people say around it."""
    asked = typed[:_LONGEST]
    bare = _AROUND.sub(" ", asked)
    parts = [clean(part) for part in _BETWEEN.split(bare if clean(bare) else asked)]
    return list(dict.fromkeys(filter(None, parts)))[:_TERMS]


def _text(item: Item) -> Iterator[str]:
    yield from item.conditions
    yield from (material.name for material in item.materials)
    yield from item.results
    yield item.category


def _contains(name: _Name, term: str) -> float:
    """How well a name holds a term, or a term the name; 0 where neither does."""
    base = _TITLE if name.title else _WORD
    if term in name.text:
        begins = name.text.startswith(term)
        return base + 40 * begins + 40 * len(term) / len(name.text)
    if not name.title and len(name.text) > 1 and name.text in term and not term.isascii():
        return _ALIKE * (1 + 0.8 * len(name.text) / len(term))
    return 0.0


class _Pairs:
    """Names that share pairs of characters with a term, whatever their order."""

    def __init__(self, names: Sequence[str]) -> None:
        self._where: defaultdict[str, list[int]] = defaultdict(list)
        for place, name in enumerate(names):
            for pair in _pairs(name):
                self._where[pair].append(place)
        total = len(names) + 1
        self._weights = {pair: math.log(total / len(held)) for pair, held in self._where.items()}
        self._unknown = math.log(total) / 2
        self._whole = [sum(self._weights[pair] for pair in _pairs(name)) for name in names]

    def like(self, term: str) -> Iterator[tuple[int, float]]:
        """The places of names that are like the term, and how much: up to 1."""
        asked = _pairs(term)
        shared: Counter[int] = Counter()
        for pair in asked:
            weight = self._weights.get(pair, 0.0)
            for place in self._where.get(pair, ()):
                shared[place] += weight  # type: ignore[assignment]
        whole = sum(self._weights.get(pair, self._unknown) for pair in asked)
        for place, weight in shared.items():
            alike = 2 * weight / (whole + self._whole[place])
            if alike >= _LEAST_ALIKE or weight >= 0.7 * whole:
                yield place, alike


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


class _Letters:
    """Names by how they are spelled: all spellings stand in one string, found from the beginning of a
    syllable on; initials are looked for at every place at once, first by the usual reading of each
    character, then by any."""

    def __init__(self, names: Sequence[str]) -> None:
        spelled: list[str] = []
        self._starts: dict[int, tuple[int, int]] = {}
        self._usual: defaultdict[str, int] = defaultdict(int)
        self._any: defaultdict[str, int] = defaultdict(int)
        self._having: defaultdict[str, set[int]] = defaultdict(set)
        self._offsets: list[int] = []
        self._names = names
        self._first: list[str] = []
        length = bits = 0
        for place, name in enumerate(names):
            known = pinyin.syllables(name)
            readings = [some[:_READINGS] for some in known]
            # The last factor of a product varies first: so it is the name's first character.
            for way in islice(product(*reversed(readings)), _SPELLINGS):
                for later, syllable in enumerate(way[::-1]):
                    self._starts[length] = (place, later)
                    spelled.append(syllable)
                    length += len(syllable)
                spelled.append("\n")
                length += 1
            self._offsets.append(bits)
            self._first.append("".join(some[0][0] for some in known))
            for at, some in enumerate(known, bits):
                self._usual[some[0][0]] |= 1 << at
                for letter in {reading[0] for reading in some}:
                    self._any[letter] |= 1 << at
                    self._having[letter].add(place)
            bits += len(known) + 1  # one free bit keeps names apart
        self._spelled = "".join(spelled)

    def spelled(self, term: str) -> list[tuple[int, int]]:
        """Names spelled so, with how far off they are: 0 from their beginning, 1 from a later
        character, more where a letter was left out or is too many. The last syllable may be half
        typed; letters of both sorts mixed are tried where neither finds anything."""
        letters = term.lower()
        if len(letters) < 2:
            return []
        found = [*self._whole(letters), *self._initials(letters, self._usual)]
        return found or list(self._initials(letters, self._any)) or list(self._nearly(letters))

    def _whole(self, letters: str) -> Iterator[tuple[int, int]]:
        at = self._spelled.find(letters)
        while at >= 0:
            if at in self._starts:
                place, later = self._starts[at]
                yield place, min(later, 1)
            at = self._spelled.find(letters, at + 1)

    def _initials(self, letters: str, masks: Mapping[str, int]) -> Iterator[tuple[int, int]]:
        ends = masks.get(letters[0], 0)
        for letter in letters[1:]:
            ends = (ends << 1) & masks.get(letter, 0)
        while ends:
            last = ends.bit_length() - 1
            ends ^= 1 << last
            first = last - len(letters) + 1
            place = bisect_right(self._offsets, first) - 1
            yield place, min(first - self._offsets[place], 1)

    def _nearly(self, letters: str) -> Iterator[tuple[int, int]]:
        having = self._having
        if _VOWELS & set(letters):  # syllables and initials mixed
            begun = {place for place, _ in self._whole(letters[:3])}
            for place in begun or having.get(letters[0], set()):
                off = pinyin.rank(letters, self._names[place])
                if off is not None:
                    yield place, off
        elif len(letters) >= _NEARLY_FROM:
            for place in having.get(letters[0], set()) | having.get(letters[1], set()):
                initials = self._first[place]
                skipped = len(initials) - len(letters)
                if 0 <= skipped <= _SKIPPED and _within(letters, initials):
                    yield place, 1 + skipped
                elif skipped == -1 and _within(initials, letters):
                    yield place, 2


def _within(some: str, whole: str) -> bool:
    """Whether `whole` has the letters of `some` in their order, others between them."""
    rest = iter(whole)
    return all(letter in rest for letter in some)
