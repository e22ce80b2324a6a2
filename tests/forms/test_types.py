"""Every field type stores what it holds, and a new one is one object and one registration."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yonggong.codes.identifiers import CodeError
from yonggong.forms import Field, FieldType, Form, Section, fieldtype
from yonggong.forms.columns import cell_words, columns
from yonggong.forms.fieldtype import Reader, every_type, register
from yonggong.forms.page import FormPage
from yonggong.forms.schema import json_schema
from yonggong.forms.view import sections
from yonggong.forms.words import masked_words, words

if TYPE_CHECKING:
    from yonggong.forms.fieldtype import FieldType as Type


_ROW = Form(
    name="row",
    title="行",
    sections=(
        Section(name="row", title="行", fields=(Field(name="who", label="姓名", personal=True),)),
    ),
)


def field_of(kind: Type) -> Field:
    """A field of a type, described as it must be."""
    tables = {"region": "region", "industry": "industry"}
    table = tables.get(kind.name, "ethnicity") if kind.coded else None
    rows = _ROW if kind.tabular else None
    return Field(name="value", label="值", type=kind, table=table, personal=True, rows=rows)


_VALUES: dict[str, st.SearchStrategy[object]] = {
    "integer": st.integers(-(2**31), 2**31 - 1),
    "decimal": st.decimals(-(10**9), 10**9, places=2),
    "money": st.decimals(0, 10**9, places=2),
    "year": st.integers(1900, 2100),
    "date": st.dates(date(1900, 1, 1), date(2100, 12, 31)),
    "month": st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(lambda day: day.replace(day=1)),
    "boolean": st.booleans(),
    "choice": st.sampled_from(["01", "02", "05"]),
    "multi_choice": st.lists(st.sampled_from(["01", "02", "05"]), unique=True, min_size=1),
    "region": st.sampled_from(["220000", "220104"]),
    "industry": st.sampled_from(["A", "01"]),
    "table": st.lists(st.fixed_dictionaries({"who": st.sampled_from(["甲", "乙丙"])}), min_size=1),
}
# Those whose words are lines of text, and identifiers, hold str of any kind.
_TEXT = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=20)


@pytest.mark.parametrize("kind", every_type(), ids=str)
def test_what_a_type_dumps_comes_back_and_meets_its_schema(kind: Type) -> None:
    field = field_of(kind)

    @settings(deadline=None, max_examples=30)
    @given(_VALUES.get(kind.name, _TEXT))
    def holds(value: object) -> None:
        stored = json.loads(json.dumps(kind.dump(field, value)))
        assert kind.load(field, stored) == value
        assert type(kind.load(field, stored)) is type(value)
        if kind.name in _VALUES:
            jsonschema.validate(stored, kind.schema(field))
        if kind.name in _VALUES and not kind.tabular:
            assert kind.reader(field)(stored) == value
            assert kind.reader(field)(cell_words(field, value)) == value

    holds()


_SAMPLES: dict[str, object] = {
    "integer": 12,
    "decimal": Decimal("1.50"),
    "money": Decimal("2.00"),
    "year": 2024,
    "date": date(2024, 1, 5),
    "month": date(2024, 1, 1),
    "boolean": True,
    "choice": "01",
    "multi_choice": ["01"],
    "region": "220104",
    "industry": "01",
    "table": [{"who": "张三丰"}],
}


@pytest.mark.parametrize("kind", every_type(), ids=str)
def test_a_personal_value_is_never_shown_whole(kind: Type) -> None:
    field, value = field_of(kind), _SAMPLES.get(kind.name, "张三丰吉林省长春市幸福街一号")
    assert words(field, value)
    assert masked_words(field, value) != words(field, value)


@pytest.mark.parametrize("kind", every_type(), ids=str)
def test_there_is_one_object_a_type(kind: Type) -> None:
    assert copy.deepcopy(kind) is kind
    assert pickle.loads(pickle.dumps(kind)) is kind
    assert getattr(FieldType, kind.name.upper()) is kind


def test_a_type_that_nobody_registered_is_no_type() -> None:
    with pytest.raises(AttributeError, match="rating"):
        FieldType.RATING  # noqa: B018


class Rating(fieldtype.FieldType):
    """int from 1 to 5, written as stars."""

    def reader(self, field: Field, *, serials: bool = False) -> Reader:
        """Counts the stars."""

        def read(raw: object) -> int:
            text = str(raw)
            if not 1 <= len(text) <= 5 or set(text) != {"★"}:
                raise CodeError("rating.format", "应为一至五颗星", "请填写★")
            return len(text)

        return read

    def load(self, field: Field, stored: object) -> int:
        """An int."""
        return int(str(stored))

    def words(self, field: Field, value: object) -> str:
        """Stars."""
        return "★" * int(str(value))

    def cell(self, field: Field, value: object) -> str:
        """Stars."""
        return self.words(field, value)

    def input_text(self, field: Field, value: object) -> str:
        """Stars."""
        return self.words(field, value)

    def writing(self, field: Field) -> str:
        """For notes."""
        return "一至五颗★"

    def schema(self, field: Field) -> dict[str, object]:
        """A small integer."""
        return {"type": "integer", "minimum": 1, "maximum": 5}


@pytest.fixture
def rated() -> Iterator[Form]:
    """A form with a field of a type that the platform does not have."""
    register(Rating("rating"))
    field = Field(name="stars", label="评价", type=FieldType.RATING, required=True)
    yield Form(
        name="rated", title="评价", sections=(Section(name="s", title="节", fields=(field,)),)
    )
    del fieldtype._types["rating"]


def test_a_new_type_is_known_to_every_face(rated: Form) -> None:
    assert rated.clean({"stars": "★★★"}).values == {"stars": 3}
    assert rated.clean({"stars": "三"}).problems[0].text == "评价：应为一至五颗星，请填写★"
    assert rated.clean_columns({"stars": ["★", "★★"]}).values["stars"] == [1, 2]
    assert rated.load(rated.dump({"stars": 4})) == {"stars": 4}
    assert sections(rated, {"stars": 2})[0].lines[0].text == "★★"
    assert FormPage(rated, values={"stars": 2}).sections[0].widgets[0].value == "★★"
    assert columns(rated)[0].note.format == "一至五颗★"
    jsonschema.validate(rated.dump({"stars": 5}), json_schema(rated))


def test_a_type_is_registered_once() -> None:
    with pytest.raises(ValueError, match="text"):
        register(fieldtype.FieldType("text"))
