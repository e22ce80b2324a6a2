"""What the checks look up of the rows that somebody would file: whom each is about, and the contract.

A page knows the contract that it is about; a workbook names the person, who leads to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from yonggong.cases.attempts import Attempt, Attempts
from yonggong.cases.for_province import ENTRUSTED_REGION
from yonggong.contracts import background, dispatch, workforce
from yonggong.contracts.background import Background
from yonggong.contracts.forms import DISPATCH
from yonggong.contracts.models import Contract
from yonggong.contracts.threads import values_in_force
from yonggong.law.facts import DispatchSide
from yonggong.registry.actions import document_digest
from yonggong.registry.models import Worker

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Later:
    """What a row is about that follows on a contract: whose it is, and what now holds."""

    person: Background
    contract: Contract
    held: dict[str, Any]


@dataclass(slots=True)
class LookedUp:
    """What rows are about, as far as it was looked up; a person may be known to nobody.

    digests   of the document numbers, by row
    workers   the persons known, by digest
    people    what of each person's background may be told, by row
    later     rows on a contract, by row
    contract  the contract that the one row of a page is about, or has begun
    layoff    the employer's last layoff, in a tuple once it is known
    """

    sought: bool = False
    digests: dict[int, bytes] = field(default_factory=dict)
    workers: dict[bytes, Worker] = field(default_factory=dict)
    people: dict[int, Background] = field(default_factory=dict)
    later: dict[int, Later] | None = None
    contract: Contract | None = None
    layoff: tuple[date | None] | None = None


def people_of(tried: Attempts) -> dict[int, Background]:
    """What is known, and may be told, of the persons of the rows; looked up once."""
    return looked_up(tried).people


def looked_up(tried: Attempts) -> LookedUp:
    """Whom the rows are about."""
    found = tried.kept.of(LookedUp)
    if not found.sought:
        found.sought = True
        if tried.subjects[0] is not None and tried.size == 1:
            worker = contract_of(tried.one()).worker
            found.people[0] = background.of_worker(worker, employer_id=tried.applicant.pk)
        else:
            _find_people(tried, found)
    return found


def _find_people(tried: Attempts, found: LookedUp) -> None:
    types, numbers = tried.columns.get("document_type"), tried.columns.get("document_number")
    if types is None or numbers is None:
        return
    found.digests = {
        row: document_digest(types[row], number)
        for row, number in enumerate(numbers)
        if number and types[row] and row not in tried.passed_by
    }
    if not found.digests:
        return
    # Most filings are of a person whom nobody knows yet: this is all that their checks look up.
    known, layoff = background.of_digests_and(
        found.digests.values(),
        workforce.last_layoff(tried.applicant.pk, tried.today),
        employer_id=tried.applicant.pk,
    )
    found.layoff = (layoff,)
    if not known:
        return
    for row, digest in found.digests.items():
        if digest in known and (told := _told(tried, row, known[digest])) is not None:
            found.people[row] = told
    found.workers = {digest: person.worker for digest, person in known.items() if person.worker}


def laid_off_on(tried: Attempts) -> date | None:
    """The employer's last layoff within six months before today."""
    found = looked_up(tried)
    if found.layoff is None:
        found.layoff = (workforce.laid_off_on(tried.applicant.employer, tried.today),)
    return found.layoff[0]


def _told(tried: Attempts, row: int, known: Background) -> Background | None:
    """What of it a row may be told: while people type, only what their own employer filed; on
    submission all, where number and name are the person's."""
    employer = tried.applicant.pk
    if not tried.typing:
        return known.told_of(tried.rows[row].get("name"), employer)
    return known.own_part(employer) if known.filed_here else None


def background_of(attempt: Attempt) -> Background | None:
    """What is known of the person that a row is about."""
    return people_of(attempt.among).get(attempt.row)


def contract_of(attempt: Attempt) -> Contract:
    """The contract that a page's renewal, change or ending is about; of the filing employer only."""
    found = attempt.among.kept.of(LookedUp)
    if found.contract is None:
        found.contract = Contract.objects.select_related("worker", "current__current__carried").get(
            pk=attempt.subject or 0, employer=attempt.applicant.employer
        )
    return found.contract


def later_of(tried: Attempts) -> dict[int, Later]:
    """The rows that follow on a contract with this employer, each with it: looked up once."""
    found = looked_up(tried)
    if found.later is None:
        found.later = {}
        for row, person in found.people.items():
            contract = contract_of(tried.one()) if tried.subjects[row] is not None else person.own
            if contract is not None:
                tried.subjects[row] = contract.pk
                found.later[row] = Later(person, contract, values_in_force(contract))
    return found.later


def entrusted(tried: Attempts, rows: Sequence[int]) -> dict[int, str]:
    """The districts to whose agencies the contracts behind rows are entrusted, as what now holds of
    them says."""
    later = later_of(tried)
    named = {row: later[row].held.get(ENTRUSTED_REGION) for row in rows if row in later}
    return {row: region for row, region in named.items() if region}


def note_told(tried: Attempts, row: int, said: Iterable[str]) -> None:
    """Note what the checks say of filings by other employers."""
    known = people_of(tried).get(row)
    if known is None or known.worker is None:
        return
    others = known.others(tried.applicant.pk)
    if not others:
        return
    texts = list(said)
    for name in others:
        if any(name in text for text in texts):
            tried.told.setdefault(row, []).append(f"{known.worker.name}在{name}的备案")


def other_sides(
    tried: Attempts, rows: Iterable[int], terms: Mapping[int, Values] | None = None
) -> dict[int, DispatchSide]:
    """What the other party filed of the dispatched workers among `rows`, by row; one query, none
    where nobody is dispatched. Not told while people type, nor of whom the row does not name.

    `terms` are the rows' answers with what holds on; without them the answers alone tell.
    """
    code, people = tried.applicant.employer.credit_code, people_of(tried)
    if tried.typing or not people:
        return {}
    answers = tried.rows if terms is None else terms
    workers = {}
    for row in rows:
        worker = people[row].worker if row in people else None
        if worker is None or answers[row].get("employment_form") != DISPATCH:
            continue
        if terms is not None or worker.name == answers[row].get("name"):
            workers[row] = worker.pk
    sides = dispatch.other_sides(
        {worker: dispatch.other_party(answers[row], code) for row, worker in workers.items()}, code
    )
    return {row: sides[worker] for row, worker in workers.items() if worker in sides}


def rows_of(tried: Attempts, rows: Sequence[int]) -> Iterable[tuple[int, Values]]:
    """(row, values) of these rows."""
    values = tried.rows
    return ((row, values[row]) for row in rows)
