"""What a form is made of: fields, conditions and sections. Descriptions only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

from yonggong.forms.conditions import Condition
from yonggong.forms.fieldtype import FieldType

if TYPE_CHECKING:
    from yonggong.forms.form import Form

# In a browser a control of one of these names hides the form element's own member, and with it
# breaks every script that handles the form.
TAKEN_BY_BROWSERS = frozenset(
    {
        "action",
        "append",
        "attributes",
        "children",
        "closest",
        "contains",
        "dataset",
        "elements",
        "focus",
        "hidden",
        "id",
        "length",
        "matches",
        "method",
        "remove",
        "reset",
        "style",
        "submit",
        "target",
    }
)

_NO_FILLS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice: its code, its words, whether further choices lie below it, and its level (1 at
    the top) where a whole tree is listed."""

    code: str
    label: str
    has_children: bool = False
    level: int = 1

    @property
    def indented(self) -> str:
        """The words, moved in by one character a level, for lists of a whole tree."""
        return "　" * (self.level - 1) + self.label


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcut:
    """A button beside a field, which answers it and others with one press.

    answers   field → the code it takes
    reckons   a date field that is reckoned from the date in `since`: the same day where `years` is
              0, else the last day of so many years that begin with it
    """

    label: str
    answers: Mapping[str, str] = field(default_factory=dict, hash=False)
    reckons: str = ""
    since: str = ""
    years: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a form, described once.

    name           key of the value, an identifier; stays for good
    label          the words beside it
    required       always, never, or when other fields say so
    table          code table (codes.tables) of a coded field; codes: the only codes allowed of it
    options        name of a registered source of choices (forms.choices) instead of a table
    choices        the choices themselves, instead of a table
    by             who fills it in: applicant, office, both, or signer: by hand, on the print
    known_from     what the platform may know it from (“person.name”); no word for people
    depth          of a cascading field: how many levels must at least be chosen
    document_type  of a DOCUMENT_NUMBER: the field that holds the type of document
    hint, example  shown under the field and in the Excel notes
    unit           shown after the field and after the value
    max_length     characters; min_value, max_value: inclusive bounds of numbers and dates
    places         decimal places of a DECIMAL
    default        typed value a new form starts with; an empty answer stays empty
    show_when      the field exists only then; a hidden field has no value
    personal       sealed at rest by the room that stores it, masked on view
    source         where the value comes from, as the form's document says
    fills          facts of this value → fields they fill: birth_date and sex of an ID number,
                   whatever `lookup` (a registered look-up) answers for any other field
    width          columns of 12 on the page; None: by type
    aliases        other headings people write over this column in Excel
    unknown        of a coded field: what to say of a choice there is not, “{}” standing for it,
                   where the general words say too little
    read_only      shown, never read from what is sent
    shortcuts      buttons of the page that answer it with one press
    follows        of a date: the field whose date it takes on the page while nobody gave another
    rows           of a TABLE: the form of its rows; with a personal column the whole is personal
    least, most    of a TABLE: how many rows, where there are any
    unique         of a TABLE: columns that together tell its rows apart; each such set
    totals         of a TABLE: number columns whose sum is shown under them
    """

    name: str
    label: str
    type: FieldType = field(default_factory=lambda: FieldType.TEXT)
    required: bool | Condition = False
    table: str | None = None
    codes: tuple[str, ...] | None = None
    options: str | None = None
    depth: int | None = None
    document_type: str | None = None
    hint: str = ""
    example: str = ""
    unit: str = ""
    max_length: int | None = None
    min_value: int | Decimal | date | None = None
    max_value: int | Decimal | date | None = None
    places: int = 2
    default: object = field(default=None, hash=False)
    show_when: Condition | None = None
    personal: bool = False
    source: str = ""
    fills: Mapping[str, str] = field(default_factory=lambda: _NO_FILLS, hash=False)
    lookup: str | None = None
    width: int | None = None
    aliases: tuple[str, ...] = ()
    unknown: str = "“{}”不在可选范围内"
    read_only: bool = False
    shortcuts: tuple[Shortcut, ...] = ()
    follows: str = ""
    rows: Form | None = None
    choices: tuple[Option, ...] = ()
    by: str = "applicant"
    known_from: str = ""
    least: int | None = None
    most: int | None = None
    unique: tuple[tuple[str, ...], ...] = ()
    totals: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a description that contradicts itself, when the program starts."""
        sources = bool(self.table) + bool(self.options) + bool(self.choices)
        if not self.type.coded and sources:
            raise ValueError(f"{self.name}: only a coded field has a table, options or choices")
        if self.rows is not None:
            if not self.type.tabular:
                raise ValueError(f"{self.name}: only a table has rows")
            if self.rows.personal_fields:
                object.__setattr__(self, "personal", True)
        if self.personal and not self.type.sealable:
            raise ValueError(f"{self.name}: a personal field that cannot be sealed")
        self.type.refuse(self)
        if sources > 1:
            raise ValueError(f"{self.name}: a table, options or choices, only one of them")
        if len({option.code for option in self.choices}) != len(self.choices):
            raise ValueError(f"{self.name}: a choice stands twice")
        if not self.name.isidentifier():
            raise ValueError(f"{self.name!r} is not an identifier")
        if self.name in TAKEN_BY_BROWSERS:
            raise ValueError(f"{self.name!r} is a member of every form element, name it otherwise")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Fields that stand together under a title; `name` is its anchor on the page. One that is
    `rare` stands closed until it is opened, or holds an answer, a problem or a finding."""

    name: str
    title: str
    fields: tuple[Field, ...]
    hint: str = ""
    rare: bool = False
