"""The process's own log without personal data: numbers of people are starred in whatever is written, and
in what an exception says. The last line of defence; the first is not to log them."""

from __future__ import annotations

import logging
import re

from yonggong.vault.masking import mask

# Numbers of identity documents and bank cards, and mobile numbers; what stands for itself, not inside a
# longer word of letters or digits. A case's number begins with a day of this century and a case has
# sixteen digits or so: those are no bank card's.
_NUMBER = re.compile(
    r"(?<![0-9A-Za-z])(?:"
    r"(?P<document>[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])\d{2}\d{3}[\dXx])"
    r"|(?P<account>(?!20\d{2}(?:0[1-9]|1[0-2])[0-3]\d)[3-9]\d{15,18})"
    r"|(?P<phone>1[3-9]\d{9})"
    r")(?![0-9A-Za-z])"
)


def hidden(said: str) -> str:
    """The text with such numbers starred in their middle."""
    return _NUMBER.sub(_star, said)


def _star(found: re.Match[str]) -> str:
    number = found.group()
    if found.lastgroup == "document":
        return mask(number, "document")
    return mask(number, "phone" if found.lastgroup == "phone" else "account")


class Hiding(logging.Formatter):
    """Formats as any, tracebacks included, and hides."""

    def format(self, record: logging.LogRecord) -> str:
        return hidden(super().format(record))
