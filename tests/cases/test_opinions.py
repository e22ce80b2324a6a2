"""常用意见: each reviewer's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from yonggong.cases import opinions
from yonggong.cases.errors import Forbidden, Refused
from yonggong.cases.models import OpinionTemplate

pytestmark = pytest.mark.django_db


def words(user: Any) -> list[str]:
    return [word for word, _ in opinions.offered(user)]


def test_the_built_in_ones_are_offered_until_there_are_own_ones(reviewer: Any) -> None:
    assert words(reviewer) == [word for word, _ in opinions.BUILT_IN]
    opinions.keep(word="工资", text="请核对工资。", by=reviewer)
    assert opinions.offered(reviewer) == [("工资", "请核对工资。")]


def test_they_are_worded_anew_ordered_and_deleted(reviewer: Any) -> None:
    one, two, three = (opinions.keep(word=w, text=f"{w}。", by=reviewer) for w in "甲乙丙")
    opinions.raise_(key=three.pk, by=reviewer)
    assert words(reviewer) == ["甲", "丙", "乙"]
    opinions.raise_(key=one.pk, by=reviewer)
    assert words(reviewer) == ["甲", "丙", "乙"], "the first stays the first"
    opinions.keep(word="丁", text="丁。", key=two.pk, by=reviewer)
    opinions.forget(key=one.pk, by=reviewer)
    assert words(reviewer) == ["丙", "丁"]


@pytest.mark.parametrize(
    ("word", "text", "said"),
    [
        ("", "请核对", "都要填写"),
        ("核对", " ", "都要填写"),
        ("字" * 13, "请核对", "不超过 12 个字"),
        ("核对", "字" * 301, "不超过 300 个字"),
        ("核对", "请与 220104199003071234 核对", "证件号码"),
        ("13800001234", "请联系", "手机号码"),
        ("甲", "再写一次", "已有名称"),
    ],
)
def test_what_cannot_be_kept_is_said(reviewer: Any, word: str, text: str, said: str) -> None:
    opinions.keep(word="甲", text="甲。", by=reviewer)
    with pytest.raises(Refused, match=said):
        opinions.keep(word=word, text=text, by=reviewer)
    assert words(reviewer) == ["甲"]


def test_there_are_so_many_and_no_more(reviewer: Any) -> None:
    for number in range(opinions.MOST):
        opinions.keep(word=str(number), text="。", by=reviewer)
    with pytest.raises(Refused, match="最多保存 20 条"):
        opinions.keep(word="多", text="。", by=reviewer)


def test_another_s_are_not_there(reviewer: Any, make_user: Callable[..., Any], agency: Any) -> None:
    kept = opinions.keep(word="甲", text="甲。", by=reviewer)
    other = make_user("reviewer", agency=agency, region_code="220104")
    for act in (
        lambda: opinions.keep(word="乙", text="乙。", key=kept.pk, by=other),
        lambda: opinions.raise_(key=kept.pk, by=other),
        lambda: opinions.forget(key=kept.pk, by=other),
    ):
        with pytest.raises(OpinionTemplate.DoesNotExist):
            act()
    assert words(reviewer) == ["甲"] and words(other) != ["甲"]


def test_who_reviews_nothing_keeps_none(operator: Any) -> None:
    with pytest.raises(Forbidden):
        opinions.keep(word="甲", text="甲。", by=operator)
