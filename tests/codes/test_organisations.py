"""Unified social credit codes (GB 32100) and organisation codes (GB 11714)."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from yonggong.codes.errors import CodeError
from yonggong.codes.invent import invent_credit_code
from yonggong.codes.organisations import (
    ALPHABET,
    credit_check_character,
    employer_nature,
    parse_credit_code,
    parse_organisation_code,
)
from yonggong.codes.tables import table

seeds = st.integers(0, 2**32).map(random.Random)
categories = st.sampled_from([line.code for line in table("registration_category")])


@given(seeds, categories)
def test_an_invented_code_says_its_parts_and_passes_the_oracle(rng, category):
    number = invent_credit_code(rng, region="150302", category=category)
    parsed = parse_credit_code(number.lower())
    assert parsed == (number, category, "150302", number[8:17])
    assert parse_organisation_code(parsed.organisation_code) == parsed.organisation_code
    assert uscc.calc_check_digit(number[:17]) == number[17]


@given(st.text(ALPHABET, min_size=17, max_size=17))
def test_the_check_character_is_the_one_of_the_standard(body):
    assert credit_check_character(body) in ALPHABET
    total = sum(ALPHABET.index(c) * 3**i for i, c in enumerate(body))
    assert (total + ALPHABET.index(credit_check_character(body))) % 31 == 0


@given(seeds, st.integers(0, 16), st.integers(1, 30))
def test_any_one_character_wrong_is_seen(rng, place, shift):
    number = invent_credit_code(rng, region="150302")
    wrong = ALPHABET[(ALPHABET.index(number[place]) + shift) % 31]
    with pytest.raises(CodeError):
        parse_credit_code(number[:place] + wrong + number[place + 1 :])


@given(st.text())
def test_any_text_is_a_code_or_a_code_error(text):
    try:
        assert len(parse_credit_code(text).number) == 18
    except CodeError as error:
        assert error.code.startswith("credit_code.")


def test_codes_printed_in_public_documents_pass():
    # A document's example, an individual business in Changchun.
    assert parse_credit_code("92220102MA15438D0X").category == "92"
    # The example of python-stdnum.
    assert parse_credit_code("9111 0000 6000 3734 1L").organisation_code == "600037341"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "credit_code.length"),
        ("9222010MA15438D0X", "credit_code.length"),
        ("92220102MA1543ID0X", "credit_code.characters"),
        ("9222A102MA15438D0X", "credit_code.characters"),
        ("92220102MA15438D0O", "credit_code.characters"),
        ("92220102MA15438D01", "credit_code.checksum"),
    ],
)
def test_what_is_wrong_is_named(typed, code):
    with pytest.raises(CodeError) as caught:
        parse_credit_code(typed)
    assert caught.value.code == code


def test_an_unknown_registering_authority_is_refused():
    body = "88220102MA15438D0"
    with pytest.raises(CodeError) as caught:
        parse_credit_code(body + credit_check_character(body))
    assert caught.value.code == "credit_code.category"


@pytest.mark.parametrize(
    ("category", "nature"),
    [
        ("91", "10"),
        ("92", "70"),
        ("11", "20"),
        ("12", "30"),
        ("51", "40"),
        ("52", "50"),
        ("53", "60"),
    ],
)
def test_the_code_points_to_the_nature_of_the_employer(chance_of_codes, category, nature):
    number = invent_credit_code(chance_of_codes, region="140105", category=category)
    assert employer_nature(parse_credit_code(number)) == nature


def test_every_category_points_to_a_nature_that_exists():
    natures = table("employer_nature")
    assert all(line.extras["employer_nature"] in natures for line in table("registration_category"))


@pytest.mark.parametrize("typed", ["60003734-1", "600037341", "６０００３７３４－１"])
def test_organisation_codes(typed):
    assert parse_organisation_code(typed) == "600037341"


@pytest.mark.parametrize(
    ("typed", "code"),
    [("60003734-2", "checksum"), ("6000373", "format"), ("6000373四1", "format")],
)
def test_what_is_no_organisation_code_is_refused(typed, code):
    with pytest.raises(CodeError) as caught:
        parse_organisation_code(typed)
    assert caught.value.code == f"organisation_code.{code}"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("92220102MA1543ID0X", "第 15 位的字母 I 应为数字 1"),
        ("9222O102MA15438D0O", "第 5 位的字母 O 应为数字 0，第 18 位的字母 O 应为数字 0"),
        ("92220102MA1S43ZD0X", "第 12 位的字母 S 应为数字 5，第 15 位的字母 Z 应为数字 2"),
        ("92220102MA15438D0？", "删去其他字符"),
        ("92A20102MA15438D0X", "删去其他字符"),
    ],
)
def test_letters_taken_for_digits_are_named_with_their_place(typed, told):
    with pytest.raises(CodeError) as caught:
        parse_credit_code(typed)
    assert caught.value.code == "credit_code.characters" and told in caught.value.remedy_zh


def test_a_code_that_was_confirmed_passes_without_its_check_character():
    wrong = "92220102MA15438D01"
    assert parse_credit_code(wrong, check=False).number == wrong
    for unreadable in ("92220102MA1543ID0X", "9222010MA15438D0X", "00220102MA15438D01"):
        with pytest.raises(CodeError):
            parse_credit_code(unreadable, check=False)
