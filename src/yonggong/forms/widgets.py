"""How one field stands on a page: everything its template needs, worked out here."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from yonggong.codes.identifiers import CodeError
from yonggong.forms.advice import Advice
from yonggong.forms.choices import choices_of, plain_options
from yonggong.forms.cleaners import max_length, reader
from yonggong.forms.fields import CASCADING, CODED, DATED, Field, FieldType, Option, When
from yonggong.forms.problems import Problem
from yonggong.forms.reading import is_blank, shown
from yonggong.forms.words import masked_words, words

# A select of more choices than this can be searched by typing.
_SEARCHABLE = 12
_CHECKBOXES = 12
_WIDTHS = {
    FieldType.LONG_TEXT: 12,
    FieldType.ADDRESS: 8,
    FieldType.REGION: 8,
    FieldType.INDUSTRY: 8,
    FieldType.MULTI_CHOICE: 8,
}
_INPUT_TYPES = {
    FieldType.EMAIL: "email",
    FieldType.MOBILE: "tel",
    FieldType.PHONE: "tel",
}
_INPUT_MODES = {
    FieldType.MONEY: "decimal",
    FieldType.DECIMAL: "decimal",
    FieldType.INTEGER: "numeric",
    FieldType.YEAR: "numeric",
    FieldType.POSTCODE: "numeric",
    FieldType.BANK_ACCOUNT: "numeric",
}
# How a day and a month are asked for; longer than any way of writing them.
_DATE_FORMATS = {FieldType.DATE: "年-月-日", FieldType.MONTH: "年-月"}
_LONGEST_DATE = 40
# What the levels of a table are called; of any other table they are only numbered.
_LEVELS: Mapping[str | None, tuple[str, ...]] = {
    "region": ("省（区、市）", "市（州、盟）", "县（市、区、旗）"),
    "industry": ("门类", "大类", "中类", "小类"),
    "occupation": ("大类", "中类", "小类", "细类"),
}
_NUMBERED = ("第一级", "第二级", "第三级", "第四级")


@dataclass(frozen=True, slots=True)
class Widget:
    """One field on the page.

    `kind` names the template `forms/widgets/<kind>.html`; `value` is the text of an input, `code`
    the chosen code(s); `attributes` go onto the control, `wrapper` onto the cell around it.
    """

    field: Field
    kind: str
    value: str
    codes: tuple[str, ...]
    options: Sequence[Option]
    attributes: Mapping[str, str]
    wrapper: Mapping[str, str]
    required: bool
    problems: tuple[Problem, ...]
    notes: tuple[object, ...]
    advice: tuple[Advice, ...]

    @property
    def answered(self) -> bool:
        """Whether it holds an answer."""
        return bool(self.value or self.codes)

    @property
    def id(self) -> str:
        """The control's id, and the anchor of the field."""
        return f"f-{self.field.name}"

    @property
    def width(self) -> int:
        """Columns of twelve."""
        return self.field.width or _WIDTHS.get(self.field.type, 4)

    @property
    def shortcuts(self) -> list[tuple[str, str]]:
        """The buttons beside it: their words, and what they do as `shortcuts.js` reads it."""
        return [
            (
                item.label,
                json.dumps(
                    {
                        "answers": dict(item.answers),
                        "reckons": item.reckons,
                        "since": item.since,
                        "years": item.years,
                    },
                    ensure_ascii=False,
                ),
            )
            for item in self.field.shortcuts
        ]

    @property
    def unit(self) -> str:
        """The unit beside the input."""
        return self.field.unit or ("元" if self.field.type is FieldType.MONEY else "")

    @property
    def is_searched(self) -> bool:
        """Whether its choices, all on the page, are found by typing."""
        return "data-choices" in self.attributes

    @property
    def described_by(self) -> str:
        """The ids of hint and errors, for aria-describedby."""
        ids = [f"{self.id}-hint"] if self.field.hint else []
        return " ".join([*ids, f"{self.id}-error"])

    @property
    def labelled_group(self) -> bool:
        """Whether several controls share the label (no single one to point `for` at)."""
        return self.kind in ("boolean", "checkboxes", "fixed")


def widget(
    field: Field,
    answer: object,
    *,
    typed: bool,
    options: Sequence[Option] | None,
    problems: tuple[Problem, ...] = (),
    notes: tuple[object, ...] = (),
    advice: tuple[Advice, ...] = (),
    fixed: bool = False,
    unmasked: bool = False,
    off: bool = False,
    required: bool = False,
) -> Widget:
    """Lay out `field` with `answer`, a typed value or (not `typed`) what was sent.

    `options` replaces the field's own choices on this page; `fixed` shows the value without a
    control; `off`: a condition hides the field at present.
    """
    value, understood = _typed(field, answer, typed=typed)
    kind, listed = ("fixed", ()) if fixed else _kind(field, options)
    if fixed:
        text = words(field, value) if unmasked else masked_words(field, value)
    else:
        text = _input_text(field, value) if understood else shown(answer)
    codes = _codes(value) if understood else ()
    return Widget(
        field=field,
        kind=kind,
        value=words(field, value) if kind in ("cascade", "search") and understood else text,
        codes=codes,
        options=listed,
        attributes=_attributes(field, kind, codes, listed=len(listed)),
        wrapper=_wrapper(field, kind, codes, value, off=off),
        required=required,
        problems=problems,
        notes=notes,
        advice=advice,
    )


def condition_attributes(condition: When, prefix: str) -> dict[str, str]:
    """A condition as data attributes for `conditions.js`; values as the controls send them."""
    attributes = {f"data-{prefix}-field": condition.field}
    if condition.filled is not None:
        attributes[f"data-{prefix}-filled"] = "true" if condition.filled else "false"
    else:
        accepted = [_control_value(value) for value in condition.accepted]
        attributes[f"data-{prefix}-accepts"] = json.dumps(accepted, ensure_ascii=False)
    return attributes


def _typed(field: Field, answer: object, *, typed: bool) -> tuple[object, bool]:
    """The typed value of an answer and whether it could be understood."""
    if typed or is_blank(answer):
        return (None if is_blank(answer) else answer), True
    try:
        return reader(field)(answer), True
    except CodeError:
        if field.type in CASCADING:
            # Not chosen far enough: the levels chosen stay chosen.
            choices = choices_of(field)
            option = choices.find(shown(answer).strip()) or choices.by_name(shown(answer))
            return (option.code, True) if option else (None, False)
        return None, False


def _input_text(field: Field, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _control_value(value)
    if isinstance(value, date):
        return value.isoformat()[:7] if field.type is FieldType.MONTH else value.isoformat()
    return shown(value)


def _control_value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _codes(value: object) -> tuple[str, ...]:
    if isinstance(value, list | tuple):
        return tuple(map(str, value))
    return () if value is None else (_control_value(value),)


def _kind(field: Field, options: Sequence[Option] | None) -> tuple[str, Sequence[Option]]:
    if field.type is FieldType.BOOLEAN:
        return "boolean", (Option(code="true", label="是"), Option(code="false", label="否"))
    if field.type in CASCADING and options is None:
        return "cascade", ()
    if field.type in CODED:
        listed = plain_options(field) if options is None else options
        if field.type is FieldType.MULTI_CHOICE:
            few = listed is not None and len(listed) <= _CHECKBOXES
            return ("checkboxes" if few else "multiple"), listed or ()
        return ("search", ()) if listed is None else ("select", listed)
    if field.type is FieldType.LONG_TEXT:
        return "textarea", ()
    if field.type in DATED:
        return "date", ()
    return "input", ()


def _attributes(field: Field, kind: str, codes: tuple[str, ...], *, listed: int) -> dict[str, str]:
    attributes: dict[str, str] = {}
    if kind == "input":
        attributes["type"] = _INPUT_TYPES.get(field.type, "text")
        if field.type in _INPUT_MODES:
            attributes["inputmode"] = _INPUT_MODES[field.type]
    if kind == "date":
        attributes |= _dated(field)
    if kind in ("input", "textarea"):
        most = max_length(field)
        if most is not None:
            attributes["maxlength"] = str(most)
        if field.example:
            attributes["placeholder"] = f"如：{field.example}"
    if kind in ("select", "multiple") and listed > _SEARCHABLE:
        attributes["data-choices"] = ""
    if kind == "cascade":
        attributes |= _cascade(field, codes)
    if kind == "search":
        attributes |= {"data-search-url": _url("search", field), "data-code": "".join(codes[:1])}
    if field.type in (FieldType.ID_NUMBER, FieldType.DOCUMENT_NUMBER) and field.fills:
        attributes |= {"data-identity": "", "data-fills": json.dumps(dict(field.fills))}
    if field.lookup:
        attributes |= {
            "data-lookup-url": reverse("forms:lookup", args=[field.lookup]),
            "data-fills": json.dumps(dict(field.fills)),
        }
    return attributes


def _dated(field: Field) -> dict[str, str]:
    """A text that takes every way of writing a day; `dates.js` puts a calendar beside it."""
    given = {"data-min": field.min_value, "data-max": field.max_value}
    bounds = {name: bound.isoformat() for name, bound in given.items() if isinstance(bound, date)}
    return {
        "type": "text",
        "data-date": "month" if field.type is FieldType.MONTH else "date",
        "placeholder": _DATE_FORMATS[field.type],
        "maxlength": str(_LONGEST_DATE),
        "autocomplete": "off",
        **bounds,
    }


def _cascade(field: Field, codes: tuple[str, ...]) -> dict[str, str]:
    path = choices_of(field).path(codes[0]) if codes else ()
    return {
        "data-cascade-url": _url("children", field),
        "data-code": "".join(codes[:1]),
        "data-path": json.dumps([step.code for step in path]),
        "data-levels": json.dumps(_LEVELS.get(field.table, _NUMBERED), ensure_ascii=False),
    }


def _url(view: str, field: Field) -> str:
    source = "table" if field.table else "options"
    return reverse(f"forms:{view}", args=[source, field.table or field.options])


def _wrapper(
    field: Field, kind: str, codes: tuple[str, ...], value: object, *, off: bool
) -> dict[str, str]:
    attributes = {"data-field": field.name}
    if field.show_when:
        attributes |= condition_attributes(field.show_when, "show")
        if off:
            attributes["data-off"] = ""
    if field.follows:
        attributes["data-follows"] = field.follows
    if isinstance(field.required, When):
        attributes |= condition_attributes(field.required, "required")
    if kind == "fixed" and not field.personal:
        # Conditions of other fields may hang on it.
        fixed = list(codes) if isinstance(value, list) else codes[0] if codes else ""
        attributes["data-fixed"] = json.dumps(fixed, ensure_ascii=False)
    return attributes
