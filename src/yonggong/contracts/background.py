"""What the platform already knows about a person whom somebody files: one lookup, or many.

The refusals of JL-6 and the law's questions about earlier contracts are answered from this, the
same way for one form and for a workbook of forty thousand rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from yonggong.cases.life import State
from yonggong.contracts.models import Contract, Filing
from yonggong.law.facts import PriorTerm
from yonggong.registry.models import Worker

_TERM_TYPES = {"1": "fixed", "2": "open", "3": "task"}


@dataclass(slots=True)
class Background:
    """One person, as seen by the employer that files.

    worker        the person's row, None when new to the platform
    pending       (employer's name, employer's key, case) of unreviewed engagements
    full_time     (employer's name, employer's key) of the full-time contract in force, if any
    own           the contract in force with the filing employer, if any
    prior_terms   approved terms with the filing employer, oldest first
    had_probation whether one of them had a probation
    """

    worker: Worker | None = None
    pending: list[tuple[str, int, int, bool]] = field(default_factory=list)
    full_time: tuple[str, int] | None = None
    own: Contract | None = None
    prior_terms: list[PriorTerm] = field(default_factory=list)
    had_probation: bool | None = None


def of_digests(digests: Iterable[bytes], *, employer_id: int) -> dict[bytes, Background]:
    """The background of every person among `digests` who is known; a few queries for any number."""
    workers = {
        bytes(worker.document_digest): worker
        for worker in Worker.objects.filter(document_digest__in=list(digests))
    }
    known = {worker.pk: Background(worker=worker) for worker in workers.values()}
    if known:
        _fill_contracts(known, employer_id)
        _fill_filings(known, employer_id)
    return {digest: known[worker.pk] for digest, worker in workers.items()}


def of_worker(worker: Worker, *, employer_id: int) -> Background:
    """The background of one person already known."""
    known = {worker.pk: Background(worker=worker)}
    _fill_contracts(known, employer_id)
    _fill_filings(known, employer_id)
    return known[worker.pk]


def _fill_contracts(known: dict[int, Background], employer_id: int) -> None:
    contracts = Contract.objects.filter(
        worker__in=list(known), state=Contract.State.ACTIVE
    ).select_related("employer", "current")
    for contract in contracts:
        person = known[contract.worker_id]
        if contract.employer_id == employer_id:
            person.own = contract
        if contract.full_time:
            person.full_time = (contract.employer.name, contract.employer_id)


def _fill_filings(known: dict[int, Background], employer_id: int) -> None:
    rows: Sequence[tuple] = list(
        Filing.objects.filter(
            worker__in=list(known),
            kind__in=(Filing.Kind.NEW, Filing.Kind.RENEWAL),
            state__in=(State.PENDING, State.APPROVED),
        )
        .order_by("start_on", "case_id")
        .values_list(
            "worker_id",
            "employer_id",
            "employer__name",
            "case_id",
            "kind",
            "state",
            "full_time",
            "start_on",
            "end_on",
            "term_type",
            "case__data__probation_end_on",
        )
    )
    for worker, employer, name, case, kind, state, full_time, start, end, term, probation in rows:
        person = known[worker]
        if state == State.PENDING:
            if kind == Filing.Kind.NEW:
                person.pending.append((name, employer, case, full_time))
        elif employer == employer_id:
            person.prior_terms.append(PriorTerm(start, end, _TERM_TYPES[term]))  # type: ignore[arg-type]
            if probation:
                person.had_probation = True


def keys_of(digests: Iterable[bytes]) -> dict[bytes, int]:
    """The keys of the workers among `digests` who are known."""
    return {
        bytes(digest): key
        for digest, key in Worker.objects.filter(document_digest__in=list(digests)).values_list(
            "document_digest", "pk"
        )
    }


def contracts_waiting(contracts: Iterable[int]) -> set[int]:
    """Those of `contracts` that have an unreviewed filing."""
    return set(
        Filing.objects.filter(contract__in=list(contracts), state=State.PENDING).values_list(
            "contract_id", flat=True
        )
    )


def contracts_rostered(contracts: Iterable[int]) -> set[int]:
    """Those of `contracts` whose filing in force stands on a roster."""
    return set(
        Filing.objects.filter(
            contract__in=list(contracts), in_post=True, roster__isnull=False
        ).values_list("contract_id", flat=True)
    )
