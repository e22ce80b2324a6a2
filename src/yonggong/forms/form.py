"""The form: sections of fields, its checks, and what can be done with a set of answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from types import MappingProxyType
from typing import Any

from yonggong.forms import described
from yonggong.forms.checks import Check, name_of, named_check
from yonggong.forms.cleaning import CleanedColumns, Cleaner
from yonggong.forms.conditions import AllOf, AnyOf, Condition
from yonggong.forms.fields import Field, Section
from yonggong.forms.problems import Problem
from yonggong.forms.words import words


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What was answered: a typed value for every field (None or [] where empty), and all that is
    wrong. The value of a field with a problem of its own is None."""

    values: dict[str, object]
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems

    @property
    def said(self) -> dict[str, list[str]]:
        """What is wrong by field, in sentences."""
        found: dict[str, list[str]] = {}
        for problem in self.problems:
            found.setdefault(problem.field, []).append(f"{problem.message}，{problem.remedy}。")
        return found


@dataclass(frozen=True)
class Form:
    """A form described once.

    `name` is stable, `version` rises when fields change meaning; `load` reads older versions.
    Each of `checks` takes the typed values (any may be None) and yields what is wrong between
    fields; it needs no database and no clock.
    """

    name: str
    title: str
    sections: tuple[Section, ...]
    checks: tuple[Check, ...] = ()
    version: int = 1
    fields: tuple[Field, ...] = field(init=False, repr=False)
    fields_by_name: Mapping[str, Field] = field(init=False, repr=False, compare=False)

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        """Reckoned once: forms are looked up by what they say at every filing."""
        return hash((self.name, self.title, self.sections, self.checks, self.version))

    def __post_init__(self) -> None:
        """Collect the fields; refuse a description whose references cannot hold."""
        fields = tuple(chain.from_iterable(section.fields for section in self.sections))
        object.__setattr__(self, "fields", fields)
        object.__setattr__(
            self, "fields_by_name", MappingProxyType({item.name: item for item in fields})
        )
        _check_references(fields)

    @property
    def personal_fields(self) -> tuple[str, ...]:
        """Names of the fields that are sealed at rest and masked on view."""
        return tuple(item.name for item in self.fields if item.personal)

    def teller_of(self, name: str) -> Field | None:
        """The identifier that tells the answer to a field, which therefore need not be given;
        `clean` asks for it where it must. What a look-up fills in, only the page fills in."""
        return next(
            (item for item in self.fields if item.lookup is None and name in item.fills.values()),
            None,
        )

    def clean(
        self, raw: Mapping[str, object], *, fixed: Mapping[str, object] | None = None
    ) -> Cleaned:
        """Read answers as sent by a page (QueryDict), the API or a draft: every problem at once.

        `fixed`: typed values that stand whatever was sent, for fields shown read-only.
        """
        cells = {name: [answer] for name, answer in self.sent(raw).items()}
        stand = {name: [value] for name, value in (fixed or {}).items()}
        cleaned = self._cleaner.clean(cells, 1, stand)
        return Cleaned(cleaned.row(0), cleaned.problems.get(0, ()))

    def sent(self, raw: Mapping[str, object]) -> dict[str, object]:
        """The answers in what a page or the API sent, by field: all codes of a multiple choice, the
        rows of a table. What a draft keeps; `clean` takes it again."""
        answers = ((item.name, item.type.sent(item, raw)) for item in self.fields)
        return {name: answer for name, answer in answers if answer is not None}

    @cached_property
    def _cleaner(self) -> Cleaner:
        return Cleaner(self, remembering=False)

    def compile(self) -> Cleaner:
        """A cleaner for many rows: `form.compile().clean(columns, rows)`. It remembers cells, so
        keep it for one batch only."""
        return Cleaner(self, remembering=True)

    def clean_columns(
        self, columns: Mapping[str, Sequence[object]], rows: int | None = None
    ) -> CleanedColumns:
        """Clean raw columns of equal length; the same results as `clean` row by row."""
        if rows is None:
            rows = len(next(iter(columns.values()), ()))
        return self.compile().clean(columns, rows)

    def initial(self) -> dict[str, object]:
        """Typed values that a new form starts with."""
        return {
            item.name: [] if item.default is None and item.type.many else item.default
            for item in self.fields
        }

    def dump(self, values: Mapping[str, object]) -> dict[str, object]:
        """Typed values as JSON can hold them: ISO dates (months as 2024-01), money as text.

        Empty fields are left out.
        """
        return {
            item.name: self.dump_value(item.name, values[item.name])
            for item in self.fields
            if values.get(item.name) not in (None, [])
        }

    def dump_value(self, name: str, value: object) -> object:
        """One field's typed value as `dump` writes it."""
        item = self.fields_by_name[name]
        return None if value is None else item.type.dump(item, value)

    def load(self, dumped: Mapping[str, object]) -> dict[str, object]:
        """The typed values of a dump of this or an older version.

        Fields unknown to this form are passed over, those missing are empty. ValueError names a
        field whose dumped value cannot be one of this field's type.
        """
        return {item.name: _loaded(item, dumped.get(item.name)) for item in self.fields}

    def to_data(self) -> dict[str, Any]:
        """The form as data (`form.schema.json`). ValueError where a check of it has no name."""
        said: dict[str, Any] = {"name": self.name, "title": self.title, "version": self.version}
        said["sections"] = [described.section_data(section, self) for section in self.sections]
        return said | ({"checks": list(map(name_of, self.checks))} if self.checks else {})

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Form:
        """The form that data describes. ValueError, saying where and what, for data that keeps not
        to the schema, contradicts itself, or names a type, table or check that there is not."""
        described.refuse_malformed(data)
        return cls._from(data)

    @classmethod
    def _from(cls, data: Mapping[str, Any]) -> Form:
        sections = described.sections_of(data["sections"], cls._from)
        fields = {item.name: item for section in sections for item in section.fields}
        return cls(
            name=data["name"],
            title=data["title"],
            version=data.get("version", 1),
            sections=sections,
            checks=tuple(named_check(said, fields) for said in data.get("checks", ())),
        )

    def altered(self, **changes: Mapping[str, object]) -> Form:
        """The same form with some fields described otherwise: a province's choices, another form
        of a duty. `form.altered(agency={"codes": ("1", "2")}, phone={"required": True})`."""
        unknown = changes.keys() - self.fields_by_name.keys()
        if unknown:
            raise KeyError(f"{self.name} has no field {sorted(unknown)}")
        sections = tuple(
            replace(
                section,
                fields=tuple(
                    replace(item, **changes[item.name]) if item.name in changes else item  # type: ignore[arg-type]
                    for item in section.fields
                ),
            )
            for section in self.sections
        )
        return replace(self, sections=sections)

    def without(self, name: str) -> Form:
        """The same form without one of its fields."""
        return replace(
            self,
            sections=tuple(
                replace(section, fields=tuple(item for item in section.fields if item.name != name))
                for section in self.sections
            ),
        )

    def problem(self, name: str, code: str, message: str, remedy: str) -> Problem:
        """A problem of the field `name`, for the form's own checks and the rooms above."""
        return Problem(
            field=name,
            label=self.fields_by_name[name].label,
            code=code,
            message=message,
            remedy=remedy,
        )

    def describe(self, condition: Condition, answer: object = None) -> str:
        """A condition in words: “缴费方式”为“现金”或“转账”; only the `answer` that met it, if given.
        Several: “甲”为“是”且“乙”已填写; those within others in brackets."""
        if isinstance(condition, AllOf | AnyOf):
            joint = "且" if isinstance(condition, AllOf) else "，或者"
            parts = [
                f"（{self.describe(one)}）"
                if isinstance(one, AllOf | AnyOf)
                else self.describe(one)
                for one in condition.conditions
            ]
            return joint.join(parts)
        other = self.fields_by_name[condition.field]
        if condition.filled is not None:
            return f"“{other.label}”{'已填写' if condition.filled else '未填写'}"
        accepted = (answer,) if answer in condition.accepted else condition.accepted
        named = "或".join(f"“{words(other, value)}”" for value in accepted)
        return f"“{other.label}”为{named}"


def _loaded(item: Field, stored: object) -> object:
    if stored is None:
        return [] if item.type.many else None
    try:
        return item.type.load(item, stored)
    except ValueError as error:
        raise ValueError(f"{item.name}: a stored value is not a {item.type}") from error


def _check_references(fields: tuple[Field, ...]) -> None:
    """Every field named by another exists; what decides or fills stands before what it decides."""
    if any("__" in item.name for item in fields):
        raise ValueError("a field name with “__” would be taken for a cell of a table")
    places = {item.name: place for place, item in enumerate(fields)}
    if len(places) != len(fields):
        raise ValueError("a field name stands twice")
    for place, item in enumerate(fields):
        before = [*item.show_when.fields] if item.show_when else []
        before += [item.document_type] if item.document_type else []
        if any(places.get(name, place) >= place for name in before):
            raise ValueError(f"{item.name}: {before} must be fields before it")
        if any(places.get(name, place) == place for name in item.fills.values()):
            raise ValueError(f"{item.name} fills a field that does not exist")
        if item.lookup is None and any(places[name] < place for name in item.fills.values()):
            raise ValueError(f"{item.name}: what it fills must stand after it")
        needed = () if isinstance(item.required, bool) else item.required.fields
        for name in (item.follows, *needed, *_shortcut_fields(item)):
            if name and name not in places:
                raise ValueError(f"{item.name}: no field {name}")


def _shortcut_fields(item: Field) -> Iterable[str]:
    for shortcut in item.shortcuts:
        yield from (*shortcut.answers, shortcut.reckons, shortcut.since)
