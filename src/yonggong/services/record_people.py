"""Who a case is about, and what it says of each: the answers of the applicant and of the office."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from yonggong.cases import queries as case_queries
from yonggong.cases.models import Case
from yonggong.codes.identifiers import CodeError, parse_id_number
from yonggong.codes.names import person_name
from yonggong.forms import Field, Form
from yonggong.forms.words import words
from yonggong.registry.actions import enter_people, worker_by_card
from yonggong.registry.models import Worker
from yonggong.registry.parties import Party

_NUMBER, _NAME = "person.id_number", "person.name"


@dataclass(slots=True)
class Said:
    """What was answered, by the labels of fields: in words, whether personal, and days as such."""

    text: dict[str, str] = field(default_factory=dict)
    personal: set[str] = field(default_factory=set)
    days: dict[str, date] = field(default_factory=dict)

    def add(self, asked: Field, value: Any) -> None:
        text = words(asked, value)
        if asked.rows is not None or not text:
            return
        # The same thing may be asked on several printed forms; what was answered first holds.
        self.text.setdefault(asked.label, text)
        if asked.personal:
            self.personal.add(asked.label)
        if isinstance(value, date):
            self.days.setdefault(asked.label, value)

    def with_row(self, form: Form, row: Mapping[str, Any]) -> Said:
        """This and what a row of a table says, which comes first."""
        own = Said()
        for asked in form.fields:
            own.add(asked, row.get(asked.name))
        for label in self.text:
            if label not in own.text:
                own.text[label] = self.text[label]
                own.personal |= {label} & self.personal
        own.days = self.days | own.days
        return own

    def day(self, labels: Sequence[str]) -> date | None:
        return next((self.days[label] for label in labels if label in self.days), None)


@dataclass(frozen=True, slots=True)
class About:
    """A person that a case names by number, and what it says of them."""

    party: Party
    said: Said


Filled = Sequence[tuple[Form, Mapping[str, Any]]]


def filled_in(case: Case) -> Filled:
    """The applicant's answers, then the office's, step by step."""
    kind = case.definition
    filled: list[tuple[Form, Mapping[str, Any]]] = [(kind.form, case.values)]
    if kind.procedure is None:
        return filled
    for step in case_queries.steps_of(case):
        form = kind.procedure.step(step.key).form
        if form is not None and step.data and step.outcome != "return":
            filled.append((form, step.values_on(form)))
    return filled


def said_in(filled: Filled) -> Said:
    """What was answered outside tables."""
    said = Said()
    for form, values in filled:
        for asked in form.fields:
            said.add(asked, values.get(asked.name))
    return said


def people_of(case: Case, filled: Filled, said: Said) -> list[About]:
    """Each person named by number: in the rows of tables, else in the form; else the applicant
    themselves. Nobody where none is named and a unit applied, or a person after a death."""
    named = list(_in_rows(filled, said)) or list(_in_forms(filled, said))[:1]
    if named:
        parties = enter_people(workers=(one for one, _ in named), region_code=case.region_code)
        about = dict[int, About]()
        for worker, own in named:
            party = parties[bytes(worker.document_digest)]
            about.setdefault(party.pk, About(party, own))
        return list(about.values())
    item = case.definition.item
    if case.applicant.kind != Party.Kind.PERSON or (item is not None and item.after_death):
        return []
    return [About(case.applicant, said)]


def _in_rows(filled: Filled, said: Said) -> Iterator[tuple[Worker, Said]]:
    for form, values in filled:
        for table in form.fields:
            if table.rows is None:
                continue
            for row in values.get(table.name) or ():
                if worker := _named(table.rows, row):
                    yield worker, said.with_row(table.rows, row)


def _in_forms(filled: Filled, said: Said) -> Iterator[tuple[Worker, Said]]:
    for form, values in filled:
        if worker := _named(form, values):
            yield worker, said


def _known(form: Form, values: Mapping[str, Any], source: str) -> str:
    """The first answer to a field that is known from `source`."""
    asked = (one for one in form.fields if one.known_from == source)
    return next((str(values[one.name]) for one in asked if values.get(one.name)), "")


def _named(form: Form, values: Mapping[str, Any]) -> Worker | None:
    """Whoever is named by number, not written; None where none is, or it is no resident's number."""
    try:
        parsed = parse_id_number(_known(form, values, _NUMBER))
    except CodeError:
        return None
    return worker_by_card(
        parsed, name=person_name(_known(form, values, _NAME)) or parsed.number[-4:]
    )
