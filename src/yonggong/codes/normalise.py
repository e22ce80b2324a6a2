"""Bringing what people type or paste to the form the standards use."""

# Full-width letters, digits and signs (U+FF01-U+FF5E) to ASCII; Chinese dashes to "-"; all kinds
# of spaces, zero-width marks and the apostrophe Excel puts before a text number to nothing.
_TO_PLAIN: dict[int, int | None] = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)}
_TO_PLAIN.update(dict.fromkeys(map(ord, "‐‑‒–—―－﹣"), ord("-")))
_UNSEEN = " \t\r\n\v\f\u00a0\u1680\u202f\u3000\u200b\u200c\u200d\u2060\ufeff'‘’＇`"
_TO_PLAIN.update(dict.fromkeys(map(ord, _UNSEEN)))
_TO_PLAIN.update({code: None for code in range(0x2000, 0x200B)})


def plain(text: str) -> str:
    """`text` without spaces, in half-width upper-case characters."""
    if text.isascii() and text.isalnum():  # nearly every cell of a batch: no table walk
        return text.upper()
    return text.translate(_TO_PLAIN).upper()


def plain_keep_case(text: str) -> str:
    """As `plain`, but letters keep their case (e-mail addresses)."""
    return text.translate(_TO_PLAIN)
