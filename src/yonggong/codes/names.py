"""One person, one form of a name; one employer likewise.

A name reaches the platform from keyboards, PDFs, spreadsheets and old systems, which write one
character in several ways. Pages, workbooks, searches and comparisons all bring it to the same form
here, so that what is stored of one person is the same text whoever filed it.

- The dot between the parts of a name is U+00B7: 民委发〔2016〕33号, article 1.
- Letters are capitals, as passports and residence cards print names (ICAO 9303 part 3).
- Characters are never exchanged for others that merely mean the same: 黄 and 黃 are two names.
"""

import re
import unicodedata
from functools import cache

from yonggong.codes.normalise import (
    APOSTROPHES,
    BLANKS,
    DASHES,
    HALF_WIDTH,
    INVISIBLE,
    VARIATION_SELECTORS,
)
from yonggong.codes.tables import table

DOT = "·"

_ORDINARY = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
# What people and systems put for the dot. A full stop belongs to an abbreviation where the name
# is written in letters, so it is a dot only beside characters.
_DOTS = "·•‧∙⋅・･●˙᛫ᐧꞏ⸱⸳\u0387ㆍ‣◦"
_FULL_STOPS = ".．。｡﹒․"
_WIDE = r"[\u2e80-\U0003ffff]"  # characters, kana, syllables: scripts written without blanks
_CASED = re.compile(r"[a-z\u00b5-\u0587\u1e00-\u1fff]+")  # Georgian, say, has no capitals in use
_BESIDE_WIDE = re.compile(rf"(?<={_WIDE}) | (?={_WIDE})")
_AROUND_SIGNS = re.compile(r" *([·'-]) *")


def person_name(text: str) -> str:
    """The form in which a person's name is stored, compared and looked for.

    Gives a name's part its form too (a search by the beginning of a name). Does not judge: what
    is no name comes back tidied. Giving it its own result changes nothing.
    """
    if _ORDINARY.fullmatch(text):  # nearly every name
        return text
    text = _folded(text, _PERSON_SIGNS)
    if re.search(_WIDE, text):
        text = text.replace(".", DOT)
    text = _CASED.sub(lambda letters: letters[0].upper(), text)
    text = _AROUND_SIGNS.sub(r"\1", _without_blanks(text))
    text = re.sub(f"{DOT}{{2,}}", DOT, text).strip(f" {DOT}")
    return unicodedata.normalize("NFC", text)


def employer_name(text: str) -> str:
    """The form in which an employer's name is stored and looked for: brackets as licences print
    them, （） in a Chinese name and () in another, no blanks beside characters.

    Letters keep their case, which a licence chooses.
    """
    if _ORDINARY.fullmatch(text):
        return text
    text = _without_blanks(_folded(text, _EMPLOYER_SIGNS))
    if re.search(_WIDE, text):
        text = re.sub(r" *\( *", "（", text)
        text = re.sub(r" *\) *", "）", text)
    return unicodedata.normalize("NFC", text)


def present_characters() -> dict[int, str]:
    """For `str.translate`: private-use code points of GBK and GB 18030 (2000, 2005) to the
    characters that later got code points of their own (table `private_character`)."""
    return _characters("private_character")


def _without_blanks(text: str) -> str:
    return _BESIDE_WIDE.sub("", re.sub(" +", " ", text)).strip()


def _folded(text: str, signs: dict[int, str | None]) -> str:
    """`text` composed, in today's code points, with one blank, dot, dash and bracket each."""
    # Signs twice: the Korean dot is a letter too, and a letter may contain an apostrophe (ŉ).
    text = "".join(map(_of_letter, text.translate(signs)))
    text = text.translate(_characters("private_character"))
    text = text.translate(_characters("radical_character")).translate(signs)
    return unicodedata.normalize("NFC", text)


def _of_letter(char: str) -> str:
    """Compatibility forms of letters and numerals (⼩, ﬁ, Ⅳ, ｱ) as the letters they stand for.
    Signs are left to `signs`: NFKC would make ordinary characters of squared and circled ones."""
    if char.isascii():
        return char
    if char.isalpha() or "\u2e80" <= char <= "\u2fdf" or unicodedata.category(char) == "Nl":
        return unicodedata.normalize("NFKC", char)
    return char


@cache
def _characters(name: str) -> dict[int, str]:
    return {int(line.code, 16): line.name for line in table(name)}


_COMMON_SIGNS: dict[int, str | None] = {
    **HALF_WIDTH,
    **dict.fromkeys(BLANKS, " "),
    **dict.fromkeys(INVISIBLE | VARIATION_SELECTORS | {0x115F, 0x1160}),
    **dict.fromkeys(DASHES, "-"),
    **dict.fromkeys(APOSTROPHES, "'"),
    **dict.fromkeys(map(ord, _DOTS), DOT),
}
_PERSON_SIGNS = {**_COMMON_SIGNS, **dict.fromkeys(map(ord, _FULL_STOPS), ".")}
_EMPLOYER_SIGNS = {
    **_COMMON_SIGNS,
    **dict.fromkeys(map(ord, "（﹙〔"), "("),
    **dict.fromkeys(map(ord, "）﹚〕"), ")"),
}
