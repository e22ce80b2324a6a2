"""A typed value in the words a person reads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from yonggong.codes import regions
from yonggong.forms.choices import choices_of
from yonggong.forms.fields import CASCADING, CODED, Field, FieldType
from yonggong.vault.masking import Kind, mask

_MASKS: Mapping[FieldType, Kind] = {
    FieldType.ID_NUMBER: "document",
    FieldType.DOCUMENT_NUMBER: "document",
    FieldType.CREDIT_CODE: "document",
    FieldType.MOBILE: "phone",
    FieldType.PHONE: "phone",
    FieldType.BANK_ACCOUNT: "account",
    FieldType.EMAIL: "account",
    FieldType.PERSON_NAME: "name",
    FieldType.EMPLOYER_NAME: "name",
    FieldType.TEXT: "name",
    FieldType.ADDRESS: "address",
}


def words(field: Field, value: object) -> str:
    """`value` of `field` in words: names for codes (the whole path of a region), 是/否, 1,234.50 元;
    empty for an empty value. A code that is no longer known stands as it is."""
    if value is None or value == "":
        return ""
    if isinstance(value, list):
        return "、".join(words(field, item) for item in value)
    if field.type in CODED:
        return _name(field, str(value))
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return value.isoformat()[:7] if field.type is FieldType.MONTH else value.isoformat()
    if isinstance(value, Decimal | int):
        return _number(field, value)
    return str(value)


def masked_words(field: Field, value: object) -> str:
    """`words` with what is personal starred; only the year of a birth date stays."""
    text = words(field, value)
    if not field.personal or not text:
        return text
    if isinstance(value, date):
        return text[:4] + "".join("*" if char.isdigit() else char for char in text[4:])
    kind = _MASKS.get(field.type)
    return mask(text, kind) if kind else "*" * min(len(text), 6)


def _name(field: Field, code: str) -> str:
    choices = choices_of(field)
    if field.type is FieldType.REGION and field.table == "region":
        return regions.full_name(code) if choices.find(code) else code
    if field.type in CASCADING:
        return " / ".join(step.label for step in choices.path(code)) or code
    option = choices.find(code)
    return option.label if option else code


def _number(field: Field, value: Decimal | int) -> str:
    if field.type is FieldType.YEAR:
        return f"{value} 年"
    if field.type is FieldType.MONEY:
        return f"{value:,.2f} {field.unit or '元'}"
    return f"{value:,}" + (f" {field.unit}" if field.unit else "")
