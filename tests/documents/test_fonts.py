"""The type: where it is, what it lacks, and that nothing is printed as a blank box."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.documents.papers import page_texts, table
from yonggong.documents.rendering import MissingFont, font_paths, missing_glyphs, render_table
from yonggong.documents.rendering.fontfile import BrokenFont, read_advances


def test_only_the_two_weights_are_read() -> None:
    assert [path.name for path in font_paths()] == ["400Regular", "700Bold"]


def test_absent_type_is_an_error_that_says_what_mends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YONGGONG_NODE_MODULES", str(tmp_path))
    with pytest.raises(MissingFont, match="npm ci"):
        font_paths()


@pytest.mark.parametrize(
    ("character", "why"),
    [
        ("㛃", "extension A, in use as a given name"),
        ("䶮", "extension A, in use as a given name"),
        ("𠅤", "extension B, 通用规范汉字表"),
        ("𬭎", "extension E, 通用规范汉字表"),
        ("鿏", "added to the basic block in 2018"),
        ("·", "in minority names"),
        ("（", "in most employers' names"),
        ("〓", "stands for what is lacking"),
    ],
)
def test_characters_of_names_can_be_drawn(character: str, why: str) -> None:
    assert missing_glyphs(character) == set(), why


def test_what_cannot_be_drawn_is_told() -> None:
    assert missing_glyphs("𠮷田☑\n") == {"𠮷", "☑"}


def test_what_draws_nothing_is_not_missing() -> None:
    assert missing_glyphs("张\u200b三\ufeff\u3000李\t四\U000e0100") == set()


def test_a_lacking_character_is_printed_as_a_geta_and_noted_with_its_code() -> None:
    rows = [["1", "𠮷某"], ["2", "某☑𠮷"], ["3", "张\u200b三"]]
    text = page_texts(render_table(table(rows=rows)))[0]
    assert "〓某" in text and "某〓〓" in text and "张三" in text
    assert "依次为U+20BB7、U+2611，请据有效证件手工补写" in text


def test_a_paper_without_gaps_has_no_such_note() -> None:
    assert "字库未收录" not in page_texts(render_table(table()))[0]


def test_a_file_that_is_no_font_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttf"
    for content in (b"", b"not a font", b"\0\1\0\0\0\1" + b"\0" * 30):
        broken.write_bytes(content)
        with pytest.raises(BrokenFont):
            read_advances(broken)
