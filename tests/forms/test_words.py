"""Answers in words: the read-only view and what changed between two versions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.forms.club import CLUB
from yonggong.forms import Field, FieldType, Option, view
from yonggong.forms.diff import diff
from yonggong.forms.words import words

Answers = Callable[..., dict[str, object]]


def shown(values: dict[str, object], *, unmasked: bool = False) -> dict[str, view.Line]:
    return {
        line.label: line
        for section in view.sections(CLUB, values, unmasked=unmasked)
        for line in section.lines
    }


def test_values_are_shown_in_words(answers: Answers) -> None:
    sent = answers(home_region="220104", languages="01,02", season="2024-03", hours="7.5")
    lines = shown(CLUB.clean(sent).values)
    assert lines["居住地"].text == "吉林省长春市朝阳区"
    assert lines["证件类型"].text == "居民身份证"
    assert lines["民族语言服务"].text == "汉族、蒙古族"
    assert lines["会费"].text == "120.00 元/年"
    assert lines["每周训练时间"].text == "7.5 小时"
    assert lines["是否缴纳会费"].text == "是"
    assert lines["赛季"].text == "2024-03"
    assert lines["球队"].text == ""


def test_personal_data_is_masked(answers: Answers, number: str) -> None:
    lines = shown(CLUB.clean(answers(mobile="16100001234", home="东街甲一号楼二单元")).values)
    name = lines["姓名"]
    assert (name.label, name.text, name.masked, name.table) == ("姓名", "测*", True, None)
    assert lines["证件号码"].text == number[:4] + "*" * 12 + number[-2:]
    assert lines["手机号码"].text == "161****1234"
    assert lines["出生日期"].text == "1990-**-**"
    assert lines["会费"].masked is False


def test_of_what_is_personal_only_what_tells_nobody_from_others_stands() -> None:
    told = {"document_type": "01", "sex": "1", "agreed": "是"}
    kind, sex = (replace(CLUB.fields_by_name[name], personal=True) for name in list(told)[:2])
    one = Option(code="是", label="是")
    agreed = Field(
        name="agreed", label="本人同意", type=FieldType.CHOICE, choices=(one,), personal=True
    )
    lines = [view.line(field, told[field.name]) for field in (kind, sex, agreed)]
    assert [(line.text, line.masked) for line in lines] == [
        ("居民身份证", False),
        ("*", True),
        ("是", False),
    ]


def test_personal_data_is_whole_for_those_with_the_power(answers: Answers, number: str) -> None:
    assert shown(CLUB.clean(answers()).values, unmasked=True)["证件号码"].text == number


def test_fields_that_do_not_apply_are_not_shown(answers: Answers) -> None:
    assert "会费" not in shown(CLUB.clean(answers(pays="否", fee="")).values)


@pytest.mark.parametrize(
    ("name", "code"), [("nationality", "ZZZ"), ("home_region", "999999"), ("school", "没有")]
)
def test_a_code_no_longer_known_stands_as_it_is(name: str, code: str) -> None:
    assert words(CLUB.fields_by_name[name], code) == code


def test_what_changed_is_told_in_words(answers: Answers) -> None:
    old = CLUB.clean(answers(games="0")).values
    new = CLUB.clean(answers(fee="150", team="东街队", languages="汉族")).values
    changes = [(item.label, item.old_text, item.new_text) for item in diff(CLUB, old, new)]
    assert changes == [
        ("会费", "120.00 元/年", "150.00 元/年"),
        ("参赛场次", "0 场", ""),
        ("民族语言服务", "", "汉族"),
        ("球队", "", "东街队"),
    ]


def test_a_change_under_the_mask_is_still_a_change() -> None:
    (change,) = diff(CLUB, {"mobile": "16100001234"}, {"mobile": "16199991234"})
    assert (change.old_text, change.new_text, change.masked) == ("161****1234",) * 2 + (True,)


def test_nothing_changed_is_no_change(answers: Answers) -> None:
    values = CLUB.clean(answers()).values
    assert diff(CLUB, values, CLUB.load(CLUB.dump(values))) == []
