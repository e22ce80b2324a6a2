"""The schema and the form agree: what one was generated from is accepted by the other, what breaks the
schema is refused, tables included."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from tests.forms.agreeing import instances, spoilt
from tests.forms.outing import OUTING
from yonggong.cases.catalogued import kind_of
from yonggong.catalogue import book
from yonggong.forms import Form
from yonggong.forms.schema import json_schema

# A code whose check digit is wrong is looked for among those that a bureau has confirmed.
pytestmark = pytest.mark.django_db
ITEMS = [item.key for item in book()]
_FAST = settings(
    max_examples=2,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],  # forms of a hundred fields are not worth shrinking
)
_THOROUGH = settings(_FAST, max_examples=60)


@lru_cache(None)
def described(key: str) -> tuple[Form, dict[str, Any]]:
    form = kind_of(book().get(key)).form
    return form, json_schema(form)


def accepts(form: Form, schema: dict[str, Any], data: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator(schema).validate(data)
    cleaned = form.clean(data)
    assert cleaned.problems == (), data
    again = form.dump(cleaned.values)
    jsonschema.Draft202012Validator(schema).validate(again)
    assert data.keys() <= again.keys()


@_THOROUGH
@given(data=st.data())
def test_a_form_with_a_table_accepts_what_its_schema_describes(data: st.DataObject) -> None:
    schema = json_schema(OUTING)
    accepts(OUTING, schema, data.draw(instances(schema)))


@_THOROUGH
@given(data=st.data())
def test_a_form_with_a_table_refuses_what_breaks_its_schema(data: st.DataObject) -> None:
    path, broken = data.draw(spoilt(json_schema(OUTING)))
    assume(path)
    found = {problem.field for problem in OUTING.clean(broken).problems}
    assert any(one.startswith(path) or path.startswith(one) for one in found), (path, found)


@pytest.mark.parametrize("key", ITEMS)
def test_every_item_accepts_what_its_schema_describes(key: str) -> None:
    form, schema = described(key)

    @_FAST
    @given(data=st.data())
    def agree(data: st.DataObject) -> None:
        accepts(form, schema, data.draw(instances(schema)))

    jsonschema.Draft202012Validator.check_schema(schema)
    agree()


@pytest.mark.parametrize("key", ITEMS)
def test_every_item_refuses_what_breaks_its_schema(key: str) -> None:
    form, schema = described(key)

    @_FAST
    @given(data=st.data())
    def refuse(data: st.DataObject) -> None:
        path, broken = data.draw(spoilt(schema))
        assume(path)
        found = {problem.field for problem in form.clean(broken).problems}
        assert any(one.startswith(path) or path.startswith(one) for one in found), (path, found)

    refuse()
