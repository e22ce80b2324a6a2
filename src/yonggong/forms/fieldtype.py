"""A field type: one object that alone knows all about the values of its fields.

A new type is one object and one registration: `register(Rating("rating"))`; a field then says
`type=FieldType.RATING`. Those of the platform are in `forms.types`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

from yonggong.codes.identifiers import CodeError
from yonggong.forms.reading import shown
from yonggong.vault.masking import Kind, mask

if TYPE_CHECKING:
    from yonggong.forms.fields import Field, Option


class Reader(Protocol):
    """A raw answer (never blank) to a typed value; raises `CodeError`."""

    def __call__(self, raw: object, /) -> Any:
        """Read one answer."""


class Column(Protocol):
    """One field's cells."""

    field: Field

    def read(self, cells: Sequence[object]) -> list[object]:
        """Blank to None, good to a typed value, bad to a `cleaning.Fault` or `Faulty`."""


# How a spreadsheet keeps the cells of a column.
ExcelFormat = Literal["text", "date", "number", "money", "integer"]


@dataclass(frozen=True, slots=True)
class Drawing:
    """How a field stands on a page: the template `forms/widgets/<kind>.html`, the choices that are
    listed in it, and the attributes of its control."""

    kind: str
    options: Sequence[Option] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs between two answers: its label, the field that words it, and its typed
    values before and after."""

    label: str
    field: Field
    before: object
    after: object


class _Registered(type):
    """Lets `FieldType.MONEY` stand for the type registered as "money"."""

    def __getattr__(cls, name: str) -> FieldType:
        try:
            return _types[name.lower()]
        except KeyError:
            raise AttributeError(f"no field type is registered as {name.lower()!r}") from None


class FieldType(metaclass=_Registered):
    """What a field holds, and so how it is read, checked, stored, worded, masked, drawn, described
    and brought in from a workbook. This one by itself: text taken as it comes.

    coded     its values are codes of a table, or of a source that a room registers
    dated     its values are dates; `numeric`: numbers
    many      its value is a list, empty where nothing is answered
    distinct  every row of a batch has its own: remembering read cells would cost time and hold
              people's numbers for nothing
    logical   a spreadsheet's TRUE or FALSE may answer it
    verb      what one does to answer it
    hides     which part of its words is starred where it is personal; None: all of it
    width     columns of twelve on the page; `column_width`: characters in a workbook
    levelled  its choices are made level by level
    tabular   its value is a list of rows
    sealable  its dumped values can be sealed, as whatever JSON holds can; false where a type keeps
              what it holds elsewhere, so that no personal field is of it
    """

    coded = dated = numeric = many = distinct = logical = levelled = tabular = False
    sealable = True
    verb = "填写"
    hides: Kind | None = None
    width = 4
    column_width = 16
    excel_format: ExcelFormat = "text"

    def __init__(self, name: str) -> None:
        """`name` is the one it is registered under, which stored forms keep."""
        self.name = name

    def __str__(self) -> str:
        """The name."""
        return self.name

    def __repr__(self) -> str:
        """As one writes it."""
        return f"FieldType.{self.name.upper()}"

    def __reduce__(self) -> tuple[Any, ...]:
        """There is one object a type, also after a copy."""
        return named, (self.name,)

    # --- description ---

    def refuse(self, field: Field) -> None:
        """ValueError where the description of a field contradicts this type."""

    # --- reading and checking ---

    def sent(self, field: Field, raw: Mapping[str, object]) -> object:
        """What was sent of it in the answers to a form, None where nothing was."""
        if self.many and hasattr(raw, "getlist"):  # Django's QueryDict gives the last one else
            return raw.getlist(field.name) or None
        return raw.get(field.name)

    def column(self, field: Field, *, remembering: bool) -> Column | None:
        """What reads its cells, a whole column at once; None: cell by cell with `reader`."""
        return None

    def reader(self, field: Field, *, serials: bool = False) -> Reader:
        """The reader of one field, bounds and length checked. `serials`: a number may stand for a
        day, as spreadsheets keep them."""
        return shown

    def max_length(self, field: Field) -> int | None:
        """The most characters it takes; None where that is no question."""
        return field.max_length

    def understood(self, field: Field, answer: object) -> tuple[object, bool]:
        """The typed value of an answer that a page shows again, and whether it could be read."""
        try:
            return self.reader(field)(answer), True
        except CodeError:
            return None, False

    def facts(self, value: object) -> tuple[object, object]:
        """Birth date and sex that a value tells (`Field.fills`); None for what it does not."""
        return None, None

    # --- storing ---

    def dump(self, field: Field, value: Any) -> object:
        """A typed value as JSON holds it."""
        return value

    def load(self, field: Field, stored: object) -> Any:
        """The typed value of a dumped one (not None). ValueError where it cannot be one."""
        return str(stored)

    # --- words ---

    def words(self, field: Field, value: object) -> str:
        """A typed value (not empty) as a person reads it."""
        return str(value)

    def masked(self, field: Field, value: object) -> str:
        """Its words with what is personal starred."""
        text = self.words(field, value)
        return mask(text, self.hides) if self.hides else "*" * min(len(text), 6)

    def differences(self, field: Field, before: object, after: object) -> Iterator[Difference]:
        """What changed between two unequal answers."""
        yield Difference(field.label, field, before, after)

    # --- page ---

    def draw(
        self, field: Field, codes: tuple[str, ...], options: Sequence[Option] | None
    ) -> Drawing:
        """Its control, with `codes` chosen; `options` are the choices of this page, where it has
        its own."""
        return Drawing("input", attributes={"type": "text", **self.lettered(field)})

    def draw_small(self, field: Field) -> Drawing:
        """Its control in a cell of a table: one plain control that takes what is pasted into it."""
        return self.draw(field, (), None)

    def lettered(self, field: Field) -> dict[str, str]:
        """The attributes of a control that is written into."""
        attributes = {}
        most = self.max_length(field)
        if most is not None:
            attributes["maxlength"] = str(most)
        if field.example:
            attributes["placeholder"] = f"如：{field.example}"
        return attributes

    def input_text(self, field: Field, value: object) -> str:
        """A typed value as its control holds it."""
        return shown(value)

    def unit(self, field: Field) -> str:
        """The unit beside the value."""
        return field.unit

    # --- workbook ---

    def writing(self, field: Field) -> str:
        """How it is written, in Chinese, without length and bounds; "" where that goes without
        saying."""
        return ""

    def bounds_in_words(self, field: Field) -> str:
        """Its bounds in Chinese; "" where there are none."""
        return ""

    def sample(self, field: Field) -> str:
        """An example where the field gives none."""
        return ""

    def listed(self, field: Field) -> list[str] | None:
        """The words of a drop-down list in a workbook; None where it has none, or too many."""
        return None

    def cell(self, field: Field, value: object) -> str:
        """A typed value as a cell that is read back as the same value."""
        return str(value)

    # --- API ---

    def schema(self, field: Field) -> dict[str, object]:
        """The JSON Schema of a dumped value."""
        return {"type": "string"}

    def plain_example(self, field: Field) -> object:
        """The field's example as the schema shows it."""
        return field.example


_types: dict[str, FieldType] = {}


def register(made: FieldType) -> FieldType:
    """Make a type known under its name, once, when the program starts."""
    if made.name in _types or not made.name.isidentifier():
        raise ValueError(f"a field type {made.name!r} cannot be registered")
    _types[made.name] = made
    return made


def named(name: str) -> FieldType:
    """The type registered as `name`; KeyError if there is none."""
    return _types[name]


def every_type() -> tuple[FieldType, ...]:
    """All registered types."""
    return tuple(_types.values())
