"""A form that contradicts itself does not start."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from tests.forms.club import CLUB
from yonggong.forms import Field, FieldType, Form, Section, When


def form(*fields: Field) -> Form:
    return Form(name="f", title="表", sections=(Section(name="s", title="节", fields=fields),))


@pytest.mark.parametrize(
    "describe",
    [
        lambda: Field(name="a b", label="甲"),
        lambda: Field(name="matches", label="甲"),
        lambda: Field(name="a", label="甲", type=FieldType.CHOICE),
        lambda: Field(name="a", label="甲", table="sex"),
        lambda: Field(name="a", label="甲", type=FieldType.CHOICE, table="sex", options="x"),
        lambda: When("a"),
        lambda: When("a", equals=1, filled=True),
        lambda: form(Field(name="a", label="甲"), Field(name="a", label="乙")),
        lambda: form(Field(name="a", label="甲", required=When("b", filled=True))),
        lambda: form(
            Field(name="a", label="甲", show_when=When("b", filled=True)),
            Field(name="b", label="乙"),
        ),
        lambda: form(
            Field(name="birth", label="生日", type=FieldType.DATE),
            Field(name="n", label="证号", type=FieldType.ID_NUMBER, fills={"birth_date": "birth"}),
        ),
    ],
)
def test_a_contradiction_is_refused_at_once(describe: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        describe()


def test_fields_are_found_by_name_in_the_order_of_the_sections() -> None:
    assert list(CLUB.fields_by_name) == [field.name for field in CLUB.fields]
    assert CLUB.fields_by_name["fee"].unit == "元/年"


def test_personal_fields_are_known() -> None:
    assert CLUB.personal_fields == (
        "name",
        "document_number",
        "birth_date",
        "mobile",
        "home",
        "card",
    )


def test_a_new_form_starts_with_its_defaults() -> None:
    initial = CLUB.initial()
    assert (initial["pays"], initial["document_type"], initial["languages"]) == (True, "01", [])
    assert initial["team"] is None


def test_a_province_may_describe_a_field_otherwise() -> None:
    local = CLUB.altered(team={"required": True}, fee={"max_value": Decimal(50)})
    assert local.clean({}).problems[-1].field == "team"
    assert CLUB.fields_by_name["team"].required is False


def test_altering_a_field_that_is_not_there_is_refused() -> None:
    with pytest.raises(KeyError):
        CLUB.altered(shoe_size={"required": True})


@pytest.mark.parametrize(
    ("condition", "value", "holds"),
    [
        (When("a", equals=True), True, True),
        (When("a", equals=True), False, False),
        (When("a", equals=True), None, False),
        (When("a", one_of=("1", "2")), "2", True),
        (When("a", one_of=("1", "2")), ["3", "2"], True),
        (When("a", one_of=("1", "2")), [], False),
        (When("a", filled=True), 0, True),
        (When("a", filled=True), None, False),
        (When("a", filled=False), None, True),
        (When("a", filled=False), [], True),
        (When("a", filled=False), "x", False),
    ],
)
def test_a_condition_holds_for_its_values(condition: When, value: object, holds: bool) -> None:
    assert condition.holds(value) is holds
