"""Line breaks by the rules of Chinese typesetting, and rows shared out to pages."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from yonggong.documents.rendering.breaking import break_lines, text_width
from yonggong.documents.rendering.fonts import advances
from yonggong.documents.rendering.pagination import paginate

PRINTABLE = st.text(
    st.sampled_from(sorted(set("张三·，。（）《》“”ABCw019-/.: \n龑䶮"))), max_size=60
)
advances()  # reads the type, before any property is timed
HEIGHTS = st.lists(st.floats(5, 40), max_size=60)


@given(PRINTABLE, st.floats(1.5, 30))
def test_no_line_is_wider_than_the_column(text: str, width: float) -> None:
    assert all(text_width(line) <= width for line in break_lines(text, width))


@given(PRINTABLE, st.floats(1.5, 30))
def test_nothing_but_white_space_is_lost(text: str, width: float) -> None:
    assert "".join("".join(break_lines(text, width)).split()) == "".join(text.split())


def test_it_breaks_where_chinese_breaks() -> None:
    table = [
        ("张三", 8, ["张三"]),
        ("", 8, [""]),
        ("一二三四五，六", 5, ["一二三四", "五，六"]),  # no comma begins a line
        ("一二三四（五）", 5, ["一二三四", "（五）"]),  # no bracket ends a line
        ("签订于2025-01-02", 6, ["签订于", "2025-01-02"]),  # a date stays whole
        ("阿依古丽·买买提江", 7, ["阿依古丽·", "买买提江"]),  # a name breaks at its dot
        ("合同起始\n日期", 20, ["合同起始", "日期"]),
        ("ABCDEFGHIJKL", 3, ["ABCD", "EFGH", "IJKL"]),  # cut where it must be
    ]
    for text, width, lines in table:
        assert break_lines(text, width) == lines


def test_chinese_characters_are_one_em_wide() -> None:
    assert {advances()[character] for character in "张三龑䶮，（"} == {1.0}


@given(HEIGHTS, st.floats(40, 150), st.floats(40, 180), st.floats(0, 30))
def test_pages_hold_every_row_once_and_within_their_room(
    heights: list[float], first_room: float, next_room: float, tail: float
) -> None:
    pages = paginate(heights, first_room=first_room, next_room=next_room, tail=tail)
    assert pages[0][0] == 0 and pages[-1][1] == len(heights)
    assert all(end == start for (_, end), (start, _) in pairwise(pages))
    for index, (start, end) in enumerate(pages):
        assert sum(heights[start:end]) <= (next_room if index else first_room) + 1e-6


@given(HEIGHTS.filter(bool), st.floats(40, 150), st.floats(80, 180), st.floats(0, 40))
def test_the_tail_fits_below_the_last_row(
    heights: list[float], first_room: float, next_room: float, tail: float
) -> None:
    pages = paginate(heights, first_room=first_room, next_room=next_room, tail=tail)
    start, end = pages[-1]
    room = next_room if len(pages) > 1 else first_room
    alone = end - start == 1
    assert end > start
    assert alone or sum(heights[start:end]) + tail <= room + 1e-6


def test_two_rows_go_with_the_seals_to_a_new_page() -> None:
    assert paginate([10] * 10, first_room=100, next_room=100, tail=30) == [(0, 8), (8, 10)]
    assert paginate([10] * 7, first_room=100, next_room=100, tail=30) == [(0, 7)]
    assert paginate([], first_room=100, next_room=100, tail=30) == [(0, 0)]
