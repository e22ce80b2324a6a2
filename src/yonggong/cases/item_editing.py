"""An item's content as a form that administrators fill in, and back. What the form does not ask (rules,
effects, sharing, archive) stays as the version before has it; the whole is edited as a file.

What somebody left as it was is left as the data had it: only what differs is written anew.
"""

from __future__ import annotations

import copy
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from yonggong.cases.editing_columns import (
    BASICS,
    BASIS,
    CODE,
    EVENTS,
    MATERIAL,
    ON,
    PRECHECK,
    PRINTED,
    QUESTION,
    TEXTS,
    Column,
    stage,
)
from yonggong.catalogue.mistakes import Mistake
from yonggong.catalogue.versions import Content
from yonggong.codes.errors import CodeError
from yonggong.forms import Field, FieldType, Form, Section
from yonggong.forms.problems import Problem
from yonggong.forms.types.table import cell_id

Rows = Sequence[Mapping[str, Any]]
_PLAIN = (*BASICS, *TEXTS, EVENTS)
_FIELDS = "fields"


class NotRead(Exception):
    """What was filled in is no content; `problems` say why, by field and cell."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems[0].text)
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Editing:
    """The form that edits a content.

    asked   sections that stand before it, which the caller reads
    parts   the parts of the data that may change; None: all of them
    """

    before: Content
    asked: tuple[Section, ...] = ()
    parts: frozenset[str] | None = None
    _plain: tuple[Column, ...] = field(init=False, repr=False)
    _tables: Mapping[str, tuple[Column, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        held = [one["outcomes"] for one in self.before["procedure"]]
        tables = {
            "materials": MATERIAL,
            "procedure": stage(held),
            "prechecks": PRECHECK,
            "legal_basis": BASIS,
            "forms": PRINTED,
            _FIELDS: QUESTION,
        }
        asked = {name: columns for name, columns in tables.items() if self._may(name)}
        object.__setattr__(self, "_tables", asked)
        object.__setattr__(self, "_plain", tuple(one for one in _PLAIN if self._may(one.key)))

    def _may(self, part: str) -> bool:
        return self.parts is None or ("forms" if part == _FIELDS else part) in self.parts

    @cached_property
    def form(self) -> Form:
        """The form, in the order of a guide."""
        return Form(
            name="item-content",
            title="事项内容",
            sections=(
                *self.asked,
                *self._of_plain("basics", "基本信息", (*BASICS, EVENTS)),
                *self._of_table("materials", "申请材料"),
                *self._of_table("procedure", "办理流程"),
                *self._of_plain("texts", "条件、要点和结果", TEXTS),
                *self._of_table("prechecks", "前置核验"),
                *self._of_table("legal_basis", "设定依据"),
                *self._of_table("forms", "表单"),
                *self._of_table(_FIELDS, "表单字段"),
            ),
        )

    def _of_plain(self, name: str, title: str, columns: Sequence[Column]) -> Iterator[Section]:
        fields = _fields_of([one for one in columns if one in self._plain])
        if fields:
            yield Section(name=name, title=title, fields=fields)

    def _of_table(self, name: str, title: str) -> Iterator[Section]:
        columns = self._tables.get(name)
        if columns is None:
            return
        row = Section(name="row", title=title, fields=_fields_of(columns))
        table = Field(
            name=name,
            label=title,
            type=FieldType.TABLE,
            rows=Form(name=f"item-{name}", title=title, sections=(row,)),
        )
        yield Section(name=name, title=title, fields=(table,))

    # --- said ---

    @cached_property
    def answers(self) -> dict[str, Any]:
        """What the content says, as if it had been filled in."""
        said: dict[str, Any] = {one.key: one.say(self.before.get(one.key)) for one in self._plain}
        for name, columns in self._tables.items():
            said[name] = [
                {one.field.name: one.say(row.get(one.key)) for one in columns}
                for row in self._rows(name)
            ]
        return said

    def _rows(self, name: str) -> Rows:
        """The rows of a table as the data has them; fields with the form that they stand on."""
        if name != _FIELDS:
            rows: Rows = self.before[name]
            return rows
        return [{ON: form["name"], **one} for form in self.before["forms"] for one in form[_FIELDS]]

    # --- read ---

    def content(self, values: Mapping[str, Any]) -> Content:
        """The content that typed values of the form say. Raises `NotRead`."""
        made: dict[str, Any] = copy.deepcopy(dict(self.before))
        left: Mapping[str, Any] = self.form.clean(self.answers).values
        problems: list[Problem] = []
        for one in self._plain:
            if values.get(one.key) != left.get(one.key):
                self._read(one, values.get(one.key), made, one.key, problems)
        tables = {
            name: self._table(name, values.get(name) or [], left.get(name) or [], problems)
            for name in self._tables
        }
        made |= {name: rows for name, rows in tables.items() if name not in ("forms", _FIELDS)}
        if _FIELDS in tables:
            made["forms"] = list(_forms_of(tables["forms"], tables[_FIELDS], problems))
        if problems:
            raise NotRead(problems)
        return made

    def _table(self, name: str, rows: Rows, left: Rows, problems: list[Problem]) -> list[Any]:
        """Rows as data: each begins as the row of the same name had it."""
        known: defaultdict[object, deque[int]] = defaultdict(deque)
        for at, row in enumerate(left):
            known[_name_of(row)].append(at)
        held = self._rows(name)
        made = []
        for number, row in enumerate(rows, 1):
            same = known[_name_of(row)]
            place = same.popleft() if same else None
            said = dict(held[place]) if place is not None else {}
            was = left[place] if place is not None else {}
            for one in self._tables[name]:
                value = row.get(one.field.name)
                if place is None or value != was.get(one.field.name):
                    self._read(one, value, said, cell_id(name, number, one.field.name), problems)
            made.append(said if place is not None else _without_empty(name, said))
        return made

    def _read(
        self,
        column: Column,
        value: Any,
        said: dict[str, Any],
        place: str,
        problems: list[Problem],
    ) -> None:
        try:
            said[column.key] = column.read(value)
        except CodeError as error:
            problems.append(
                Problem(
                    field=place,
                    code=error.code,
                    message=error.message_zh,
                    remedy=error.remedy_zh,
                    label=column.field.label,
                )
            )

    def problems_of(self, mistakes: Sequence[Mistake], values: Mapping[str, Any]) -> list[Problem]:
        """Mistakes of the content that `values` say, at the fields and cells that they are about."""
        return [
            Problem(field=self._cell(one.path, values), code="mistake", message=str(one), remedy="")
            for one in mistakes
        ]

    def _cell(self, path: str, values: Mapping[str, Any]) -> str:
        name, *steps = path.split("/")
        if name not in self._tables or not steps:
            return name
        place = int(steps[0])
        if name == "forms" and steps[1:2] == [_FIELDS] and len(steps) > 2:
            # Rows of one form stand wherever they were written in the table of all fields.
            form = values[name][place]["name"]
            own = [at for at, row in enumerate(values[_FIELDS]) if row[ON] == form]
            return self._cell_of(_FIELDS, own[int(steps[2])], steps[3:])
        return self._cell_of(name, place, steps[1:])

    def _cell_of(self, table: str, place: int, rest: Sequence[str]) -> str:
        columns = {one.key: one.field.name for one in self._tables[table]}
        first = next(iter(columns.values()))
        return cell_id(table, place + 1, columns.get(rest[0], first) if rest else first)


def _fields_of(columns: Sequence[Column]) -> tuple[Field, ...]:
    return tuple(one.field for one in columns)


def _name_of(row: Mapping[str, Any]) -> object:
    """By what a row is known again after it was edited: a field by form and code, else its name."""
    if CODE in row:
        return row.get(ON), row[CODE]
    return row.get("name") or row.get("title") or row.get("check")


# What the data of a new row leaves out where nothing is said there.
_LEFT_OUT = {
    "materials": ("condition", "keep_paper", "prints", "signed_by"),
    _FIELDS: ("choices", "section", "hint"),
}


def _without_empty(name: str, said: dict[str, Any]) -> dict[str, Any]:
    left_out = _LEFT_OUT.get(name, ())
    return {key: held for key, held in said.items() if held or key not in left_out}


def _forms_of(
    forms: Sequence[Any], fields: Sequence[Any], problems: list[Problem]
) -> Iterator[dict[str, Any]]:
    """Each printed form with the fields that name it."""
    names: set[str] = set()
    for number, form in enumerate(forms, 1):
        if form["name"] in names:
            problems.append(
                Problem(
                    field=cell_id("forms", number, "name"),
                    code="twice",
                    message=f"已有名称是“{form['name']}”的表单",
                    remedy="请改用不同的名称，否则分不清字段在哪张表单上",
                    label="表单名称",
                )
            )
        names.add(form["name"])
    for number, one in enumerate(fields, 1):
        if one[ON] not in names:
            problems.append(
                Problem(
                    field=cell_id(_FIELDS, number, ON),
                    code="unknown_form",
                    message=f"没有名称是“{one[ON]}”的表单",
                    remedy="在“表单”中增加该表单，或者改为已有的名称",
                    label="所在表单",
                )
            )
    for form in forms:
        on_it = (one for one in fields if one[ON] == form["name"])
        own = [{key: held for key, held in one.items() if key != ON} for one in on_it]
        yield {**form, _FIELDS: own}
