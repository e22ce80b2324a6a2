"""One person, one form of a name, however it was typed, pasted or exported."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yonggong.codes.names import employer_name, person_name, present_characters
from yonggong.codes.normalise import APOSTROPHES, INVISIBLE, VARIATION_SELECTORS, plain
from yonggong.codes.tables import table

ideographs = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
rare = st.characters(min_codepoint=0x20000, max_codepoint=0x2A6DF)
unseen = st.sampled_from(sorted(map(chr, INVISIBLE | VARIATION_SELECTORS)))


@pytest.mark.parametrize(
    ("written", "name"),
    [
        # compatibility ideographs and radicals, as PDFs and old fonts give them
        ("金\uf914天", "金樂天"),
        ("\u2fa6\u2f29明", "金小明"),
        ("\u2ee2力", "马力"),
        ("\u2ef0飞", "龙飞"),
        ("李\u2fb0", "李革"),
        ("\U0002f81a一", "冬一"),
        ("\u31d0凡", "一凡"),
        # private use of GBK and GB 18030
        ("张\ue81e", "张\u9fb4"),
        ("张\ue863", "张䶮"),
        ("张\ue816", "张\U00020087"),
        ("L\ue7c8", "LǸ"),
        # combining, decomposed and styled
        ("Zo\u0065\u0308", "ZOË"),
        ("か\u3099き", "がき"),
        ("\u1112\u1161\u11ab", "한"),
        ("葛\U000e0100城", "葛城"),
        ("\u6a02\ufe00天", "樂天"),
        ("ﾔﾏﾀﾞ", "ヤマダ"),
        # dots of minority names
        *[(f"阿依古丽{dot}买买提", "阿依古丽·买买提") for dot in "·•・･∙⋅.。‧．｡●᛫ㆍ﹒"],
        ("阿依古丽 · 买买提", "阿依古丽·买买提"),
        ("阿依古丽··买买提·", "阿依古丽·买买提"),
        # blanks and invisible marks
        ("张　三", "张三"),
        (" 张\u00a0三\t", "张三"),
        ("\u202a张\u200b三\u202c\ufeff", "张三"),
        ("\u2066张三\u2069\u200e\u061c", "张三"),
        ("JOHN   SMITH", "JOHN SMITH"),
        ("约翰 SMITH", "约翰SMITH"),
        # letters
        ("John Smith", "JOHN SMITH"),
        ("ｊｏｈｎ　ｓｍｉｔｈ", "JOHN SMITH"),
        ("Groß", "GROSS"),
        ("John Smith Ⅲ", "JOHN SMITH III"),
        ("Smith Jr.", "SMITH JR."),
        ("D.特朗普", "D·特朗普"),
        ("Jean – Paul", "JEAN-PAUL"),
        ("ნინო", "ნინო"),
        *[(f"O{sign}Brien", "O'BRIEN") for sign in map(chr, APOSTROPHES)],
    ],
)
def test_writings_of_one_name_have_one_form(written, name):
    assert person_name(written) == name


@pytest.mark.parametrize(
    "name",
    [
        "张三",
        "黄丽",
        "黃丽",
        "户川",
        "戶川",
        "戸川",
        "𠮷田",
        "〇一",
        "令狐冲",
        "\ufa0e",
        "\ue000一",
    ],
)
def test_what_is_its_own_character_stays(name):
    assert person_name(name) == name


@given(st.text(ideographs | rare, min_size=1, max_size=8))
def test_nothing_changes_in_an_ordinary_name(name):
    assert person_name(name) == name


@given(st.text(max_size=12))
def test_a_form_is_its_own_form(text):
    once = person_name(text)
    assert person_name(once) == once
    assert employer_name(employer_name(text)) == employer_name(text)


names = st.text(ideographs | rare | st.sampled_from("·AÉ"), min_size=1, max_size=6)


@given(names, unseen, st.integers(0, 6), st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
def test_what_cannot_be_seen_makes_no_second_name(name, mark, place, form):
    assert person_name(name[:place] + mark + name[place:]) == person_name(name)
    assert person_name(unicodedata.normalize(form, name)) == person_name(name)


def test_every_radical_is_the_character_it_looks_like():
    for line in table("radical_character"):
        assert person_name(chr(int(line.code, 16))) == line.name
    for code in range(0x2F00, 0x2FD6):
        folded = person_name(chr(code))
        assert len(folded) == 1 and "\u4e00" <= folded <= "\u9fff"


def test_no_private_character_leads_to_another():
    targets = present_characters()
    assert all(0xE000 <= code <= 0xF8FF for code in targets)
    assert not any("\ue000" <= target <= "\uf8ff" for target in targets.values())
    assert len(set(targets.values())) == len(targets)


def test_private_characters_are_those_python_reads_from_the_national_encoding():
    """Where the codec knows a character it is the table's; what it leaves in private use (as in
    GB 18030-2000) is a code point that the table mends."""
    for code, target in present_characters().items():
        if 0xE815 <= code <= 0xE864:
            place = code - 0xE815 + 0x50
            read = bytes([0xFE, place + (place >= 0x7F)]).decode("gb18030")
            assert read in (target, chr(code))


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("长春(中国)有限公司", "长春（中国）有限公司"),
        ("长春 （中国） 有限公司", "长春（中国）有限公司"),
        ("长春〔中国〕有限公司", "长春（中国）有限公司"),
        ("ＡＢＣ科技有限公司", "ABC科技有限公司"),
        ("ABC (China) Co., Ltd.", "ABC (China) Co., Ltd."),
        ("ABC （China） Co., Ltd.", "ABC (China) Co., Ltd."),
        ("长春\u200b市\u2f29面馆", "长春市小面馆"),
        ("一汽-大众汽车有限公司", "一汽-大众汽车有限公司"),
        ("一汽－大众汽车有限公司", "一汽-大众汽车有限公司"),
    ],
)
def test_writings_of_one_employer_have_one_form(written, name):
    assert employer_name(written) == name


@given(st.text("0123456789X", min_size=1, max_size=18), unseen, st.integers(0, 18))
def test_what_cannot_be_seen_is_no_part_of_a_number(number, mark, place):
    assert plain(number[:place] + mark + number[place:]) == number
