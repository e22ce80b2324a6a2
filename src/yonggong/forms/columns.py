"""The workbook face: one column a field, with its heading, note, choices and cell format."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from yonggong.forms.choices import every_option
from yonggong.forms.fields import CODED, Field, FieldType, When
from yonggong.forms.form import Form
from yonggong.forms.meaning import example, meaning, writing
from yonggong.forms.reading import tidy

ExcelFormat = Literal["text", "date", "number", "money", "integer"]

# A drop-down list longer than this helps nobody; the note names the table instead.
_LONGEST_LIST = 300
_FORMATS: dict[FieldType, ExcelFormat] = {
    FieldType.DATE: "date",
    FieldType.DECIMAL: "number",
    FieldType.MONEY: "money",
    FieldType.INTEGER: "integer",
    FieldType.YEAR: "integer",
}
_WIDTHS = {
    FieldType.LONG_TEXT: 36,
    FieldType.ADDRESS: 36,
    FieldType.REGION: 26,
    FieldType.INDUSTRY: 24,
    FieldType.ID_NUMBER: 22,
    FieldType.DOCUMENT_NUMBER: 22,
    FieldType.CREDIT_CODE: 22,
    FieldType.BANK_ACCOUNT: 24,
    FieldType.EMAIL: 24,
    FieldType.MULTI_CHOICE: 24,
    FieldType.PERSON_NAME: 12,
    FieldType.EMPLOYER_NAME: 30,
    FieldType.BOOLEAN: 8,
}
_DECORATION = re.compile(r"[*＊★:：\s]|[(（\[【](?:必填|选填|可选|非必填)[)）\]】]")


@dataclass(frozen=True, slots=True)
class Note:
    """What the notes sheet says of a column."""

    meaning: str
    format: str
    example: str
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the template. `choices`: words of a drop-down list, None where there is none;
    `width` in characters; `aliases`: other headings that mean this column."""

    name: str
    heading: str
    starred: bool
    note: Note
    choices: list[str] | None
    excel_format: ExcelFormat
    width: int
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """How the headings of a workbook meet a form: field by position, positions that are not read,
    required fields without a column; `doubled` are the positions not read since their field stands
    at another one already."""

    names: dict[int, str]
    unknown: tuple[int, ...]
    missing: tuple[Column, ...]
    doubled: dict[int, str] = field(default_factory=dict)


def columns(form: Form) -> list[Column]:
    """The columns of the form in its order, read-only fields left out."""
    return [_column(form, field) for field in form.fields if not field.read_only]


def match(form: Form, headings: Sequence[str]) -> Match:
    """Find the field of each heading, in any order, starred or not, by any alias."""
    names: dict[int, str] = {}
    doubled: dict[int, str] = {}
    unknown = []
    for position, name in enumerate(meant(form, headings)):
        if name is None or name in names.values():
            unknown.append(position)
            if name:
                doubled[position] = name
        else:
            names[position] = name
    found = set(names.values())
    missing = tuple(
        _column(form, item)
        for item in form.fields
        if item.name not in found
        and not item.read_only
        and _starred(item, form.teller_of(item.name))
    )
    return Match(names, tuple(unknown), missing, doubled)


def meant(form: Form, headings: Sequence[str]) -> list[str | None]:
    """The field that each heading means, or None."""
    by_key: dict[str, str] = {}
    every = [item for item in form.fields if not item.read_only]
    for item in every:
        for heading in (item.name, *item.aliases):
            by_key.setdefault(_key(heading), item.name)
    by_key |= {_key(item.label): item.name for item in every}
    return [by_key.get(_key(heading)) for heading in headings]


@lru_cache(4096)
def _key(heading: str) -> str:
    return _DECORATION.sub("", tidy(heading)).upper()


def _column(form: Form, field: Field) -> Column:
    choices = choices_in_words(field)
    longest = max((len(choice) for choice in choices or ()), default=0)
    width = max(_WIDTHS.get(field.type, 16), len(field.label) * 2 + 4, min(longest * 2, 40))
    teller = form.teller_of(field.name)
    return Column(
        name=field.name,
        heading=field.label,
        starred=_starred(field, teller),
        note=Note(meaning(field), writing(field), example(field), _condition(form, field, teller)),
        choices=choices,
        excel_format=_FORMATS.get(field.type, "text"),
        width=width,
        aliases=field.aliases,
    )


def _starred(field: Field, teller: Field | None) -> bool:
    """Whether every row must answer it."""
    return field.required is True and field.show_when is None and teller is None


def _condition(form: Form, field: Field, teller: Field | None) -> str:
    parts = []
    if field.show_when:
        parts.append(f"仅在{form.describe(field.show_when)}时填写")
    if isinstance(field.required, When):
        parts.append(f"{form.describe(field.required)}时必填")
    if teller:
        parts.append(f"可由{teller.label}带出的，可不填")
    return "；".join(parts)


def choices_in_words(field: Field) -> list[str] | None:
    """The words of a drop-down list for the field; None where it has none, or too many."""
    if field.type is FieldType.BOOLEAN:
        return ["是", "否"]
    if field.type not in CODED or field.type is FieldType.MULTI_CHOICE:
        return None
    options = every_option(field, _LONGEST_LIST)
    if not options:
        return None
    labels = [option.label for option in options]
    # Two lines of one name can only be told apart with their codes.
    return [
        option.label if labels.count(option.label) == 1 else f"{option.code} {option.label}"
        for option in options
    ]


def cell_words(field: Field, value: object) -> str:
    """A typed value as a cell that is read back as the same value."""
    if isinstance(value, list):
        return "、".join(map(str, value))
    if field.type is FieldType.CHOICE:
        options = every_option(field, _LONGEST_LIST) or ()
        named = next((option.label for option in options if option.code == value), str(value))
        alike = sum(1 for option in options if option.label == named)
        return named if alike == 1 else f"{value} {named}" if alike else named
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)
