"""The type: where it is, what it lacks, and that nothing is printed as a blank box."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.documents.papers import page_texts, table
from yonggong.documents.rendering import MissingFont, font_paths, missing_glyphs, render_table
from yonggong.documents.rendering.fontfile import BrokenFont, read_advances
from yonggong.documents.rendering.fonts import Ink


def test_only_the_two_weights_and_the_rare_types_are_read() -> None:
    names = [path.name for path in font_paths()]
    assert names == ["400Regular", "700Bold", "babelstone", "hanazono"]


def test_papers_are_made_without_the_rare_types_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YONGGONG_RARE_FONTS", str(tmp_path))
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
        ("𠮷", "extension B, in Japanese and some Chinese surnames"),
        ("𪚥", "the last but one of extension B"),
        ("\u9ffc", "added to the basic block in 2020"),
        ("\u9fb4", "龴, private in GBK"),
        ("\U0002b738", "extension C"),
        ("\U0002ceb0", "extension F"),
        ("\U0002e9f5", "extension F"),
        ("\U0003106c", "extension G"),
        ("〔", "begins the code point of what is lacking"),
    ],
)
def test_characters_of_names_can_be_drawn(character: str, why: str) -> None:
    assert missing_glyphs(character) == set(), why


def test_what_cannot_be_drawn_is_told() -> None:
    assert missing_glyphs("\U0002b73f田\u1820\ue000\n") == {
        "\U0002b73f",  # encoded in 2025
        "\u1820",
        "\ue000",  # somebody's own: another's drawing of it would be another character
    }


def test_a_private_code_point_of_old_is_drawn_as_the_character_it_became() -> None:
    assert missing_glyphs("\ue81e\ue863") == set()
    assert Ink()("张\ue863") == "张䶮"


def test_what_draws_nothing_is_not_missing() -> None:
    assert missing_glyphs("张\u200b三\ufeff\u3000李\t四\U000e0100") == set()


def test_a_lacking_character_is_printed_as_its_code_point_and_noted() -> None:
    rows = [["1", "\U0002b73f某"], ["2", "某\u1820\U0002b73f"], ["3", "张\u200b三"]]
    text = page_texts(render_table(table(rows=rows)))[0]
    assert "〔U+2B73F〕某" in text and "某〔U+1820〕〔U+2B73F〕" in text and "张三" in text
    assert "〔U+2B73F〕、〔U+1820〕为字库未收录的字的编码，请据有效证件在旁手工补写" in text
    assert "〓" not in text


def test_rare_characters_stand_on_a_paper_as_themselves() -> None:
    names = ["𠮷野", "张\u9fb4", "李\U0002e9f5", "王\U0003106c", "陈\u4db6", "赵\u9ffc"]
    text = page_texts(render_table(table(rows=[[str(i), name] for i, name in enumerate(names)])))[0]
    assert all(name in text for name in names)
    assert "字库未收录" not in text


def test_every_character_of_the_extensions_b_to_f_can_be_drawn() -> None:
    blocks = [(0x20000, 0x2A6E0), (0x2A700, 0x2B739), (0x2B740, 0x2B81E), (0x2B820, 0x2CEA2)]
    blocks.append((0x2CEB0, 0x2EBE1))
    assert (
        missing_glyphs("".join(map(chr, (c for block in blocks for c in range(*block))))) == set()
    )


def test_a_paper_without_gaps_has_no_such_note() -> None:
    assert "字库未收录" not in page_texts(render_table(table()))[0]


def test_a_file_that_is_no_font_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttf"
    for content in (b"", b"not a font", b"\0\1\0\0\0\1" + b"\0" * 30):
        broken.write_bytes(content)
        with pytest.raises(BrokenFont):
            read_advances(broken)
