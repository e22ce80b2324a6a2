"""Where the choices of a coded field come from: a code table, or a source registered by a room.

Rooms above register what lives in their database (agencies, contract texts) under a name:
`register_choices("agencies", AgencyChoices())`; a field then says `options="agencies"`. A
registered source is shown to everyone who is signed in: narrow it for one page with
`FormPage(options=...)`, for one form with `Form.altered(field={"codes": ...})`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import Protocol

from django.http import HttpRequest

from yonggong.codes.identifiers import CodeError
from yonggong.codes.tables import Code, CodeTable, table
from yonggong.forms.fields import Field, Option
from yonggong.forms.reading import read_line, tidy

# Up to this many choices stand in a plain select; more are searched.
PLAIN_SELECT = 60
# So much is quoted of a choice that there is not.
_QUOTED = 30
# No more choices than this are named where there is no such choice.
_FEW = 8


class Choices(Protocol):
    """A source of choices. Codes are unique; `parent` None means the top level."""

    def find(self, code: str) -> Option | None:
        """The choice of this very code."""

    def by_name(self, text: str) -> Option | None:
        """The one choice that a person means who wrote `text` in a workbook."""

    def search(self, text: str, limit: int) -> Sequence[Option]:
        """Choices whose code or words contain `text`, best first."""

    def children(self, parent: str | None) -> Sequence[Option]:
        """The choices right below `parent`, in order."""

    def path(self, code: str) -> Sequence[Option]:
        """The choice of `code` with all above it, topmost first; empty if there is none."""


class TableChoices:
    """A code table as a source of choices."""

    def __init__(self, codes: CodeTable) -> None:
        """`codes`: the table; nothing is copied out of it."""
        self._codes = codes

    def _option(self, line: Code) -> Option:
        return Option(
            code=line.code, label=line.name, has_children=not self._codes.is_leaf(line.code)
        )

    def find(self, code: str) -> Option | None:
        """See `Choices`."""
        line = self._codes.find(code)
        return self._option(line) if line else None

    def by_name(self, text: str) -> Option | None:
        """See `Choices`."""
        line = self._codes.by_name(text)
        return self._option(line) if line else None

    def search(self, text: str, limit: int) -> Sequence[Option]:
        """See `Choices`."""
        return [self._option(line) for line in self._codes.search(text, limit)]

    def children(self, parent: str | None) -> Sequence[Option]:
        """See `Choices`."""
        return [self._option(line) for line in self._codes.children(parent)]

    def path(self, code: str) -> Sequence[Option]:
        """See `Choices`."""
        return (
            [self._option(line) for line in self._codes.path(code)] if code in self._codes else []
        )


class ListedChoices:
    """Choices that a field lists itself, all on one level."""

    def __init__(self, options: tuple[Option, ...]) -> None:
        """`options` in their order."""
        self._options = options
        self._by_code = {option.code: option for option in options}

    def find(self, code: str) -> Option | None:
        """See `Choices`."""
        return self._by_code.get(code)

    def by_name(self, text: str) -> Option | None:
        """See `Choices`."""
        plain = tidy(text)
        named = [option for option in self._options if tidy(option.label) == plain]
        return named[0] if len(named) == 1 else None

    def search(self, text: str, limit: int) -> Sequence[Option]:
        """See `Choices`."""
        return [option for option in self._options if text in option.code + option.label][:limit]

    def children(self, parent: str | None) -> Sequence[Option]:
        """See `Choices`."""
        return self._options if parent is None else ()

    def path(self, code: str) -> Sequence[Option]:
        """See `Choices`."""
        return [self._by_code[code]] if code in self._by_code else []


@lru_cache(4096)
def _listed(options: tuple[Option, ...]) -> Choices:
    return ListedChoices(options)


@cache
def table_choices(name: str) -> Choices:
    """The code table `name` as choices; KeyError if there is none."""
    return TableChoices(table(name))


_registered: dict[str, Choices] = {}
Lookup = Callable[[HttpRequest, str], Mapping[str, object] | None]
_lookups: dict[str, Lookup] = {}


def register_choices(name: str, choices: Choices) -> None:
    """Make `choices` known under `name`, once, when the program starts."""
    if name in _registered:
        raise ValueError(f"choices {name!r} are registered twice")
    _registered[name] = choices


def registered_choices(name: str) -> Choices:
    """The source registered under `name`; KeyError if there is none."""
    return _registered[name]


def register_lookup(name: str, lookup: Lookup) -> None:
    """Make a look-up known under `name`: request and value to facts (`Field.fills`), or None.

    Facts are JSON-able; a code's fact is the code. The look-up decides what the one who asks
    may know.
    """
    if name in _lookups:
        raise ValueError(f"lookup {name!r} is registered twice")
    _lookups[name] = lookup


def registered_lookup(name: str) -> Lookup:
    """The look-up registered under `name`; KeyError if there is none."""
    return _lookups[name]


def choices_of(field: Field) -> Choices:
    """The source of a coded field's choices (not yet narrowed to `Field.codes`)."""
    if field.choices:
        return _listed(field.choices)
    if field.table is not None:
        return table_choices(field.table)
    assert field.options is not None, f"{field.name} is not a coded field"
    return registered_choices(field.options)


def plain_options(field: Field) -> list[Option] | None:
    """All choices of a field, at every level, where they are few enough to list; else None."""
    return every_option(field, PLAIN_SELECT)


def every_option(field: Field, limit: int) -> list[Option] | None:
    """All choices of a field at every level, in order; None where there are more than `limit`."""
    choices = choices_of(field)
    if field.choices and field.codes is None:
        return list(field.choices)  # they can only be listed
    if field.codes is not None:
        allowed = [choices.find(code) for code in field.codes[: limit + 1]]
        return [option for option in allowed if option] if len(allowed) <= limit else None
    found: list[Option] = []
    waiting = list(choices.children(None))[::-1]
    while waiting:
        if len(found) + len(waiting) > limit:
            return None
        option = waiting.pop()
        found.append(option)
        if option.has_children:
            below = choices.children(option.code)
            waiting.extend(replace(child, level=option.level + 1) for child in below[::-1])
    return found


def read_code(field: Field, text: str) -> str:
    """The code that `text` (a code, a name, `code name`, a path) means in a coded field.

    Codes of `CodeError`: `choice.unknown`, `choice.ambiguous`, `choice.not_allowed` (a code
    outside `Field.codes`), `choice.too_high` (fewer levels than `Field.depth`).
    """
    choices = choices_of(field)
    option = choices.find(text) or choices.by_name(text) or _among_allowed(field, text)
    if option is None:
        raise _not_found(field, choices, text)
    if field.codes is not None and option.code not in field.codes:
        raise CodeError("choice.not_allowed", f"“{option.label}”不适用于此项", _advice(field))
    if field.depth and option.has_children and len(choices.path(option.code)) < field.depth:
        raise CodeError(
            "choice.too_high",
            f"“{option.label}”不够具体",
            f"请选到第{'一二三四五六'[field.depth - 1]}级",
        )
    return option.code


def _among_allowed(field: Field, text: str) -> Option | None:
    """The one allowed choice of this name, where others of the table share the name."""
    if field.codes is None:
        return None
    named = [option for option in plain_options(field) or () if option.label == text.strip()]
    return named[0] if len(named) == 1 else None


def _not_found(field: Field, choices: Choices, text: str) -> CodeError:
    same = [option for option in choices.search(text, 20) if option.label == text.strip()]
    if len(same) > 1:
        paths = ["".join(step.label for step in choices.path(option.code)) for option in same]
        return CodeError(
            "choice.ambiguous",
            f"有 {len(same)} 个同名项：{'、'.join(paths[:3])}{'等' if len(paths) > 3 else ''}",
            "请写明上级名称，或填写代码",
        )
    quoted = read_line(text)
    said = field.unknown.format(f"{quoted[:_QUOTED]}…" if len(quoted) > _QUOTED else quoted)
    return CodeError("choice.unknown", said, _advice(field))


def _advice(field: Field) -> str:
    labels = [option.label for option in plain_options(field) or ()]
    if not labels or len(labels) > _FEW:
        return "请从列表中选择，或填写列表中的名称、代码"
    return f"可选：{'、'.join(labels)}"
