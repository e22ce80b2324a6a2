"""The steps of an item drawn: who acts in the left lane is the applicant, in the right one the office; in
the free lane beside a step stands how it may end otherwise. Sizes are units of the drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from yonggong.catalogue.doubts import limit_words
from yonggong.catalogue.items import Stage

WIDTH = 360
_BOX, _GAP, _EDGE = 164, 22, 8
_LEFT, _RIGHT = _EDGE, WIDTH - _EDGE - _BOX
_LINE, _SMALL_LINE, _PAD = 19, 16, 9
_NAME, _SMALL = 10, 12  # characters that fit in a line
_SIDE_HEIGHT = 24

BY = {"applicant": "申请人", "office": "经办机构", "department": "相关部门", "system": "系统自动"}
# What else may come of a step, and how it is drawn.
_ENDS = {
    "return": ("一次性告知补正", "wait"),
    "refuse": ("不予办理", "bad"),
    "withdraw": ("可以撤回", "note"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text in a box, at its base."""

    text: str
    x: float
    y: float
    small: bool


@dataclass(frozen=True, slots=True)
class Box:
    """A step."""

    x: float
    y: float
    height: float
    lines: tuple[Line, ...]
    by: str
    dashed: bool

    @property
    def middle(self) -> float:
        """The middle of its width."""
        return self.x + _BOX / 2


@dataclass(frozen=True, slots=True)
class Side:
    """Another way a step may end, beside it, with the arrow that leads there."""

    x: float
    y: float
    width: float
    text: str
    tone: str
    path: str

    @property
    def text_x(self) -> float:
        """The middle of its text."""
        return self.x + self.width / 2

    @property
    def text_y(self) -> float:
        """The base of its text."""
        return self.y + 16.5


@dataclass(frozen=True, slots=True)
class Drawing:
    """All of it: arrows lead from box to box."""

    height: float
    boxes: tuple[Box, ...]
    arrows: tuple[str, ...]
    sides: tuple[Side, ...]
    width: int = WIDTH
    box: int = _BOX
    side: int = _SIDE_HEIGHT


def told(stage: Stage) -> str:
    """What a step is, in a sentence: who, within how long, how it may end otherwise."""
    parts = [stage.actor or BY[stage.by]]
    if stage.limit is not None:
        parts.append(limit_words(stage.limit))
    parts += (word for word, _ in ends_of(stage))
    return "；".join(parts)


def ends_of(stage: Stage) -> list[tuple[str, str]]:
    """How a step may end otherwise than by going on, in words, and the tone of each."""
    found = [_ENDS[outcome] for outcome in stage.outcomes if outcome in _ENDS]
    if "end" in stage.outcomes and "next" in stage.outcomes:
        found.append(("也可在此办结", "good"))
    return found


def drawing(stages: Sequence[Stage]) -> Drawing:
    """Where everything stands."""
    boxes: list[Box] = []
    sides: list[Side] = []
    arrows: list[str] = []
    top = float(_EDGE)
    for stage in stages:
        ends = ends_of(stage)
        box = _box(stage, top, least=len(ends) * (_SIDE_HEIGHT + 6))
        if boxes:
            arrows.append(_down(boxes[-1], box))
        sides += (_side(box, place, word, tone) for place, (word, tone) in enumerate(ends))
        boxes.append(box)
        top = box.y + box.height + _GAP
    return Drawing(top - _GAP + _EDGE, tuple(boxes), tuple(arrows), tuple(sides))


def _box(stage: Stage, top: float, *, least: float) -> Box:
    x = _LEFT if stage.by == "applicant" else _RIGHT
    texts = [(part, False) for part in _broken(stage.name, _NAME)]
    texts += ((part, True) for part in _broken(stage.actor or BY[stage.by], _SMALL))
    if stage.limit is not None:
        texts += ((part, True) for part in _broken(f"时限：{stage.limit}", _SMALL))
    lines = []
    base = top + _PAD
    for text, small in texts:
        base += _SMALL_LINE if small else _LINE
        lines.append(Line(text, x + _BOX / 2, base - 5, small))
    height = max(base - top + _PAD, least)
    return Box(x, top, height, tuple(lines), stage.by, stage.phase == "before")


def _broken(text: str, most: int) -> list[str]:
    """A text in lines of about equal length; a Latin letter or digit takes half a character."""
    total = sum(1.0 if ord(sign) > 255 else 0.55 for sign in text)
    count = max(1, -int(-total // most))
    room = total / count + 0.5
    lines, line, width = [], "", 0.0
    for sign in text:
        wide = 1.0 if ord(sign) > 255 else 0.55
        if line and width + wide > min(room, most) and sign not in "，。；：、）》”":
            lines.append(line)
            line, width = "", 0.0
        line += sign
        width += wide
    return [*lines, line] if line else lines


def _down(before: Box, after: Box) -> str:
    start, end = before.y + before.height, after.y
    if before.x == after.x:
        return f"M{before.middle:g} {start:g}V{end:g}"
    turn = start + (end - start) / 2
    return f"M{before.middle:g} {start:g}V{turn:g}H{after.middle:g}V{end:g}"


def _side(box: Box, place: int, word: str, tone: str) -> Side:
    width = 14.0 + 12.5 * len(word)
    y = box.y + 2 + place * (_SIDE_HEIGHT + 6)
    middle = y + _SIDE_HEIGHT / 2
    if box.x == _RIGHT:
        x = _RIGHT - 16 - width
        return Side(x, y, width, word, tone, f"M{box.x:g} {middle:g}H{x + width:g}")
    x = _LEFT + _BOX + 16
    return Side(x, y, width, word, tone, f"M{box.x + _BOX:g} {middle:g}H{x:g}")
