"""Cleaning answers: typed values, and everything that is wrong at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.http import QueryDict

from tests.forms.club import CLUB
from yonggong.forms import Cleaned, Problem, When
from yonggong.forms.unreadable import Unreadable

Answers = Callable[..., dict[str, object]]


def problem(cleaned: Cleaned, name: str) -> Problem:
    (found,) = [item for item in cleaned.problems if item.field == name]
    return found


def test_good_answers_become_typed_values(answers: Answers, number: str) -> None:
    cleaned = CLUB.clean(
        answers(
            left_on="2024年12月31日",
            reason=" 搬家 ",
            season="2024-03",
            first_year="2019年",
            fee="1,200元",
            hours="7.5小时",
            games="12场",
            languages="汉族、蒙古族",
            home_region="吉林省长春市朝阳区",
            mobile="161 0000 1234",
            email="Member@Example.COM",
        )
    )
    assert cleaned.problems == ()
    assert cleaned.values == {
        "name": "测试",
        "document_type": "01",
        "document_number": number,
        "birth_date": date(1990, 5, 6),
        "sex": "2",
        "nationality": None,
        "school": None,
        "mobile": "16100001234",
        "email": "Member@example.com",
        "home_region": "220104",
        "home": None,
        "joined_on": date(2024, 1, 5),
        "left_on": date(2024, 12, 31),
        "reason": "搬家",
        "season": date(2024, 3, 1),
        "first_year": 2019,
        "pays": True,
        "fee": Decimal("1200.00"),
        "card": None,
        "hours": Decimal("7.5"),
        "games": 12,
        "languages": ["01", "02"],
        "team": None,
    }


def test_everything_wrong_is_told_at_once_in_the_order_of_the_form() -> None:
    cleaned = CLUB.clean({"email": "无此", "joined_on": "昨天", "hours": "50", "pays": "是"})
    assert [item.field for item in cleaned.problems] == [
        "name",
        "document_type",
        "document_number",
        "birth_date",
        "sex",
        "email",
        "joined_on",
        "fee",
        "hours",
    ]


def test_a_problem_says_where_what_and_how(answers: Answers) -> None:
    found = problem(CLUB.clean(answers(joined_on="2024-13-05")), "joined_on")
    assert found.text == "入会日期：2024年13月5日不存在，请核对年、月、日"
    assert (found.code, found.value) == ("date.invalid", "2024-13-05")


def test_a_problem_does_not_repeat_personal_data(answers: Answers) -> None:
    found = problem(CLUB.clean(answers(document_number="220104199005060000")), "document_number")
    assert found.value == ""
    assert "220104" not in found.text


def test_a_bad_answer_is_not_also_missing(answers: Answers) -> None:
    cleaned = CLUB.clean(answers(joined_on="昨天"))
    assert problem(cleaned, "joined_on").code == "date.format"
    assert cleaned.values["joined_on"] is None


@pytest.mark.parametrize("blank", ["-", "/", "—", "无", "N/A"])
def test_a_placeholder_counts_as_empty(answers: Answers, blank: str) -> None:
    assert CLUB.clean(answers(left_on=blank, hours=blank, home_region=blank)).ok


@pytest.mark.parametrize(
    ("written", "code"),
    [("1", "1"), ("男", "1"), ("1 男", "1"), ("1-男", "1"), ("男性", "1"), ("１", "1"), (2, "2")],
)
def test_a_choice_is_read_by_code_by_name_and_by_both(
    answers: Answers, written: object, code: str
) -> None:
    passport = {"document_type": "护照", "document_number": "E12345678", "birth_date": "1990-5-6"}
    assert CLUB.clean(answers(sex=written, **passport)).values["sex"] == code


def test_a_code_outside_the_form_is_refused_naming_what_is_allowed(answers: Answers) -> None:
    found = problem(CLUB.clean(answers(sex="未知的性别")), "sex")
    assert (found.code, found.remedy) == ("choice.not_allowed", "可选：男、女")


def test_an_unknown_choice_is_refused(answers: Answers) -> None:
    assert problem(CLUB.clean(answers(document_type="饭卡")), "document_type").code == (
        "choice.unknown"
    )


def test_a_choice_that_does_not_exist_is_quoted_and_the_few_there_are_named(
    answers: Answers,
) -> None:
    found = problem(CLUB.clean(answers(sex="甲")), "sex")
    assert (found.message, found.remedy) == ("“甲”不在可选范围内", "可选：男、女")


def test_a_name_of_several_places_asks_for_the_one_above(answers: Answers) -> None:
    found = problem(CLUB.clean(answers(home_region="朝阳区")), "home_region")
    assert found.code == "choice.ambiguous"
    assert "吉林省长春市朝阳区" in found.message


def test_a_region_must_be_chosen_to_its_depth(answers: Answers) -> None:
    found = problem(CLUB.clean(answers(home_region="220100")), "home_region")
    assert found.message == "“长春市”不够具体"


def test_an_id_number_fills_birth_date_and_sex(answers: Answers) -> None:
    values = CLUB.clean(answers()).values
    assert (values["birth_date"], values["sex"]) == (date(1990, 5, 6), "2")


def test_an_id_number_against_birth_date_or_sex_is_told(answers: Answers) -> None:
    cleaned = CLUB.clean(answers(birth_date="1990-05-07", sex="男"))
    assert problem(cleaned, "birth_date").message == "与证件号码不一致"
    assert problem(cleaned, "sex").code == "fills.mismatch"


def test_a_document_that_tells_nothing_fills_nothing(answers: Answers) -> None:
    cleaned = CLUB.clean(answers(document_type="护照", document_number="E12345678"))
    assert {item.field for item in cleaned.problems} == {"birth_date", "sex"}


def test_a_number_is_checked_by_the_type_of_its_document(answers: Answers) -> None:
    found = problem(CLUB.clean(answers(document_number="E12345678")), "document_number")
    assert found.code == "id_number.length"


def test_a_hidden_field_has_no_value_and_is_not_required(answers: Answers) -> None:
    cleaned = CLUB.clean(answers(pays="否", fee=""))
    assert cleaned.ok
    assert cleaned.values["fee"] is None


def test_an_answer_to_a_hidden_field_is_told_not_dropped(answers: Answers) -> None:
    found = problem(CLUB.clean(answers(pays="否", fee="100")), "fee")
    assert found.message == "仅在“是否缴纳会费”为“是”时填写"


def test_what_hangs_on_an_answer_that_cannot_be_read_is_not_called_wrong(
    answers: Answers,
) -> None:
    cleaned = CLUB.clean(answers(pays="也许", fee="100"))
    assert [item.field for item in cleaned.problems] == ["pays"]


def test_a_zero_in_a_hidden_field_says_nothing(answers: Answers) -> None:
    assert CLUB.clean(answers(pays="否", fee="0")).ok


def test_a_field_is_required_when_another_says_so(answers: Answers) -> None:
    found = problem(CLUB.clean(answers(left_on="2024-12-31")), "reason")
    assert found.message == "“退会日期”已填写时必须填写"
    assert CLUB.clean(answers()).ok


def test_a_duty_names_the_answer_that_brought_it() -> None:
    local = CLUB.altered(team={"required": When("school", one_of=("20", "30"))})
    found = problem(local.clean({"school": "30"}), "team")
    assert found.message == "“学历”为“专科教育”时必须填写"


def test_the_forms_own_checks_speak_beside_the_fields(answers: Answers) -> None:
    cleaned = CLUB.clean(answers(left_on="2023-12-31", reason="搬家"))
    assert problem(cleaned, "left_on").code == "club.left_before"


def test_a_fixed_value_stands_whatever_was_sent(answers: Answers) -> None:
    cleaned = CLUB.clean(answers(team="冒名队"), fixed={"team": "东街队"})
    assert cleaned.values["team"] == "东街队"


@pytest.mark.parametrize(
    ("name", "raw", "code"),
    [
        ("hours", "41", "value.too_large"),
        ("hours", "-1", "value.too_small"),
        ("hours", "7.25", "number.places"),
        ("fee", "-5", "value.too_small"),
        ("fee", "10000.01", "value.too_large"),
        ("games", str(2**31), "value.too_large"),
        ("left_on", "2091-01-01", "value.too_large"),
        ("team", "队" * 31, "text.too_long"),
        ("name", "名" * 21, "text.too_long"),
        ("mobile", "12345", "mobile.format"),
        ("card", "6222020000000000", "bank_card.checksum"),
    ],
)
def test_bounds_and_lengths_hold(answers: Answers, name: str, raw: str, code: str) -> None:
    assert problem(CLUB.clean(answers(**{name: raw})), name).code == code


def test_a_page_sends_several_choices_under_one_name(answers: Answers) -> None:
    sent = QueryDict(mutable=True)
    sent.update(answers())
    sent.setlist("languages", ["01", "05", "01"])
    assert CLUB.clean(sent).values["languages"] == ["01", "05"]


def test_unknown_answers_are_passed_over(answers: Answers) -> None:
    assert "smuggled" not in CLUB.clean(answers(smuggled="1")).values


@pytest.mark.parametrize("name", ["name", "school", "left_on", "fee", "mobile", "home", "season"])
@pytest.mark.parametrize("raw", ["#N/A", "#REF!", " #VALUE! ", "#DIV/0!", "#NAME?"])
def test_an_error_value_is_named_and_no_blank(answers: Answers, name: str, raw: str) -> None:
    found = problem(CLUB.clean(answers(**{name: raw})), name)
    assert (found.code, found.message) == ("cell.error", f"单元格是错误值 {raw.strip()}")


@pytest.mark.parametrize("raw", [True, "TRUE", False, "FALSE"])
def test_a_logical_value_is_no_person_and_no_amount(answers: Answers, raw: object) -> None:
    for name in ("name", "home", "fee"):
        found = problem(CLUB.clean(answers(**{name: raw})), name)
        assert found.message == f"单元格是逻辑值 {str(raw).upper()}"
    assert CLUB.clean(answers(pays=raw)).values["pays"] is (str(raw).upper() == "TRUE")


@pytest.mark.parametrize("name", ["name", "school", "fee", "home"])
def test_a_cell_that_can_be_no_answer_says_why(answers: Answers, name: str) -> None:
    raw = Unreadable("", "与上方单元格合并", "请取消合并")
    found = problem(CLUB.clean(answers(**{name: raw})), name)
    assert (found.message, found.remedy) == ("与上方单元格合并", "请取消合并")


def test_a_sign_before_words_is_not_an_error_value(answers: Answers) -> None:
    assert CLUB.clean(answers(home="#3 楼")).values["home"] == "#3 楼"


def test_what_a_draft_keeps_holds_every_code_of_a_multiple_choice() -> None:
    sent = QueryDict("languages=01&languages=02&name=&shoe_size=43")
    assert CLUB.sent(sent) == {"name": "", "languages": ["01", "02"]}
