"""What of an item's rules can be computed from the answers of an application as they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from yonggong.benefits.reckoning import Input, Result
from yonggong.cases.attempts import Attempts
from yonggong.catalogue.items import Item
from yonggong.codes.identifiers import CodeError, parse_id_number
from yonggong.forms import Form, Problem
from yonggong.registry.parties import Party
from yonggong.services.reckoning import Computable, computable

# Inputs that the day on which an application comes in answers.
_CAME_IN = (
    "申请日期", "申请日", "申请时间", "提交日期", "送审时间", "受理日期", "受理日", "受理（收到）日期", "收到日",
    "收到日期", "收到申请日期", "收到申请日", "接到申请日期", "接到申请日", "收到材料日期", "办理日期",
)  # fmt: skip
_BIRTH, _SEX = "出生日期", "性别"
# For whom a rule is, where it is for one sort of applicant: by whether a unit applied.
_WHO = {True: "unit", False: "person"}
_SEXES = {"1": "男", "2": "女"}


@dataclass(slots=True)
class Answers:
    """Typed answers by their labels; `fields` the names of the form's fields they are answers to, and
    which of them are personal."""

    values: dict[str, Any] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    personal: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A rule with its result; `beside` the field of the form that it rests on; `personal` whether it
    tells something of somebody."""

    of: Computable
    result: Result
    beside: str
    personal: bool


def answers_of(form: Form, values: Mapping[str, Any], came_on: date) -> Answers:
    """What a form's fields say; of an ID number also birth and sex."""
    found = Answers()
    for asked in form.fields:
        value = values.get(asked.name)
        if value in (None, "", []) or asked.rows is not None:
            continue
        found.values.setdefault(asked.label, value)
        found.fields.setdefault(asked.label, asked.name)
        if asked.personal:
            found.personal.add(asked.label)
        if asked.known_from == "person.id_number":
            _add_traits(found, str(value), asked.name)
    for label in _CAME_IN:
        found.values.setdefault(label, came_on)
    return found


def _add_traits(found: Answers, number: str, name: str) -> None:
    try:
        traits = parse_id_number(number)
    except CodeError:
        return
    for label, value in ((_BIRTH, traits.birth_date), (_SEX, _SEXES[traits.sex])):
        found.values[label] = value
        found.fields[label] = name
        found.personal.add(label)


def reckoned(item: Item, answers: Answers, on: date, *, by_unit: bool) -> Iterator[Reckoned]:
    """The rules for such an applicant whose inputs are all answered, one of them by a field of the form; what cannot be
    reckoned with is left out, the form says what is wrong with it."""
    for one in computable(item):
        if one.mapped.told.get("who", _WHO[by_unit]) != _WHO[by_unit]:
            continue
        given = {asked.name: _answer(item, asked, answers) for asked in one.mapped.inputs}
        if any(given[asked.name] is None for asked in one.mapped.inputs if asked.required):
            continue
        labels = [
            _label(item, asked) for asked in one.mapped.inputs if given[asked.name] is not None
        ]
        typed = [label for label in labels if label in answers.fields]
        if not typed:
            continue
        try:
            result = one.reckon(given, on)
        except ValueError:
            continue
        personal = any(label in answers.personal for label in typed)
        yield Reckoned(one, result, answers.fields[typed[0]], personal)


def refusals(tried: Attempts, rows: Sequence[int]) -> Mapping[int, Sequence[Problem]]:
    """What refuses an application: a limit that the standard itself prints, where the map says that it
    blocks; what rests on the law alone only informs. Told while people type, too."""
    item = tried.kind.item
    if item is None or not any("blocks" in one.mapped.told for one in computable(item)):
        return {}
    by_unit = tried.applicant.kind != Party.Kind.PERSON
    refused: dict[int, list[Problem]] = {}
    for row in rows:
        answers = answers_of(tried.form, tried.rows[row], tried.today)
        for one in reckoned(item, answers, tried.today, by_unit=by_unit):
            blocks = "blocks" in one.of.mapped.told and one.of.rule.checked
            if blocks and one.result.holds is False:
                refused.setdefault(row, []).append(
                    Problem(
                        field=one.beside,
                        label=tried.form.fields_by_name[one.beside].label,
                        code="too_late",
                        message=f"{one.of.rule.says}：{one.result.said}",
                        remedy="请核对填写的日期",
                    )
                )
    return refused


def _answer(item: Item, asked: Input, answers: Answers) -> Any:
    """The answer to an input, where it is of the input's type."""
    value = answers.values.get(_label(item, asked))
    if asked.type in ("date", "month"):
        return value if isinstance(value, date) else None
    if asked.type == "boolean":
        return value if isinstance(value, bool) else None
    if asked.type == "choice":
        return value if value in asked.choices else None
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or value < 0:
        return None
    return int(value) if asked.type == "integer" else Decimal(value)


def _label(item: Item, asked: Input) -> str:
    return _called().get(item.key, {}).get(asked.label, asked.label)


@cache
def _called() -> Mapping[str, Mapping[str, str]]:
    text = Path(__file__).with_name("answers.yaml").read_text("utf-8")
    called: Mapping[str, Mapping[str, str]] = yaml.safe_load(text)
    return called
