"""Ways to reach and to pay somebody: telephones, postcodes, e-mail, bank cards and accounts."""

import re

from yonggong.codes.errors import CodeError
from yonggong.codes.normalise import plain, plain_keep_case

_LANDLINE = re.compile(
    r"(?:(?:\+|00)?86-?)?\(?(?P<area>0(?:10|2\d|[3-9]\d{2}))\)?-?(?P<number>[2-8]\d{6,7})"
    r"(?:(?:-|转|EXT\.?|X)(?P<extension>\d{1,6}))?",
    re.ASCII,
)
_MOBILE = re.compile(r"(?:(?:\+|00)?86)?0?(1[3-9]\d{9})", re.ASCII)
_ABROAD = re.compile(r"(?:\+|00)86-?(?:\(0\))?-?(?=[1-9(])")  # the 0 of the area code left out
_HOTLINE = re.compile(r"(400|800)-?(\d{3})-?(\d{4})|95\d{3,6}", re.ASCII)
_GROUPING = dict.fromkeys(map(ord, "-().·"))
_EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)  # Luhn: a doubled digit, its own digits added


def parse_mobile(text: str) -> str:
    """A mainland mobile number: 11 digits, 13-19; the country's code (+86, 0086, 86), a 0 before
    it and what parts its groups are taken off.

    Code of `CodeError`: `mobile.format`.
    """
    number = plain(text)
    found = _MOBILE.fullmatch(number) or _MOBILE.fullmatch(number.translate(_GROUPING))
    if not found:
        raise CodeError(
            "mobile.format",
            "手机号码应为以 13 至 19 开头的 11 位数字",
            "请填写中国内地手机号码，不要填写固定电话",
        )
    return found[1]


def parse_landline(text: str) -> str:
    """A landline with area code, or a 400/800/95 hotline, as `0431-88888888`, `0431-88888888-801`.

    Code of `CodeError`: `landline.format`.
    """
    number = _ABROAD.sub(lambda code: "" if code.string[code.end()] == "(" else "0", plain(text))
    found = _LANDLINE.fullmatch(number)
    if found:
        extension = found["extension"]
        return f"{found['area']}-{found['number']}" + (f"-{extension}" if extension else "")
    hotline = _HOTLINE.fullmatch(number)
    if not hotline:
        raise CodeError(
            "landline.format",
            "固定电话应为“区号-号码”，如 0431-88888888",
            "请补上区号；分机号写在末尾，如 0431-88888888-801",
        )
    return "-".join(hotline.groups()) if hotline[1] else number


def parse_postcode(text: str) -> str:
    """A postcode of six digits. Code of `CodeError`: `postcode.format`."""
    number = plain(text)
    if not _is_number(number, 6, 6) or number[:2] > "86":
        raise CodeError(
            "postcode.format", "邮政编码应为 6 位数字", "请核对邮政编码；以 0 开头的不要漏填"
        )
    return number


def parse_bank_card(text: str) -> str:
    """A bank card number of 13 to 19 digits whose Luhn digit holds (ISO/IEC 7812-1).

    Codes of `CodeError`: `bank_card.format`, `bank_card.checksum`.
    """
    number = plain(text).replace("-", "")
    if not _is_number(number, 13, 19):
        raise CodeError(
            "bank_card.format",
            "银行卡号应为 13 至 19 位数字",
            "请对照银行卡核对；表格中的单元格请设为文本格式",
        )
    if luhn_digit(number[:-1]) != number[-1]:
        raise CodeError(
            "bank_card.checksum", "银行卡号校验位不正确，卡号中有数字填错", "请对照银行卡逐位核对"
        )
    return number


def parse_account_number(text: str) -> str:
    """The number of an account at a bank, of a unit or a person: digits. Banks number accounts each in their
    own way, with no digit that checks the others, so that only what can be no number is refused.

    Code of `CodeError`: `account_number.format`.
    """
    number = plain(text).replace("-", "")
    if not _is_number(number, 5, 40):
        raise CodeError(
            "account_number.format",
            "银行账号应为 5 至 40 位数字",
            "请对照开户资料或者银行卡核对，只填账号；表格中的单元格请设为文本格式",
        )
    return number


def _is_number(text: str, least: int, most: int) -> bool:
    """Whether it is digits alone, so many."""
    return least <= len(text) <= most and text.isascii() and text.isdigit()


def luhn_digit(body: str) -> str:
    """The last digit of a bank card for the digits before it."""
    digits = [int(char) for char in reversed(body)]
    total = sum(_DOUBLED[digit] for digit in digits[0::2]) + sum(digits[1::2])
    return str(-total % 10)


def parse_email(text: str) -> str:
    """An e-mail address, at most 254 characters, its domain in lower case.

    Code of `CodeError`: `email.format`.
    """
    address = plain_keep_case(text)
    local, _, domain = address.rpartition("@")
    if len(address) > 254 or len(local) > 64 or not _EMAIL.fullmatch(address):
        raise CodeError(
            "email.format", "电子邮箱格式不正确", "请填写如 name@example.com 的完整地址"
        )
    return f"{local}@{domain.lower()}"
