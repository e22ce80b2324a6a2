"""The type that papers are set in: where it is installed, what it can draw.

Noto Serif SC stands for 宋体, its bold for the heavier 小标宋 of official titles. It comes from the
npm registry at installation and is never part of the repository. It draws all of
Unicode's basic block and extension A and, of the later extensions, the some 200 characters that
the 通用规范汉字表 and common names need.

Rarer characters are drawn from two further types where these are installed (packages of Debian):
BabelStone Han in the forms of the mainland, HanaMin B for the rest of extensions B to F. A
character that no type draws is printed as its code point, 〔U+2B73F〕, and noted.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from unicodedata import category

from yonggong.codes.names import present_characters
from yonggong.codes.normalise import INVISIBLE, VARIATION_SELECTORS
from yonggong.documents.rendering.fontfile import read_advances

FAMILY = "Noto Serif SC"
PACKAGE = "@expo-google-fonts/noto-serif-sc"
REGULAR = "400Regular/NotoSerifSC_400Regular.ttf"
BOLD = "700Bold/NotoSerifSC_700Bold.ttf"

RARE_PACKAGES = ("fonts-babelstone-han", "fonts-hanazono")
_RARE_FILES = ("babelstone/BabelStoneHan.ttf", "hanazono/HanaMinB.ttf")
_SYSTEM_FONTS = Path("/usr/share/fonts/truetype")

_PROJECT_DIR = Path(__file__).resolve().parents[4]
_SET_AS = {
    **dict.fromkeys([*range(0x20), 0x7F, 0x85, 0xA0, 0x2028, 0x2029], " "),
    **dict.fromkeys([*range(0x80, 0x85), *range(0x86, 0xA0)]),
    **dict.fromkeys(INVISIBLE - set(range(0x20)) - set(range(0x7F, 0xA0))),
    **dict.fromkeys(VARIATION_SELECTORS),
    **present_characters(),
    0x0A: "\n",
}


class MissingFont(Exception):
    """The type is not installed; the message says what is missing and what mends it."""


def font_paths() -> list[Path]:
    """Give the directories that Typst reads type from: regular, bold, and what there is for rare
    characters.

    Looks under `YONGGONG_NODE_MODULES`, or `node_modules` beside `src`. Raises `MissingFont`.
    """
    return [file.parent for file in (*_font_files(), *rare_font_files())]


def rare_font_files() -> list[Path]:
    """Give the files of the types for rare characters that are installed: under
    `YONGGONG_RARE_FONTS`, or where Debian puts them. None at all is no error."""
    folder = Path(os.environ.get("YONGGONG_RARE_FONTS") or _SYSTEM_FONTS)
    return [folder / name for name in _RARE_FILES if (folder / name).is_file()]


def missing_glyphs(text: str) -> set[str]:
    """Give the characters of a text that no installed type can draw; empty when all can be.

    Controls, joiners and variation selectors draw nothing and are not counted.
    """
    return {char for char in text.translate(_SET_AS) if char != "\n" and not _is_drawn(char)}


class Ink:
    """Makes texts printable for one paper and remembers what could not be drawn.

    Called with a text, gives it without characters that draw nothing, and with its code point in
    place of each one that no type draws: PDF/A forbids a missing glyph, a blank box would hide
    the gap, and a mark like 〓 would make two names look alike.
    """

    def __init__(self) -> None:
        self._missing: dict[str, None] = {}

    def __call__(self, text: str) -> str:
        if _drawable().issuperset(text):
            return text
        text = text.translate(_SET_AS)
        for character in sorted(missing_glyphs(text), key=text.index):
            self._missing[character] = None
            text = text.replace(character, _code_point(character))
        return text

    def notes(self) -> list[str]:
        """Give the note that the paper must carry: one line, or none when nothing is missing."""
        if not self._missing:
            return []
        codes = "、".join(map(_code_point, self._missing))
        return [f"{codes}为字库未收录的字的编码，请据有效证件在旁手工补写。"]


def _code_point(character: str) -> str:
    return f"〔U+{ord(character):04X}〕"


class _Advances(dict[str, float]):
    """Widths of the characters of the usual type; of others as soon as one is asked for."""

    def __missing__(self, character: str) -> float:
        return _rare_advances()[character]


@lru_cache(maxsize=1)
def advances() -> Mapping[str, float]:
    """Give the width in em of every character that the usual type draws in both weights, the
    wider of the two; asked by key, of rare ones too. `KeyError` for what nothing draws."""
    regular, bold = (read_advances(file) for file in _font_files())
    return _Advances(
        {
            character: max(width, bold[character])
            for character, width in regular.items()
            if character in bold
        }
    )


@lru_cache(maxsize=1)
def _rare_advances() -> dict[str, float]:
    """Widths in the types for rare characters, the first type's where several draw one. What
    they hold in private use is their makers' own and nobody's name."""
    widths: dict[str, float] = {}
    for file in reversed(rare_font_files()):
        widths |= read_advances(file)
    return {char: width for char, width in widths.items() if category(char) != "Co"}


@lru_cache(maxsize=1)
def _drawable() -> frozenset[str]:
    return frozenset(c for c in advances() if ord(c) not in _SET_AS) | {"\n"}


def _is_drawn(character: str) -> bool:
    return character in _drawable() or character in _rare_advances()


def _font_files() -> list[Path]:
    node_modules = Path(os.environ.get("YONGGONG_NODE_MODULES") or _PROJECT_DIR / "node_modules")
    files = [node_modules / PACKAGE / name for name in (REGULAR, BOLD)]
    for file in files:
        if not file.is_file():
            raise MissingFont(
                f"缺少打印文书所需的字体：{file} 不存在。请在项目目录执行 npm ci 安装"
                f"（软件包 {PACKAGE}）；如装在别处，请设置环境变量 YONGGONG_NODE_MODULES。"
            )
    return files
