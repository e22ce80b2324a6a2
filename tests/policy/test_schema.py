"""The schema explains itself, and every shape in it can be read and shown."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from yonggong.policy.schema import Value, schema
from yonggong.policy.shapes import READERS, Misshapen
from yonggong.policy.sheets import lying_over, read_text
from yonggong.policy.showing import SHOWN
from yonggong.policy.values import Reminders, Supervision

VALUES = [value for section in schema().sections.values() for value in section.values.values()]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: f"{value.section}.{value.name}")
def test_each_value_is_described_in_both_languages(value: Value) -> None:
    assert value.title and value.about
    assert value.title_en.isascii() and value.about_en.isascii()
    assert value.shape in READERS
    assert (value.name == "*") == bool(value.names)


def test_every_shape_is_read_shown_and_used() -> None:
    assert READERS.keys() == SHOWN.keys() == {value.shape for value in VALUES}


def test_everything_supervision_goes_by_is_in_the_schema() -> None:
    assert set(schema().sections["supervision"].values) == set(Supervision.__slots__)


def test_every_reminder_is_in_the_schema() -> None:
    assert set(schema().sections["reminders"].values) == set(Reminders.__slots__)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | st.dates(),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["days", "kind", "name", "label", "types", "level", "reason", "due", "as_of",
                         "month", "day", "title", "monthly", "hourly", "statutory", "甲类"]),
        inner, max_size=4,
    ),
    max_leaves=8,
)  # fmt: skip


@pytest.mark.parametrize("shape", sorted(READERS))
@given(raw=PLAIN)
def test_a_reader_gives_a_value_that_can_be_shown_or_says_what_is_wrong(
    shape: str, raw: Any
) -> None:
    try:
        value = READERS[shape](raw)
    except Misshapen as error:
        assert str(error)
    else:
        assert isinstance(SHOWN[shape]("employer_nature", value), str)


@given(raw=st.dictionaries(
    st.sampled_from(["region", "title", "sources", "values"]),
    st.dictionaries(st.sampled_from(["deadlines", "decree", "title", "initial"]), PLAIN) | PLAIN,
))  # fmt: skip
def test_any_file_is_read_into_a_sheet_with_its_gaps(raw: dict[str, Any]) -> None:
    sheet = read_text(yaml.safe_dump(raw, allow_unicode=True), "any.yaml")
    assert sheet.gaps


@given(text=st.text())
def test_any_text_is_read_without_an_accident(text: str) -> None:
    assert read_text(text, "any.yaml").gaps


@pytest.mark.parametrize("path", sorted(Path(__file__).parents[2].glob(
    "src/yonggong/policy/provinces/**/*.yaml")), ids=lambda path: path.name)  # fmt: skip
def test_every_source_of_the_package_names_its_document(path: Path) -> None:
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    for source in raw["sources"].values():
        assert source["title"]
        assert isinstance(source.get("issued", date.min), date)


@pytest.mark.parametrize(
    ("code", "over"),
    [
        ("220104", ("220104", "220100", "220000", "000000")),
        ("220104001", ("220104", "220100", "220000", "000000")),
        ("220000", ("220000", "220000", "220000", "000000")),
    ],
)
def test_a_region_lies_under_its_prefecture_province_and_nation(
    code: str, over: tuple[str, ...]
) -> None:
    assert lying_over(code) == over
