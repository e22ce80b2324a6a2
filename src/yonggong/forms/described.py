"""Sections and fields as data, both ways. `Form.to_data` and `Form.from_data` are made of these;
`form.schema.json` says what the data looks like."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields, replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import jsonschema

from yonggong.forms.choices import table_choices
from yonggong.forms.conditions import AllOf, AnyOf, Condition, When
from yonggong.forms.fields import Field, Option, Section, Shortcut
from yonggong.forms.fieldtype import FieldType, named

if TYPE_CHECKING:
    from yonggong.forms.form import Form

Data = dict[str, Any]

# Attributes that stand in the data as they are; what is as always is left out. `name` is `key`.
_PLAIN = (
    "label", "table", "options", "depth", "document_type", "hint", "example", "unit",
    "max_length", "places", "personal", "source", "by", "known_from", "lookup", "width", "unknown", "read_only",
    "follows", "least", "most",
)  # fmt: skip
_LISTS = ("codes", "aliases", "totals")


@cache
def schema() -> Data:
    """The JSON Schema of a form as data."""
    text = (resources.files(__package__) / "form.schema.json").read_text(encoding="utf-8")
    read: Data = json.loads(text)
    return read


@cache
def _validator() -> Any:
    return jsonschema.Draft202012Validator(schema())


def refuse_malformed(data: object) -> None:
    """ValueError, saying where, for data that is no form."""
    try:
        error = jsonschema.exceptions.best_match(_validator().iter_errors(data))
    except RecursionError:
        raise ValueError("a form as data: nested too deep") from None
    if error is not None:
        where = "/".join(map(str, error.absolute_path))
        raise ValueError(f"a form as data, at /{where}: {error.message}")


# --- to data ---


def section_data(section: Section, form: Form) -> Data:
    """A section of `form` as data."""
    said: Data = {"key": section.name, "title": section.title}
    said |= {"hint": section.hint} if section.hint else {}
    said |= {"rare": True} if section.rare else {}
    return said | {"fields": [_field_data(field, form) for field in section.fields]}


def _field_data(field: Field, form: Form) -> Data:
    said: Data = {"key": field.name, "type": field.type.name}
    for name in _PLAIN:
        value = getattr(field, name)
        if value != _ALWAYS.get(name):
            said[name] = value
    said |= {name: list(getattr(field, name)) for name in _LISTS if getattr(field, name)}
    if field.required is not False:
        required = field.required
        said["required"] = required if required is True else _condition_data(required, form)
    if field.show_when is not None:
        said["when"] = _condition_data(field.show_when, form)
    for name in ("default", "min_value", "max_value"):
        value = getattr(field, name)
        if value is not None:
            said[name] = field.type.dump(field, value)
    if field.choices:
        said["choices"] = [{"code": one.code, "label": one.label} for one in field.choices]
    if field.fills:
        said["fills"] = dict(field.fills)
    if field.shortcuts:
        said["shortcuts"] = [_shortcut_data(one) for one in field.shortcuts]
    if field.unique:
        said["unique"] = [list(key) for key in field.unique]
    if field.rows is not None:
        said["rows"] = field.rows.to_data()
    return said


def _shortcut_data(shortcut: Shortcut) -> Data:
    said: Data = {"label": shortcut.label, "answers": dict(shortcut.answers)}
    said |= {"reckons": shortcut.reckons, "since": shortcut.since, "years": shortcut.years}
    return {name: value for name, value in said.items() if value}


def _condition_data(condition: Condition, form: Form) -> Data:
    if isinstance(condition, AllOf | AnyOf):
        word = "all" if isinstance(condition, AllOf) else "any"
        return {word: [_condition_data(one, form) for one in condition.conditions]}
    said: Data = {"field": condition.field}
    if condition.filled is not None:
        return said | {"filled": condition.filled}
    other = form.fields_by_name[condition.field]
    values = [other.type.dump(other, value) for value in condition.accepted]
    return said | ({"in": values} if condition.one_of else {"is": values[0]})


# --- from data ---


def sections_of(data: Sequence[Data], form: Callable[[Data], Form]) -> tuple[Section, ...]:
    """Sections described by data that keeps to the schema; `form` makes the form of a table's rows.
    ValueError where the description contradicts itself."""
    plain = {
        said["key"]: _plain_field(said, form) for section in data for said in section["fields"]
    }
    return tuple(
        Section(
            name=section["key"],
            title=section["title"],
            hint=section.get("hint", ""),
            rare=section.get("rare", False),
            fields=tuple(
                _conditional(plain[said["key"]], said, plain) for said in section["fields"]
            ),
        )
        for section in data
    )


def _plain_field(said: Data, form: Callable[[Data], Form]) -> Field:
    """The field without what hangs on other fields."""
    kind = _type(said["type"])
    given: Data = {name: said[name] for name in _PLAIN if name in said}
    given |= {name: tuple(said[name]) for name in _LISTS if name in said}
    given["choices"] = tuple(map(_option, said.get("choices", ())))
    given["fills"] = said.get("fills", {})
    given["shortcuts"] = tuple(Shortcut(**one) for one in said.get("shortcuts", ()))
    given["unique"] = tuple(map(tuple, said.get("unique", ())))
    given["rows"] = form(said["rows"]) if "rows" in said else None
    field = Field(name=said["key"], type=kind, **given)
    _refuse_unknown_codes(field)
    typed = {
        name: _loaded(field, said[name])
        for name in ("default", "min_value", "max_value")
        if name in said
    }
    return replace(field, **typed)


def _refuse_unknown_codes(field: Field) -> None:
    if field.table is None:
        return
    try:
        choices = table_choices(field.table)
    except KeyError:
        raise ValueError(f"{field.name}: no code table {field.table!r}") from None
    for code in field.codes or ():
        if choices.find(code) is None:
            raise ValueError(f"{field.name}: no code {code!r} in the table {field.table!r}")


def _type(name: str) -> FieldType:
    try:
        return named(name)
    except KeyError:
        raise ValueError(f"there is no field type {name!r}") from None


def _option(said: str | Data) -> Option:
    if isinstance(said, str):
        return Option(code=said, label=said)
    return Option(code=said["code"], label=said["label"])


def _conditional(field: Field, said: Data, others: Mapping[str, Field]) -> Field:
    required = said.get("required", False)
    return replace(
        field,
        required=required if isinstance(required, bool) else _condition(required, others),
        show_when=_condition(said["when"], others) if "when" in said else None,
    )


def _condition(said: Data, others: Mapping[str, Field]) -> Condition:
    if "all" in said:
        return AllOf(tuple(_condition(one, others) for one in said["all"]))
    if "any" in said:
        return AnyOf(tuple(_condition(one, others) for one in said["any"]))
    name = said["field"]
    if name not in others:
        raise ValueError(f"a condition on {name!r}, which is no field")
    if "filled" in said:
        return When(name, filled=said["filled"])
    if "in" in said:
        return When(name, one_of=tuple(_loaded(others[name], value) for value in said["in"]))
    return When(name, equals=_loaded(others[name], said["is"]))


def _loaded(field: Field, stored: object) -> Any:
    """A value of the field; of a multiple choice one of its codes, or all."""
    if field.type.many and not isinstance(stored, list):
        return str(stored)
    return field.type.load(field, stored)


_ALWAYS: Data = {item.name: item.default for item in fields(Field) if item.default is not MISSING}
