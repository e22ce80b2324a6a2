"""The drawing of an item's steps: every step a box, nothing over anything else, nothing outside."""

from __future__ import annotations

import pytest

from yonggong.catalogue import book
from yonggong.catalogue.items import Item
from yonggong.services.flow import WIDTH, drawing, ends_of, told

ITEMS = [item for item in book() if item.page is not None]


def wide(text: str, size: float) -> float:
    return sum(size if ord(sign) > 255 else size * 0.62 for sign in text)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.key)
def test_every_step_is_drawn_with_its_words_and_its_ends(item: Item) -> None:
    drawn = drawing(item.procedure)
    assert len(drawn.boxes) == len(item.procedure) == len(drawn.arrows) + 1
    assert len(drawn.sides) == sum(len(ends_of(stage)) for stage in item.procedure)
    bottom = 0.0
    for stage, box in zip(item.procedure, drawn.boxes, strict=True):
        assert box.y > bottom
        bottom = box.y + box.height
        said = "".join(line.text for line in box.lines)
        assert stage.name in said and (stage.actor in said)
        assert stage.limit is None or str(stage.limit) in said
        for line in box.lines:
            assert wide(line.text, 12 if line.small else 14) <= drawn.box - 4
            assert box.y < line.y < bottom
    assert bottom < drawn.height
    for side in drawn.sides:
        assert side.x >= 0 and side.x + side.width <= WIDTH and side.y + drawn.side < drawn.height
        assert all(
            side.x + side.width <= box.x or side.x >= box.x + drawn.box
            for box in drawn.boxes
            if box.y < side.y + drawn.side and side.y < box.y + box.height
        )


def test_a_step_is_told_with_who_acts_its_limit_and_how_else_it_may_end() -> None:
    item = book().get("work-injury-recognition")
    words = [told(stage) for stage in item.procedure]
    assert any("不予办理" in one for one in words) and any("一次性告知补正" in one for one in words)
