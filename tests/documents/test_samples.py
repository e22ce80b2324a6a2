"""Filled-in samples: every item of the standard has one that its form accepts, marked as an example."""

from __future__ import annotations

from datetime import date

import pytest

from tests.documents.papers import page_texts
from yonggong.cases.catalogued import kind_of
from yonggong.cases.kinds import CaseKind, all_kinds
from yonggong.catalogue import book
from yonggong.documents.samples import fits, invented_answers, print_sample

ITEMS = [item.key for item in book() if item.page is not None]


@pytest.mark.parametrize("key", ITEMS)
def test_invented_answers_are_accepted_and_answer_what_must_be_answered(key: str) -> None:
    form = kind_of(book().get(key)).form
    answers = invented_answers(form)
    assert fits(form)
    assert {field.name for field in form.fields if field.by != "office"} == set(answers)


@pytest.mark.parametrize(
    "kind", [kind for kind in all_kinds() if kind.name in ITEMS], ids=lambda kind: kind.name
)
def test_kinds_with_code_of_an_item_have_one_too(kind: CaseKind) -> None:
    assert fits(kind.form)


def test_the_paper_is_marked_on_every_page_and_says_that_nothing_in_it_is_anybody_s() -> None:
    kind = kind_of(book().get("work-injury-recognition"))
    made = print_sample(kind, date(2026, 11, 2))
    assert made is not None
    pages = page_texts(made)
    assert all("示例" in page for page in pages)
    said = "".join(pages)
    assert "（填写示例）" in said and "均为虚构" in said and "不得作为申请材料提交" in said


def test_samples_are_the_same_on_every_day() -> None:
    form = kind_of(book().get("unemployment-registration")).form
    assert invented_answers(form) == invented_answers(form)
