"""A picture as rows of boxes and arrows between them, as Graphviz text and as SVG.

The layout is the rows themselves: nothing is searched for, so a small change of the source is a
small change of the picture, and no program but Python draws it.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from math import hypot

_LINE, _TEXT, _PAD, _GAP_X, _GAP_Y = 19, 14, 10, 116, 40
_MARGIN, _TITLE = 24, 30
# How far apart two arrows run between the same boxes, and how long an arrow's head is.
_APART, _HEAD = 9, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A box with its lines of text, the first of them its title."""

    key: str
    lines: tuple[str, ...]
    fill: str = "#f3f6fb"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Boxes side by side, centred; None leaves a place empty. `title` stands above them."""

    boxes: tuple[Box | None, ...]
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """From one box to another, by their keys."""

    source: str
    target: str
    label: str = ""
    dashed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What is drawn; `name` is that of its files."""

    name: str
    title: str
    rows: tuple[Row, ...]
    arrows: tuple[Arrow, ...]


def as_dot(picture: Picture) -> str:
    """The picture as Graphviz text: its source, for people and for other programs."""
    lines = [f"// {picture.title}; written by `make docs`", f"digraph {picture.name} {{"]
    lines += ["  rankdir=TB;", '  node [shape=box, fontname="sans-serif"];']
    for row in picture.rows:
        if row.title:
            lines.append(f"  // {row.title}")
        boxes = [box for box in row.boxes if box is not None]
        said = (f'"{box.key}" [label="{_quoted(box.lines)}"];' for box in boxes)
        lines.append(f"  {{ rank=same; {' '.join(said)} }}")
    for arrow in picture.arrows:
        style = ", style=dashed" if arrow.dashed else ""
        label = _quoted((arrow.label,))
        lines.append(f'  "{arrow.source}" -> "{arrow.target}" [label="{label}"{style}];')
    return "\n".join([*lines, "}", ""])


def _quoted(lines: tuple[str, ...]) -> str:
    return "\\n".join(line.replace("\\", "\\\\").replace('"', '\\"') for line in lines)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a box stands: its middle, and half of its width and height."""

    x: float
    y: float
    half_width: float
    half_height: float

    def edge(self, x: float, y: float) -> tuple[float, float]:
        """Where the line from the middle towards (x, y) leaves the box."""
        across, down = x - self.x, y - self.y
        beyond = max(abs(across) / self.half_width, abs(down) / self.half_height, 1e-9)
        return self.x + across / beyond, self.y + down / beyond


def as_svg(picture: Picture) -> str:
    """The picture as SVG, with nothing in it that a page's rules on scripts or styles refuse."""
    boxes = [box for row in picture.rows for box in row.boxes if box is not None]
    width = max(_width(line) for box in boxes for line in box.lines) + 2 * _PAD
    most = max(len(row.boxes) for row in picture.rows)
    titles = [picture.title, *(row.title for row in picture.rows)]
    whole = max(most * width + (most - 1) * _GAP_X, *(_width(title) for title in titles))
    whole += 2 * _MARGIN
    places, headings, bottom = _laid_out(picture, width, whole)
    drawn = [
        _text(whole / 2, _MARGIN + _TEXT, picture.title, bold=True),
        *(_text(whole / 2, y, title) for title, y in headings),
        *(_drawn_box(box, places[box.key]) for box in boxes),
        *(_drawn_arrow(arrow, places, picture.arrows) for arrow in picture.arrows),
    ]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole:.0f} {bottom:.0f}"'
            f' width="{whole:.0f}" height="{bottom:.0f}" font-family="sans-serif"'
            f' font-size="{_TEXT}">',
            f"<title>{escape(picture.title)}</title>",
            '<rect width="100%" height="100%" fill="#ffffff"/>',
            *drawn,
            "</svg>",
            "",
        ]
    )


def _laid_out(
    picture: Picture, width: float, whole: float
) -> tuple[dict[str, _Place], list[tuple[str, float]], float]:
    """Where every box stands, the rows' titles with their heights, and where all of it ends."""
    places: dict[str, _Place] = {}
    headings: list[tuple[str, float]] = []
    top = float(_MARGIN + _TITLE)
    for row in picture.rows:
        if row.title:
            headings.append((row.title, top + _TEXT))
            top += _TITLE
        height = max(len(box.lines) for box in row.boxes if box) * _LINE + 2 * _PAD
        left = (whole - len(row.boxes) * width - (len(row.boxes) - 1) * _GAP_X) / 2
        for place, box in enumerate(row.boxes):
            if box is not None:
                x = left + place * (width + _GAP_X) + width / 2
                places[box.key] = _Place(x, top + height / 2, width / 2, height / 2)
        top += height + _GAP_Y
    return places, headings, top - _GAP_Y + _MARGIN


def _width(text: str) -> float:
    """How wide a line is drawn, about: a Chinese character is as wide as it is high."""
    return sum(_TEXT if ord(sign) > 0x2E80 else _TEXT * 0.56 for sign in text)


def _text(x: float, y: float, text: str, *, bold: bool = False, small: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    # What is written on an arrow stays readable where another crosses it.
    size = f' font-size="{_TEXT - 2}" stroke="#ffffff" stroke-width="4"' if small else ""
    size += ' paint-order="stroke"' if small else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" fill="#1c2733"{weight}{size}>'
        f"{escape(text)}</text>"
    )


def _drawn_box(box: Box, place: _Place) -> str:
    left, top = place.x - place.half_width, place.y - place.half_height
    first = place.y - len(box.lines) * _LINE / 2 + _TEXT
    return "\n".join(
        [
            f'<rect x="{left:.1f}" y="{top:.1f}" width="{2 * place.half_width:.1f}"'
            f' height="{2 * place.half_height:.1f}" rx="5" fill="{box.fill}" stroke="#5b6b7d"/>',
            *(
                _text(place.x, first + number * _LINE, line, bold=number == 0)
                for number, line in enumerate(box.lines)
            ),
        ]
    )


def _drawn_arrow(arrow: Arrow, places: dict[str, _Place], arrows: tuple[Arrow, ...]) -> str:
    source, target = places[arrow.source], places[arrow.target]
    x1, y1 = source.edge(target.x, target.y)
    x2, y2 = target.edge(source.x, source.y)
    length = hypot(x2 - x1, y2 - y1) or 1.0
    along = (x2 - x1) / length, (y2 - y1) / length
    both_ways = any((o.source, o.target) == (arrow.target, arrow.source) for o in arrows)
    aside = _APART if both_ways else 0
    x1, x2 = (x - along[1] * aside for x in (x1, x2))
    y1, y2 = (y + along[0] * aside for y in (y1, y2))
    dash = ' stroke-dasharray="5 4"' if arrow.dashed else ""
    back = x2 - along[0] * _HEAD, y2 - along[1] * _HEAD
    wings = (
        (back[0] - along[1] * _HEAD / 2, back[1] + along[0] * _HEAD / 2),
        (back[0] + along[1] * _HEAD / 2, back[1] - along[0] * _HEAD / 2),
    )
    head = " ".join(f"{x:.1f},{y:.1f}" for x, y in ((x2, y2), *wings))
    parts = [
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{back[0]:.1f}" y2="{back[1]:.1f}"'
        f' stroke="#5b6b7d"{dash}/>',
        f'<polygon points="{head}" fill="#5b6b7d"/>',
    ]
    if arrow.label:
        # Beside a steep arrow, above a level one; two arrows of a pair on their own sides.
        steep = abs(along[1]) > 0.7
        off = _width(arrow.label) / 2 + 6
        side = -along[1] if both_ways else 1.0
        x = (x1 + x2) / 2 + (off * side if steep else 0)
        y = (y1 + y2) / 2 + (4 if steep else -6)
        parts.append(_text(x, y, arrow.label, small=True))
    return "\n".join(parts)
