"""Identity documents: GB 11643, residence permits, cards and passes of people from elsewhere."""

import random
import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from yonggong.codes.errors import CodeError
from yonggong.codes.identity import (
    FEMALE,
    MALE,
    check_digit,
    check_document,
    lifelong,
    parse_foreign_resident,
    parse_hk_macao_pass,
    parse_id_number,
    parse_other_document,
    parse_passport,
    parse_residence_permit,
    parse_taiwan_pass,
    shared_traits,
    upgrade_id_number,
)
from yonggong.codes.invent import invent_id_number, invent_residence_permit
from yonggong.codes.tables import table

COUNTIES = [line.code for line in table("region") if line.level == 3]
births = st.dates(date(1900, 1, 1), date(2099, 12, 31))
sexes = st.sampled_from([MALE, FEMALE])
seeds = st.integers(0, 2**32).map(random.Random)


def code_of(parse, text: str) -> str:
    with pytest.raises(CodeError) as caught:
        parse(text)
    assert text == "" or text not in str(caught.value)  # personal data stays out of messages
    return caught.value.code


@given(seeds, st.sampled_from(COUNTIES), births, sexes)
def test_an_invented_number_says_its_region_birth_date_and_sex(rng, region, birth_date, sex):
    number = invent_id_number(rng, region=region, birth_date=birth_date, sex=sex)
    parsed = parse_id_number(number)
    assert parsed == (number, region, birth_date, sex)


@given(st.text(string.digits, min_size=17, max_size=17))
def test_the_check_digit_is_the_one_of_the_standard(body):
    assert check_digit(body) == ric.calc_check_digit(body + "0")


def test_the_examples_of_the_standard_pass():
    assert parse_id_number("11010519491231002X").birth_date == date(1949, 12, 31)
    assert code_of(parse_id_number, "440524188001010014") == "id_number.birth_date"


@given(seeds, births, sexes, st.integers(0, 16), st.integers(1, 9))
def test_any_one_digit_wrong_is_seen(rng, birth_date, sex, place, shift):
    number = invent_id_number(rng, region="220104", birth_date=birth_date, sex=sex)
    wrong = str((int(number[place]) + shift) % 10)
    with pytest.raises(CodeError):
        parse_id_number(number[:place] + wrong + number[place + 1 :])


@given(seeds, births, sexes, st.integers(0, 15))
def test_two_neighbouring_digits_exchanged_are_seen(rng, birth_date, sex, place):
    number = invent_id_number(rng, region="220104", birth_date=birth_date, sex=sex)
    exchanged = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if exchanged != number:
        with pytest.raises(CodeError):
            parse_id_number(exchanged)


@pytest.mark.parametrize(
    "typed",
    [
        "11010519491231002x",
        " 110105 19491231 002X ",
        "１１０１０５１９４９１２３１００２Ｘ",
        "'11010519491231002X",
        "110105\u300019491231\u200b002x\n",
    ],
)
def test_full_width_spaces_and_small_x_are_put_right(typed):
    assert parse_id_number(typed).number == "11010519491231002X"


@given(st.text())
def test_any_text_is_a_number_or_a_code_error(text):
    try:
        assert len(parse_id_number(text).number) == 18
    except CodeError as error:
        assert error.code.startswith("id_number.")
        assert error.message_zh and error.remedy_zh


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "id_number.length"),
        ("1101051949123100", "id_number.length"),
        ("11010519491231002X1", "id_number.length"),
        ("1101051949123100AX", "id_number.characters"),
        ("11010519491231002Y", "id_number.characters"),
        ("1101051949123100²X", "id_number.characters"),
        ("110105194912310٣2X", "id_number.characters"),
        ("110105194902300022", "id_number.birth_date"),
        ("110105184912310021", "id_number.birth_date"),
        ("110105194912310020", "id_number.checksum"),
        ("11010549123100A", "id_number.characters"),
        ("110105491331002", "id_number.birth_date"),
        ("990105194912310027", "id_number.region"),
    ],
)
def test_what_is_wrong_is_named(typed, code):
    if code == "id_number.region":
        typed = typed[:17] + check_digit(typed[:17])
    assert code_of(parse_id_number, typed) == code


def test_a_number_of_fifteen_digits_becomes_one_of_eighteen():
    assert upgrade_id_number("110105491231002") == "11010519491231002X"


@pytest.mark.parametrize("origin", ["81", "82", "83"])
def test_residence_permits_have_a_type_of_their_own(chance_of_codes, origin):
    permit = invent_residence_permit(
        chance_of_codes, origin=origin, birth_date=date(1990, 5, 6), sex=FEMALE
    )
    assert parse_residence_permit(permit).sex == FEMALE
    assert code_of(parse_id_number, permit) == "id_number.permit"
    assert code_of(parse_residence_permit, "11010519491231002X") == "permit.region"


def test_the_card_of_2023_says_country_and_birth_date():
    body = "922" + "840" + "19801231" + "001"
    card = parse_foreign_resident(body + check_digit(body))
    assert (card.country, card.birth_date) == ("840", date(1980, 12, 31))


def test_the_older_card_leaves_the_century_open():
    card = parse_foreign_resident("usa220180022912")
    assert card == ("USA220180022912", "USA", None)


@pytest.mark.parametrize(
    "typed",
    [
        "USA220180133112",
        "USA990180013112",
        "USA220180023012",
        "11010519491231002X",
        "9228401980123100",
        "",
    ],
)
def test_what_is_no_permanent_residence_card_is_refused(typed):
    assert code_of(parse_foreign_resident, typed) == "foreign_resident.format"


@pytest.mark.parametrize("typed", ["H12345678", "m12345678", "H1234567801", "Ｈ12345678"])
def test_passes_of_hong_kong_and_macao_residents(typed):
    assert parse_hk_macao_pass(typed)[0] in "HM"


@pytest.mark.parametrize("typed", ["12345678", "H1234567", "K12345678", "H12345678A", ""])
def test_what_is_no_such_pass_is_refused(typed):
    assert code_of(parse_hk_macao_pass, typed) == "hk_macao_pass.format"


@pytest.mark.parametrize(
    "typed",
    [
        "12345678",
        "1234567890",
        "1234567890(B)",
        "1234567890（B）",
        "1234567890（1）",
        "1234567890CD",
    ],
)
def test_passes_of_taiwan_residents(typed):
    number = parse_taiwan_pass(typed)
    assert number[:8] == "12345678"
    assert parse_taiwan_pass(number) == number


@pytest.mark.parametrize(
    "typed", ["1234567", "123456789", "A12345678", "12345678B", "13812345678", "12345678(1)", ""]
)
def test_what_is_no_taiwan_pass_is_refused(typed):
    assert code_of(parse_taiwan_pass, typed) == "taiwan_pass.format"


@pytest.mark.parametrize("typed", ["E12345678", "ed1234567", "123456789", "Ｇ１２３４５６７８"])
def test_passports(typed):
    assert parse_passport(typed).isascii()


@pytest.mark.parametrize(
    "typed", ["1234", "ABCDEFG", "E1234-567/8", "护照12345678", "E" + "1" * 15]
)
def test_what_is_no_passport_number_is_refused(typed):
    assert code_of(parse_passport, typed) == "passport.format"


def kept(document_type, typed):
    return lifelong(document_type, check_document(document_type, typed).number)


@pytest.mark.parametrize(
    ("document_type", "issues", "for_life"),
    [
        ("04", ["H1234567800", "h1234567801", "H12345678", "Ｈ1234567812"], "H12345678"),
        ("04", ["M1234567800", "M12345678"], "M12345678"),
        ("06", ["12345678", "1234567801", "1234567802(B)", "1234567803（1）"], "12345678"),
        ("01", ["11010519491231002x", "110105491231002"], "11010519491231002X"),
        ("08", ["E12345678"], "E12345678"),
        ("07", ["USA220180022912"], "USA220180022912"),
        ("02", ["军字第1234567号"], "军字第1234567号"),
    ],
)
def test_every_issue_of_a_document_keeps_what_its_holder_has_for_life(
    document_type, issues, for_life
):
    assert {kept(document_type, issue) for issue in issues} == {for_life}


def test_passes_of_two_people_differ_in_what_is_for_life():
    assert kept("04", "H1234567800") != kept("04", "H1234567900")
    assert kept("04", "H12345678") != kept("04", "M12345678")
    assert kept("06", "12345678") != kept("06", "12345679")


def test_an_old_and_a_new_permanent_residence_card_share_nationality_and_birth_date():
    body = "922" + "840" + "19800112" + "001"
    new = body + check_digit(body)
    assert shared_traits("07", new) == shared_traits("07", "USA220180011212") == "USA800112"
    assert shared_traits("07", "USA220180011312") != shared_traits("07", new)
    assert shared_traits("07", "CAN220180011212") != shared_traits("07", new)
    assert shared_traits("01", "11010519491231002X") is None


def test_other_documents_may_carry_chinese_characters():
    assert parse_other_document("军字第 1234567 号") == "军字第1234567号"
    assert code_of(parse_other_document, "无") == "document.format"


@pytest.mark.parametrize(
    ("document_type", "number", "birth_date"),
    [
        ("01", "11010519491231002x", date(1949, 12, 31)),
        ("04", "H12345678", None),
        ("06", "12345678", None),
        ("08", "E12345678", None),
        ("02", "军字第1234567号", None),
    ],
)
def test_a_document_is_checked_by_its_type(document_type, number, birth_date):
    document = check_document(document_type, number)
    assert (document.document_type, document.birth_date) == (document_type, birth_date)


def test_every_document_type_has_a_parser():
    for line in table("document_type"):
        with pytest.raises(CodeError) as caught:
            check_document(line.code, "?")
        assert caught.value.code != "code.unknown"


def test_an_unknown_document_type_is_refused():
    with pytest.raises(CodeError) as caught:
        check_document("77", "11010519491231002X")
    assert caught.value.code == "code.unknown"
