"""Names are found by pinyin and initials, by every reading that a character has."""

from __future__ import annotations

import pytest

from yonggong.codes import pinyin
from yonggong.codes.tables import table


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("长春市", "changchun"),
        ("长春市", "ccs"),
        ("长春市", "cchun"),
        ("长春市", "chang c"),
        ("长春市", "changchu"),  # half typed
        ("长治市", "changzhi"),
        ("重庆市", "chongqing"),
        ("重庆市", "cq"),
        ("单县", "shanxian"),
        ("单县", "sx"),
        ("六安市", "luan"),
        ("厦门市", "xm"),
        ("铅山县", "yanshan"),
        ("曾", "zeng"),
        ("仇", "qiu"),
        ("绿园区", "lvyuan"),
        ("吉林省长春市朝阳区人力资源和社会保障局", "cyqrlzy"),
        ("3D打印操作员", "3ddayin"),
        ("长春市", "ＣＣＳ"),
    ],
)
def test_a_name_answers_to_its_letters(name: str, text: str) -> None:
    assert all(pinyin.is_spelled(word) for word in text.split())
    assert pinyin.rank(text, name) is not None


@pytest.mark.parametrize(
    ("name", "text"), [("长春市", "chungchun"), ("长春市", "ccx"), ("重庆市", "zq1"), ("", "a")]
)
def test_a_name_does_not_answer_to_other_letters(name: str, text: str) -> None:
    assert pinyin.rank(text, name) is None


def test_who_begins_so_comes_before_who_only_has_it() -> None:
    assert pinyin.rank("cc", "长春市") == 0
    assert pinyin.rank("cs", "吉林长沙路") == 1


@pytest.mark.parametrize("text", ["", " ", "220100", "长春", "c长"])
def test_other_texts_are_no_letters_of_a_name(text: str) -> None:
    assert not pinyin.is_spelled(text)


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("region", "changchun", "长春市"),
        ("region", "chongqing", "重庆市"),
        ("ethnicity", "mz", "满族"),
        ("country", "riben", "日本"),
        ("country", "JPN", "日本"),
        ("occupation", "kuaiji", "会计专业人员"),
    ],
)
def test_a_table_is_searched_by_letters(name: str, text: str, found: str) -> None:
    assert found in [line.name for line in table(name).search(text, 20)]


def test_a_long_name_is_spelled_by_the_readings_of_its_first_characters() -> None:
    name = "长春市朝阳区人力资源和社会保障局"
    assert {"changchunshi", "zhangchunshi"} <= {text[:12] for text in pinyin.spellings(name)}
    assert {"ccs", "zcs"} <= {text[:3] for text in pinyin.spellings(name)}
    assert {"changchunshi", "ccs"} <= set(pinyin.spellings("长春市"))
