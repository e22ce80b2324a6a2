"""The workbook of one case: a draft goes through it unchanged, for every item of the standard, and
what is wrong in it is named by tab and cell."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from random import Random
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cases.test_item_forms import answers_to
from tests.forms.outing import OUTING
from tests.forms.test_tables import rows
from yonggong.batch.case_reading import CaseRead, read_case, read_case_from
from yonggong.batch.case_template import case_template, tab_names
from yonggong.batch.cells import FileRefused
from yonggong.batch.sheet import Reader
from yonggong.cases.catalogued import kind_of
from yonggong.catalogue import book
from yonggong.forms import Form
from yonggong.forms.columns import columns, unique_headings
from yonggong.forms.reading import is_blank

ITEMS = [item.key for item in book()]


@lru_cache(None)
def form_of(key: str) -> Form:
    return kind_of(book().get(key)).form


def read(content: bytes, form: Form, kept: Mapping[str, Any] | None = None) -> CaseRead:
    """Read in this process: the one of its own has a test of its own."""
    return read_case_from(Reader(content), form, kept=kept or {})


def changed(content: bytes, change: Callable[[Any], None]) -> bytes:
    """The workbook as somebody saves it who changed it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def places(found: CaseRead) -> dict[str, tuple[str, str]]:
    """Where what is wrong stands, by field."""
    return {
        fault.problem.field: (fault.place.tab, fault.place.cell)
        for fault in found.faults
        if fault.place
    }


@pytest.mark.parametrize("key", ITEMS)
def test_a_draft_of_any_item_goes_through_its_workbook_unchanged(key: str) -> None:
    form = form_of(key)
    draft = form.dump(form.clean(answers_to(form, Random(key))).values)
    found = read(case_template(form, draft), form)
    assert found.answers == draft
    assert found.faults == found.notices == ()


@pytest.mark.parametrize("key", ITEMS)
def test_the_empty_workbook_of_any_item_answers_nothing_and_has_a_place_for_all(key: str) -> None:
    form = form_of(key)
    found = read(case_template(form), form)
    assert found.answers == {}
    assert [fault.problem.field for fault in found.faults] == [
        problem.field for problem in form.clean({}).problems
    ]
    assert all(fault.place for fault in found.faults)
    assert len(set(unique_headings(form).values())) == len(columns(form))


CLUB_ANSWERS = {
    "name": "测试",
    "joined_on": "2024-01-05",
    "pays": True,
    "fee": "120.00",
    "languages": ["01", "02"],
    "season": "2024-03",
    "hours": "7.5",
}
# What no spreadsheet keeps in a cell: control characters, and what looks like its own escapes.
TEXT = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co"), exclude_characters="_"
    ),
    max_size=12,
).map(str.strip)
CELL = st.one_of(
    TEXT, st.sampled_from(["是", "男", "2024-01-05", "1,200", "=A1", "45000", "-", "#N/A"])
)
DRAFTS = st.fixed_dictionaries(
    {},
    optional={
        "place": CELL,
        "guests": st.lists(
            st.fixed_dictionaries(
                {}, optional={name: CELL for name in ("name", "sex", "fee", "pays")}
            ),
            max_size=4,
        ),
        "bus": CELL,
    },
)


@settings(max_examples=60, deadline=None)
@given(draft=DRAFTS)
def test_whatever_is_typed_so_far_goes_through_the_workbook(draft: dict[str, Any]) -> None:
    kept = settled(OUTING, draft)
    assert read(case_template(OUTING, draft), OUTING).answers == kept
    assert read(case_template(OUTING, kept), OUTING).answers == kept


@settings(max_examples=40, deadline=None)
@given(
    key=st.sampled_from(ITEMS), seed=st.integers(0, 10**6), some=st.randoms(use_true_random=False)
)
def test_any_part_of_any_item_s_answers_goes_through_its_workbook(
    key: str, seed: int, some: Random
) -> None:
    form = form_of(key)
    whole = form.dump(form.clean(answers_to(form, Random(seed))).values)
    draft = {name: value for name, value in whole.items() if some.random() < 0.6}
    assert read(case_template(form, draft), form).answers == draft


def settled(form: Form, draft: Mapping[str, Any]) -> dict[str, Any]:
    """A draft as the form understands it: what could be read in its one way, the rest as typed."""
    typed = form.clean(draft).values
    kept = {}
    for field in form.fields:
        raw, value = draft.get(field.name), typed[field.name]
        if field.rows is not None:
            some = [settled(field.rows, row) for row in raw or ()]
            if any(some):
                kept[field.name] = [row for row in some if row]
        elif value is not None and value != []:
            kept[field.name] = form.dump_value(field.name, value)
        elif not is_blank(raw):
            kept[field.name] = raw
    return kept


def test_a_sheet_of_fields_and_one_of_each_table() -> None:
    book = openpyxl.load_workbook(io.BytesIO(case_template(OUTING, {"guests": rows()})))
    assert book.sheetnames == ["填报", "同行人员", "填写说明", "选项"]
    assert [cell.value for cell in book["填报"]["A"]] == ["项目", "出游", "*地点", "包车"]
    table = book["同行人员"]
    assert [cell.value for cell in table[1]] == [
        "*姓名", "*身份证号", "性别", "居住地", "自费", "费用"
    ]  # fmt: skip
    assert [table["F2"].value, table["C2"].value] == [100, "男"]
    assert "2 至 60 行，“身份证号”不得重复" in str(book["填写说明"]["A6"].value) + str(
        [cell.value for cell in book["填写说明"]["A"]]
    )
    lists = {str(rule.sqref): rule.formula1 for rule in table.data_validations.dataValidation}
    assert lists["C2:C61"].startswith("选项!")


def test_what_is_wrong_is_named_by_tab_and_cell() -> None:
    guests = rows({"name": "试9"}, {"fee": "501"}, {"number": rows()[0]["number"]})
    found = read(case_template(OUTING, {"guests": guests}), OUTING)
    assert places(found) == {
        "place": ("填报", "B3"),
        "guests__1__name": ("同行人员", "A2"),
        "guests__2__fee": ("同行人员", "F3"),
        "guests__3__number": ("同行人员", "B4"),
    }
    assert found.answers["guests"][0]["name"] == "试9"
    assert found.answers["guests"][1]["fee"] == "501"


def test_rows_and_columns_may_be_moved_and_tabs_renamed() -> None:
    draft = OUTING.dump(OUTING.clean({"place": "松花湖", "guests": rows()}).values)

    def change(book: Any) -> None:
        book["填报"].insert_rows(1)
        book["填报"]["A1"] = "村体育俱乐部"
        book["同行人员"].title = "名单"
        book["名单"].move_range("A1:A4", cols=8)
        book["名单"].insert_rows(3)

    found = read(changed(case_template(OUTING, draft), change), OUTING)
    assert (found.answers, found.faults) == (draft, ())


def test_what_is_not_read_is_named() -> None:
    def change(book: Any) -> None:
        book["填报"]["A9"], book["填报"]["B9"] = "天气", "晴"
        book["同行人员"]["G1"], book["同行人员"]["G2"] = "备注", "靠窗"
        book["同行人员"].row_dimensions[3].hidden = True
        other = book.create_sheet("去年")
        other.append(["姓名", "身份证号"])

    content = changed(case_template(OUTING, {"place": "湖", "guests": rows()}), change)
    assert read(content, OUTING).notices == (
        "工作表“填报”B9 单元格没有读取：“天气”不是表格中的项目。",
        "工作表“同行人员”第 3 行被隐藏或筛选掉了，也已读入。",
        "工作表“同行人员”的 G 列“备注”不是表格中的列，没有读取。",
        "工作表“去年”没有读取。",
    )


def test_what_the_workbook_has_no_place_for_stays() -> None:
    def change(book: Any) -> None:
        del book["同行人员"]
        book["填报"].delete_rows(4)

    kept = {"guests": rows(), "bus": True, "place": "山", "explain-x": "说明"}
    found = read(changed(case_template(OUTING, {"place": "湖"}), change), OUTING, kept)
    assert found.answers["place"] == "湖" and found.answers["bus"] is True
    assert len(found.answers["guests"]) == 3 and found.answers["explain-x"] == "说明"
    assert found.notices == ("没有工作表“同行人员”，“同行人员”保留原来填写的内容。",)


def test_an_emptied_cell_and_an_emptied_table_are_empty() -> None:
    kept = {"guests": rows(), "place": "山"}
    assert read(case_template(OUTING), OUTING, kept).answers == {}


def test_cells_that_can_be_no_answer_are_named() -> None:
    def change(book: Any) -> None:
        book["同行人员"].merge_cells("F2:F3")
        book["同行人员"]["A2"] = "#N/A"

    content = changed(case_template(OUTING, {"place": "湖", "guests": rows()}), change)
    assert places(read(content, OUTING)) == {
        "guests__1__name": ("同行人员", "A2"),
        "guests__2__fee": ("同行人员", "F3"),
    }


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda book: book["填报"].__setitem__("B3", "=A1"), "含有公式（B3 单元格）"),
        (lambda book: book["同行人员"].__setitem__("F2", "=1+1"), "含有公式（F2 单元格）"),
        (lambda book: [book["填报"].append(["地点", "山"])], "都是“地点”"),
        (lambda book: [book["同行人员"].append(["甲"]) for _ in range(1001)], "超过 1000 行"),
        (lambda book: [book.remove(book[name]) for name in ("填报", "同行人员")], "没有找到本事项的表格"),
    ],
)  # fmt: skip
def test_what_could_be_read_in_two_ways_or_not_at_all_is_refused(
    change: Callable[[Any], Any], said: str
) -> None:
    content = changed(case_template(OUTING, {"place": "湖", "guests": rows()}), change)
    with pytest.raises(FileRefused, match=said):
        read(content, OUTING)


def test_it_is_read_in_a_process_of_its_own() -> None:
    draft = OUTING.dump(OUTING.clean({"place": "松花湖", "guests": rows()}).values)
    assert read_case(case_template(OUTING, draft), OUTING, kept={}).answers == draft


def test_tabs_have_names_that_spreadsheets_take() -> None:
    names = [name for key in ITEMS for name in tab_names(form_of(key)).values()]
    assert len(names) >= 20
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in names)


def test_days_of_a_workbook_that_counts_from_1904(tmp_path: Any) -> None:
    def change(book: Any) -> None:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
        sheet = book["填报"]
        row = next(cell.row for cell in sheet["A"] if "入会日期" in str(cell.value))
        sheet.cell(row, 2, 43834).number_format = "General"

    from tests.forms.club import CLUB

    found = read(changed(case_template(CLUB, CLUB_ANSWERS), change), CLUB)
    assert found.answers["joined_on"] == date(2024, 1, 5).isoformat()
