"""What a room declares to have its filings live as cases."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from yonggong.cases import clocks
from yonggong.cases.attempts import Attempt, Attempts
from yonggong.cases.for_province import ENTRUSTED_REGION
from yonggong.cases.pages import ITEM_PAGES, Pages
from yonggong.cases.papers import NOTICES, RESULT, Paper
from yonggong.cases.parts import NO_CHECKS, NO_EFFECTS, Checks, Child, Effects
from yonggong.cases.procedure import Procedure
from yonggong.cases.workbook import Workbook
from yonggong.catalogue import own_titles
from yonggong.catalogue.book import book
from yonggong.catalogue.items import HUMAN_RESOURCES, INSTITUTION, OFFICE, PERSON, UNIT, Item
from yonggong.catalogue.items import Material as ItemMaterial
from yonggong.forms import Form
from yonggong.policy import Event as LegalEvent
from yonggong.policy import Material, Period, Policy
from yonggong.registry.handling import Matter
from yonggong.registry.parties import Party

if TYPE_CHECKING:
    from yonggong.accounts.models import User
    from yonggong.cases.models import Case
    from yonggong.registry.models import Agency

Values = Mapping[str, Any]

_AUDIENCES = {
    Party.Kind.EMPLOYER.value: {UNIT, INSTITUTION},
    Party.Kind.PERSON.value: {PERSON},
    Party.Kind.AGENCY.value: {OFFICE},
}


def applicants_of(audience: Iterable[str]) -> tuple[str, ...]:
    """The kinds of parties that belong to an audience."""
    named = set(audience)
    return tuple(kind for kind, words in _AUDIENCES.items() if words & named)


# Who signs a printed form, where that is the applicant.
_APPLICANT = "申请人"
_SIGNING = {
    Party.Kind.EMPLOYER.value: {_APPLICANT, "所在单位"},
    Party.Kind.PERSON.value: {_APPLICANT, "本人"},
}


def other_signers(material: Material | ItemMaterial, applicant: str) -> tuple[str, ...]:
    """Who signs or seals what is a form printed, beside an applicant of this kind."""
    own = _SIGNING.get(applicant, {_APPLICANT})
    return tuple(one for one in material.signed_by if one not in own)


def nobody(attempt: Attempt) -> Sequence[tuple[int, str]]:
    """Who takes part beside the applicant where a kind says nothing."""
    return ()


def routed_as_all(tried: Attempts, rows: Sequence[int]) -> Mapping[int, str]:
    """The districts to whose agencies rows are entrusted, where a kind says nothing: what each row's
    form names."""
    named = tried.columns.get(ENTRUSTED_REGION)
    return {row: named[row] for row in rows if named[row]} if named else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseKind:
    """One kind of case. All callables but `form` have a default that does nothing.

    name       key in the database, in the catalogue and in policy
    title      what users call it
    form       its form
    checks     what is looked at before it is filed
    effects    what filing and deciding write of the kind's own
    present    the values now in force, shown beside the new ones; None for a first filing
    event_field   the field whose day the legal time limit for filing counts from, if any
    hired_on   the day from which it counts where a province counts it from hiring
    hired_field   the field whose day that is
    deadline   name of that time limit in policy
    subject_name   what the case is about, in one line of a list
    workbook       how it is filed by the workbook, many at once, where it can be
    participants   who takes part beside the applicant: keys of parties with their roles
    concerns       whose own business a case is besides its parties': they decide nothing in it
    procedure      its steps; None for a kind of one step, a review, which writes no step rows
    materials      what it asks to be uploaded where the province says nothing of it
    papers         on which its approved cases are printed
    pages          what the portals' pages say and show of it
    makes_subject  whether what it is about comes into being by it, so that mending may correct
                   even that
    frequent       whether most cases are of this kind and its like
    exclusive      whether an applicant has one open case of this kind at a time
    winds_up       whether an applicant that has closed still files it, since it ends what was left
    children       the items of a joint case; its procedure has a step of kind "children" then,
                   which ends with the last of them
    audience       who may apply, in the catalogue's words; where nothing is said, as the item of
                   this name has it, else employers
    department, line   whose matter it is; where nothing is said, as the catalogue's item of this name
                   has it, else any line of 人社
    entrusted      the districts to whose agencies rows are entrusted, where the form does not ask it
                   again: it lies with the agency to which what came before was entrusted
    sent_to        the agency that it goes to, where neither form nor routing says; raises `NoAgency`
    agency_field   the form field in which the employer chooses the reviewing agency, if any
    coded          whether code of its own stands behind it, and not the catalogue alone
    item           what its item says, where the kind follows one: from data, or a version of it
    version        key of the version of its item that it is taken from; None where there is none
    taken          whether it is taken wherever its version holds, whatever the province says
    asked_besides  what its item asks to be uploaded beside what the province does
    online         whether it is taken online although its item leaves that open
    promised, by_law   within how long it is to be decided, where its item says so
    """

    name: str
    title: str
    form: Form
    subject_name: Callable[[Attempt], str]
    checks: Checks = NO_CHECKS
    effects: Effects = NO_EFFECTS
    present: Callable[[Case], Values | None] = lambda case: None
    event_field: str = ""
    hired_on: Callable[[Values], date | None] = lambda values: None
    hired_field: str = ""
    deadline: LegalEvent | None = None
    participants: Callable[[Attempt], Sequence[tuple[int, str]]] = nobody
    concerns: Callable[[User, Case], bool] = lambda user, case: False
    entrusted: Callable[[Attempts, Sequence[int]], Mapping[int, str]] = routed_as_all
    sent_to: Callable[[Attempt], Agency] | None = None
    agency_field: str = ""
    materials: tuple[Material, ...] = ()
    papers: tuple[Paper, ...] = ()
    pages: Pages = ITEM_PAGES
    makes_subject: bool = False
    frequent: bool = False
    exclusive: bool = False
    winds_up: bool = False
    workbook: Workbook | None = None
    procedure: Procedure | None = None
    children: tuple[Child, ...] = ()
    audience: tuple[str, ...] = ()
    department: str = ""
    line: str = ""
    coded: bool = True
    item: Item | None = None
    version: int | None = None
    taken: bool = False
    asked_besides: tuple[Material, ...] = ()
    online: bool = False
    promised: Period | None = None
    by_law: Period | None = None

    def __post_init__(self) -> None:
        """Many at once are written without steps and items: a case that needs them would stand still.
        Raises ValueError."""
        if self.workbook is not None and (self.procedure is not None or self.children):
            raise ValueError(f"{self.name}: only kinds of one step are filed many at once")

    @property
    def is_service(self) -> bool:
        """Whether it is an item of the service standard, or one described as those are: it has
        notices, and is evaluated."""
        item = self.item
        return (
            item is not None
            and self.procedure is not None
            and not (self.coded and item.page is None)
        )

    @property
    def matter(self) -> Matter:
        """Which agencies handle it."""
        item = book().find(self.name)
        named = item.departments[:1] if item else ()
        department = self.department or "".join(named) or HUMAN_RESOURCES
        line = self.line or (item.line if item and not self.department else "")
        return Matter(self.name, department, line)

    @property
    def counter_only(self) -> bool:
        """Whether it is taken in at counters alone: its item says that it is not handled online, or
        leaves it open."""
        return self.item is not None and not taken_online(self.item)

    def serves(self, applicant: Party) -> bool:
        """Whether a party of this sort may apply."""
        item = book().find(self.name)
        audience = self.audience or (item.audience if item else ()) or (UNIT,)
        return bool(_AUDIENCES[applicant.kind] & set(audience))

    def wants(self, rules: Policy, of: Case | Attempts | None = None) -> tuple[Material, ...]:
        """The uploads it asks for where `rules` hold, in order; those of a case's applicant, who is looked
        up only where it depends on them. A form of its own that nobody but the applicant signs is not
        asked back, printed, from who files on their own account."""
        wanted = (*(rules.materials(self.name) or self.materials), *self.asked_besides)
        if of is None:
            return wanted
        return tuple(one for one in wanted if _is_asked(one, of))

    def decide_by(self, rules: Policy, filed_on: date) -> date:
        """The day by which a case that came in on a day is to be decided, as promised."""
        if self.promised is not None:
            return self.promised.due(filed_on)
        return clocks.review_due(rules, self.name, filed_on)

    def decide_by_law(self, filed_on: date) -> date | None:
        """The same by law; None where its item names no such limit."""
        return self.by_law.due(filed_on) if self.by_law else None

    def counts_from(self, rules: Policy) -> Callable[[Values], date | None]:
        """From values to the day from which the time limit for filing counts where `rules` hold."""
        if self.deadline is None or rules.deadline(self.deadline).since == "event":
            return self.event_on
        return lambda values: self.hired_on(values) or self.event_on(values)

    def event_on(self, values: Values) -> date | None:
        """The day of what is filed; None where it is not given, or no time limit counts from it."""
        day: date | None = values.get(self.event_field) if self.event_field else None
        return day


def _is_asked(material: Material, of: Case | Attempts) -> bool:
    if material.asked_of and material.asked_of != of.applicant.kind:
        return False
    if material.asked_at and (material.asked_at == "counter") != of.at_counter:
        return False
    if not material.prints:
        return True
    if of.at_counter:
        return bool(material.signed_by)
    return bool(other_signers(material, of.applicant.kind))


_KINDS: dict[str, CaseKind] = {}
_OF_ROOM: dict[str, tuple[str, ...]] = {}


def register(kind: CaseKind) -> CaseKind:
    """Make a kind known. Raises ValueError where the name is taken."""
    if kind.name in _KINDS:
        raise ValueError(f"case kind {kind.name} is registered twice")
    _KINDS[kind.name] = kind
    return kind


def register_packages(room: ModuleType) -> None:
    """Register the kinds that packages of a room declare, each as `KIND` in its `kind.py`; in the
    catalogue's order, those that it does not know last. Raises ValueError as `register`."""
    named = [
        f"{room.__name__}.{package.name}.kind"
        for place in room.__path__
        for package in pkgutil.iter_modules([place])
        if package.ispkg and Path(place, package.name, "kind.py").exists()
    ]
    order = {name: place for place, name in enumerate(own_titles())}
    found: list[CaseKind] = [import_module(name).KIND for name in named]
    for kind in sorted(found, key=lambda one: order.get(one.name, len(order))):
        register(kind)
    _OF_ROOM[room.__name__.rpartition(".")[2]] = tuple(kind.name for kind in found)


def names_of_room(*rooms: str) -> tuple[str, ...]:
    """The names of the kinds that packages of some rooms declare."""
    return tuple(name for room in rooms for name in _OF_ROOM.get(room, ()))


def get_kind(name: str) -> CaseKind:
    """The kind with code of its own called `name`; of items from data `items.kind_called` knows.
    Raises KeyError."""
    return _KINDS[name]


def find_kind(name: str) -> CaseKind | None:
    """As `get_kind`; None where there is none."""
    return _KINDS.get(name)


def all_kinds() -> tuple[CaseKind, ...]:
    """Every kind with code of its own, in the order they were registered."""
    return tuple(_KINDS.values())


def all_papers() -> tuple[Paper, ...]:
    """The papers of kinds with code, each once, in that order."""
    return tuple(dict.fromkeys(paper for kind in all_kinds() for paper in kind.papers))


def taken_online(item: Item) -> bool:
    """Whether applications for it are taken online: as it says; where it leaves that open, as its code
    does."""
    kind = find_kind(item.key)
    return item.online is True or (item.online is None and kind is not None and kind.online)


def get_paper(name: str) -> Paper:
    """The paper called `name`. Raises KeyError."""
    return {paper.name: paper for paper in (*all_papers(), RESULT, *NOTICES)}[name]
