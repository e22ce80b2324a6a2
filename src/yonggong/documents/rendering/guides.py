"""A service item's guide: facts, conditions, materials as a table, steps one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from yonggong.documents.rendering.engine import compile_paper
from yonggong.documents.rendering.fonts import Ink
from yonggong.documents.rendering.papers import FilledTable, Pair
from yonggong.documents.rendering.wording import written_date


@dataclass(frozen=True, slots=True)
class Guide:
    """What stands on it. parts: headings with their lines, one without any is left out. steps: name,
    who acts, further words. place: where it holds."""

    title: str
    place: str
    facts: Sequence[Pair]
    parts: Sequence[tuple[str, Sequence[str]]]
    materials: FilledTable
    steps: Sequence[tuple[str, str, str]]
    made_on: date


def render_guide(guide: Guide) -> bytes:
    """Give the guide as a PDF/A on A4. Raises `fonts.MissingFont` when the type is not installed."""
    ink = Ink()
    values = {
        "title": ink(guide.title),
        "place": ink(guide.place),
        "facts": [(ink(label), ink(text)) for label, text in guide.facts],
        "parts": [
            (heading, [ink(line) for line in lines]) for heading, lines in guide.parts if lines
        ],
        "heads": list(guide.materials.heads),
        "materials": [[ink(text) for text in row] for row in guide.materials.rows],
        "steps": [[ink(text) for text in step] for step in guide.steps],
        "dated": written_date(guide.made_on),
        "notes": ink.notes(),
    }
    return compile_paper("guide.typ", values, guide.made_on)
