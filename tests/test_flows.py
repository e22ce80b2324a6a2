"""Every box of the official flow charts (docs/flows.md) has a page that is there, and a test that goes through it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from yonggong.portals.rights import addresses

_ROOT = Path(__file__).parents[1]
_ROW = re.compile(
    r"[|] (?P<box>[^|]+) [|] `(?P<page>[^`]+)` [|] `(?P<file>[^`]+)::(?P<test>\w+)` [|]"
)
_LINES = [
    line
    for line in (_ROOT / "docs/flows.md").read_text("utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| box ")
]
BOXES = [found for line in _LINES if (found := _ROW.fullmatch(line))]


def test_every_line_of_the_tables_names_box_page_and_test() -> None:
    assert len(BOXES) == len(_LINES) > 50


@pytest.mark.parametrize("box", BOXES, ids=lambda box: str(box["box"]))
def test_the_page_and_the_test_of_a_box_are_there(box: re.Match[str]) -> None:
    assert box["page"] in addresses()
    text = (_ROOT / box["file"]).read_text("utf-8")
    assert re.search(rf"^def {box['test']}[(]", text, re.MULTILINE)
