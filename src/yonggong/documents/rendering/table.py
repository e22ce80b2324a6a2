"""Tables on A4: rosters and whatever else is a list with a header and places for seals.

Everything is measured here, in millimetres, and drawn by `templates/table.typ` at these measures.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from yonggong.documents.rendering.breaking import break_lines
from yonggong.documents.rendering.engine import compile_paper
from yonggong.documents.rendering.fonts import Ink
from yonggong.documents.rendering.pagination import paginate
from yonggong.documents.rendering.papers import Pair, Proof, TablePaper
from yonggong.documents.rendering.wording import proof_values, written_date

_POINT = 25.4 / 72
_A4 = (210.0, 297.0)
_MARGIN = {"left": 17.0, "right": 13.0, "top": 14.0, "bottom": 11.0}  # the left is for binding

_CELL_EM = 9 * _POINT
_CELL_LEADING = 0.35 * _CELL_EM
_CELL_INSET_X = 1.1
_CELL_INSET_Y = 1.75
# A row with more lines is set as several rows, so that no row can be higher than a page.
_MOST_LINES = 20

_TITLE_HEIGHT = 14.0
_FIELD_EM = 10 * _POINT
_FIELD_PITCH = 5.6
_FIELDS_GAP = 1.8
# Two pairs beside each other, number and date at the right; upright two pairs have the whole width.
_FIELD_SHARES = (0.43, 0.32, 0.25)
_UPRIGHT_SHARES = (0.56, 0.44)
_RUNNING_HEIGHT = 7.0
_FOOT_HEIGHT = 7.0
_NOTE_EM = 8 * _POINT
_NOTE_PITCH = 4.2
_NOTES_GAP = 1.6
_SEALS_GAP = 3.0
_SEALS_HEIGHT = 34.0
_PROOF_WIDTH = 62.0
# Typst adds up the same widths in other units; a line must not break for the last micrometre.
_SLACK = 0.02


def render_table(paper: TablePaper) -> bytes:
    """Give a table as a PDF/A on A4; heads repeat on every page, a preview carries 预览.

    Characters that no type draws are printed as their code points and noted. Raises
    `fonts.MissingFont` when the type is not installed.
    """
    return compile_paper("table.typ", table_values(paper), paper.made_on)


def table_values(paper: TablePaper) -> dict[str, object]:
    """Give what the template draws: texts broken into lines, rows shared out to pages."""
    ink = Ink()
    width = _text_width(paper)
    widths = _column_widths(paper, width)
    head, head_height = _set_row([column.title for column in paper.columns], widths, ink)
    rows = [piece for row in paper.rows for piece in _pieces(row, widths, ink)]
    fields, fields_height = _set_fields(paper, width, ink)
    last = [paper.totals] if paper.totals else []
    totals, totals_height = _set_row(last, [width] * len(last), ink)
    values = {
        "title": ink(paper.title),
        "running": _running(paper, ink),
        "number": ink(paper.number or ""),
        "preview": paper.number is None,
        "seals": [ink(seal) for seal in paper.seals],
        "proof": proof_values(paper.proof, ink),
    }
    notes = _set_notes([*map(ink, paper.notes), *ink.notes()], width)
    tail = totals_height + _notes_height(notes) + _sign_off_height(paper.seals, paper.proof)
    room = _text_height(paper) - _FOOT_HEIGHT - head_height
    pages = paginate(
        [height for _, height in rows],
        first_room=room - _TITLE_HEIGHT - fields_height,
        next_room=room - _RUNNING_HEIGHT,
        tail=tail,
    )
    return {
        **values,
        "geometry": _geometry(paper, width, widths, head_height, totals_height),
        "aligns": [column.align for column in paper.columns],
        "fields": fields,
        "head": head,
        "pages": [
            {
                "heights": [height for _, height in rows[start:end]],
                "cells": [cell for cells, _ in rows[start:end] for cell in cells],
            }
            for start, end in pages
        ],
        "totals": totals,
        "notes": notes,
    }


def _geometry(
    paper: TablePaper, width: float, widths: Sequence[float], head: float, totals: float
) -> dict[str, object]:
    page_width, page_height = _page_size(paper)
    return {
        "page": {"width": page_width, "height": page_height},
        "margin": _MARGIN,
        "width": width,
        "columns": widths,
        "fields": [share * width for share in _field_shares(paper)],
        "head": head,
        "totals": totals,
        "inset": _CELL_INSET_X,
        "leading": _CELL_LEADING,
        "title": _TITLE_HEIGHT,
        "field_pitch": _FIELD_PITCH,
        "fields_gap": _FIELDS_GAP,
        "running": _RUNNING_HEIGHT,
        "note_pitch": _NOTE_PITCH,
        "notes_gap": _NOTES_GAP,
        "seals_gap": _SEALS_GAP,
        "seals": _SEALS_HEIGHT,
        "proof": _PROOF_WIDTH,
    }


def _page_size(paper: TablePaper) -> tuple[float, float]:
    short, long = _A4
    return (long, short) if paper.landscape else (short, long)


def _text_width(paper: TablePaper) -> float:
    return _page_size(paper)[0] - _MARGIN["left"] - _MARGIN["right"]


def _text_height(paper: TablePaper) -> float:
    return _page_size(paper)[1] - _MARGIN["top"] - _MARGIN["bottom"]


def _column_widths(paper: TablePaper, width: float) -> list[float]:
    shares = sum(column.width for column in paper.columns)
    return [round(column.width / shares * width, 3) for column in paper.columns]


def _lines_in(width: float, text: str, em: float) -> list[str]:
    return break_lines(text, width / em - _SLACK)


def _set_row(texts: Sequence[str], widths: Sequence[float], ink: Ink) -> tuple[list[str], float]:
    """Give the cells with their line breaks, and the height that they need; 0 without cells."""
    cells = _broken(texts, widths, ink)
    return ["\n".join(lines) for lines in cells], _row_height(max(map(len, cells), default=0))


def _pieces(
    texts: Sequence[str], widths: Sequence[float], ink: Ink
) -> Iterable[tuple[list[str], float]]:
    """Give a row as one or, when a cell is very long, several rows: (cells, height)."""
    cells = _broken(texts, widths, ink)
    most = max(map(len, cells))
    for start in range(0, most, _MOST_LINES):
        stop = min(start + _MOST_LINES, most)
        yield ["\n".join(lines[start:stop]) for lines in cells], _row_height(stop - start)


def _broken(texts: Sequence[str], widths: Sequence[float], ink: Ink) -> list[list[str]]:
    return [
        _lines_in(width - 2 * _CELL_INSET_X, ink(text), _CELL_EM)
        for text, width in zip(texts, widths, strict=True)
    ]


def _row_height(lines: int) -> float:
    if not lines:
        return 0.0
    return round(lines * _CELL_EM + (lines - 1) * _CELL_LEADING + 2 * _CELL_INSET_Y, 3)


def _set_fields(paper: TablePaper, width: float, ink: Ink) -> tuple[list[list[str]], float]:
    """Give the pairs above the table as rows: of three with number and date at the right, upright of two
    with these at the end."""
    pairs: list[Pair | None] = list(paper.header)
    marks: list[Pair | None] = [
        ("编号", paper.number or "（保存后生成）"),
        ("制表日期", written_date(paper.made_on)),
    ]
    shares = _field_shares(paper)
    if paper.landscape:
        beside = [pairs[::2], pairs[1::2], marks]
    else:
        pairs += [None] * (len(pairs) % 2) + marks
        beside = [pairs[::2], pairs[1::2]]
    rows: list[list[str]] = []
    lines_down = 0
    for row in zip_longest(*beside):
        cells = [
            _lines_in(share * width - 2.0, ink("：".join(pair)), _FIELD_EM) if pair else []
            for pair, share in zip(row, shares, strict=True)
        ]
        rows.append(["\n".join(lines) for lines in cells])
        lines_down += max(map(len, cells))
    return rows, lines_down * _FIELD_PITCH + _FIELDS_GAP


def _field_shares(paper: TablePaper) -> tuple[float, ...]:
    return _FIELD_SHARES if paper.landscape else _UPRIGHT_SHARES


def _running(paper: TablePaper, ink: Ink) -> list[str]:
    """Give the one line that heads a following page: title, first pair, number."""
    first = "：".join(paper.header[0]) if paper.header else ""
    lines = _lines_in(0.5 * _text_width(paper), ink(first), _CELL_EM)
    number = f"编号：{paper.number}" if paper.number else "预览"
    return [
        ink(f"{paper.title}（续）"),
        lines[0] + ("……" if len(lines) > 1 else ""),
        ink(number),
    ]


def _set_notes(notes: Sequence[str], width: float) -> list[str]:
    return [line for note in notes for line in _lines_in(width, f"注：{note}", _NOTE_EM)]


def _notes_height(notes: Sequence[str]) -> float:
    return len(notes) * _NOTE_PITCH + _NOTES_GAP if notes else 0.0


def _sign_off_height(seals: Sequence[str], proof: Proof | None) -> float:
    return _SEALS_GAP + _SEALS_HEIGHT if seals or proof else 0.0
