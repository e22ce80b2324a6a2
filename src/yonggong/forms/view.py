"""The read-only face: sections of labelled words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from yonggong.forms.fields import Field
from yonggong.forms.form import Form
from yonggong.forms.words import masked_words, words


class TableWords(NamedTuple):
    """A table in words, column by column; `totals` is empty where none are reckoned."""

    headings: list[str]
    rows: list[list[str]]
    totals: list[str]


class Line(NamedTuple):
    """One field in words; `masked` where text was withheld; a table's rows in `table`, too."""

    label: str
    text: str
    masked: bool
    table: TableWords | None = None


class ViewSection(NamedTuple):
    """A section with its lines."""

    title: str
    lines: list[Line]


def sections(
    form: Form, values: Mapping[str, object], *, unmasked: bool = False
) -> list[ViewSection]:
    """What was answered, in the order of the form; `unmasked` only for those with the power.

    Fields that do not apply to these answers are left out, as are sections with none left.
    """
    found = []
    for section in form.sections:
        lines = [
            line(field, values.get(field.name), unmasked=unmasked)
            for field in section.fields
            if field.show_when is None or applies(form, field, values)
        ]
        if lines:
            found.append(ViewSection(section.title, lines))
    return found


def line(field: Field, value: object, *, unmasked: bool = False) -> Line:
    """One field's value in words, masked if it is personal and not `unmasked`."""
    text = words(field, value)
    table = _table(field, value, unmasked=unmasked)
    if unmasked or not field.personal:
        return Line(field.label, text, False, table)
    hidden = masked_words(field, value)
    return Line(field.label, hidden, hidden != text, table)


def _table(field: Field, value: object, *, unmasked: bool) -> TableWords | None:
    if field.rows is None or not isinstance(value, list) or not value:
        return None
    columns = field.rows.fields
    say = words if unmasked else masked_words
    rows = [[say(column, row.get(column.name)) for column in columns] for row in value]
    sums = [
        words(column, sum(row.get(column.name) or 0 for row in value))
        if column.name in field.totals
        else ""
        for column in columns
    ]
    return TableWords([column.label for column in columns], rows, sums if field.totals else [])


def applies(form: Form, field: Field, values: Mapping[str, object]) -> bool:
    """Whether the field exists for these answers."""
    condition = field.show_when
    if condition is None:
        return True
    # A field that does not exist itself has no value, whatever stands there.
    known = {
        name: values.get(name) if applies(form, form.fields_by_name[name], values) else None
        for name in condition.fields
    }
    return condition.met(known)
