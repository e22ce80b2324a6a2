"""The type that papers are set in: where it is installed, what it can draw.

Noto Serif SC stands for 宋体, its bold for the heavier 小标宋 of official titles. It comes from the
npm registry at installation and is never part of the repository. It draws all of
Unicode's basic block and extension A and, of the later extensions, the some 200 characters that
the 通用规范汉字表 and common names need.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from yonggong.documents.rendering.fontfile import read_advances

FAMILY = "Noto Serif SC"
PACKAGE = "@expo-google-fonts/noto-serif-sc"
REGULAR = "400Regular/NotoSerifSC_400Regular.ttf"
BOLD = "700Bold/NotoSerifSC_700Bold.ttf"

# 〓, the printer's mark for a character that has no type, and what is set in its place here.
GETA = "〓"

_PROJECT_DIR = Path(__file__).resolve().parents[4]
_NO_INK = {
    **dict.fromkeys([*range(0x20), 0x7F, 0x85, 0xA0, 0x2028, 0x2029], " "),
    **dict.fromkeys([0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF]),
    **dict.fromkeys([*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]),
    0x0A: "\n",
}


class MissingFont(Exception):
    """The type is not installed; the message says what is missing and what mends it."""


def font_paths() -> list[Path]:
    """Give the directories that Typst reads type from: regular and bold, nothing else.

    Looks under `YONGGONG_NODE_MODULES`, or `node_modules` beside `src`. Raises `MissingFont`.
    """
    return [file.parent for file in _font_files()]


def missing_glyphs(text: str) -> set[str]:
    """Give the characters of a text that no installed type can draw; empty when all can be.

    Controls, joiners and variation selectors draw nothing and are not counted.
    """
    return set(text.translate(_NO_INK)) - _drawable()


class Ink:
    """Makes texts printable for one paper and remembers what could not be drawn.

    Called with a text, gives it without characters that draw nothing, and with 〓 for each one
    that the type lacks: PDF/A forbids a missing glyph, and a blank box would hide the gap.
    """

    def __init__(self) -> None:
        self._missing: dict[str, None] = {}

    def __call__(self, text: str) -> str:
        drawable = _drawable()
        if drawable.issuperset(text):
            return text
        text = text.translate(_NO_INK)
        lacking = [character for character in text if character not in drawable]
        for character in lacking:
            self._missing[character] = None
            text = text.replace(character, GETA)
        return text

    def notes(self) -> list[str]:
        """Give the note that the paper must carry: one line, or none when nothing is missing."""
        if not self._missing:
            return []
        codes = "、".join(f"U+{ord(character):04X}" for character in self._missing)
        return [f"“{GETA}”为字库未收录的字，依次为 {codes}，请据有效证件手工补写。"]


@lru_cache(maxsize=1)
def advances() -> dict[str, float]:
    """Give the width in em of every character that both weights draw: the wider of the two."""
    regular, bold = (read_advances(file) for file in _font_files())
    return {
        character: max(width, bold[character])
        for character, width in regular.items()
        if character in bold
    }


@lru_cache(maxsize=1)
def _drawable() -> frozenset[str]:
    return frozenset(c for c in advances() if ord(c) not in _NO_INK) | {"\n"}


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
