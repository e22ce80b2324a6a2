"""Who is named in a report: each row with the contract in force that it is about, and what the law looks at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from yonggong.cases.attempts import Attempt
from yonggong.codes import tables
from yonggong.contracts import background, facts, threads
from yonggong.contracts.facts import Place
from yonggong.contracts.models import Contract
from yonggong.law.facts import EndingFacts
from yonggong.registry.actions import document_digest
from yonggong.registry.models import Employer
from yonggong.registry.queries import persons_with
from yonggong.relations.layoffs.form import PERSONS

Values = Mapping[str, Any]
_ID_LENGTH = 18


@dataclass(frozen=True, slots=True)
class Named:
    """A row of the table: its number, its answers, the contract in force of the person."""

    row: int
    values: Values
    contract: Contract | None

    @property
    def said(self) -> str:
        """How a message names the row."""
        return f"第 {self.row} 行{self.values.get('name') or ''}"


@dataclass(slots=True)
class _Looked:
    named: list[Named] | None = None
    facts: dict[int, EndingFacts] = field(default_factory=dict)


def named_in(attempt: Attempt) -> list[Named]:
    """The rows of the table with their contracts, looked up once."""
    looked = attempt.among.kept.of(_Looked)
    if looked.named is None:
        rows = attempt.values.get(PERSONS) or []
        looked.named = named(attempt.applicant.employer, rows)
    return looked.named


def named(employer: Employer, rows: list[Any]) -> list[Named]:
    """The rows with the contracts in force with the employer."""
    digests = [_digests(row.get("document_number")) for row in rows]
    persons = persons_with(one for some in digests for one in some)
    contracts = Contract.objects.filter(
        employer=employer, state=Contract.State.ACTIVE, worker__in=persons.values()
    ).select_related("worker", "employer", "current__current__carried")
    of_person = {contract.worker_id: contract for contract in contracts}
    known = {one: of_person[key] for one, key in persons.items() if key in of_person}
    return [
        Named(place, row, next((known[one] for one in some if one in known), None))
        for place, (row, some) in enumerate(zip(rows, digests, strict=True), 1)
    ]


def _digests(number: str | None) -> list[bytes]:
    """What a number may be found by: an identity card's, or that of any other document."""
    if not number:
        return []
    if len(number) == _ID_LENGTH and number[:-1].isdigit():
        return [document_digest("01", number)]
    return [document_digest(line.code, number) for line in tables.table("document_type")]


def ending_facts(attempt: Attempt) -> dict[int, EndingFacts]:
    """What the law looks at of each person whose contract is known, as if it ended on the day planned."""
    looked = attempt.among.kept.of(_Looked)
    found = [one for one in named_in(attempt) if one.contract is not None]
    if looked.facts or not found:
        return looked.facts
    place = Place.of(attempt.applicant.employer, attempt.policy, attempt.today)
    people = background.of_workers(
        [one.contract.worker for one in found if one.contract], employer_id=attempt.applicant.pk
    )
    planned = {
        "ended_on": attempt.values.get("layoff_on"),
        "end_reason": attempt.values.get("ground"),
        "layoff_explained_on": attempt.values.get("explained_on"),
        "layoff_reported": True,
    }
    for one in found:
        contract = one.contract
        assert contract is not None
        protected = one.values.get("protected")
        looked.facts[one.row] = facts.ending_facts(
            planned | {"protected": [protected] if protected else []},
            place,
            people.get(contract.worker_id),
            held=threads.values_in_force(contract),
            contract=contract.pk,
            severance_since=contract.severance_since,
        )
    return looked.facts
