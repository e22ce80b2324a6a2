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
    """One field in words; `masked` where text was withheld; a table's rows in `table`, too. `name` is
    the field's, `note` what is said beside it."""

    label: str
    text: str
    masked: bool
    table: TableWords | None = None
    name: str = ""
    note: str = ""

    @property
    def blank(self) -> bool:
        """Whether nothing was answered, and nothing is said of that."""
        return not (self.text or self.table or self.note)


class ViewSection(NamedTuple):
    """A section with its lines."""

    title: str
    lines: list[Line]

    @property
    def answered(self) -> list[Line]:
        """The lines with something in them."""
        return [line for line in self.lines if not line.blank]

    @property
    def blanks(self) -> list[Line]:
        """The others."""
        return [line for line in self.lines if line.blank]

    @property
    def parts(self) -> list[tuple[bool, list[Line]]]:
        """Both, those that there are: (whether it is what has no answer, its lines)."""
        parts = ((False, self.answered), (True, self.blanks))
        return [part for part in parts if part[1]]


def sections(
    form: Form,
    values: Mapping[str, object],
    *,
    unmasked: bool = False,
    notes: Mapping[str, str] | None = None,
) -> list[ViewSection]:
    """What was answered, in the order of the form; `unmasked` only for those with the power.
    `notes`: what is said beside fields, by their names.

    Fields that do not apply to these answers are left out, as are sections with none left.
    """
    said = notes or {}
    found = []
    for section in form.sections:
        lines = [
            line(
                field,
                values.get(field.name),
                unmasked=unmasked,
                note=said.get(field.name, ""),
            )
            for field in section.fields
            if field.show_when is None or applies(form, field, values)
        ]
        if lines:
            found.append(ViewSection(section.title, lines))
    return found


def line(field: Field, value: object, *, unmasked: bool = False, note: str = "") -> Line:
    """One field's value in words, masked if it is personal and not `unmasked`."""
    text = words(field, value)
    table = _table(field, value, unmasked=unmasked)
    if unmasked or not field.personal:
        return Line(field.label, text, False, table, field.name, note)
    hidden = masked_words(field, value)
    return Line(field.label, hidden, hidden != text, table, field.name, note)


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
