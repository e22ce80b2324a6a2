"""Cleaning a workbook gives what cleaning each row gives, only sooner."""

from __future__ import annotations

from datetime import date, datetime
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.forms.club import CLUB
from yonggong.codes.invent import invent_bank_card, invent_id_number
from yonggong.forms import FieldType

_RNG = Random(20261120)
_NUMBERS = [
    invent_id_number(_RNG, region="220104", birth_date=date(1980 + year, 2, 3), sex=sex)
    for year in range(4)
    for sex in "12"
]
_LIKELY: dict[FieldType, list[object]] = {
    FieldType.PERSON_NAME: ["测试", "测 试", "试9"],
    FieldType.CHOICE: ["01", "居民身份证", "护照", "1", "男", "2 女", 2, "20", "日本"],
    FieldType.DOCUMENT_NUMBER: [*_NUMBERS, "E12345678", 1.1e17],
    FieldType.DATE: ["2024-01-05", "2024/1/5", 45296, datetime(2024, 1, 5), date(1980, 2, 3)],
    FieldType.MOBILE: ["16100001234", 16100001234, 16100001234.0, "1610"],
    FieldType.EMAIL: ["a@example.com", "a@"],
    FieldType.REGION: ["220104", "吉林省长春市朝阳区", "朝阳区", "220000"],
    FieldType.MONTH: ["2024-03", 202403],
    FieldType.YEAR: ["2024", 2024, 24],
    FieldType.BOOLEAN: ["是", "否", True, False, 1, 0, 1.0, "√"],
    FieldType.MONEY: ["5,000.00", 5000, 5000.0, "0", 0, "一"],
    FieldType.BANK_ACCOUNT: [invent_bank_card(_RNG), "6222"],
    FieldType.ACCOUNT_NUMBER: ["071101010400", "0711 0101-0400", "账号"],
    FieldType.DECIMAL: ["7.5", 7.5, 8, "80"],
    FieldType.INTEGER: ["3", 3, 3.0, True, "3.5"],
    FieldType.MULTI_CHOICE: ["汉族、蒙古族", "01", "", "回族"],
}
_ANYTHING: st.SearchStrategy[object] = st.one_of(
    st.none(),
    st.text(max_size=8),
    st.integers(-(10**19), 10**19),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.sampled_from(["", " ", "-", "无", "\u3000", "\ud800"]),
)
_ROWS = st.lists(
    st.fixed_dictionaries(
        {
            field.name: st.one_of(
                st.sampled_from(_LIKELY.get(field.type, ["东街 1 号"])), _ANYTHING
            )
            for field in CLUB.fields
        }
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=300, deadline=None)
@given(_ROWS)
def test_a_batch_gives_what_its_rows_give_one_by_one(rows: list[dict[str, object]]) -> None:
    columns = {field.name: [row[field.name] for row in rows] for field in CLUB.fields}
    together = CLUB.clean_columns(columns)
    for index, row in enumerate(rows):
        alone = CLUB.clean(row)
        assert repr(together.row(index)) == repr(alone.values)
        assert together.problems.get(index, ()) == alone.problems


def test_equal_cells_of_different_type_are_not_taken_for_one_another() -> None:
    cells: list[object] = [1, True, 1.0, "1"]
    cleaned = CLUB.clean_columns({"team": cells, "games": cells})
    assert cleaned.values["team"] == ["1", None, "1", "1"]
    assert cleaned.values["games"] == [1, None, 1, 1]


def test_rows_do_not_share_a_list_of_choices() -> None:
    cleaned = CLUB.clean_columns({"languages": ["01", "01"]})
    cleaned.values["languages"][0].append("02")  # type: ignore[attr-defined]
    assert cleaned.values["languages"][1] == ["01"]


def test_a_cleaner_kept_for_the_next_rows_answers_the_same() -> None:
    cleaner = CLUB.compile()
    columns = {"name": ["测试", "试9"], "joined_on": ["2024/1/5", "昨天"]}
    first, second = cleaner.clean(columns, 2), cleaner.clean(columns, 2)
    assert first == second
    assert first.values["joined_on"] == [date(2024, 1, 5), None]


def test_cells_that_are_lists_are_read_as_well() -> None:
    cleaned = CLUB.clean_columns({"languages": [["01", "02"], ("05",), "01", None]})
    assert cleaned.values["languages"] == [["01", "02"], ["05"], ["01"], []]


def test_missing_columns_are_empty() -> None:
    cleaned = CLUB.clean_columns({"name": ["测试", "试验"]})
    assert cleaned.rows == 2
    assert cleaned.values["team"] == [None, None]
