"""Telephones, postcodes, e-mail, bank cards and accounts."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from yonggong.codes.contacts import (
    parse_account_number,
    parse_bank_card,
    parse_email,
    parse_landline,
    parse_mobile,
    parse_postcode,
)
from yonggong.codes.errors import CodeError
from yonggong.codes.invent import invent_bank_card, invent_mobile

seeds = st.integers(0, 2**32).map(random.Random)


@pytest.mark.parametrize(
    ("parse", "typed", "parsed"),
    [
        (parse_mobile, "16012345678", "16012345678"),
        (parse_mobile, "+86 160-1234-5678", "16012345678"),
        (parse_mobile, "8616012345678", "16012345678"),
        (parse_mobile, "１６０１２３４５６７８", "16012345678"),
        (parse_mobile, "008616012345678", "16012345678"),
        (parse_mobile, "0086-160 1234 5678", "16012345678"),
        (parse_mobile, "86-16012345678", "16012345678"),
        (parse_mobile, "（+86）160.1234.5678", "16012345678"),
        (parse_mobile, "016012345678", "16012345678"),
        (parse_mobile, "\u202d160\u200b1234\u00a05678\u202c", "16012345678"),
        (parse_landline, "+86-431-88888888", "0431-88888888"),
        (parse_landline, "0086 431 88888888", "0431-88888888"),
        (parse_landline, "+86(0431)88888888", "0431-88888888"),
        (parse_landline, "+86 (0)431 88888888", "0431-88888888"),
        (parse_landline, "0431-88888888", "0431-88888888"),
        (parse_landline, "043188888888", "0431-88888888"),
        (parse_landline, "（0431）88888888", "0431-88888888"),
        (parse_landline, "010-6666 6666-801", "010-66666666-801"),
        (parse_landline, "0473-2888888转8", "0473-2888888-8"),
        (parse_landline, "0351—3046820", "0351-3046820"),
        (parse_landline, "400-123-4567", "400-123-4567"),
        (parse_landline, "4001234567", "400-123-4567"),
        (parse_landline, "95588", "95588"),
        (parse_postcode, "０３００００", "030000"),
        (parse_postcode, " 130000 ", "130000"),
        (parse_email, "Name@Example.COM", "Name@example.com"),
        (parse_email, " a.b+c@mail.example.com.cn ", "a.b+c@mail.example.com.cn"),
    ],
)
def test_what_people_type_is_brought_to_one_form(parse, typed, parsed):
    assert parse(typed) == parsed
    assert parse(parsed) == parsed


@pytest.mark.parametrize(
    ("parse", "typed", "code"),
    [
        (parse_mobile, "", "mobile.format"),
        (parse_mobile, "12012345678", "mobile.format"),
        (parse_mobile, "1601234567", "mobile.format"),
        (parse_mobile, "85216012345678", "mobile.format"),
        (parse_mobile, "8686016012345678", "mobile.format"),
        (parse_mobile, "160123456789", "mobile.format"),
        (parse_mobile, "0431-88888888", "mobile.format"),
        (parse_landline, "88888888", "landline.format"),
        (parse_landline, "16012345678", "landline.format"),
        (parse_landline, "0431-8888", "landline.format"),
        (parse_postcode, "13000", "postcode.format"),
        (parse_postcode, "990000", "postcode.format"),
        (parse_email, "name", "email.format"),
        (parse_email, "name@example", "email.format"),
        (parse_email, "name@@example.com", "email.format"),
        (parse_email, ".name@example.com", "email.format"),
        (parse_email, "a" * 65 + "@example.com", "email.format"),
        (parse_bank_card, "123456789012", "bank_card.format"),
        (parse_bank_card, "6299991234567890123X", "bank_card.format"),
        (parse_account_number, "中国银行", "account_number.format"),
        (parse_account_number, "1234", "account_number.format"),
        (parse_account_number, "1" * 41, "account_number.format"),
    ],
)
def test_what_is_wrong_is_named(parse, typed, code):
    with pytest.raises(CodeError) as caught:
        parse(typed)
    assert caught.value.code == code


@given(seeds)
def test_invented_mobiles_and_bank_cards_pass(rng):
    assert len(parse_mobile(invent_mobile(rng))) == 11
    card = invent_bank_card(rng)
    assert luhn.validate(parse_bank_card(card)) == card


@given(seeds, st.integers(0, 18), st.integers(1, 9))
def test_any_one_digit_of_a_bank_card_wrong_is_seen(rng, place, shift):
    card = invent_bank_card(rng)
    wrong = str((int(card[place]) + shift) % 10)
    with pytest.raises(CodeError) as caught:
        parse_bank_card(card[:place] + wrong + card[place + 1 :])
    assert caught.value.code == "bank_card.checksum"


@pytest.mark.parametrize("typed", ["07110101 0400", "0711-0101-0400", "\u3000071101010400"])
def test_an_account_of_a_unit_has_no_digit_that_checks_the_others(typed):
    assert parse_account_number(typed) == "071101010400"
    with pytest.raises(CodeError):
        parse_bank_card(typed)


@given(
    st.sampled_from(
        [parse_mobile, parse_landline, parse_postcode, parse_email, parse_account_number]
    ),
    st.text(),
)
def test_any_text_is_parsed_or_a_code_error(parse, text):
    try:
        assert parse(text).isascii()
    except CodeError as error:
        assert error.message_zh and error.remedy_zh
