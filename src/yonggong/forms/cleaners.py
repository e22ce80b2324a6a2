"""A field's own reader: from its description to one function from a raw answer to a typed value."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from yonggong.codes.identifiers import (
    CodeError,
    check_document,
    parse_bank_card,
    parse_credit_code,
    parse_email,
    parse_id_number,
    parse_landline,
    parse_mobile,
    parse_organisation_code,
    parse_postcode,
)
from yonggong.forms import reading
from yonggong.forms.choices import read_code
from yonggong.forms.fields import CODED, DATED, NUMERIC, Field, FieldType

# Raw answer (never blank) → typed value; raises CodeError.
Reader = Callable[[object], Any]

_DEFAULT_LENGTH = {
    FieldType.TEXT: 200,
    FieldType.LONG_TEXT: 4000,
    FieldType.PERSON_NAME: 50,
    FieldType.EMPLOYER_NAME: 120,
    FieldType.ADDRESS: 200,
}
_SEPARATORS = re.compile(r"[,，;；、|\n]+")
# What the database's integer and numeric(14, 2) hold; money owes nobody less than nothing.
_INTEGER_BOUNDS = (-(2**31), 2**31 - 1)
_MONEY_BOUNDS = (Decimal(0), Decimal("999999999999.99"))


def reader(field: Field, *, serials: bool = False) -> Reader:
    """The reader of one field, bounds and length checked. A DOCUMENT_NUMBER is only tidied here,
    since its check needs the type of document (`read_document`). `serials`: a number may stand
    for a day, as spreadsheets keep them."""
    read = _coded_reader(field) if field.type in CODED else _plain_reader(field, serials=serials)
    if field.type in _DEFAULT_LENGTH:
        return _with_length(read, max_length(field))
    if field.type in NUMERIC or field.type in DATED:
        return _with_bounds(field, read)
    return read


def max_length(field: Field) -> int | None:
    """The most characters a text field takes; None for other types."""
    return field.max_length or _DEFAULT_LENGTH.get(field.type)


def bounds(field: Field) -> tuple[Any, Any]:
    """The least and greatest value of a number or date field; None where open."""
    low, high = field.min_value, field.max_value
    if field.type is FieldType.MONEY:
        low = _MONEY_BOUNDS[0] if low is None else low
        high = _MONEY_BOUNDS[1] if high is None else high
    if field.type is FieldType.INTEGER:
        low = _INTEGER_BOUNDS[0] if low is None else low
        high = _INTEGER_BOUNDS[1] if high is None else high
    return low, high


def read_document(document_type: str, number: str) -> tuple[str, date | None, str | None]:
    """A document's number with the birth date and sex it tells; `CodeError` as its parser's."""
    document = check_document(document_type, number)
    return document.number, document.birth_date, document.sex


def _plain_reader(field: Field, *, serials: bool) -> Reader:
    if field.type in DATED:
        read = reading.read_date if field.type is FieldType.DATE else reading.read_month
        return lambda raw: read(raw, serials=serials)
    if field.type in _PARSERS:
        return _of_digits(_PARSERS[field.type])
    if field.type is FieldType.DECIMAL:
        return lambda raw: reading.read_decimal(raw, places=field.places, unit=field.unit)
    if field.type is FieldType.MONEY:
        return lambda raw: reading.read_money(raw, unit=field.unit)
    if field.type is FieldType.INTEGER:
        return lambda raw: reading.read_integer(raw, unit=field.unit)
    return _READERS[field.type]


def _of_digits(parse: Callable[[str], str]) -> Reader:
    def read(raw: object) -> str:
        return parse(raw if type(raw) is str and raw.isalnum() else reading.read_digits(raw))

    return read


def _read_phone(text: str) -> str:
    try:
        return parse_mobile(text)
    except CodeError:
        try:
            return parse_landline(text)
        except CodeError as error:
            raise CodeError(
                "phone.format",
                "不是有效的电话号码",
                "请填写 11 位手机号码，或带区号的固定电话，如 0431-88888888",
            ) from error


def register_taken_codes(taken: Callable[[str], bool]) -> None:
    """Make known who can say that a credit code is taken though its check character does not hold
    (registries have issued such codes). Asked only of such codes."""
    _taken_codes.append(taken)


_taken_codes: list[Callable[[str], bool]] = []


def _read_credit_code(text: str) -> str:
    try:
        return parse_credit_code(text).number
    except CodeError as error:
        if error.code != "credit_code.checksum":
            raise
        number = parse_credit_code(text, check=False).number
        if not any(taken(number) for taken in _taken_codes):
            raise
        return number


_PARSERS: dict[FieldType, Callable[[str], str]] = {
    FieldType.ID_NUMBER: lambda text: parse_id_number(text).number,
    FieldType.DOCUMENT_NUMBER: reading.tidy,
    FieldType.CREDIT_CODE: _read_credit_code,
    FieldType.ORGANISATION_CODE: parse_organisation_code,
    FieldType.MOBILE: parse_mobile,
    FieldType.PHONE: _read_phone,
    FieldType.EMAIL: parse_email,
    FieldType.POSTCODE: parse_postcode,
    FieldType.BANK_ACCOUNT: parse_bank_card,
}

_READERS: dict[FieldType, Reader] = {
    FieldType.TEXT: reading.read_line,
    FieldType.LONG_TEXT: reading.read_lines,
    FieldType.PERSON_NAME: reading.read_name,
    FieldType.EMPLOYER_NAME: reading.read_employer_name,
    FieldType.ADDRESS: reading.read_line,
    FieldType.YEAR: reading.read_year,
    FieldType.BOOLEAN: reading.read_boolean,
}


def _coded_reader(field: Field) -> Reader:
    def read_one(raw: object) -> str:
        return read_code(field, reading.shown(raw).strip())

    def read_many(raw: object) -> list[str]:
        whole = raw if isinstance(raw, list | tuple) else [reading.shown(raw)]
        parts = [part.strip() for item in whole for part in _parts(read_one, reading.shown(item))]
        return list(dict.fromkeys(read_code(field, part) for part in parts if part))

    return read_many if field.type is FieldType.MULTI_CHOICE else read_one


def _parts(read_one: Reader, text: str) -> list[str]:
    """The choices written in one cell; a name that itself holds a separator is one choice."""
    try:
        read_one(text)
    except CodeError:
        return _SEPARATORS.split(text)
    return [text]


def _with_length(read: Reader, most: int | None) -> Reader:
    assert most is not None

    def checked(raw: object) -> str:
        text: str = read(raw)
        if len(text) > most:
            raise CodeError(
                "text.too_long", f"最多 {most} 个字，现为 {len(text)} 个字", "请缩短后重新填写"
            )
        return text

    return checked


def _with_bounds(field: Field, read: Reader) -> Reader:
    low, high = bounds(field)
    if low is None and high is None:
        return read
    unit = field.unit if field.type in NUMERIC else ""
    if field.type is FieldType.MONEY:
        unit = unit or "元"

    def checked(raw: object) -> Any:
        value = read(raw)
        if low is not None and value < low:
            raise CodeError(
                "value.too_small", _bound_message(field, low, unit, "小", "早"), "请核对"
            )
        if high is not None and value > high:
            raise CodeError(
                "value.too_large", _bound_message(field, high, unit, "大", "晚"), "请核对"
            )
        return value

    return checked


def _bound_message(field: Field, bound: object, unit: str, number: str, day: str) -> str:
    word = day if field.type in DATED else number
    return f"不能{word}于 {bound}{' ' + unit if unit else ''}"
