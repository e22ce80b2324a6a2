"""Codes of organisations: unified social credit code (GB 32100-2015) and the organisation code
inside it (GB 11714-1997)."""

from typing import NamedTuple

from yonggong.codes.errors import CodeError
from yonggong.codes.normalise import plain
from yonggong.codes.tables import table

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100: no I, O, S, V, Z
_VALUE = {char: value for value, char in enumerate(ALPHABET)}
_MEANT = {"O": "0", "I": "1", "Z": "2", "S": "5"}
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


class CreditCode(NamedTuple):
    """A unified social credit code.

    `category` is its first two characters (registering authority and kind of organisation, table
    `registration_category`); `region` the six digits of the registering authority, which may be
    an abolished region; `organisation_code` its nine characters 9-17.
    """

    number: str
    category: str
    region: str
    organisation_code: str


def parse_credit_code(text: str, *, check: bool = True) -> CreditCode:
    """A unified social credit code. `check=False` lets one pass whose check character does not
    hold: registries have issued such codes, and whoever confirmed one may say so.

    The check character inside the organisation code is not tested here: the outer one finds every
    single error, and registries have issued codes whose inner one does not hold.
    Codes of `CodeError`: `credit_code.length`, `.characters`, `.checksum`, `.category`.
    """
    number = plain(text)
    if len(number) != 18:
        raise CodeError(
            "credit_code.length",
            f"统一社会信用代码应为 18 位，现为 {len(number)} 位",
            "请对照营业执照或登记证书核对",
        )
    if not _VALUE.keys() >= set(number) or not number[2:8].isdigit():
        raise CodeError(
            "credit_code.characters",
            "统一社会信用代码只含数字和大写字母（不含 I、O、S、V、Z），第 3 至 8 位为数字",
            _mistaken_letters(number),
        )
    if check and number[17] != credit_check_character(number[:17]):
        raise CodeError(
            "credit_code.checksum",
            "统一社会信用代码校验位不正确，代码中可能有字符填错",
            "请对照营业执照或登记证书逐位核对；证照上确为此代码的，可以说明依据，由人社部门核实",
        )
    if number[:2] not in table("registration_category"):
        raise CodeError(
            "credit_code.category",
            "统一社会信用代码前两位不是有效的登记管理部门和机构类别",
            "请对照营业执照或登记证书核对",
        )
    return CreditCode(number, number[:2], number[2:8], number[8:17])


def _mistaken_letters(number: str) -> str:
    """Where a letter stands that no code has, and the digit that is mostly meant."""
    found = [
        f"第 {place} 位的字母 {char} 应为数字 {_MEANT[char]}"
        for place, char in enumerate(number, start=1)
        if char in _MEANT
    ]
    if not found:
        return "请对照营业执照或登记证书核对，删去其他字符"
    return f"请对照营业执照或登记证书核对：{'，'.join(found)}"


def credit_check_character(body: str) -> str:
    """The 18th character for the first 17 (GB 32100, MOD 31-3). KeyError on a foreign character."""
    total = 0
    for char, weight in zip(body, _WEIGHTS, strict=True):
        total += _VALUE[char] * weight
    return ALPHABET[-total % 31]


def parse_organisation_code(text: str) -> str:
    """An organisation code of nine characters, with or without its hyphen; given without.

    Codes of `CodeError`: `organisation_code.format`, `.checksum`.
    """
    number = plain(text).replace("-", "")
    if len(number) != 9 or not (number.isascii() and number.isalnum()):
        raise CodeError(
            "organisation_code.format",
            "组织机构代码应为 9 位数字或大写字母",
            "请核对；已有统一社会信用代码的，组织机构代码为其第 9 至 17 位",
        )
    if organisation_check_character(number[:8]) != number[8]:
        raise CodeError(
            "organisation_code.checksum",
            "组织机构代码校验位不正确",
            "请核对；已有统一社会信用代码的，组织机构代码为其第 9 至 17 位",
        )
    return number


def organisation_check_character(body: str) -> str:
    """The ninth character for the first eight (GB 11714): letters count 10 to 35."""
    total = sum(
        int(char, 36) * weight for char, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True)
    )
    return "0123456789X0"[11 - total % 11]


def employer_nature(credit_code: CreditCode) -> str:
    """The code in table `employer_nature` that the first two characters of the code point to."""
    return table("registration_category").get(credit_code.category).extras["employer_nature"]
