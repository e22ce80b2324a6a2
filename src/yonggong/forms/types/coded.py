"""Yes or no, and codes chosen from a table or from a source that a room registers."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from yonggong.codes import regions
from yonggong.codes.identifiers import CodeError
from yonggong.codes.tables import headers
from yonggong.forms import reading
from yonggong.forms.choices import choices_of, every_option, plain_options, read_code
from yonggong.forms.fields import Option
from yonggong.forms.fieldtype import Drawing, FieldType, Reader, register

if TYPE_CHECKING:
    from yonggong.forms.fields import Field

# A select of more choices than this can be searched by typing.
_SEARCHABLE = 12
_CHECKBOXES = 12
# A drop-down list longer than this helps nobody; the note names the table instead.
_LONGEST_LIST = 300
_SEPARATORS = re.compile(r"[,，;；、|\n]+")
# No name of a choice holds more separators.
_MOST_JOINED = 6
# What the levels of a table are called; of any other table they are only numbered.
_LEVELS: Mapping[str | None, tuple[str, ...]] = {
    "region": ("省（区、市）", "市（州、盟）", "县（市、区、旗）"),
    "industry": ("门类", "大类", "中类", "小类"),
    "occupation": ("大类", "中类", "小类", "细类"),
}
_NUMBERED = ("第一级", "第二级", "第三级", "第四级")


class Boolean(FieldType):
    """bool."""

    verb = "选择"
    logical = True
    column_width = 8

    def reader(self, field: Field, *, serials: bool = False) -> Reader:
        """See `FieldType`."""
        return reading.read_boolean

    def load(self, field: Field, stored: object) -> Any:
        """See `FieldType`."""
        return bool(stored)

    def words(self, field: Field, value: object) -> str:
        """See `FieldType`."""
        return reading.shown(value)

    def draw(
        self, field: Field, codes: tuple[str, ...], options: Sequence[Option] | None
    ) -> Drawing:
        """See `FieldType`."""
        return Drawing(
            "boolean", (Option(code="true", label="是"), Option(code="false", label="否"))
        )

    def draw_small(self, field: Field) -> Drawing:
        """See `FieldType`."""
        return Drawing("select", self.draw(field, (), None).options)

    def input_text(self, field: Field, value: object) -> str:
        """See `FieldType`."""
        return str(value).lower()

    def writing(self, field: Field) -> str:
        """See `FieldType`."""
        return "填“是”或“否”"

    def sample(self, field: Field) -> str:
        """See `FieldType`."""
        return "是"

    def listed(self, field: Field) -> list[str] | None:
        """See `FieldType`."""
        return ["是", "否"]

    def cell(self, field: Field, value: object) -> str:
        """See `FieldType`."""
        return reading.shown(value)

    def schema(self, field: Field) -> dict[str, object]:
        """See `FieldType`."""
        return {"type": "boolean"}


class Choice(FieldType):
    """str, a code."""

    coded = logical = True
    verb = "选择"

    def refuse(self, field: Field) -> None:
        """See `FieldType`."""
        if not (field.table or field.options or field.choices):
            raise ValueError(f"{field.name}: a coded field has a table, options or choices")

    def reader(self, field: Field, *, serials: bool = False) -> Reader:
        """See `FieldType`."""
        return lambda raw: read_code(field, reading.shown(raw).strip())

    def words(self, field: Field, value: object) -> str:
        """Names for codes; a code that is no longer known stands as it is."""
        option = choices_of(field).find(str(value))
        return option.label if option else str(value)

    def masked(self, field: Field, value: object) -> str:
        """What tells nobody from others stands: the kind of a document, and the one choice there is."""
        if field.table == "document_type" or len(field.choices) == 1:
            return self.words(field, value)
        return super().masked(field, value)

    def draw(
        self, field: Field, codes: tuple[str, ...], options: Sequence[Option] | None
    ) -> Drawing:
        """See `FieldType`."""
        listed = plain_options(field) if options is None else options
        if listed is not None:
            return Drawing("select", listed, _searchable(listed))
        found = {"data-search-url": _url("search", field), "data-code": "".join(codes[:1])}
        return Drawing("search", attributes=found)

    def draw_small(self, field: Field) -> Drawing:
        """A list where there are few choices, else written as in a workbook."""
        listed = None if self.many or self.levelled else plain_options(field)
        if listed is not None:
            return Drawing("select", listed)
        return Drawing("input", attributes={"type": "text", "placeholder": "名称或代码"})

    def writing(self, field: Field) -> str:
        """See `FieldType`."""
        return "从下拉列表中选择" if plain_options(field) else self._named(field)

    def _named(self, field: Field) -> str:
        table = headers()[field.table].title if field.table else field.label
        return f"填《{table}》的名称或代码"

    def sample(self, field: Field) -> str:
        """See `FieldType`."""
        options = plain_options(field)
        return options[0].label if options else ""

    def listed(self, field: Field) -> list[str] | None:
        """See `FieldType`."""
        options = every_option(field, _LONGEST_LIST)
        if not options:
            return None
        labels = [option.label for option in options]
        # Two lines of one name can only be told apart with their codes.
        return [
            option.label if labels.count(option.label) == 1 else f"{option.code} {option.label}"
            for option in options
        ]

    def cell(self, field: Field, value: object) -> str:
        """See `FieldType`."""
        options = every_option(field, _LONGEST_LIST) or ()
        named = next((option.label for option in options if option.code == value), str(value))
        alike = sum(1 for option in options if option.label == named)
        return named if alike == 1 else f"{value} {named}" if alike else named

    def schema(self, field: Field) -> dict[str, object]:
        """Choices registered by a room live in its database and change: never written here. Of a
        long table its name is said, and how many levels must be chosen."""
        options = None if field.options else plain_options(field)
        if options is None:
            named = {"x-table": field.table} if field.table else {}
            deep = {"x-depth": field.depth} if field.depth else {}
            return {"type": "string", "minLength": 1, **named, **deep}
        return {"type": "string", "enum": [option.code for option in options]}


class MultiChoice(Choice):
    """list[str], codes in the order given."""

    many = True
    width = 8
    column_width = 24

    def reader(self, field: Field, *, serials: bool = False) -> Reader:
        """See `FieldType`."""

        def read(raw: object) -> list[str]:
            whole = raw if isinstance(raw, list | tuple) else [reading.shown(raw)]
            parts = [part.strip() for item in whole for part in _parts(field, reading.shown(item))]
            return list(dict.fromkeys(read_code(field, part) for part in parts if part))

        return read

    def dump(self, field: Field, value: Any) -> object:
        """See `FieldType`."""
        return list(value) if isinstance(value, list) else value

    def load(self, field: Field, stored: object) -> Any:
        """See `FieldType`."""
        return list(map(str, stored)) if isinstance(stored, list | tuple) else [str(stored)]

    def words(self, field: Field, value: object) -> str:
        """The names, one after another."""
        codes = value if isinstance(value, list | tuple) else [value]
        return "、".join(super(MultiChoice, self).words(field, code) for code in codes)

    def draw(
        self, field: Field, codes: tuple[str, ...], options: Sequence[Option] | None
    ) -> Drawing:
        """See `FieldType`."""
        listed = plain_options(field) if options is None else options
        if listed is not None and len(listed) <= _CHECKBOXES:
            return Drawing("checkboxes", listed)
        return Drawing("multiple", listed or (), _searchable(listed or ()))

    def writing(self, field: Field) -> str:
        """See `FieldType`."""
        return "可多选，用顿号隔开"

    def listed(self, field: Field) -> list[str] | None:
        """A drop-down list takes one choice only."""
        return None

    def cell(self, field: Field, value: object) -> str:
        """See `FieldType`."""
        return "、".join(map(str, value)) if isinstance(value, list) else str(value)

    def schema(self, field: Field) -> dict[str, object]:
        """See `FieldType`."""
        items = super().schema(field)
        return {"type": "array", "items": items, "minItems": 1, "uniqueItems": True}


class Levelled(Choice):
    """str, a code chosen level by level (any such table)."""

    levelled = True
    width = 8
    column_width = 24

    def understood(self, field: Field, answer: object) -> tuple[object, bool]:
        """Not chosen far enough: the levels chosen stay chosen."""
        value, known = super().understood(field, answer)
        if known:
            return value, True
        choices = choices_of(field)
        text = reading.shown(answer)
        option = choices.find(text.strip()) or choices.by_name(text)
        return (option.code, True) if option else (None, False)

    def words(self, field: Field, value: object) -> str:
        """The whole path."""
        code = str(value)
        return " / ".join(step.label for step in choices_of(field).path(code)) or code

    def draw(
        self, field: Field, codes: tuple[str, ...], options: Sequence[Option] | None
    ) -> Drawing:
        """See `FieldType`."""
        if options is not None:
            return super().draw(field, codes, options)
        path = choices_of(field).path(codes[0]) if codes else ()
        attributes = {
            "data-cascade-url": _url("children", field),
            "data-code": "".join(codes[:1]),
            "data-path": json.dumps([step.code for step in path]),
            "data-levels": json.dumps(_LEVELS.get(field.table, _NUMBERED), ensure_ascii=False),
        }
        return Drawing("cascade", attributes=attributes)

    def writing(self, field: Field) -> str:
        """See `FieldType`."""
        return self._named(field)

    def cell(self, field: Field, value: object) -> str:
        """See `FieldType`."""
        return str(value)


class Region(Levelled):
    """str, the code of an administrative division."""

    column_width = 26

    def words(self, field: Field, value: object) -> str:
        """The whole name."""
        code = str(value)
        if field.table != "region":
            return super().words(field, value)
        return regions.full_name(code) if choices_of(field).find(code) else code

    def writing(self, field: Field) -> str:
        """See `FieldType`."""
        return "填行政区划全称（省市县）或代码"


def _parts(field: Field, text: str) -> list[str]:
    """The choices written in one cell; a name that itself holds separators is one choice."""
    ends = [found.span() for found in _SEPARATORS.finditer(text)] + [(len(text), len(text))]
    parts, start, at = [], 0, 0
    while at < len(ends):
        joined = range(min(at + _MOST_JOINED, len(ends) - 1), at, -1)
        at = next((one for one in joined if _is_choice(field, text[start : ends[one][0]])), at)
        parts.append(text[start : ends[at][0]])
        start, at = ends[at][1], at + 1
    return parts


def _is_choice(field: Field, text: str) -> bool:
    try:
        read_code(field, text.strip())
    except CodeError:
        return False
    return True


def _searchable(listed: Sequence[Option]) -> dict[str, str]:
    return {"data-choices": ""} if len(listed) > _SEARCHABLE else {}


def _url(view: str, field: Field) -> str:
    source = "table" if field.table else "options"
    return reverse(f"forms:{view}", args=[source, field.table or field.options])


register(Boolean("boolean"))
register(Choice("choice"))
register(MultiChoice("multi_choice"))
register(Region("region"))
register(Levelled("industry"))
