"""The API face: JSON Schema 2020-12 of what `Form.dump` gives and the open interface takes.

What the standard has no word for stands in words of our own: `formatMinimum` and `formatMaximum` bound
days and amounts, `x-table` names the code table of a code, `x-unique` the columns that tell rows
apart, `x-fills` what a number tells and so need not be given, `x-personal` what is sealed.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from yonggong.forms.conditions import AllOf, AnyOf, Condition
from yonggong.forms.fields import Field
from yonggong.forms.form import Form
from yonggong.forms.meaning import meaning


def json_schema(form: Form) -> dict[str, object]:
    """The schema of one set of answers: titles and descriptions in Chinese, codes listed where
    the table is short, conditions on other fields as if/then."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:yonggong:form:{form.name}:{form.version}",
        **object_schema(form),
    }


def object_schema(form: Form) -> dict[str, object]:
    """The same as part of a larger schema: the rows of a table."""
    schema: dict[str, object] = {
        "title": form.title,
        "type": "object",
        "properties": {field.name: _property(field) for field in form.fields},
        "required": [
            field.name
            for field in form.fields
            if field.required is True and not field.show_when and not form.teller_of(field.name)
        ],
        "additionalProperties": False,
    }
    rules = [rule for field in form.fields for rule in _rules(form, field)]
    if rules:
        schema["allOf"] = rules
    return schema


def _property(field: Field) -> dict[str, object]:
    schema: dict[str, object] = {"title": field.label, **field.type.schema(field)}
    description = meaning(field)
    if description:
        schema["description"] = description
    if field.example:
        schema["examples"] = [field.type.plain_example(field)]
    if field.read_only:
        schema["readOnly"] = True
    if field.fills and field.lookup is None:
        schema["x-fills"] = dict(field.fills)
    if field.personal:
        schema["x-personal"] = True
    return schema


def _rules(form: Form, field: Field) -> list[dict[str, object]]:
    rules: list[dict[str, object]] = []
    wanted = {"required": [field.name]}
    if field.show_when:
        condition = _condition(form, field.show_when)
        rule: dict[str, object] = {"if": condition, "else": {"properties": {field.name: False}}}
        if field.required is True:
            rule["then"] = wanted
        rules.append(rule)
    if not isinstance(field.required, bool):
        conditions = [_condition(form, field.required)]
        if field.show_when:
            conditions.append(_condition(form, field.show_when))
        rules.append({"if": {"allOf": conditions}, "then": wanted})
    return rules


def _condition(form: Form, condition: Condition) -> dict[str, object]:
    if isinstance(condition, AllOf | AnyOf):
        word = "allOf" if isinstance(condition, AllOf) else "anyOf"
        return {word: [_condition(form, one) for one in condition.conditions]}
    present: dict[str, object] = {"required": [condition.field]}
    if condition.filled is not None:
        return present if condition.filled else {"not": present}
    accepted: dict[str, object] = {"enum": [_json(value) for value in condition.accepted]}
    if (
        form.fields_by_name[condition.field].type.many
        and not form.fields_by_name[condition.field].type.tabular
    ):
        accepted = {"contains": accepted}
    return {**present, "properties": {condition.field: accepted}}


def _json(value: object) -> object:
    return str(value) if isinstance(value, Decimal | date) else value
