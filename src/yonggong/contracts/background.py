"""What the platform already knows about a person whom somebody files: one lookup, or many.

The refusals of JL-6 and the law's questions about earlier contracts are answered from this, the
same way for one form and for a workbook of forty thousand rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from yonggong.cases.life import State
from yonggong.cases.statements import rows_and
from yonggong.contracts.models import WITH_TERMS, Contract, Filing
from yonggong.law.facts import Extension, PriorTerm, TermType
from yonggong.law.periods import full_months
from yonggong.law.rules.writing import LONGEST_GAP
from yonggong.registry.models import Worker

_TERM_TYPES: dict[str, TermType] = {"1": "fixed", "2": "open", "3": "task"}
_EXTENSIONS: dict[str, Extension] = {"1": "law", "2": "automatic", "3": "agreed"}
_ONE_DAY = timedelta(days=1)
# An employer that is not named to whoever does not know the person's name.
ANOTHER = "其他单位"


def prolonged(prior: PriorTerm, how: str, until: date | None) -> PriorTerm:
    """A term that went on past its end. What the law itself prolongs is no further contract; what
    was agreed is counted (Judicial Interpretation II, 8 and 10)."""
    if how == "automatic":
        return replace(prior, automatic=True)
    if how == "law" or until is None or prior.end_on is None or until <= prior.end_on:
        return prior
    more = full_months(prior.end_on + _ONE_DAY, until)
    return replace(prior, extended_months=prior.extended_months + more)


@dataclass(slots=True)
class Term:
    """One approved term with the filing employer.

    contract          key of the thread it belongs to
    work_start_on     用工之日 of that thread
    end_on            the last day agreed, or on which it was ended before; None while it is open
    extended_months   by which changes prolonged it
    probation_end_on  of the probation agreed with it
    full_time         whether it was a full-time contract of this employer
    continued         nobody ended the relation at its end
    extension         how it went on past its end, as the renewal after it says: (table code, day)
    """

    contract: int
    work_start_on: date
    start_on: date
    end_on: date | None
    term_type: str
    full_time: bool
    extended_months: int = 0
    probation_end_on: date | None = None
    continued: bool = False
    extension: tuple[str, date | None] | None = None

    def as_prior(self) -> PriorTerm:
        """The term as the law looks at it."""
        prior = PriorTerm(
            self.start_on,
            self.end_on,
            _TERM_TYPES[self.term_type],
            self.extended_months,
            continued=self.continued,
        )
        if self.extension is None:
            return prior
        how, until = self.extension
        return prolonged(prior, _EXTENSIONS[how], until)

    def prolong(self, end_on: date | None, term_type: str) -> None:
        """A change may move the end; what it adds is counted (Judicial Interpretation II, 10)."""
        if self.end_on is not None and end_on is not None and end_on > self.end_on:
            self.extended_months += full_months(self.end_on + _ONE_DAY, end_on)
        self.end_on, self.term_type = end_on, term_type


@dataclass(slots=True)
class Background:
    """One person, as seen by the employer that files.

    worker        the person's row, None when new to the platform
    pending       (employer's name, employer's key, case, full time) of unreviewed engagements
    elsewhere     full-time contracts in force with others, the one that runs longest first
    own           the contract in force with the filing employer, if any
    terms         approved terms with the filing employer, the first one first
    filed_here    whether the filing employer itself has filed this person before
    """

    worker: Worker | None = None
    pending: list[tuple[str, int, int, bool]] = field(default_factory=list)
    elsewhere: list[Contract] = field(default_factory=list)
    own: Contract | None = None
    terms: list[Term] = field(default_factory=list)
    filed_here: bool = False

    def own_part(self, employer_id: int) -> Background:
        """What of this the filing employer filed itself."""
        mine = [item for item in self.pending if item[1] == employer_id]
        return replace(self, pending=mine, elsewhere=[])

    def told_of(self, name: str | None, employer_id: int) -> Background:
        """What a filing of this person may be told: who else filed only where number and name are
        the person's. That somebody did is told where it refuses."""
        known = self.worker
        if known is None or known.name == name:
            return self
        pending = [
            (said if employer == employer_id else ANOTHER, employer, case, full_time)
            for said, employer, case, full_time in self.pending
        ]
        return replace(self, pending=pending, elsewhere=[])

    def others(self, employer_id: int) -> list[str]:
        """The names of the other employers that stand in it."""
        names = [
            name
            for name, employer, _, _ in self.pending
            if employer != employer_id and name != ANOTHER
        ]
        return [*names, *(contract.employer.name for contract in self.elsewhere)]

    def terms_before(self, contract: int | None) -> list[Term]:
        """The terms before the one that is filed: all of them, but not the present term of
        `contract` where a change or an ending is about that one."""
        last = next((term for term in reversed(self.terms) if term.contract == contract), None)
        return [term for term in self.terms if term is not last]


def unbroken_since(work_start_on: date, terms: Iterable[Term]) -> date:
    """The first day of service that ran on without a break up to a 用工之日."""
    since = work_start_on
    for term in sorted(terms, key=lambda term: term.start_on, reverse=True):
        if term.work_start_on < since and (
            term.end_on is None or since - term.end_on <= LONGEST_GAP
        ):
            since = term.work_start_on
    return since


def of_digests(digests: Iterable[bytes], *, employer_id: int) -> dict[bytes, Background]:
    """The background of every person among `digests` who is known; a few queries for any number."""
    return _by_digest(Worker.objects.filter(_with_digests(digests)), employer_id)


def of_digests_and(
    digests: Iterable[bytes], asked: tuple[str, Sequence[Any]], *, employer_id: int
) -> tuple[dict[bytes, Background], Any]:
    """`of_digests`, and what another query tells, asked in the same statement."""
    found, told = rows_and(Worker, (_DIGEST_AMONG, [_array(digests)]), asked)
    return _by_digest(found, employer_id), told


def _by_digest(found: Iterable[Worker], employer_id: int) -> dict[bytes, Background]:
    workers = {bytes(worker.document_digest): worker for worker in found}
    _follow_joined(workers)
    known = {worker.pk: Background(worker=worker) for worker in workers.values()}
    if known:
        _fill_contracts(known, employer_id)
        _fill_filings(known, employer_id)
    return {digest: known[worker.pk] for digest, worker in workers.items()}


def _follow_joined(workers: dict[bytes, Worker]) -> None:
    """A further document stands for the person that it was joined to."""
    joined = {found.joined_into_id for found in workers.values()} - {None}
    if joined:
        people = Worker.objects.in_bulk(joined)
        for digest, found in workers.items():
            if found.joined_into_id is not None:
                workers[digest] = people[found.joined_into_id]


def of_worker(worker: Worker, *, employer_id: int) -> Background:
    """The background of one person already known."""
    return of_workers([worker], employer_id=employer_id)[worker.pk]


def of_workers(workers: Iterable[Worker], *, employer_id: int) -> dict[int, Background]:
    """The background of persons already known, by their keys."""
    known = {worker.pk: Background(worker=worker) for worker in workers}
    _fill_contracts(known, employer_id)
    _fill_filings(known, employer_id)
    return known


def _fill_contracts(known: dict[int, Background], employer_id: int) -> None:
    contracts = Contract.objects.filter(
        _among("contracts_contract.worker_id", known), state=Contract.State.ACTIVE
    ).select_related("employer", "current__current__carried")
    for contract in contracts:
        person = known[contract.worker_id]
        assert person.worker is not None
        contract.worker = person.worker
        if contract.employer_id == employer_id:
            person.own, person.filed_here = contract, True
        elif contract.full_time:
            person.elsewhere.append(contract)
    for person in known.values():
        if len(person.elsewhere) > 1:
            person.elsewhere.sort(key=lambda found: found.end_on or date.max, reverse=True)


def _fill_filings(known: dict[int, Background], employer_id: int) -> None:
    rows = (
        Filing.objects.filter(
            _among("contracts_filing.worker_id", known),
            kind__in=WITH_TERMS,
            state__in=(State.PENDING, State.APPROVED),
        )
        .order_by("case_id")
        .values(
            "worker_id",
            "employer_id",
            "employer__name",
            "contract__predecessors",
            "case_id",
            "kind",
            "state",
            "full_time",
            "start_on",
            "end_on",
            "term_type",
            "contract_id",
            "contract__work_start_on",
            "contract__ended_on",
            "case__current__data__probation_end_on",
            "case__current__data__extension",
            "case__current__data__extended_until",
        )
    )
    before = _predecessors(rows, employer_id)
    for row in rows:
        person = known[row["worker_id"]]
        person.filed_here |= row["employer_id"] == employer_id
        if row["state"] == State.PENDING:
            if row["kind"] == Filing.Kind.NEW:
                person.pending.append(
                    (row["employer__name"], row["employer_id"], row["case_id"], row["full_time"])
                )
        elif row["employer_id"] == employer_id or row["employer_id"] in before.get(
            row["worker_id"], ()
        ):
            _add_term(person.terms, row)
    for person in known.values():
        person.terms.sort(key=lambda term: term.start_on)


def _predecessors(rows: Iterable[Mapping[str, Any]], employer_id: int) -> dict[int, set[int]]:
    """By worker the employers from which a contract of theirs was carried over to this one: what they
    agreed there is agreed here (Labour Contract Law, 34; Regulations, 10)."""
    found = defaultdict[int, set[int]](set)
    for row in rows:
        if row["employer_id"] == employer_id and row["contract__predecessors"]:
            found[row["worker_id"]].update(row["contract__predecessors"])
    return found


def _add_term(terms: list[Term], row: Mapping[str, Any]) -> None:
    """A new or renewal filing begins a term; a change alters the present one of its thread."""
    ended_on, end_on = row["contract__ended_on"], row["end_on"]
    mine = [term for term in terms if term.contract == row["contract_id"]]
    if row["kind"] == Filing.Kind.CHANGE and mine:
        mine[-1].prolong(end_on, row["term_type"])
        term = mine[-1]
    else:
        if mine:
            # A renewal of the same thread: the relation went on.
            mine[-1].continued = True
            if how := row["case__current__data__extension"]:
                until = row["case__current__data__extended_until"]
                mine[-1].extension = (how, date.fromisoformat(until) if until else None)
        probation = row["case__current__data__probation_end_on"]
        term = Term(
            contract=row["contract_id"],
            work_start_on=row["contract__work_start_on"],
            start_on=row["start_on"],
            end_on=end_on,
            term_type=row["term_type"],
            full_time=row["full_time"],
            probation_end_on=date.fromisoformat(probation) if probation else None,
            continued=ended_on is None,
        )
        terms.append(term)
    if ended_on is not None and (term.end_on is None or ended_on < term.end_on):
        term.end_on = max(ended_on, term.start_on)


def _among(column: str, values: Iterable[Any]) -> RawSQL:
    """Rows whose `column` is one of `values`, sent as one array: a placeholder for each of four
    thousand takes longer to write down than the query takes to run."""
    return RawSQL(f"{column} = ANY(%s)", [list(values)], output_field=BooleanField())


_DIGEST_AMONG = "registry_worker.document_digest = ANY(%s::bytea[])"


def _with_digests(digests: Iterable[bytes]) -> RawSQL:
    """`_among` for digests."""
    return RawSQL(_DIGEST_AMONG, [_array(digests)], output_field=BooleanField())


def _array(digests: Iterable[bytes]) -> str:
    """Digests as the one text that an array of them is."""
    return "{" + ",".join([f'"\\\\x{digest.hex()}"' for digest in digests]) + "}"


def contracts_waiting(contracts: Iterable[int], *, but: int | None) -> set[int]:
    """Those of `contracts` that have an unreviewed filing, the case `but` apart."""
    waiting = Filing.objects.filter(
        _among("contracts_filing.contract_id", contracts), state=State.PENDING
    )
    if but is not None:
        waiting = waiting.exclude(case_id=but)
    return set(waiting.values_list("contract_id", flat=True))


def contracts_rostered(contracts: Iterable[int]) -> set[int]:
    """Those of `contracts` whose filing in force stands on a roster."""
    return set(
        Filing.objects.filter(
            _among("contracts_filing.contract_id", contracts),
            in_post=True,
            roster__isnull=False,
        ).values_list("contract_id", flat=True)
    )
