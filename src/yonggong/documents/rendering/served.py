"""送达回证: what was delivered, to whom, how, when, and who took it."""

from __future__ import annotations

from yonggong.documents.rendering.engine import compile_paper
from yonggong.documents.rendering.fonts import Ink
from yonggong.documents.rendering.papers import Served
from yonggong.documents.rendering.wording import written_date


def render_served(served: Served) -> bytes:
    """Give the receipt as a PDF/A on A4, dated by the day of the delivery.

    Raises `fonts.MissingFont` when the type is not installed.
    """
    ink = Ink()
    values = {
        "title": ink(served.title),
        "number": ink(served.number),
        "facts": [(ink(label), ink(text)) for label, text in served.facts],
        "by_hand": served.by_hand,
        "agency": ink(served.agency),
        "sender": ink(served.sender),
        "dated": written_date(served.served_on),
        "notes": ink.notes(),
    }
    return compile_paper("served.typ", values, served.served_on)
