"""Bringing what people type or paste to the form the standards use.

What every reader of text needs to know about characters: which are blanks, which draw nothing,
which stand for another one. Names have more rules of their own (`names`).
"""

from collections.abc import Mapping

# Characters that draw a blank of some width, the Braille blank and the Hangul fillers too.
BLANKS = frozenset(
    (0x20, *range(0x09, 0x0E), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029)
) | frozenset((0x202F, 0x205F, 0x2800, 0x3000))

# Marks that come along with text copied from chat programs, web pages and spreadsheets and draw
# nothing: controls, zero-width marks, joiners, marks of direction, byte order, halves of a pair
# (no encoding can hold those).
INVISIBLE = frozenset(
    (
        *range(0x00, 0x09),
        *range(0x0E, 0x20),
        *range(0x7F, 0x85),
        *range(0x86, 0xA0),
        0xAD,
        0x34F,
        0x61C,
        0x180E,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        0xFEFF,
        *range(0xFFF0, 0xFFFC),
        *range(0xD800, 0xE000),
        *range(0xE0000, 0xE0080),
    )
)

# They choose one drawing of the character before them, which stays the same character.
VARIATION_SELECTORS = frozenset(
    (*range(0x180B, 0x180E), 0x180F, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
)

HALF_WIDTH: Mapping[int, str] = {full: chr(full - 0xFEE0) for full in range(0xFF01, 0xFF5F)}
DASHES = frozenset(map(ord, "‐‑‒–—―−－﹣"))
APOSTROPHES = frozenset(map(ord, "'‘’‛ʼʻʹˈ′＇`´"))

# Identifiers hold none of these; the apostrophe is what Excel puts before a number kept as text.
_TO_PLAIN: dict[int, str | None] = {
    **HALF_WIDTH,
    **dict.fromkeys(DASHES, "-"),
    **dict.fromkeys(BLANKS | INVISIBLE | VARIATION_SELECTORS | APOSTROPHES),
}


def plain(text: str) -> str:
    """`text` without blanks and invisible marks, in half-width upper-case characters."""
    if text.isascii() and text.isalnum():  # nearly every cell of a batch: no table walk
        return text.upper()
    return text.translate(_TO_PLAIN).upper()


def plain_keep_case(text: str) -> str:
    """As `plain`, but letters keep their case (e-mail addresses)."""
    return text.translate(_TO_PLAIN)


def paragraphs(text: str | None) -> list[str]:
    """The lines of a text that say something, without the blanks around them."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]
