"""The pictures of docs/architecture.md are what the code would draw now (`make docs`)."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from docs.pictures.__main__ import HERE, written
from docs.pictures.drawings import case, rooms
from docs.pictures.graph import Arrow, Box, Picture, Row, as_dot, as_svg

from yonggong.cases.life import TRANSITIONS, State

FILES = written()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_picture_is_current(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == FILES[path]


def test_the_architecture_shows_each_picture() -> None:
    shown = (HERE.parent / "architecture.md").read_text(encoding="utf-8")
    assert all(f"(pictures/{path.name})" in shown for path in FILES if path.suffix == ".svg")


def test_every_package_of_a_level_has_its_room() -> None:
    drawn = {box.key for row in rooms().rows for box in row.boxes if box is not None}
    folders = {path.parent.name for path in (HERE.parents[1] / "src/yonggong").glob("*/README.md")}
    assert folders <= drawn


def test_every_state_and_every_action_is_drawn() -> None:
    picture = case()
    boxes = {box.key: box for row in picture.rows for box in row.boxes if box is not None}
    assert {state.value for state in State} <= set(boxes)
    arrows = {action for arrow in picture.arrows for action in arrow.label.split(" / ")}
    within = {line.split()[0] for box in boxes.values() for line in box.lines[1:]}
    assert {action.value for action in TRANSITIONS} <= arrows | within


def test_boxes_do_not_cover_each_other_and_words_are_escaped() -> None:
    pair = Row(boxes=(Box(key="a", lines=("甲 <1>",)), None, Box(key="b", lines=('乙 "2"',))))
    alone = Row(boxes=(Box(key="c", lines=("丙", "丁")),), title="下一行")
    picture = Picture(
        name="invented",
        title="试",
        rows=(pair, alone),
        arrows=(Arrow(source="a", target="b", label="往"), Arrow(source="b", target="a")),
    )
    assert '[label="乙 \\"2\\""]' in as_dot(picture)
    drawn = ElementTree.fromstring(as_svg(picture))
    frames = [
        tuple(float(rect.attrib[side]) for side in ("x", "y", "width", "height"))
        for rect in drawn.iter("{http://www.w3.org/2000/svg}rect")
        if "x" in rect.attrib
    ]
    assert len(frames) == 3
    for place, (x, y, width, height) in enumerate(frames):
        for x2, y2, width2, height2 in frames[place + 1 :]:
            apart = x + width <= x2 or x2 + width2 <= x or y + height <= y2 or y2 + height2 <= y
            assert apart
