"""A typed value in the words a person reads."""

from __future__ import annotations

from yonggong.forms.fields import Field


def words(field: Field, value: object) -> str:
    """`value` of `field` in words: names for codes (the whole path of a region), 是/否, 1,234.50 元;
    empty for an empty value. A code that is no longer known stands as it is."""
    return "" if _empty(value) else field.type.words(field, value)


def masked_words(field: Field, value: object) -> str:
    """`words` with what is personal starred; only the year of a birth date stays."""
    if _empty(value):
        return ""
    return field.type.masked(field, value) if field.personal else field.type.words(field, value)


def _empty(value: object) -> bool:
    return value is None or value == "" or value == []
