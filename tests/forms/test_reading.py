"""Answers are read as people write them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.forms.dates import DAYS, MONTHS, NO_DAYS
from yonggong.codes.identifiers import CodeError
from yonggong.forms import reading

FIFTH = date(2024, 1, 5)


@pytest.mark.parametrize(
    "raw",
    [
        "2024-01-05",
        "2024-1-5",
        "2024/1/5",
        "2024.1.5",
        "2024．1．5",
        "20240105",
        20240105,
        20240105.0,
        "2024年1月5日",
        "2024 年 1 月 5 日",
        "２０２４－０１－０５",
        "\u00a02024-01-05\u3000",
        "\u202a2024-01-05\u202c",
        "2024-01-05 00:00:00.0",
        "2024-01-05T08:30",
        45296,
        45296.0,
        45296.5,
        "45296",
        date(2024, 1, 5),
        datetime(2024, 1, 5, 8, 30),
    ],
)
def test_a_date_is_read_in_every_usual_writing(raw: object) -> None:
    assert reading.read_date(raw) == FIFTH


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("2024-13-05", "date.invalid"),
        ("2023-02-29", "date.invalid"),
        ("20240230", "date.invalid"),
        ("1月5日", "date.format"),
        ("24-1-5", "date.format"),
        ("去年", "date.format"),
        ("0202-01-05", "date.range"),
        (date(9999, 12, 31), "date.range"),
        (5, "date.format"),
        (True, "date.format"),
    ],
)
def test_what_is_no_date_is_refused_with_its_reason(raw: object, code: str) -> None:
    with pytest.raises(CodeError) as caught:
        reading.read_date(raw)
    assert caught.value.code == code


def test_a_page_takes_every_usual_writing_of_a_day_but_no_serial_day() -> None:
    read = {text: reading.read_date(text, serials=False).isoformat() for text in DAYS}
    assert read == DAYS
    months = {text: reading.read_month(text, serials=False).isoformat()[:7] for text in MONTHS}
    assert months == MONTHS
    for text in NO_DAYS:
        with pytest.raises(CodeError):
            reading.read_date(text, serials=False)


@given(st.dates(date(1927, 5, 18), date(2099, 12, 31)))
def test_every_writing_of_a_day_gives_that_day(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    writings = [day.isoformat(), f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日", serial]
    assert {reading.read_date(raw) for raw in writings} == {day}


@pytest.mark.parametrize(
    "raw", ["2024-3", "2024年3月", "2024/03", "202403", 202403, "2024-03-17", date(2024, 3, 2)]
)
def test_a_month_is_its_first_day(raw: object) -> None:
    assert reading.read_month(raw) == date(2024, 3, 1)


@pytest.mark.parametrize("raw", ["2024", 2024, 2024.0, "2024年", "2024年度", "２０２４"])
def test_a_year_has_four_digits(raw: object) -> None:
    assert reading.read_year(raw) == 2024


@pytest.mark.parametrize("raw", ["24", "3024", "甲辰年", 20240105])
def test_what_is_no_year_is_refused(raw: object) -> None:
    with pytest.raises(CodeError, match="年份"):
        reading.read_year(raw)


@pytest.mark.parametrize(
    ("raw", "amount"),
    [
        ("5000", "5000.00"),
        ("5,000.00", "5000.00"),
        ("５０００元", "5000.00"),
        ("５，０００．５", "5000.50"),
        ("￥5000.5", "5000.50"),
        ("人民币5000元整", "5000.00"),
        ("0.5万元", "5000.00"),
        ("1.2 万", "12000.00"),
        (" 5 000 ", "5000.00"),
        ("5E3", "5000.00"),
        (5000, "5000.00"),
        (5000.0, "5000.00"),
        (5000.25, "5000.25"),
        (0.1 + 0.2, "0.30"),
        (0.0, "0.00"),
        (-0.0, "0.00"),
        ("-0", "0.00"),
        (Decimal("7.1"), "7.10"),
        (-3.5, "-3.50"),
    ],
)
def test_money_is_read_to_the_fen(raw: object, amount: str) -> None:
    assert str(reading.read_money(raw)) == amount


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("五千", "number.format"),
        ("5,00.00", "number.format"),
        ("12.345", "number.places"),
        (12.345, "number.places"),
        (float("inf"), "number.format"),
        (10**30, "number.format"),
        ("1E999", "number.format"),
        (True, "number.format"),
        (date(2024, 1, 5), "number.format"),
        ("5000美元", "number.format"),
    ],
)
def test_what_is_no_amount_is_refused(raw: object, code: str) -> None:
    with pytest.raises(CodeError) as caught:
        reading.read_money(raw)
    assert caught.value.code == code


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_an_amount_is_the_same_as_text_with_commas_and_as_a_float(amount: Decimal) -> None:
    writings = [str(amount), f"{amount:,}", f"{amount}元", float(amount)]
    assert {str(reading.read_money(raw)) for raw in writings} == {f"{amount:.2f}"}


@pytest.mark.parametrize(("raw", "number"), [("8小时", 8), ("8", 8), (8.0, 8), ("３ 小时", 3)])
def test_a_number_may_carry_its_unit(raw: object, number: int) -> None:
    assert reading.read_integer(raw, unit="小时") == number


@pytest.mark.parametrize(
    ("raw", "answer"),
    [
        *[(yes, True) for yes in ("是", "√", "Y", "yes", "1", 1, True, "有", "TRUE", " 是 ", "Ｙ")],
        *[(no, False) for no in ("否", "×", "N", "no", "0", 0, False, "无", "FALSE")],
    ],
)
def test_yes_and_no_are_read_in_every_usual_writing(raw: object, answer: bool) -> None:
    assert reading.read_boolean(raw) is answer


def test_neither_yes_nor_no_is_refused() -> None:
    with pytest.raises(CodeError, match="应为“是”或“否”"):
        reading.read_boolean("也许")


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("测　试", "测试"),
        (" 测 试 ", "测试"),
        ("阿依古丽.买买提", "阿依古丽·买买提"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("JOHN   SMITH JR.", "JOHN SMITH JR."),
        ("\ue863字", "䶮字"),  # private in GBK, in Unicode since 1999
        ("\ue000字", "\ue000字"),  # somebody's own character
        ("〇一", "〇一"),
    ],
)
def test_a_name_is_brought_to_the_form_of_its_document(raw: str, name: str) -> None:
    assert reading.read_name(raw) == name


@pytest.mark.parametrize("raw", ["测试2", "测试（大）", "13800000000", "*"])
def test_a_name_with_digits_or_signs_is_refused(raw: str) -> None:
    with pytest.raises(CodeError, match="姓名中有数字或符号"):
        reading.read_name(raw)


@pytest.mark.parametrize("raw", ["1.10101E+17", 1.10101199003070e17, 110101199003070000])
def test_a_number_spoiled_by_the_spreadsheet_is_named_as_such(raw: object) -> None:
    with pytest.raises(CodeError, match="末尾几位已丢失"):
        reading.read_digits(raw)


@pytest.mark.parametrize("raw", [None, "", "  ", "\u3000", "\u00a0\u200b", float("nan"), [], [""]])
def test_nothing_visible_is_no_answer(raw: object) -> None:
    assert reading.is_blank(raw)


@pytest.mark.parametrize("raw", [0, 0.0, False, "0", "无", ["1"]])
def test_zero_and_no_are_answers(raw: object) -> None:
    assert not reading.is_blank(raw)


def test_a_line_keeps_its_words_and_loses_what_cannot_be_seen() -> None:
    assert reading.read_line(" 东街\u00a0１号\u200b\r\n二楼\x00\ud800 ") == "东街 １号 二楼"


def test_lines_keep_their_breaks() -> None:
    assert reading.read_lines("一\r\n二\r三\x07 ") == "一\n二\n三"


@given(st.text())
def test_text_that_was_read_is_read_the_same_again(text: str) -> None:
    once = reading.read_line(text)
    assert reading.read_line(once) == once
    once.encode()


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-10T00:00:00Z",
        "2026-11-09T16:00:00.000Z",  # midnight here, told by a clock in Greenwich
        "2026-11-10T00:00:00+08:00",
        "2026-11-10T23:59:59+08:00",
    ],
)
def test_a_moment_is_the_day_it_lies_on_here(written: str) -> None:
    assert reading.read_date(written) == date(2026, 11, 10)


@pytest.mark.parametrize("written", ["2026-02-30T00:00:00Z", "0001-01-01T00:00:00+14:00"])
def test_a_moment_that_never_was_is_refused(written: str) -> None:
    with pytest.raises(CodeError, match=r"不存在|年份"):
        reading.read_date(written)


@pytest.mark.parametrize("written", ["10号", "10日", "每月10号", "每月 10 日", "１０号", 10, 10.0])
def test_a_pay_day_is_read_as_people_say_it(written: object) -> None:
    assert reading.read_integer(written, unit="日") == 10


@pytest.mark.parametrize("written", ["次月10号", "10号前", "四号", "10号10号"])
def test_a_pay_day_that_says_more_is_refused(written: str) -> None:
    with pytest.raises(CodeError):
        reading.read_integer(written, unit="日")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("已核实", "已核实。"),
        ("已核实。", "已核实。"),
        ("已核实.", "已核实。"),
        ("已核实；", "已核实。"),
        ("已核实？", "已核实？"),
        ("第一项。\n第二项 ", "第一项。\n第二项。"),
    ],
)
def test_what_was_said_ends_with_one_stop_among_other_sentences(said: str, sentence: str) -> None:
    assert reading.as_sentence(said) == sentence
