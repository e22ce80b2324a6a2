"""Checks between the fields of a form, known by name, so that a form that is data can ask for them.

A check is a function, or made from what the form tells it: which fields, which figures
(`made_checks` has those that any form may ask for).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from yonggong.forms.problems import Problem

if TYPE_CHECKING:
    from yonggong.forms.fields import Field

# Typed values (any may be None) to what is wrong between them; no database, no clock.
Check = Callable[[Mapping[str, object]], Iterable[Problem]]
Fields = Mapping[str, "Field"]

_checks: dict[str, Check] = {}
_makers: dict[str, Maker] = {}


class CheckRefused(ValueError):
    """A form asks for a check that there is not, or tells it what cannot be; the message is for
    whoever wrote the form."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing that a check is told: a field of the form, several, or a figure. `types`: the field
    types that will do, any where none is named."""

    kind: Literal["field", "fields", "figure"]
    types: frozenset[str] = frozenset()
    needed: bool = True

    def refuse(self, value: object, fields: Fields) -> str:
        """What is wrong with a value; "" where nothing is."""
        if self.kind == "figure":
            fits = isinstance(value, int | float) and not isinstance(value, bool)
            return "" if fits else "应为数"
        names = value if self.kind == "fields" else [value]
        if not isinstance(names, list) or not names:
            return "应为字段编码的列表" if self.kind == "fields" else "应为字段编码"
        for name in names:
            if not isinstance(name, str) or name not in fields:
                return f"表单中没有编码为 {name} 的字段"
            if self.types and fields[name].type.name not in self.types:
                return f"字段“{fields[name].label}”的类型不能这样校验"
        return ""


@dataclass(frozen=True, slots=True)
class Maker:
    """How a check is made: what it is told, and the check of a form's fields and what was told."""

    takes: Mapping[str, Parameter]
    make: Callable[[Fields, Mapping[str, Any]], Check]


@dataclass(frozen=True, slots=True)
class MadeCheck:
    """A check as one form asks for it; two that are told the same are the same."""

    name: str
    told: str
    check: Check = field(repr=False, compare=False)

    def __call__(self, values: Mapping[str, object]) -> Iterable[Problem]:
        return self.check(values)


def register_check(name: str, check: Check) -> Check:
    """Make a check known under a name, once, when the program starts."""
    _refuse_taken(name)
    _checks[name] = check
    return check


def register_maker(name: str, maker: Maker) -> Maker:
    """The same for checks that are told something by the form."""
    _refuse_taken(name)
    _makers[name] = maker
    return maker


def _refuse_taken(name: str) -> None:
    if name in _checks or name in _makers:
        raise ValueError(f"a check {name!r} is registered already")


def named_check(said: str | Mapping[str, Any], fields: Fields) -> Check:
    """The check that a form of these fields asks for: a name, or a name with what it is told
    (`{"name": "in_order", "with": {"first": "begun", "then": "ended"}}`).

    Raises `CheckRefused` for an unknown name, or what it cannot be told.
    """
    name, told = (said, {}) if isinstance(said, str) else (said["name"], said.get("with", {}))
    if name in _checks:
        if told:
            raise CheckRefused(f"校验 {name} 没有参数")
        return _checks[name]
    maker = _makers.get(name)
    if maker is None:
        raise CheckRefused(f"没有名为 {name} 的校验")
    for unknown in told.keys() - maker.takes.keys():
        raise CheckRefused(f"校验 {name} 没有参数 {unknown}，可用：{'、'.join(maker.takes)}")
    for key, parameter in maker.takes.items():
        if key not in told:
            if parameter.needed:
                raise CheckRefused(f"校验 {name} 缺少参数 {key}")
        elif wrong := parameter.refuse(told[key], fields):
            raise CheckRefused(f"校验 {name} 的参数 {key}：{wrong}")
    text = json.dumps(told, ensure_ascii=False, sort_keys=True)
    return MadeCheck(name, text, maker.make(fields, told))


def name_of(check: Check) -> str | dict[str, Any]:
    """What a form as data says of a check: its name, with what it is told. ValueError where it has
    no name, and so cannot be said in data."""
    if isinstance(check, MadeCheck):
        return {"name": check.name, "with": json.loads(check.told)}
    for name, known in _checks.items():
        if known is check:
            return name
    raise ValueError(f"the check {check!r} has no name")
