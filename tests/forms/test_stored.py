"""Answers go into JSON and come back; older versions are read."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.forms.club import CLUB
from yonggong.forms import FieldType

_TYPED: dict[FieldType, st.SearchStrategy[object]] = {
    FieldType.DATE: st.dates(),
    FieldType.MONTH: st.dates().map(lambda day: day.replace(day=1)),
    FieldType.YEAR: st.integers(1900, 2100),
    FieldType.INTEGER: st.integers(),
    FieldType.MONEY: st.decimals(allow_nan=False, allow_infinity=False, places=2),
    FieldType.DECIMAL: st.decimals(allow_nan=False, allow_infinity=False, places=1),
    FieldType.BOOLEAN: st.booleans(),
    FieldType.MULTI_CHOICE: st.lists(st.sampled_from(["01", "02"]), unique=True),
}
_VALUES = st.fixed_dictionaries(
    {
        field.name: _TYPED.get(field.type, st.none() | st.text(min_size=1))
        if field.type is FieldType.MULTI_CHOICE
        else st.none() | _TYPED.get(field.type, st.text(min_size=1))
        for field in CLUB.fields
    }
)


@settings(deadline=None)
@given(_VALUES)
def test_what_is_dumped_comes_back(values: dict[str, object]) -> None:
    through_json = json.loads(json.dumps(CLUB.dump(values)))
    assert CLUB.load(through_json) == values


def test_an_older_version_is_read_without_what_has_gone_and_what_was_not_yet() -> None:
    values = CLUB.load({"name": "测试", "shoe_size": 43})
    assert values["name"] == "测试"
    assert values["languages"] == []
    assert "shoe_size" not in values


def test_empty_answers_are_not_stored(answers: Callable[..., dict[str, object]]) -> None:
    dumped = CLUB.dump(CLUB.clean(answers()).values)
    assert "team" not in dumped
    assert "languages" not in dumped


@pytest.mark.parametrize(("name", "stored"), [("joined_on", "2024-99-99"), ("fee", "abc")])
def test_a_stored_value_that_cannot_be_is_named(name: str, stored: str) -> None:
    with pytest.raises(ValueError, match=name):
        CLUB.load({name: stored})
