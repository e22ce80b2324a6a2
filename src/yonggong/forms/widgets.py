"""How one field stands on a page: everything its template needs, worked out here."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from yonggong.forms.advice import Advice
from yonggong.forms.conditions import AllOf, AnyOf, Condition
from yonggong.forms.fields import Field, Option
from yonggong.forms.fieldtype import Drawing
from yonggong.forms.problems import Problem
from yonggong.forms.reading import is_blank, shown
from yonggong.forms.words import masked_words, words

if TYPE_CHECKING:
    from yonggong.forms.grid import Grid


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
    grid: Grid | None = None

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
        return self.field.width or self.field.type.width

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
        return self.field.type.unit(self.field)

    @property
    def has_words(self) -> bool:
        """Whether what is chosen from takes more room than a cell of a table has for a word or two."""
        return any(len(option.label) > 2 for option in self.options)

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
        return self.kind in ("boolean", "checkboxes", "fixed", "table")


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
    small: bool = False,
) -> Widget:
    """Lay out `field` with `answer`, a typed value or (not `typed`) what was sent.

    `options` replaces the field's own choices on this page; `fixed` shows the value without a
    control; `small`: in a cell of a table; `off`: a condition hides the field at present.
    """
    value, understood = _typed(field, answer, typed=typed)
    codes = _codes(value) if understood and not field.type.tabular else ()
    if fixed:
        drawing = Drawing("fixed")
    else:
        drawing = field.type.draw_small(field) if small else field.type.draw(field, codes, options)
    kind = drawing.kind
    if fixed:
        text = words(field, value) if unmasked else masked_words(field, value)
    elif not understood:
        text = shown(answer)
    else:
        text = "" if value is None else _input_text(field, kind, value)
    return Widget(
        field=field,
        kind=kind,
        value=words(field, value) if kind in ("cascade", "search") and understood else text,
        codes=codes,
        options=drawing.options,
        attributes={**drawing.attributes, **_looked_up(field)},
        wrapper=_wrapper(field, kind, codes, value, off=off),
        required=required,
        problems=problems,
        notes=notes,
        advice=advice,
    )


def _input_text(field: Field, kind: str, value: object) -> str:
    """The text in a control; a code that is written, not chosen, stands there in words."""
    if kind != "input" or not field.type.coded:
        return field.type.input_text(field, value)
    text = words(field, value)
    return (
        text
        if field.type.understood(field, text) == (value, True)
        else field.type.cell(field, value)
    )


def condition_attribute(condition: Condition) -> str:
    """A condition as `conditions.js` reads it; values as the controls send them."""
    return json.dumps(_condition(condition), ensure_ascii=False)


def _condition(condition: Condition) -> dict[str, object]:
    if isinstance(condition, AllOf | AnyOf):
        word = "all" if isinstance(condition, AllOf) else "any"
        return {word: list(map(_condition, condition.conditions))}
    if condition.filled is not None:
        return {"field": condition.field, "filled": condition.filled}
    return {"field": condition.field, "accepts": list(map(_control_value, condition.accepted))}


def _typed(field: Field, answer: object, *, typed: bool) -> tuple[object, bool]:
    """The typed value of an answer and whether it could be understood."""
    if typed or is_blank(answer):
        return (None if is_blank(answer) else answer), True
    return field.type.understood(field, answer)


def _control_value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _codes(value: object) -> tuple[str, ...]:
    if isinstance(value, list | tuple):
        return tuple(map(str, value))
    return () if value is None else (_control_value(value),)


def _looked_up(field: Field) -> dict[str, str]:
    if not field.lookup:
        return {}
    return {
        "data-lookup-url": reverse("forms:lookup", args=[field.lookup]),
        "data-fills": json.dumps(dict(field.fills)),
    }


def _wrapper(
    field: Field, kind: str, codes: tuple[str, ...], value: object, *, off: bool
) -> dict[str, str]:
    attributes = {"data-field": field.name}
    if field.show_when:
        attributes["data-show-when"] = condition_attribute(field.show_when)
        if off:
            attributes["data-off"] = ""
    if field.follows:
        attributes["data-follows"] = field.follows
    if not isinstance(field.required, bool):
        attributes["data-required-when"] = condition_attribute(field.required)
    if kind == "fixed" and not field.personal:
        # Conditions of other fields may hang on it.
        fixed = list(codes) if isinstance(value, list) else codes[0] if codes else ""
        attributes["data-fixed"] = json.dumps(fixed, ensure_ascii=False)
    return attributes
