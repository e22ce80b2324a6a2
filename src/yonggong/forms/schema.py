"""The API face: JSON Schema 2020-12 of what `Form.dump` gives and the open interface takes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from yonggong.forms.choices import plain_options
from yonggong.forms.cleaners import bounds, max_length
from yonggong.forms.fields import CODED, NUMERIC, Field, FieldType, When
from yonggong.forms.form import Form
from yonggong.forms.meaning import meaning

_PATTERNS = {
    FieldType.MONTH: r"^[0-9]{4}-(0[1-9]|1[0-2])$",
    FieldType.ID_NUMBER: r"^[0-9]{17}[0-9X]$",
    FieldType.CREDIT_CODE: r"^[0-9A-HJ-NPQRTUWXY]{18}$",
    FieldType.ORGANISATION_CODE: r"^[0-9A-Z]{8}[0-9X]$",
    FieldType.MOBILE: r"^1[3-9][0-9]{9}$",
    FieldType.POSTCODE: r"^[0-9]{6}$",
    FieldType.BANK_ACCOUNT: r"^[0-9]{13,19}$",
}


def json_schema(form: Form) -> dict[str, object]:
    """The schema of one set of answers: titles and descriptions in Chinese, codes listed where
    the table is short, conditions on other fields as if/then."""
    schema: dict[str, object] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:yonggong:form:{form.name}:{form.version}",
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
    schema: dict[str, object] = {"title": field.label, **_type(field)}
    description = meaning(field)
    if description:
        schema["description"] = description
    if field.example:
        schema["examples"] = [_plain_example(field)]
    if field.read_only:
        schema["readOnly"] = True
    return schema


def _plain_example(field: Field) -> object:
    if field.type in (FieldType.INTEGER, FieldType.YEAR) and field.example.isdigit():
        return int(field.example)
    return field.example


def _type(field: Field) -> dict[str, object]:
    if field.type is FieldType.MULTI_CHOICE:
        return {"type": "array", "items": _codes(field), "uniqueItems": True}
    if field.type in CODED:
        return _codes(field)
    if field.type is FieldType.BOOLEAN:
        return {"type": "boolean"}
    if field.type is FieldType.DATE:
        return {"type": "string", "format": "date"}
    if field.type in (FieldType.INTEGER, FieldType.YEAR):
        low, high = (1900, 2100) if field.type is FieldType.YEAR else bounds(field)
        return {"type": "integer", "minimum": int(low), "maximum": int(high)}
    if field.type in NUMERIC:
        return {"type": "string", "pattern": _decimal_pattern(field)}
    schema: dict[str, object] = {"type": "string"}
    if field.type in _PATTERNS:
        schema["pattern"] = _PATTERNS[field.type]
    elif field.type is FieldType.EMAIL:
        schema["format"] = "email"
    most = max_length(field)
    if most is not None:
        schema |= {"minLength": 1, "maxLength": most}
    return schema


def _decimal_pattern(field: Field) -> str:
    """Money and decimals travel as text, so that no reader rounds them."""
    places = 2 if field.type is FieldType.MONEY else field.places
    low, _high = bounds(field)
    sign = "" if low is not None and low >= 0 else "-?"
    return rf"^{sign}[0-9]+(\.[0-9]{{1,{places}}})?$" if places else rf"^{sign}[0-9]+$"


def _codes(field: Field) -> dict[str, object]:
    # Choices registered by a room live in its database and change: never written into a schema.
    options = plain_options(field) if field.table else None
    if options is None:
        return {"type": "string", "minLength": 1}
    return {"type": "string", "enum": [option.code for option in options]}


def _rules(form: Form, field: Field) -> list[dict[str, object]]:
    rules: list[dict[str, object]] = []
    wanted = {"required": [field.name]}
    if field.show_when:
        condition = _condition(form, field.show_when)
        rule: dict[str, object] = {"if": condition, "else": {"properties": {field.name: False}}}
        if field.required is True:
            rule["then"] = wanted
        rules.append(rule)
    if isinstance(field.required, When):
        conditions = [_condition(form, field.required)]
        if field.show_when:
            conditions.append(_condition(form, field.show_when))
        rules.append({"if": {"allOf": conditions}, "then": wanted})
    return rules


def _condition(form: Form, condition: When) -> dict[str, object]:
    present: dict[str, object] = {"required": [condition.field]}
    if condition.filled is not None:
        return present if condition.filled else {"not": present}
    accepted: dict[str, object] = {"enum": [_json(value) for value in condition.accepted]}
    if form.fields_by_name[condition.field].type is FieldType.MULTI_CHOICE:
        accepted = {"contains": accepted}
    return {**present, "properties": {condition.field: accepted}}


def _json(value: object) -> object:
    return str(value) if isinstance(value, Decimal | date) else value
