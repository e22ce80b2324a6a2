"""What a service item is: who may apply, with what, in which steps, within which limits.

One description for the platform's own items and for those of Inner Mongolia's service standard of
2024. Plain values, no database: an item says what is to be done, the engine (`cases`) does it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

# 用人单位, 个人, 机构: who may apply.
UNIT, PERSON, INSTITUTION = "用人单位", "个人", "机构"
# Bureaus and community platforms, which apply for what they work with.
OFFICE = "经办机构"
# The life event of items that follow a death.
_DEATH = "死亡抚恤"
# The department of what nothing else is said of.
HUMAN_RESOURCES = "人社"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """Within how long something is to be done; `unit` is one of 工作日, 日, 小时, 月, 即办."""

    value: float
    unit: str
    note: str = ""

    def __str__(self) -> str:
        if self.unit == "即办":
            return "即时办结"
        unit = "个工作日" if self.unit == "工作日" else ("个月" if self.unit == "月" else self.unit)
        return f"{self.value:g}{unit}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One step of the procedure.

    key        unique in its item; the kind, numbered where the item has several of a kind
    name       the standard's word for it
    kind       accept, review, second_review, survey, publicity, decide, pay, deliver, …
    by         who acts: applicant, office, department, system
    actor      the post that acts, "" where nothing is said
    limit      None where nothing is said: shown as open, never guessed
    outcomes   next, return (to the applicant once, naming all), refuse, withdraw, end
    phase      "before" what comes ahead of the application, "case" what runs in the platform
    added      whether the platform added it because the standard names none (an acceptance)
    """

    key: str
    name: str
    kind: str
    by: str
    actor: str
    limit: Limit | None
    outcomes: tuple[str, ...]
    phase: str = "case"
    added: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """One paper that an application comes with. `condition` says when it is needed; where it says
    something, the applicant uploads it or says why it does not apply. `prints`: the name of the item's
    own form that it is, filled in and printed; `signed_by` then says who signs or seals it."""

    key: str
    name: str
    source: str
    type: str
    copies: int | None
    forms: tuple[str, ...]
    required: bool | None
    condition: str
    shareable: bool | None
    keep_paper: bool | None
    prints: str = ""
    signed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One field of an item's form. `source` is what the platform may know it from ("person.name");
    "" where it is typed. `by` is who fills it in: applicant, office, or signer: whoever signs or seals
    the printed form writes it there by hand."""

    key: str
    label: str
    type: str
    required: bool
    choices: tuple[str, ...]
    section: str
    hint: str
    source: str
    personal: bool
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemForm:
    """One form of an item; `repeating` is a list with a row a person. `of` is the key of the head
    form that a repeating one belongs to, "" where it stands by itself."""

    key: str
    name: str
    repeating: bool
    by: str
    fields: tuple[FormField, ...]
    of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Precheck:
    """What is looked up before an application is taken."""

    subject: str
    check: str
    mandatory: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """What another body can tell, so that nobody need bring it."""

    need: str
    method: str
    provider: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """How the papers of a case are kept."""

    category: str
    retention: str
    form: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """A law or document that the item rests on."""

    title: str
    number: str
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """Which record finishing the item makes or changes."""

    record: str
    act: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A figure that a rule reckons with, as the standard prints it."""

    name: str
    value: str
    unit: str


_OF_EXAMPLES = re.compile("示例|^样例$")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRule:
    """An amount, period, deadline, condition or threshold that a program can compute or check.

    `checked` is False where the standard does not print it (依法条，标准未写明): it then informs and
    never blocks. `formula` is a description, never code.
    """

    kind: str
    says: str
    inputs: tuple[str, ...]
    formula: str
    parameters: tuple[Parameter, ...]
    checked: bool

    @property
    def figures(self) -> tuple[Parameter, ...]:
        """The parameters but those of an example, which hold for nobody else."""
        return tuple(one for one in self.parameters if not _OF_EXAMPLES.search(one.name))


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedCheck:
    """A check between fields of the applicant's form, by its registered name, and what it is told."""

    name: str
    told: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A service item (事项) as it holds from a day on in a region.

    key          unique over the whole catalogue; kept for good
    title        what users call it; the one place where it stands
    word         the short word for menus and states ("新订"), "" where the title serves
    category     of the guide
    page         in the standard's table of contents; None for the platform's own items
    region       code of the region it holds in, "" everywhere
    holds_from   first day on which applications follow this description
    departments  who handles it: 人社, 医保, 公积金, …
    line         the business line within the department: 社会保险, 就业, 劳动关系, …
    levels       of the offices that handle it; () where the standard leaves it open
    online       None where the standard leaves it open
    notes        what a program must honour, and where the standard contradicts itself
    words        what people type to find it
    checks       between fields of the applicant's form
    """

    key: str
    title: str
    word: str
    category: str
    page: int | None
    region: str
    holds_from: date | None
    departments: tuple[str, ...]
    line: str
    audience: tuple[str, ...]
    levels: tuple[str, ...]
    kind: str
    statutory_limit: Limit | None
    promised_limit: Limit | None
    channels: tuple[str, ...]
    online: bool | None
    fee: str
    conditions: tuple[str, ...]
    materials: tuple[Material, ...]
    steps: tuple[str, ...]
    acceptance_checks: tuple[str, ...]
    handling_checks: tuple[str, ...]
    prechecks: tuple[Precheck, ...]
    sharing: tuple[Sharing, ...]
    risks: tuple[str, ...]
    archive: Archive | None
    legal_basis: tuple[Basis, ...]
    forms: tuple[ItemForm, ...]
    results: tuple[str, ...]
    notes: tuple[str, ...]
    procedure: tuple[Stage, ...]
    effects: tuple[Effect, ...]
    rules: tuple[ItemRule, ...]
    events: tuple[str, ...]
    words: tuple[str, ...]
    checks: tuple[NamedCheck, ...] = ()

    @property
    def after_death(self) -> bool:
        """Whether it follows a death: the person signed in is then not the person meant."""
        return _DEATH in self.events

    def stages(self, phase: str = "case") -> tuple[Stage, ...]:
        """The steps of one phase, in order."""
        return tuple(stage for stage in self.procedure if stage.phase == phase)

    def form(self, key: str) -> ItemForm:
        """The form with this key. Raises KeyError."""
        for form in self.forms:
            if form.key == key:
                return form
        raise KeyError(key)
