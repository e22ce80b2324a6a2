"""A form is Python or data: both give the same object."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.forms.club import CLUB, left_after_joining
from tests.forms.outing import OUTING
from yonggong.forms import (
    AllOf,
    AnyOf,
    Condition,
    Field,
    FieldType,
    Form,
    Option,
    Problem,
    Section,
    Shortcut,
    When,
    checks,
    fieldtype,
    register_check,
)
from yonggong.forms.described import schema

TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=6)


def through_json(form: Form) -> Form:
    return Form.from_data(json.loads(json.dumps(form.to_data())))


@pytest.fixture
def named() -> Iterator[None]:
    """The club's check, known by a name."""
    register_check("club.left_after_joining", left_after_joining)
    yield
    del checks._checks["club.left_after_joining"]


def _numbers(name: str) -> Field:
    return Field(
        name=name, label="数", type=FieldType.MONEY, default=Decimal("1.50"), max_value=Decimal(9)
    )


_KINDS: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.builds(lambda kind: {"type": kind}, st.sampled_from(
        [kind for kind in fieldtype.every_type() if not kind.coded and not kind.tabular]
    )),
    st.just({"type": FieldType.CHOICE, "table": "sex", "codes": ("1", "2"), "default": "1"}),
    st.just({"type": FieldType.REGION, "table": "region", "depth": 2}),
    st.just({"type": FieldType.CHOICE, "options": "agencies"}),
    st.just({"type": FieldType.DATE, "min_value": date(2020, 1, 2), "default": date(2024, 1, 5)}),
    st.just({"type": FieldType.MONTH, "max_value": date(2030, 5, 1)}),
    st.just({"type": FieldType.DECIMAL, "places": 3, "min_value": Decimal("0.125"), "unit": "米"}),
    st.lists(TEXTS, min_size=1, max_size=3, unique=True).map(
        lambda codes: {
            "type": FieldType.MULTI_CHOICE,
            "choices": tuple(Option(code=code, label=f"{code}。") for code in codes),
            "default": codes[:1],
        }
    ),
    st.just({"type": FieldType.TABLE, "rows": OUTING.fields_by_name["guests"].rows,
             "least": 1, "most": 9, "unique": (("name", "number"), ("home",)), "totals": ("fee",)}),
)  # fmt: skip
_MORE = st.fixed_dictionaries(
    {},
    optional={
        "hint": TEXTS,
        "example": TEXTS,
        "source": TEXTS,
        "known_from": st.just("person.name"),
        "personal": st.booleans(),
        "by": st.sampled_from(["applicant", "office", "both"]),
        "aliases": st.lists(TEXTS, max_size=2).map(tuple),
        "width": st.integers(1, 12),
        "read_only": st.booleans(),
        "max_length": st.integers(1, 99),
        "unknown": st.just("没有“{}”"),
        "shortcuts": st.just((Shortcut(label="一年", reckons="f0", since="f0", years=1),)),
    },
)


@st.composite
def _conditions(draw: st.DrawFn, before: list[Field], depth: int = 2) -> Condition:
    if depth and draw(st.booleans()):
        parts = draw(st.lists(_conditions(before, depth - 1), min_size=1, max_size=3))
        return draw(st.sampled_from([AllOf, AnyOf]))(tuple(parts))
    other = draw(st.sampled_from(before))
    if other.type is FieldType.BOOLEAN:
        return When(other.name, equals=draw(st.booleans()))
    if other.type is FieldType.DATE:
        return When(other.name, one_of=tuple(draw(st.lists(st.dates(), min_size=1, max_size=2))))
    if other.type is FieldType.MONEY:
        return When(other.name, equals=draw(st.decimals(0, 99, places=2)))
    if other.choices:
        return When(other.name, equals=other.choices[0].code)
    return When(other.name, filled=draw(st.booleans()))


@st.composite
def forms(draw: st.DrawFn) -> Form:
    fields: list[Field] = []
    for place in range(draw(st.integers(1, 6))):
        described = draw(_KINDS) | draw(_MORE)
        if fields:
            described["show_when"] = draw(st.none() | _conditions(fields))
            described["required"] = draw(st.booleans() | _conditions(fields))
        fields.append(Field(name=f"f{place}", label=draw(TEXTS), **described))
    at = draw(st.integers(0, len(fields)))
    parts = (
        Section(name="a", title="甲", fields=tuple(fields[:at]), hint=draw(st.text())),
        Section(name="b", title="乙", fields=tuple(fields[at:]), rare=draw(st.booleans())),
    )
    return Form(name="f", title=draw(TEXTS), sections=parts, version=draw(st.integers(1, 9)))


@settings(max_examples=150, deadline=None)
@given(forms())
def test_what_a_form_says_of_itself_makes_it_again(form: Form) -> None:
    jsonschema.validate(form.to_data(), schema())
    assert through_json(form) == form


@pytest.mark.usefixtures("named")
def test_a_form_with_a_named_check_comes_back_with_it() -> None:
    again = through_json(CLUB)
    assert again == CLUB
    assert again.checks == (left_after_joining,)
    assert through_json(OUTING) == OUTING


def test_a_check_without_a_name_cannot_be_said_in_data() -> None:
    with pytest.raises(ValueError, match="has no name"):
        CLUB.to_data()


def data(*fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "name": "f",
        "title": "表",
        "sections": [{"key": "s", "title": "节", "fields": list(fields)}],
        **more,
    }


def field(**more: Any) -> dict[str, Any]:
    return {"key": "a", "label": "甲", "type": "text", **more}


def test_a_form_that_is_only_data_works() -> None:
    form = Form.from_data(
        data(
            field(type="choice", choices=["步行", {"code": "car", "label": "乘车"}], required=True),
            field(key="seats", label="座位数", type="integer", when={"field": "a", "is": "car"},
                  required={"all": [{"field": "a", "in": ["car", "步行"]}]}, min_value=1),
        )
    )  # fmt: skip
    assert form.clean({"a": "步行"}).values == {"a": "步行", "seats": None}
    assert form.clean({"a": "乘车", "seats": "2"}).values == {"a": "car", "seats": 2}
    (problem,) = form.clean({"a": "飞行"}).problems
    assert problem.text == "甲：“飞行”不在可选范围内，可选：步行、乘车"
    (problem,) = form.clean({"a": "car"}).problems
    assert problem.field == "seats"


@pytest.mark.parametrize(
    ("described", "said"),
    [
        ({}, "required"),
        (data(field(kind="text")), "kind"),
        (data(field(type="telepathy")), "telepathy"),
        (data(field(key="a b")), "a b"),
        (data(field(key="a__1__b")), "a__1__b"),
        (data(field(), field()), "twice"),
        (data(field(type="choice")), "choices"),
        (data(field(type="choice", table="flavours")), "flavours"),
        (data(field(type="choice", table="sex", codes=["7"])), "'7'"),
        (data(field(type="choice", choices=["甲", "甲"])), "twice"),
        (data(field(type="table")), "form for its rows"),
        (data(field(type="date", default="昨天")), "昨天"),
        (data(field(required={"field": "b", "filled": True})), "'b'"),
        (data(field(required={"any": []})), "any"),
        (data(field(required="f['a'] == 1")), "f\\['a'\\]"),
        (data(field(), checks=["club.nothing"]), "club.nothing"),
    ],
)
def test_data_that_is_no_form_is_refused_saying_why(described: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Form.from_data(described)


def test_data_nested_without_end_is_refused() -> None:
    condition: dict[str, Any] = {"field": "a", "filled": True}
    for _ in range(3000):
        condition = {"all": [condition]}
    with pytest.raises(ValueError, match="deep"):
        Form.from_data(data(field(), field(key="b", when=condition)))


def test_a_check_is_registered_once() -> None:
    def nothing(values: Mapping[str, object]) -> Iterator[Problem]:
        yield from ()

    register_check("club.nothing", nothing)
    with pytest.raises(ValueError, match="already"):
        register_check("club.nothing", nothing)
    assert Form.from_data(data(field(), checks=["club.nothing"])).checks == (nothing,)
    del checks._checks["club.nothing"]


class Kept(fieldtype.FieldType):
    """A type that keeps what it holds elsewhere."""

    sealable = False


def test_a_personal_field_that_cannot_be_sealed_is_refused() -> None:
    open_field = Field(name="a", label="甲", type=Kept("kept"))
    with pytest.raises(ValueError, match="cannot be sealed"):
        replace(open_field, personal=True)
