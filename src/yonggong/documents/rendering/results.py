"""The result of an item: to whom, what was decided, why, on which law, by whom and when."""

from __future__ import annotations

from yonggong.documents.rendering.engine import compile_paper
from yonggong.documents.rendering.fonts import Ink
from yonggong.documents.rendering.papers import Result
from yonggong.documents.rendering.wording import written_date


def render_result(result: Result) -> bytes:
    """Give the result as a PDF/A on A4, dated by the day of the decision.

    Raises `fonts.MissingFont` when the type is not installed.
    """
    ink = Ink()
    parts = [
        (heading, [ink(line) for line in lines]) for heading, lines in result.parts if any(lines)
    ]
    values = {
        "title": ink(result.title),
        "number": ink(result.number),
        "addressee": ink(f"{result.applicant}："),
        "statement": ink(result.statement),
        "facts": [(ink(label), ink(text)) for label, text in result.facts],
        "parts": parts,
        "agency": ink(result.agency),
        "dated": written_date(result.decided_on),
        "notes": ink.notes(),
    }
    return compile_paper("result.typ", values, result.decided_on)
