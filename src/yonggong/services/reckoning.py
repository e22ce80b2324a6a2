"""What of an item's rules can be computed: what is asked for it, and what comes out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from yonggong import catalogue
from yonggong.benefits.reckoning import Input, Result
from yonggong.benefits.rules import Mapped, of_item
from yonggong.catalogue.doubts import is_doubtful
from yonggong.catalogue.items import Item, ItemRule
from yonggong.forms import Field, FieldType, Form, Option, Section

_TYPES = {
    "date": FieldType.DATE,
    "month": FieldType.MONTH,
    "money": FieldType.MONEY,
    "integer": FieldType.INTEGER,
    "decimal": FieldType.DECIMAL,
    "boolean": FieldType.BOOLEAN,
    "choice": FieldType.CHOICE,
}
_MOST = 99_999_999
_PLACES = 4
_FIGURE = re.compile(r"[0-9]+(?:\.[0-9]+)?|[一二两三四五六七八九十百千半]+")


@dataclass(frozen=True, slots=True)
class Computable:
    """A rule of an item as its version has it, with what computes it."""

    item: Item
    rule: ItemRule
    mapped: Mapped

    @property
    def title(self) -> str:
        assert self.mapped.function is not None
        return self.mapped.function.title

    @property
    def source(self) -> str:
        """Where the rule stands."""
        page = f"第 {self.item.page} 页" if self.item.page else ""
        return f"服务标准（2024）{page}“{self.item.title}”"

    @property
    def caution(self) -> str:
        """What is to be said of a rule that the standard does not print."""
        return (
            ""
            if self.rule.checked
            else "依法条，服务标准未写明，待核；结果供参考，不作为不予办理的依据。"
        )

    def form(self) -> Form:
        """What is asked for it, as a form."""
        fields = tuple(map(_field, self.mapped.inputs))
        name = f"benefit-{self.item.key}-{self.mapped.rule}"
        given = Section(name="given", title="已知条件", fields=fields)
        return Form(name=name, title=self.title, sections=(given,))

    def reckon(self, values: dict[str, Any], on: date) -> Result:
        """The result. Raises ValueError with words for the person."""
        assert self.mapped.function is not None
        return self.mapped.function.reckon(values, self.mapped.told, on)


def computable(item: Item) -> Sequence[Computable]:
    """The rules of an item that can be computed: not those that a version says with other figures than the
    functions were written by, nor those about which the standard contradicts itself."""
    printed = catalogue.book().find(item.key)
    if printed is None:
        return []
    return [
        Computable(item, item.rules[one.rule], one)
        for one in of_item(item.key)
        if one.function is not None
        and one.rule < min(len(item.rules), len(printed.rules))
        and _says_the_same(item.rules[one.rule], printed.rules[one.rule])
        and not is_doubtful(item.rules[one.rule])
    ]


def _says_the_same(rule: ItemRule, printed: ItemRule) -> bool:
    """Whether a rule is the printed one, if in other words: its figures are the same, and its text or its
    formula is."""
    return rule == printed or (
        rule.kind == printed.kind
        and _figures(rule) == _figures(printed)
        and (rule.says == printed.says or rule.formula == printed.formula)
    )


def _figures(rule: ItemRule) -> list[list[str]]:
    texts = (rule.says, rule.formula, *(one.value for one in rule.parameters))
    return [_FIGURE.findall(text) for text in texts]


def computable_rule(item: Item, place: int) -> Computable | None:
    """One of them, by its place among the item's rules."""
    return next((one for one in computable(item) if one.mapped.rule == place), None)


def _field(asked: Input) -> Field:
    number = asked.type in ("integer", "decimal", "money")
    return Field(
        name=asked.name,
        label=asked.label,
        type=_TYPES[asked.type],
        required=asked.required,
        hint=asked.hint,
        unit=asked.unit,
        choices=tuple(Option(code=word, label=word) for word in asked.choices),
        min_value=0 if number else None,
        max_value=_MOST if number else None,
        places=_PLACES if asked.type == "decimal" else 2,
        default=False if asked.type == "boolean" else None,
    )
