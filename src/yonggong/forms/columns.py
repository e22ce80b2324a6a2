"""The workbook face: one column a field, with its heading, note, choices and cell format; a table
is a sheet of its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from yonggong.forms.fields import Field
from yonggong.forms.fieldtype import ExcelFormat
from yonggong.forms.form import Form
from yonggong.forms.meaning import example, meaning, writing
from yonggong.forms.reading import tidy

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
    """The columns of the form in its order, read-only fields and tables left out."""
    called = unique_headings(form)
    return [_column(form, field, called) for field in form.fields if field.name in called]


def tables(form: Form) -> list[Field]:
    """The tables of the form, each of which has a sheet of its own."""
    return [item for item in form.fields if item.type.tabular and not item.read_only]


def unique_headings(form: Form) -> dict[str, str]:
    """What each column is called, by field: its label, where others are called so too with the
    section it stands in, and where that says no more with a number."""
    called: dict[str, str] = {}
    labels = Counter(_key(item.label) for item in form.fields if _is_column(item))
    taken: Counter[str] = Counter()
    for section in form.sections:
        for item in filter(_is_column, section.fields):
            heading = item.label
            if labels[_key(heading)] > 1 and len(form.sections) > 1:
                heading = f"{heading}（{section.title}）"
            taken[_key(heading)] += 1
            number = taken[_key(heading)]
            called[item.name] = heading if number == 1 else f"{heading}（{number}）"
    return called


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
    found, called = set(names.values()), unique_headings(form)
    missing = tuple(
        _column(form, item, called)
        for item in form.fields
        if item.name not in found and _is_column(item) and _starred(item, form.teller_of(item.name))
    )
    return Match(names, tuple(unknown), missing, doubled)


def meant(form: Form, headings: Sequence[str]) -> list[str | None]:
    """The field that each heading means, or None."""
    by_key: dict[str, str] = {}
    every = [item for item in form.fields if _is_column(item)]
    for item in every:
        for heading in (item.name, *item.aliases):
            by_key.setdefault(_key(heading), item.name)
    by_key |= {_key(heading): name for name, heading in unique_headings(form).items()}
    return [by_key.get(_key(heading)) for heading in headings]


@lru_cache(4096)
def _key(heading: str) -> str:
    return _DECORATION.sub("", tidy(heading)).upper()


def _column(form: Form, field: Field, called: Mapping[str, str]) -> Column:
    choices = field.type.listed(field)
    longest = max((len(choice) for choice in choices or ()), default=0)
    heading = called[field.name]
    width = max(field.type.column_width, len(heading) * 2 + 4, min(longest * 2, 40))
    teller = form.teller_of(field.name)
    return Column(
        name=field.name,
        heading=heading,
        starred=_starred(field, teller),
        note=Note(meaning(field), writing(field), example(field), _condition(form, field, teller)),
        choices=choices,
        excel_format=field.type.excel_format,
        width=width,
        aliases=field.aliases,
    )


def _is_column(field: Field) -> bool:
    """A row of a workbook has no room for a table."""
    return not field.read_only and not field.type.tabular


def _starred(field: Field, teller: Field | None) -> bool:
    """Whether every row must answer it."""
    return field.required is True and field.show_when is None and teller is None


def _condition(form: Form, field: Field, teller: Field | None) -> str:
    parts = []
    if field.show_when:
        parts.append(f"仅在{form.describe(field.show_when)}时填写")
    if not isinstance(field.required, bool):
        parts.append(f"{form.describe(field.required)}时必填")
    if teller:
        parts.append(f"可由{teller.label}带出的，可不填")
    return "；".join(parts)


def cell_words(field: Field, value: object) -> str:
    """A typed value as a cell that is read back as the same value."""
    return field.type.cell(field, value)
