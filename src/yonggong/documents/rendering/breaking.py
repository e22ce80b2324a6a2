"""Breaks a text into lines of a given width, by the rules of Chinese typesetting.

Rows of a roster then have known heights before Typst sees them: Typst draws fixed rows about
three times as fast as rows that it must measure, and pages can be planned so that signatures never
stand alone. The rules are those of GB/T 15834-2011 (no closing mark begins a line, no opening one
ends it); numbers and Latin words stay whole while a line can hold them.
"""

from __future__ import annotations

import re

from yonggong.documents.rendering.fonts import advances

_OPENING = "（《〈“‘【〔［「『(["
_CLOSING = "）》〉”’】〕］」』，。、；：？！·…—,.;:?!)]%％°"
_HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
# A piece that is never broken: a part of a minority name (巴特尔·苏和), a Latin word or number, or
# one character; each with the marks that cling to it before and behind.
_PIECE = re.compile(
    rf"[{re.escape(_OPENING)}]*"
    rf"(?:[{_HAN}]{{1,8}}(?=·)|(?<=·)[{_HAN}]{{1,8}}(?![{_HAN}])"
    rf"|[A-Za-z0-9]+(?:[-./@_:+][A-Za-z0-9]+)*|.)"
    rf"[{re.escape(_CLOSING)}]*",
    re.DOTALL,
)


def break_lines(text: str, width: float) -> list[str]:
    """Give the lines of a printable text, each at most `width` em wide; one line at least.

    Line feeds in the text break it too. A piece wider than a line is cut where it must be.
    """
    if "\n" not in text and text_width(text) <= width:
        return [text]
    return [line for part in text.split("\n") for line in _break_part(part.strip(), width)]


def text_width(text: str) -> float:
    """Give the width of a printable text in em, unkerned."""
    widths = advances()
    return sum(map(widths.__getitem__, text))


def _break_part(text: str, width: float) -> list[str]:
    if text_width(text) <= width:
        return [text]
    lines: list[str] = []
    line = ""
    for piece in _PIECE.findall(text):
        if text_width(line + piece) <= width:
            line += piece
            continue
        if line.strip():
            lines.append(line.strip())
        line = piece.lstrip()
        while text_width(line) > width:
            cut = _fitting(line, width)
            lines.append(line[:cut])
            line = line[cut:]
    return [*lines, line.strip()] if line.strip() else lines


def _fitting(text: str, width: float) -> int:
    """How many characters from the start fit into the width; one at least."""
    count = 1
    while count < len(text) and text_width(text[: count + 1]) <= width:
        count += 1
    return count
