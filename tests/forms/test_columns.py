"""The workbook's columns come from the form."""

from __future__ import annotations

from tests.forms.club import CLUB
from yonggong.forms.columns import columns, match

BY_NAME = {column.name: column for column in columns(CLUB)}


def test_every_field_is_a_column_in_order() -> None:
    assert list(BY_NAME) == list(CLUB.fields_by_name)


def test_required_columns_are_starred() -> None:
    assert BY_NAME["joined_on"].starred
    assert not BY_NAME["team"].starred


def test_a_column_that_hangs_on_another_is_not_starred_but_says_when() -> None:
    assert not BY_NAME["fee"].starred
    assert BY_NAME["fee"].note.condition == "仅在“是否缴纳会费”为“是”时填写"
    assert BY_NAME["reason"].note.condition == "“退会日期”已填写时必填"


def test_a_column_that_is_filled_from_another_may_stay_empty() -> None:
    assert not BY_NAME["birth_date"].starred
    assert BY_NAME["birth_date"].note.condition == "可由证件号码带出的，可不填"


def test_numbers_that_a_spreadsheet_would_spoil_are_text() -> None:
    text = {column.name for column in BY_NAME.values() if column.excel_format == "text"}
    assert {"document_number", "mobile", "card", "season", "home_region"} <= text


def test_dates_and_amounts_have_formats_of_their_own() -> None:
    formats = {name: BY_NAME[name].excel_format for name in ("joined_on", "fee", "hours", "games")}
    assert formats == {"joined_on": "date", "fee": "money", "hours": "number", "games": "integer"}


def test_short_tables_are_drop_down_lists() -> None:
    assert BY_NAME["sex"].choices == ["男", "女"]
    assert BY_NAME["pays"].choices == ["是", "否"]
    assert BY_NAME["home_region"].choices is None
    assert BY_NAME["languages"].choices is None


def test_every_choice_of_a_list_can_be_read_again() -> None:
    for column in BY_NAME.values():
        for choice in column.choices or ():
            told = CLUB.clean({column.name: choice, "pays": "是"}).problems
            assert column.name not in {problem.field for problem in told}, (column.name, choice)


def test_notes_say_meaning_format_and_example() -> None:
    note = BY_NAME["fee"].note
    assert (note.meaning, note.example) == ("每年一次缴清", "5000.00")
    assert note.format == "阿拉伯数字，可至小数点后两位，单位：元/年；0 至 10000 元/年"
    assert BY_NAME["home_region"].note.meaning == "来源：公安数据共享"
    assert BY_NAME["joined_on"].note.format == "格式：yyyy-mm-dd"
    assert BY_NAME["name"].note.format == "按有效证件填写；20 个字以内"


def test_headings_are_found_in_any_order_and_dress() -> None:
    found = match(CLUB, ["*身份证号", "会员 姓名", "备注", "入会日期（必填）", "是否缴纳会费："])
    assert found.names == {0: "document_number", 1: "name", 3: "joined_on", 4: "pays"}
    assert found.unknown == (2,)
    assert [column.name for column in found.missing] == ["document_type"]


def test_a_heading_that_stands_twice_counts_once() -> None:
    found = match(CLUB, ["姓名", "姓名"])
    assert (found.names, found.unknown) == ({0: "name"}, (1,))
