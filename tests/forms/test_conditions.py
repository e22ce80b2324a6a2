"""Conditions on one field, on all of several, on any of several: the same on every face."""

from __future__ import annotations

from itertools import product

import jsonschema
import pytest

from yonggong.forms import AllOf, AnyOf, Condition, Field, FieldType, Form, Section, When
from yonggong.forms.columns import columns
from yonggong.forms.page import FormPage
from yonggong.forms.schema import json_schema
from yonggong.forms.view import sections

CONDITION = AllOf(
    (When("paid", equals=True), AnyOf((When("sex", equals="2"), When("left", filled=True))))
)


def form(*, show: Condition | None = None, required: bool | Condition = False) -> Form:
    fields = (
        Field(name="paid", label="缴费", type=FieldType.BOOLEAN),
        Field(name="sex", label="性别", type=FieldType.CHOICE, table="sex", codes=("1", "2")),
        Field(name="left", label="退会日期", type=FieldType.DATE),
        Field(name="why", label="原因", show_when=show, required=required),
    )
    return Form(name="f", title="表", sections=(Section(name="s", title="节", fields=fields),))


ANSWERS = [
    {"paid": paid, "sex": sex, "left": left}
    for paid, sex, left in product(("是", "否", ""), ("1", "2", ""), ("2024-01-05", ""))
]


def meant(answers: dict[str, str]) -> bool:
    return answers["paid"] == "是" and (answers["sex"] == "2" or bool(answers["left"]))


@pytest.mark.parametrize("answers", ANSWERS)
def test_a_field_is_asked_for_where_the_whole_condition_holds(answers: dict[str, str]) -> None:
    wanting = form(required=CONDITION)
    found = [problem.field for problem in wanting.clean(answers).problems]
    assert found == (["why"] if meant(answers) else [])
    schema = jsonschema.Draft202012Validator(json_schema(wanting))
    dumped = wanting.dump(wanting.clean(answers).values)
    assert schema.is_valid(dumped) is not meant(answers)


@pytest.mark.parametrize("answers", ANSWERS)
def test_a_field_exists_where_the_whole_condition_holds(answers: dict[str, str]) -> None:
    showing = form(show=CONDITION)
    cleaned = showing.clean({**answers, "why": "搬家"})
    assert cleaned.ok is meant(answers)
    (lines,) = sections(showing, cleaned.values)
    assert ("原因" in [line.label for line in lines.lines]) is meant(answers)
    page = FormPage(showing, raw=answers)
    assert ("data-off" in page.sections[0].widgets[3].wrapper) is not meant(answers)


def test_columns_give_what_rows_give() -> None:
    wanting = form(required=CONDITION)
    names = ("paid", "sex", "left")
    together = wanting.clean_columns({name: [row[name] for row in ANSWERS] for name in names})
    assert sorted(together.problems) == [at for at, row in enumerate(ANSWERS) if meant(row)]


def test_it_is_said_in_words() -> None:
    wanting = form(required=CONDITION)
    (problem,) = wanting.clean({"paid": "是", "sex": "2"}).problems
    said = "“缴费”为“是”且（“性别”为“女”，或者“退会日期”已填写）"
    assert problem.message == f"{said}时必须填写"
    assert columns(wanting)[3].note.condition == f"{said}时必填"
    (problem,) = form(show=CONDITION).clean({"why": "搬家"}).problems
    assert problem.remedy == "请清空此项，或改正“缴费”、“性别”、“退会日期”"


@pytest.mark.parametrize(
    "describe",
    [
        lambda: AllOf(()),
        lambda: AnyOf(()),
        lambda: form(required=AllOf((When("shoe", filled=True),))),
        lambda: form(show=AnyOf((When("paid", equals=True), When("why", filled=True)))),
    ],
)
def test_a_condition_that_cannot_hold_is_refused(describe: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        describe()  # type: ignore[operator]


def test_a_condition_on_a_field_that_is_hidden_finds_it_empty() -> None:
    """As the check does: what does not exist has no value, whatever stands there."""
    fields = (
        Field(name="a", label="甲", type=FieldType.BOOLEAN),
        Field(name="b", label="乙", show_when=When("a", equals=True)),
        Field(name="c", label="丙", show_when=When("b", filled=False)),
    )
    made = Form(name="f", title="表", sections=(Section(name="s", title="节", fields=fields),))
    assert made.clean({"a": "否", "c": "有"}).ok
    (lines,) = sections(made, {"a": False, "c": "有"})
    assert [line.label for line in lines.lines] == ["甲", "丙"]
