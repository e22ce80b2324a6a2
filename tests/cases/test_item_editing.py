"""An item's content as a form and back: nothing is lost, what is changed is changed, what cannot be read
is told at its cell."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases.item_versions import content
from yonggong.cases.editing_columns import read_limit
from yonggong.cases.item_actions import WITH_CODE
from yonggong.cases.item_building import mistakes_in
from yonggong.cases.item_editing import Editing, NotRead
from yonggong.catalogue.versions import packaged
from yonggong.codes.errors import CodeError


def edited(before: dict[str, Any], **changed: Any) -> Any:
    editing = Editing(before)
    cleaned = editing.form.clean(editing.answers | changed)
    assert not cleaned.problems
    return editing.content(cleaned.values)


def test_every_item_that_nobody_changes_stays_as_it_is() -> None:
    """All of the standard and the platform's own: 153 and more, each whole."""
    differing = []
    for one in packaged():
        editing = Editing(one.content)
        cleaned = editing.form.clean(editing.answers)
        assert not cleaned.problems, one.key
        if editing.content(cleaned.values) != one.content:
            differing.append(one.key)
    assert differing == []


def test_a_limit_a_material_a_step_and_a_field_are_changed() -> None:
    before = content()
    rows = Editing(before).answers
    material = {"name": "风筝说明", "type": "原件", "required": "yes", "shareable": "-"}
    question = {
        "of_form": before["forms"][0]["name"],
        "label": "线长",
        "code": "line_length",
        "type": "decimal",
        "required": "false",
        "personal": "false",
        "by": "applicant",
    }
    made = edited(
        before,
        promised_limit="3 工作日（节假日顺延）",
        materials=[*rows["materials"], material],
        procedure=[row | {"name": f"{row['name']}（新）"} for row in rows["procedure"]],
        fields=[*rows["fields"], question],
        conditions="年满六周岁\n会放风筝",
    )
    assert made["promised_limit"] == {"value": 3, "unit": "工作日", "note": "节假日顺延"}
    assert made["materials"][-1]["name"] == "风筝说明" and made["materials"][-1]["required"] is True
    assert made["materials"][-1]["shareable"] is None
    assert [one["name"] for one in made["procedure"]] == [
        f"{one['name']}（新）" for one in before["procedure"]
    ]
    assert made["forms"][0]["fields"][-1]["id"] == "line_length"
    assert made["conditions"] == ["年满六周岁", "会放风筝"]
    assert made["rules"] == before["rules"] and made["effects"] == before["effects"]
    assert mistakes_in(made) == []


def test_a_field_that_is_taken_away_is_gone_and_others_keep_what_they_said() -> None:
    before = content()
    rows = Editing(before).answers["fields"]
    made = edited(before, fields=rows[1:])
    kept = [one for form in before["forms"] for one in form["fields"]][1:]
    assert [one for form in made["forms"] for one in form["fields"]] == kept


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"promised_limit": "尽快"}, "promised_limit"),
        ({"procedure": "limit"}, "procedure__1__limit"),
        ({"fields": "of_form"}, "fields__1__of_form"),
    ],
    ids=["limit", "limit of a step", "unknown form"],
)
def test_what_cannot_be_read_is_told_at_its_cell(changed: dict[str, Any], field: str) -> None:
    before = content()
    rows = copy.deepcopy(Editing(before).answers)
    for table, column in changed.items():
        if table in ("procedure", "fields"):
            rows[table][0][column] = "无此内容"
            changed = {table: rows[table]}
    with pytest.raises(NotRead) as refused:
        edited(before, **changed)
    assert refused.value.problems[0].field == field
    assert refused.value.problems[0].remedy


def test_a_mistake_of_the_content_is_told_at_its_cell() -> None:
    before = content()
    rows = Editing(before).answers["fields"]
    wrong = [rows[0] | {"code": "Not A Code"}, *rows[1:]]
    editing = Editing(before)
    values = editing.form.clean(editing.answers | {"fields": wrong}).values
    made = editing.content(values)
    assert [one.field for one in editing.problems_of(mistakes_in(made), values)] == [
        "fields__1__code"
    ]


def two_forms() -> dict[str, Any]:
    before = content()
    other = copy.deepcopy(before["forms"][0]) | {"name": "归还登记表", "repeating": False}
    return before | {"forms": [before["forms"][0], other]}


def test_a_mistake_of_a_field_added_below_those_of_another_form_is_told_in_its_own_row() -> None:
    editing = Editing(two_forms())
    rows = editing.answers["fields"]
    values = editing.form.clean(
        editing.answers | {"fields": [*rows, rows[0] | {"code": "Not A Code"}]}
    ).values
    made = editing.content(values)
    assert [one.field for one in editing.problems_of(mistakes_in(made), values)] == [
        f"fields__{len(rows) + 1}__code"
    ]


def test_a_form_left_without_fields_is_told_at_its_name() -> None:
    editing = Editing(two_forms())
    rows = [row for row in editing.answers["fields"] if row["of_form"] != "归还登记表"]
    values = editing.form.clean(editing.answers | {"fields": rows}).values
    made = editing.content(values)
    assert [one.field for one in editing.problems_of(mistakes_in(made), values)] == [
        "forms__2__name"
    ]


def test_two_forms_of_one_name_are_refused_since_their_fields_would_be_mixed() -> None:
    before = two_forms()
    forms = [row | {"name": "归还登记表"} for row in Editing(before).answers["forms"]]
    rows = [row | {"of_form": "归还登记表"} for row in Editing(before).answers["fields"]]
    with pytest.raises(NotRead) as refused:
        edited(before, forms=forms, fields=rows)
    assert [one.field for one in refused.value.problems] == ["forms__2__name"]


def test_of_an_item_with_code_only_what_may_change_is_asked() -> None:
    asked = Editing(content(), parts=WITH_CODE).form.fields_by_name
    assert "procedure" not in asked and "fields" not in asked and "levels" not in asked
    assert {"name", "materials", "promised_limit", "conditions"} <= asked.keys()


@given(
    st.one_of(
        st.none(),
        st.fixed_dictionaries(
            {
                "value": st.integers(1, 999),
                "unit": st.sampled_from(["工作日", "日", "小时", "月"]),
            },
            optional={"note": st.text("自受理之日起不计公示", min_size=1, max_size=20)},
        ),
    )
)
def test_a_limit_is_read_as_it_is_said(held: dict[str, Any] | None) -> None:
    before = content(promised_limit=held)
    assert read_limit(Editing(before).answers["promised_limit"]) == held


@given(st.text(max_size=30))
def test_any_text_is_a_limit_or_is_refused_in_words(said: str) -> None:
    try:
        found = read_limit(said)
    except CodeError as refused:
        assert refused.message_zh and refused.remedy_zh
    else:
        assert found is None or set(found) >= {"value", "unit"}
