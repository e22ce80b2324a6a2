"""A form as it was filled in: answers as labelled cells, two beside each other where they are short,
tables as tables, over as many pages as it takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yonggong.documents.rendering.engine import compile_paper
from yonggong.documents.rendering.fonts import Ink
from yonggong.documents.rendering.papers import FilledForm, FilledTable, Pair

# Characters of a label and of an answer that fit beside another answer.
_SHORT_LABEL, _SHORT = 14, 24
# A column is as wide as the longest text in it, within these bounds.
_LEAST_WIDTH, _MOST_WIDTH = 4, 18


def render_filled(form: FilledForm) -> bytes:
    """Give the form as a PDF/A on A4. Raises `fonts.MissingFont` when the type is not installed."""
    ink = Ink()
    parts = [
        {"title": ink(part.title), "blocks": list(_blocks(part.answers, ink))}
        for part in form.parts
    ]
    values = {
        "title": ink(form.title),
        "number": ink(form.number),
        "facts": list(_rows(form.facts, ink)),
        "blank": form.blank,
        "sample": form.sample,
        "parts": parts,
        "signers": [ink(one) for one in form.signers],
        "notes": [*map(ink, form.notes), *ink.notes()],
    }
    return compile_paper("filled.typ", values, form.made_on)


def _blocks(answers: Sequence[Pair | FilledTable], ink: Ink) -> Iterator[dict[str, object]]:
    """Runs of pairs, and tables between them."""
    run: list[Pair] = []
    for answer in answers:
        if not isinstance(answer, FilledTable):
            run.append(answer)
            continue
        if run:
            yield {"rows": list(_rows(run, ink)), "table": None}
            run = []
        yield {"rows": [], "table": _table(answer, ink)}
    if run:
        yield {"rows": list(_rows(run, ink)), "table": None}


def _rows(pairs: Sequence[Pair], ink: Ink) -> Iterator[list[Pair]]:
    """Two short answers to a row; a long one has a row of its own."""
    waiting: list[Pair] = []
    for label, text in pairs:
        inked = (ink(label), ink(text or "—"))
        short = len(label) <= _SHORT_LABEL and len(text) <= _SHORT and "\n" not in text
        if not short and waiting:
            yield waiting
            waiting = []
        waiting.append(inked)
        if not short or len(waiting) == 2:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def _table(table: FilledTable, ink: Ink) -> dict[str, object]:
    rows = [[ink(text or "—") for text in row] for row in table.rows]
    totals = [ink(text) for text in table.totals]
    widths = [
        min(max(_LEAST_WIDTH, *map(_width, column)), _MOST_WIDTH)
        for column in zip(table.heads, *rows, strict=True)
    ]
    return {
        "title": ink(table.title),
        "heads": [ink(head) for head in table.heads],
        "rows": rows,
        "totals": totals,
        "widths": widths,
    }


def _width(text: str) -> float:
    """About how wide a text is, in em: Latin letters and digits are half as wide."""
    return sum(1.0 if ord(character) > 255 else 0.55 for character in text)
