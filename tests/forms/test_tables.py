"""A table is a field whose rows are forms: every face of a form knows it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import jsonschema
import pytest
from django.http import QueryDict
from django.template import engines
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.forms.outing import GUEST, OUTING
from yonggong.cases.sealing import sealed, unsealed
from yonggong.codes.invent import invent_id_number
from yonggong.forms import Field, FieldType, Form, Problem, Section
from yonggong.forms.columns import columns, match
from yonggong.forms.diff import diff
from yonggong.forms.page import FormPage
from yonggong.forms.schema import json_schema
from yonggong.forms.view import sections
from yonggong.forms.widgets import Widget

_RNG = Random(20261128)
NUMBERS = [
    invent_id_number(
        _RNG, region="220104", birth_date=date(1990, 5, 6) + timedelta(place), sex="12"[place % 2]
    )
    for place in range(61)
]
Rows = list[dict[str, Any]]


def rows(*changed: dict[str, object], count: int = 3) -> Rows:
    """Good rows as people type them, the first ones changed."""
    made: Rows = [
        {"name": "测试甲", "number": NUMBERS[place], "pays": "是", "fee": "100"}
        for place in range(count)
    ]
    for row, change in zip(made, changed, strict=False):
        row.update(change)
    return made


def problems(guests: object) -> list[Problem]:
    return list(OUTING.clean({"place": "松花湖", "guests": guests}).problems)


def typed(guests: object) -> Rows:
    cleaned = OUTING.clean({"place": "松花湖", "guests": guests})
    assert cleaned.ok, cleaned.problems
    return cleaned.values["guests"]  # type: ignore[return-value]


def test_rows_become_typed_values_and_an_id_number_fills_its_row() -> None:
    row = typed(rows({"home": "吉林省长春市朝阳区"}))[0]
    assert row == {
        "name": "测试甲",
        "number": NUMBERS[0],
        "sex": "1",
        "home": "220104",
        "pays": True,
        "fee": Decimal("100.00"),
    }


def test_a_problem_names_row_and_column_and_can_be_gone_to() -> None:
    (found,) = problems(rows({}, {"name": "试9"}))
    assert found.field == "guests__2__name"
    assert found.place == "guests"
    assert found.text.startswith("同行人员第 2 行“姓名”：姓名中有数字或符号")


def test_a_problem_does_not_repeat_personal_data() -> None:
    found, _ = problems(rows({"number": "220104199005060000"}))
    assert (found.field, found.value) == ("guests__1__number", "")


def test_every_problem_of_every_row_is_told_at_once() -> None:
    found = problems(rows({"fee": "600"}, {"name": ""}, {"number": "1"}))
    assert [item.field for item in found] == [
        "guests__1__fee",
        "guests__2__name",
        "guests__3__number",
        "guests__3__sex",
    ]


def test_empty_rows_are_no_rows_but_keep_the_numbers_of_those_below() -> None:
    sent = [{}, *rows({"name": "试9"}), {"name": " "}]
    assert [item.field for item in problems(sent)] == ["guests__2__name"]
    assert len(typed([{}, *rows(), {"name": ""}])) == 3


@pytest.mark.parametrize(
    ("guests", "code"),
    [
        ([], "required"),
        ([{}], "required"),
        (rows(count=1), "table.too_few"),
        (rows(count=61), "table.too_many"),
        ([*rows(), rows()[0]], "table.repeated"),
        ("三个人", "table.format"),
        (["甲"], "table.format"),
        ({"name": "甲"}, "table.format"),
    ],
)
def test_a_table_has_bounds_and_keys(guests: object, code: str) -> None:
    found = problems(guests)
    assert [item.code for item in found] == [code]
    assert found[0].place == "guests"


def test_a_repeated_key_is_said_at_the_later_row() -> None:
    (found,) = problems([*rows(), rows()[1]])
    assert found.field == "guests__4__number"
    assert found.message == "与第 2 行的“身份证号”相同"


def test_many_tables_are_cleaned_at_once_and_as_one_by_one() -> None:
    cells: list[object] = [rows(), rows({"name": "试9"}), None, "x", rows(count=1)]
    together = OUTING.clean_columns({"place": ["松花湖"] * len(cells), "guests": cells})
    for index, cell in enumerate(cells):
        alone = OUTING.clean({"place": "松花湖", "guests": cell})
        assert together.row(index) == alone.values
        assert together.problems.get(index, ()) == alone.problems


def test_a_page_without_scripts_sends_cells_and_one_with_them_one_answer() -> None:
    packed = QueryDict(mutable=True)
    packed["place"], packed["guests"] = "松花湖", json.dumps(rows())
    cells = QueryDict(mutable=True)
    cells["place"] = "松花湖"
    for number, row in enumerate(rows(), 1):
        for name, value in row.items():
            cells[f"guests__{number}__{name}"] = value
    cells["guests__99999__name"] = cells["guests__0__name"] = "不算"
    assert OUTING.clean(packed) == OUTING.clean(cells)
    assert OUTING.clean(cells).ok
    assert OUTING.sent(cells) == {"place": "松花湖", "guests": rows()}


_CELLS = st.one_of(st.none(), st.text(max_size=5), st.integers(), st.sampled_from(["是", "男"]))
_ANY_ROW = st.dictionaries(st.sampled_from([*GUEST.fields_by_name, "x"]), _CELLS)


@settings(max_examples=80, deadline=None)
@given(st.one_of(st.lists(st.one_of(_ANY_ROW, _CELLS), max_size=4), st.text(), st.integers()))
def test_nothing_that_is_sent_stops_it(guests: object) -> None:
    cleaned = OUTING.clean({"guests": guests})
    assert all(problem.place in OUTING.fields_by_name for problem in cleaned.problems)
    page = FormPage(OUTING, raw={"guests": guests}, problems=cleaned.problems)
    assert drawn(page)


_TYPED_ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.text(min_size=1),
            "number": st.sampled_from(NUMBERS),
            "sex": st.sampled_from(["1", "2"]),
            "home": st.sampled_from(["220104", None]),
            "pays": st.booleans(),
            "fee": st.none() | st.decimals(0, 500, places=2),
        }
    ),
    max_size=4,
)


@settings(max_examples=50, deadline=None)
@given(_TYPED_ROWS)
def test_what_is_dumped_comes_back(guests: Rows) -> None:
    values = {"place": None, "guests": guests, "bus": None}
    assert OUTING.load(json.loads(json.dumps(OUTING.dump(values)))) == values


def test_a_table_with_a_personal_column_is_sealed_whole() -> None:
    assert OUTING.personal_fields == ("guests",)
    dumped = OUTING.dump({"place": "松花湖", "guests": typed(rows())})
    kept = sealed(dumped, OUTING.personal_fields, "cases_version/1/1")
    assert NUMBERS[0] not in json.dumps(kept)
    assert unsealed(kept, OUTING.personal_fields, "cases_version/1/1") == dumped


def test_it_is_viewed_as_a_table_with_sums_and_personal_cells_masked() -> None:
    values = {"place": "松花湖", "guests": typed(rows())}
    line = sections(OUTING, values)[0].lines[1]
    assert line.table is not None
    assert line.table.headings == ["姓名", "身份证号", "性别", "居住地", "自费", "费用"]
    assert line.table.rows[0][0] == "测试甲"
    assert line.table.totals[-1] == "300.00 元"
    assert NUMBERS[0] not in line.text + str(line.table)
    assert line.masked
    assert NUMBERS[0] in str(sections(OUTING, values, unmasked=True))


def test_a_difference_is_told_row_by_row() -> None:
    old = {"guests": typed(rows(count=4))}
    new = {"guests": typed([*rows({}, {"fee": "80"}, count=3), *rows(count=5)[4:]])}
    told = [(item.label, item.old_text, item.new_text) for item in diff(OUTING, old, new)]
    assert told[0] == ("同行人员第 2 行“费用”", "100.00 元", "80.00 元")
    assert told[1][0] == "同行人员第 4 行“身份证号”"
    assert told[1][1].count("*") > 5
    assert not any(NUMBERS[3] in text for line in told for text in line)


def test_a_row_added_or_removed_is_told_whole() -> None:
    old, new = {"guests": typed(rows(count=2))}, {"guests": typed(rows(count=3))}
    (added,) = diff(OUTING, old, new)
    assert (added.label, added.old_text) == ("同行人员第 3 行（新增）", "")
    assert added.new_text.startswith("1. 姓名：测试甲")
    (gone,) = diff(OUTING, new, old)
    assert (gone.label, gone.new_text) == ("同行人员第 3 行（删除）", "")


def test_the_schema_is_an_array_of_objects() -> None:
    schema = json_schema(OUTING)
    validator = jsonschema.Draft202012Validator(schema)
    jsonschema.Draft202012Validator.check_schema(schema)
    dumped = OUTING.dump({"place": "松花湖", "guests": typed(rows())})
    validator.validate(dumped)
    assert not validator.is_valid({**dumped, "guests": dumped["guests"][:1]})  # type: ignore[index]
    assert not validator.is_valid({**dumped, "guests": [{"name": "甲"}] * 2})


def test_a_workbook_has_no_column_for_it() -> None:
    assert [column.name for column in columns(OUTING)] == ["place", "bus"]
    assert match(OUTING, ["地点", "同行人员"]).unknown == (1,)


def drawn(page: FormPage) -> str:
    html: str = (
        engines["django"].from_string("{% load forms %}{% form_page page %}").render({"page": page})
    )
    return html


def test_a_page_shows_every_error_in_its_cell() -> None:
    sent = rows({"name": "试9"})
    found = problems(sent)
    page = FormPage(OUTING, raw={"place": "松花湖", "guests": sent}, problems=found)
    html = drawn(page)
    error = re.search(r'id="f-guests__1__name-error"[^>]*>(.*?)</td>', html, re.DOTALL)
    assert error
    assert "姓名中有数字或符号" in error[1]
    assert 'href="#f-guests__1__name"' in html
    assert 'value="试9"' in html
    assert page.sections[0].faulty == 1


def test_empty_rows_at_the_end_are_not_kept_and_do_not_grow() -> None:
    sent = [*rows(), {}, {"name": " "}, {}]
    assert OUTING.sent({"guests": sent}) == {"guests": rows()}
    assert OUTING.sent({"guests": json.dumps(sent)}) == {"guests": rows()}
    grid = FormPage(OUTING, raw={"guests": sent}).sections[0].widgets[1].grid
    assert grid is not None
    assert len(grid.rows) == 3 + 2


def test_typed_rows_stand_in_controls_that_are_read_back_alike() -> None:
    values = {"place": "松花湖", "guests": typed(rows({"home": "220104", "pays": "否", "fee": ""}))}
    page = FormPage(OUTING, values=values)
    grid = page.sections[0].widgets[1].grid
    assert grid is not None
    sent = [{_column(cell): _held(cell) for cell in row.cells} for row in grid.rows]
    assert sent[0]["home"] == "吉林省长春市朝阳区"
    assert typed(sent) == values["guests"]


def _column(cell: Widget) -> str:
    return cell.field.name.split("__")[2]


def _held(cell: Widget) -> str:
    """What a browser sends of the control."""
    return (*cell.codes, "")[0] if cell.kind == "select" else cell.value


def test_a_new_page_has_rows_to_write_into_without_scripts() -> None:
    grid = FormPage(OUTING).sections[0].widgets[1].grid
    assert grid is not None
    assert [row.number for row in grid.rows] == [1, 2]


def _form(**table: Any) -> Form:
    field = Field(name="t", label="表", type=FieldType.TABLE, **table)
    return Form(name="f", title="表", sections=(Section(name="s", title="节", fields=(field,)),))


@pytest.mark.parametrize(
    "table",
    [
        {},
        {"rows": OUTING},
        {"rows": GUEST, "unique": (("shoe",),)},
        {"rows": GUEST, "totals": ("name",)},
        {"rows": GUEST, "least": 5, "most": 2},
        {"rows": GUEST, "most": 10**6},
    ],
)
def test_a_table_that_contradicts_itself_is_refused(table: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="t: "):
        _form(**table)


def test_only_a_table_has_rows() -> None:
    with pytest.raises(ValueError, match="only a table"):
        Field(name="t", label="表", rows=GUEST)


def test_a_cell_has_room_for_the_words_that_are_chosen_from() -> None:
    grid = FormPage(OUTING, raw={"guests": rows()}).sections[0].widgets[1].grid
    assert grid
    row = grid.rows[0]
    (sex,) = (cell for cell in row.cells if cell.field.name.endswith("sex"))
    worded = replace(sex, options=[replace(option, label="没有说明") for option in sex.options])
    told = [
        render_to_string("forms/row.html", {"row": replace(row, cells=(one,))})
        for one in (sex, worded)
    ]
    assert ["yf-choice" in html for html in told] == [False, True]
