"""Numbers of identity documents.

Resident ID number (GB 11643-1999) and the documents of people from Hong Kong, Macao, Taiwan and
abroad. Every `parse_…` takes text as typed and gives a value object, or raises `CodeError`.
"""

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import NamedTuple

from yonggong.codes.errors import CodeError
from yonggong.codes.normalise import plain
from yonggong.codes.tables import table

MALE = "1"  # GB/T 2261.1
FEMALE = "2"

# First two digits of GB/T 2260 codes of the mainland; 81-83 stand only on residence permits.
_MAINLAND = frozenset(
    str(code)
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71))
    for code in range(first, last + 1)
)
_PERMIT_ORIGINS = frozenset(["81", "82", "83"])
_CHECK_DIGITS = "0123456789X"
_EARLIEST_BIRTH_YEAR = 1900
_TAIWAN_PASS = re.compile(
    r"\d{8}|(?P<digits>\d{10})(?:\(?(?P<letters>[A-Z]{1,2})\)?|\(\d\))?", re.ASCII
)


class IdNumber(NamedTuple):
    """A resident ID number, or a residence permit's, of 18 characters.

    `region` is the six-digit code of where it was first issued (it may since be abolished);
    `sex` is the code of GB/T 2261.1 ("1" male, "2" female).
    """

    number: str
    region: str
    birth_date: date
    sex: str


class Document(NamedTuple):
    """A document's number and what can be read from it; None where it says nothing."""

    document_type: str
    number: str
    birth_date: date | None
    sex: str | None
    region: str | None


def check_digit(body: str) -> str:
    """The 18th character for the first 17 digits (GB 11643: ISO 7064 MOD 11-2)."""
    # 13 is 2 modulo 11, so reading the digits in base 13 weighs them by powers of two, in C.
    return _CHECK_DIGITS[(1 - 2 * int(body, 13)) % 11]


def parse_id_number(text: str) -> IdNumber:
    """A resident ID number of 18 characters, or of 15 digits, which is made into 18.

    Codes of `CodeError`: `id_number.length`, `.characters`, `.checksum`, `.birth_date`,
    `.region`, `.permit` (a residence permit's number, which has a document type of its own).
    """
    number = plain(text)
    if len(number) == 15:
        number = _upgraded(number)
    region, birth_date, sex = _eighteen(number, "id_number", "身份证号码")
    if region[:2] not in _MAINLAND:
        if region[:2] in _PERMIT_ORIGINS:
            raise CodeError(
                "id_number.permit",
                "这是港澳台居民居住证号码，不是居民身份证号码",
                "请将证件类型改为“港澳台居民居住证”",
            )
        raise CodeError(
            "id_number.region",
            "身份证号码前两位不是有效的省级行政区划代码",
            "请对照证件核对前六位",
        )
    return IdNumber(number, region, birth_date, sex)


def upgrade_id_number(text: str) -> str:
    """The 18-character number of a 15-digit one (GB 11643-1989 to -1999: born in 19xx)."""
    return parse_id_number(text).number


def parse_residence_permit(text: str) -> IdNumber:
    """A residence permit of a Hong Kong, Macao or Taiwan resident (81/82/83, GB 11643 checksum).

    State Council document 国办发〔2018〕81号, article 5. Codes: `permit.length`, `.characters`,
    `.checksum`, `.birth_date`, `.region`.
    """
    number = plain(text)
    region, birth_date, sex = _eighteen(number, "permit", "港澳台居民居住证号码")
    if region not in ("810000", "820000", "830000"):
        raise CodeError(
            "permit.region",
            "港澳台居民居住证号码应以 810000、820000 或 830000 开头",
            "请核对证件号码；持居民身份证的请将证件类型改为“居民身份证”",
        )
    return IdNumber(number, region, birth_date, sex)


class ForeignResident(NamedTuple):
    """A foreigner's permanent residence card: `country` is ISO 3166, three letters (card before
    2023) or three digits (card of 2023); `birth_date` is None on the old card, which leaves the
    century open."""

    number: str
    country: str
    birth_date: date | None


def parse_foreign_resident(text: str) -> ForeignResident:
    """A foreigner's permanent residence card, of 2023 (18 characters) or before (15).

    2023: 9, province (2), country (3 digits), birth (8), serial (3), check (GB 11643). Before:
    country (3 letters), place (4), birth YYMMDD (6), serial (1), check (1); the rule of that last
    digit was not published, so it is not verified.
    """
    number = plain(text)
    if len(number) == 15 and number[:3].isalpha():
        return _old_foreign_card(number)
    if len(number) != 18 or number[0] != "9":
        raise CodeError(
            "foreign_resident.format",
            "外国人永久居留身份证号码应为 18 位（以 9 开头），旧版为 15 位（以 3 位国家代码开头）",
            "请对照证件正面核对号码",
        )
    region, birth_date, _sex = _eighteen(number, "foreign_resident", "外国人永久居留身份证号码")
    if region[1:3] not in _MAINLAND:
        raise CodeError(
            "foreign_resident.region",
            "外国人永久居留身份证号码第 2、3 位不是有效的省级行政区划代码",
            "请对照证件正面核对号码",
        )
    return ForeignResident(number, region[3:6], birth_date)


def parse_hk_macao_pass(text: str) -> str:
    """A mainland travel permit of a Hong Kong or Macao resident: H or M and 8 digits, or 10 on
    the cards before 2013, of which the last two count the issues (公安部出入境管理局公告,
    2010-03-10: 港澳居民来往内地通行证号码规则)."""
    number = plain(text)
    digits = number[1:]
    if (
        number[:1] not in ("H", "M")
        or len(digits) not in (8, 10)
        or not (digits.isascii() and digits.isdigit())
    ):
        raise CodeError(
            "hk_macao_pass.format",
            "港澳居民来往内地通行证号码应为字母 H 或 M 加 8 位数字（旧证为 10 位数字）",
            "请对照通行证核对号码",
        )
    return number


def parse_taiwan_pass(text: str) -> str:
    """A mainland travel permit of a Taiwan resident: 8 digits, or on booklets numbered before
    25 September 2008 two more that count the issues and, bracketed, the issuing office (letters
    or a digit). Letters are given without their brackets; a digit keeps them, so that it is not
    read as part of the number."""
    number = plain(text).replace("-", "")
    found = _TAIWAN_PASS.fullmatch(number)
    if found and found["letters"]:
        number = found["digits"] + found["letters"]
    if not found:
        raise CodeError(
            "taiwan_pass.format",
            "台湾居民来往大陆通行证号码应为 8 位数字（旧证为 10 位数字，可带字母）",
            "请对照通行证核对号码",
        )
    return number


def parse_passport(text: str) -> str:
    """A passport number of any country: 5 to 15 letters and digits with at least one digit
    (ICAO 9303 has nine places, longer ones go on into the optional field)."""
    number = plain(text)
    if (
        not 5 <= len(number) <= 15
        or not (number.isascii() and number.isalnum())
        or number.isalpha()
    ):
        raise CodeError(
            "passport.format",
            "护照号码应为 5 至 15 位字母和数字",
            "请对照护照资料页核对，不要填写空格或其他符号",
        )
    return number


def parse_other_document(text: str) -> str:
    """The number of a document whose form is not published: 4 to 30 characters, no spaces.

    Military papers carry Chinese characters (军字第…号), so letters of any script may stand.
    """
    number = plain(text)
    if not 4 <= len(number) <= 30 or not any(char.isdigit() for char in number):
        raise CodeError(
            "document.format",
            "证件号码应为 4 至 30 位，并含有数字",
            "请对照证件核对号码",
        )
    return number


def check_document(document_type: str, number: str) -> Document:
    """`number` as a document of the type with this code in table `document_type`.

    Raises the `CodeError` of the parser for that type, `code.unknown` for an unknown type.
    """
    if document_type == "01":  # nearly every row of a batch
        resident = parse_id_number(number)
        return Document("01", resident.number, resident.birth_date, resident.sex, resident.region)
    form = table("document_type").get(document_type).extras["form"]
    if form == "residence_permit":
        permit = parse_residence_permit(number)
        return Document(document_type, permit.number, permit.birth_date, permit.sex, permit.region)
    if form == "foreign_resident":
        foreigner = parse_foreign_resident(number)
        return Document(document_type, foreigner.number, foreigner.birth_date, None, None)
    return Document(document_type, _BARE_NUMBERS[form](number), None, None, None)


# Types whose numbers no other type's are like.
_TOLD_BY_NUMBER = ("01", "16", "07")


def type_of_number(number: str) -> str | None:
    """The type of document, a code of table `document_type`, that `number` can only be of; None
    where the number does not tell (passes and passports may look alike)."""
    for document_type in _TOLD_BY_NUMBER:
        try:
            check_document(document_type, number)
        except CodeError:
            continue
        return document_type
    return None


def lifelong(document_type: str, number: str) -> str:
    """What of a document's number stays with its holder however often the document is issued anew.

    `number` as `check_document` gives it. Two documents of one type (ID cards and residence
    permits count as one) with the same lifelong part are one person's. Passes of Hong Kong and
    Macao residents: the letter and 8 digits (公安部出入境管理局公告, 2010-03-10); of Taiwan
    residents: the first 8 digits (一人一号、终身不变, since 2008-09-25). Other numbers are given
    whole: passports and old permanent residence cards get a new number with each issue, or no
    rule for them was published.
    """
    if document_type == "01":
        return number
    form = table("document_type").get(document_type).extras["form"]
    return number[: _LIFELONG_LENGTHS.get(form)]


def shared_traits(document_type: str, number: str) -> str | None:
    """What a foreigner's old and new permanent residence card have in common: nationality and
    birth date without its century, as `USA800112`. None for other documents.

    Many people share it: it offers two documents for linking and never links them by itself.
    """
    if table("document_type").get(document_type).extras["form"] != "foreign_resident":
        return None
    card = parse_foreign_resident(number)
    if card.birth_date is None:
        return f"{card.country}{card.number[7:13]}"
    country = _letters_of_country().get(card.country, card.country)
    return f"{country}{card.birth_date:%y%m%d}"


@cache
def _letters_of_country() -> dict[str, str]:
    return {line.extras["numeric"]: line.code for line in table("country")}


_LIFELONG_LENGTHS = {"hk_macao_pass": 9, "taiwan_pass": 8}

_BARE_NUMBERS: dict[str, Callable[[str], str]] = {
    "hk_macao_pass": parse_hk_macao_pass,
    "taiwan_pass": parse_taiwan_pass,
    "passport": parse_passport,
    "other": parse_other_document,
}


def _eighteen(number: str, kind: str, name_zh: str) -> tuple[str, date, str]:
    """Region, birth date and sex of an 18-character number whose checksum holds."""
    if len(number) != 18:
        raise CodeError(
            f"{kind}.length",
            f"{name_zh}应为 18 位，现为 {len(number)} 位",
            "请对照证件逐位核对，补全或删去多余的字符",
        )
    body = number[:17]
    if not (body.isdigit() and number.isascii() and number[17] in _CHECK_DIGITS):
        raise CodeError(
            f"{kind}.characters",
            f"{name_zh}前 17 位应为数字，末位应为数字或 X",
            "请删去其他字符；表格中的单元格请设为文本格式",
        )
    try:
        birth_date = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        birth_date = date.min
    if birth_date.year < _EARLIEST_BIRTH_YEAR:
        raise CodeError(
            f"{kind}.birth_date",
            f"{name_zh}第 7 至 14 位不是有效的出生日期",
            "请对照证件核对出生年月日",
        )
    if check_digit(body) != number[17]:
        raise CodeError(
            f"{kind}.checksum",
            f"{name_zh}校验位不正确，号码中有数字填错",
            "请对照证件逐位核对；末三位为 000 的，多为表格软件改写所致，请改用文本格式重填",
        )
    return number[:6], birth_date, MALE if number[16] in "13579" else FEMALE


def _upgraded(number: str) -> str:
    if not (number.isdigit() and number.isascii()):
        raise CodeError(
            "id_number.characters", "15 位身份证号码应全部为数字", "请核对号码，或填写 18 位号码"
        )
    body = f"{number[:6]}19{number[6:]}"
    return body + check_digit(body)


def _old_foreign_card(number: str) -> ForeignResident:
    digits = number[3:]
    month_and_day_exist = False
    if digits.isascii() and digits.isdigit():
        try:
            # A leap year, so that 29 February of an unknown century passes.
            date(2000, int(number[9:11]), int(number[11:13]))
            month_and_day_exist = True
        except ValueError:
            pass
    if not month_and_day_exist or digits[:2] not in _MAINLAND:
        raise CodeError(
            "foreign_resident.format",
            "15 位外国人永久居留身份证号码应为 3 位国家代码、4 位地区代码、6 位出生日期和 2 位数字",
            "请对照证件正面核对号码",
        )
    return ForeignResident(number, number[:3], None)
