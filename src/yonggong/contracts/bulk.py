"""Contract filings by the workbook: the refusals and findings of single filing, for many rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import repeat
from typing import Any

from django.db import IntegrityError
from django.db.models import QuerySet

from yonggong import law
from yonggong.accounts.actions import record_access
from yonggong.cases.bulk import Bulk, BulkAttempt, copy_columns, picked, repeats_row, reserve
from yonggong.cases.life import State
from yonggong.contracts import background, dispatch, facts, prefilling, refusals, workforce
from yonggong.contracts.background import Background, Term
from yonggong.contracts.facts import Place
from yonggong.contracts.field_mapping import pointed
from yonggong.contracts.forms import DISPATCH, NEW_FORM
from yonggong.contracts.models import Contract, Filing
from yonggong.contracts.threads import values_in_force
from yonggong.contracts.workbooks import CHANGE_BATCH, ENDING_BATCH, RENEWAL_BATCH
from yonggong.forms import Problem
from yonggong.forms.cleaning import is_answered
from yonggong.law.facts import DispatchSide
from yonggong.law.findings import Finding
from yonggong.registry import actions as registry
from yonggong.registry.actions import document_digest
from yonggong.registry.people import hold
from yonggong.vault.sealing import seal_many


@dataclass(frozen=True, slots=True)
class _Later:
    """A row on a contract in force: its answers, the person, and what now holds."""

    row: int
    values: dict[str, Any]
    person: Background
    contract: Contract
    held: dict[str, Any]


@dataclass(slots=True)
class LookedUp:
    """What a chunk is about, as the checks found it.

    digests      of the document numbers, by row
    workers      keys of the persons known, by digest
    unconfirmed  of those whom no approval has confirmed, by row
    later        rows on a contract in force, by row
    """

    digests: dict[int, bytes] = field(default_factory=dict)
    workers: dict[bytes, int] = field(default_factory=dict)
    unconfirmed: dict[int, int] = field(default_factory=dict)
    later: dict[int, _Later] = field(default_factory=dict)


# --- new contracts -------------------------------------------------------------------------


def check_new(attempt: BulkAttempt) -> None:
    """JL-6 for every row: unreviewed filing, full-time contract elsewhere; then the law."""
    employer, today = attempt.employer, attempt.today
    columns = attempt.columns = _answered(attempt.columns)
    attempt.names = [name or "" for name in columns["name"]]
    attempt.subjects = [None] * attempt.size
    good = attempt.good()
    digests = _digests(attempt, good)
    known = background.of_digests([digests[row] for row in good], employer_id=employer.pk)
    people = {row: person for row in good if (person := known.get(digests[row])) is not None}
    _refuse_same_person(attempt, good, people)
    looked_up = attempt.kept.of(LookedUp)
    looked_up.workers = {
        digest: person.worker.pk for digest, person in known.items() if person.worker is not None
    }
    looked_up.unconfirmed = {
        row: person.worker.pk
        for row, person in people.items()
        if person.worker is not None and not person.worker.confirmed
    }
    others = _other_sides(attempt, people)
    place = Place.of(employer, attempt.policy, today)
    told = 0
    hired = workforce.at_hiring(
        employer,
        _rows(columns, good),
        uses_dispatched=employer.credit_code in columns.get("user_unit_code", ()),
        today=today,
    )
    for row, values in _rows(columns, good):
        person = people.get(row)
        before: Sequence[Term] = ()
        if person is not None:
            person = person.told_of(values["name"], employer.pk)
            attempt.refuse(
                row,
                refusals.of_new(
                    values,
                    person,
                    employer=employer,
                    case_id=None,
                    rules=attempt.policy,
                    today=today,
                ),
            )
            before = person.terms_before(None)
        judged = facts.contract_facts(
            values, place, person, before=before, other_side=others.get(row)
        )
        found = law.check_contract(judged, today)
        _judge(attempt, row, [*found, *hired.get(row, ())] if hired else found)
        if person is not None and row in attempt.problems and person.others(employer.pk):
            told += 1
    if told:
        record_access(
            f"单位 {employer.name}",
            f"提交备案时告知：{told} 人在其他单位的备案",
            by=attempt.by,
            address=None,
        )
    _name_rows_of_same_person(attempt, people)


def begin_new(attempt: BulkAttempt, rows: Sequence[int]) -> None:
    """Each row is about the contract that it begins."""
    for row, key in zip(rows, reserve("contracts_contract", len(rows)), strict=True):
        attempt.subjects[row] = key


def open_new(attempt: BulkAttempt, rows: Sequence[int], keys: Sequence[int], now: datetime) -> None:
    """Write workers that are new, their contracts and the filings."""
    columns, code = attempt.columns, attempt.employer.credit_code
    workers = _add_workers(attempt, rows)
    contracts = [attempt.subjects[row] for row in rows]
    engaged = _engagements(columns["employment_form"], columns.get("user_unit_code"), rows, code)
    full_time = [is_full_time for is_full_time, _ in engaged]
    exclusive = full_time if attempt.policy.one_full_time_contract else [False] * len(rows)
    copy_columns(
        "contracts_contract",
        {
            "id": contracts,
            "worker_id": workers,
            "full_time": full_time,
            "exclusive": exclusive,
            "user_unit_code": [user_unit for _, user_unit in engaged],
            **_picked(columns, rows, "work_start_on", "start_on", "end_on", "term_type"),
        },
        {
            "employer_id": attempt.employer.pk,
            "state": Contract.State.FILING.value,
            "term_count": 1,
            "migrated": False,
        },
        len(rows),
    )
    _copy_filings(
        attempt,
        keys,
        {
            "contract_id": contracts,
            "worker_id": workers,
            "full_time": full_time,
            "exclusive": exclusive,
            **_picked(
                columns,
                rows,
                "name", "sex", "employment_form", "term_type", "job", "signed_on", "start_on",
                "end_on",
            ),
        },
        kind=Filing.Kind.NEW,
    )  # fmt: skip


def _add_workers(attempt: BulkAttempt, rows: Sequence[int]) -> list[int]:
    """The workers' keys, by row; persons not known yet are added. Whom somebody else has added
    since the rows were checked, the database refuses, and the rows are checked again."""
    looked_up = attempt.kept.of(LookedUp)
    digests, known, unconfirmed = looked_up.digests, looked_up.workers, looked_up.unconfirmed
    new = [row for row in rows if digests[row] not in known]
    columns = attempt.columns
    held = {known[digests[row]] for row in rows if digests[row] in known}
    if held and not hold(*held):
        raise IntegrityError("a person was joined to another since the rows were checked")
    if again := [row for row in rows if row in unconfirmed]:
        registry.retake_unconfirmed(
            workers=[unconfirmed[row] for row in again],
            names=picked(columns["name"], again),
            sexes=picked(columns["sex"], again),
            births=picked(columns["birth_on"], again),
        )
    added = reserve("registry_party", len(new))
    keys = known | dict(zip((digests[row] for row in new), added, strict=True))
    if new:
        numbers = [columns["document_number"][row] for row in new]
        new_digests = [digests[row] for row in new]
        copy_columns(
            "registry_worker",
            {
                "id": added,
                "document_digest": new_digests,
                "document_sealed": seal_many(numbers),
                **_picked(columns, new, "document_type", "name", "sex", "birth_on"),
            },
            {},
            len(new),
            by=new_digests,
        )
    return [keys[digests[row]] for row in rows]


# --- renewals, changes, endings ------------------------------------------------------------


_NOTHING = Decimal("0.00")


def _check_later(
    attempt: BulkAttempt,
    *,
    what: str,
    needs_roster: bool,
    extra: Callable[[Mapping[str, Any], Contract], list[Problem]],
) -> list[_Later]:
    """Find each row's contract with this employer; refuse what JL-4, JL-5 and JL-6 refuse."""
    columns = attempt.columns
    attempt.names = [name or "" for name in columns["name"]]
    attempt.subjects = [None] * attempt.size
    good = attempt.good()
    digests = _digests(attempt, good)
    people = background.of_digests([digests[row] for row in good], employer_id=attempt.employer.pk)
    _refuse_same_person(
        attempt, good, {row: people[digests[row]] for row in good if digests[row] in people}
    )
    own = [person.own.pk for person in people.values() if person.own is not None]
    waiting = background.contracts_waiting(own)
    rostered = background.contracts_rostered(own)
    later: dict[int, _Later] = {}
    for row, values in _rows(columns, good):
        person = people.get(digests[row])
        if person is None or person.own is None:
            attempt.refuse(row, [refusals.no_contract_in_force(what)])
            continue
        contract = person.own
        attempt.subjects[row] = contract.pk
        held = values_in_force(contract)
        later[row] = _Later(row, values, person, contract, held)
        found = refusals.of_person(values["name"], person.worker)
        found += refusals.of_contract(
            state=contract.state,
            rostered=contract.pk in rostered,
            needs_roster=needs_roster,
            what=what,
        )
        if contract.pk in waiting:
            found.append(refusals.pending_on_contract())
        attempt.refuse(row, found or extra(values, contract))
    attempt.kept.of(LookedUp).later = later
    _name_rows_of_same_person(attempt, {row: item.person for row, item in later.items()})
    return list(later.values())


def _refuse_same_person(
    attempt: BulkAttempt, rows: Sequence[int], people: Mapping[int, Background]
) -> None:
    """Refuse rows that are about the person of an earlier one under another number: another issue
    of a pass, or a further document. Equal numbers are seen before, over the whole workbook."""
    digests = attempt.kept.of(LookedUp).digests
    first: dict[bytes | int, int] = {}
    for row in rows:
        person = people.get(row)
        key = person.worker.pk if person is not None and person.worker else digests[row]
        earlier = first.setdefault(key, row)
        if earlier != row:
            attempt.refuse(row, [repeats_row(attempt.numbers[earlier])])


def _name_rows_of_same_person(attempt: BulkAttempt, people: Mapping[int, Background]) -> None:
    """Say of rows that an unreviewed filing stops which row of this very workbook filed it."""
    workers = {
        row: person.worker.pk
        for row, person in people.items()
        if person.worker is not None
        and any(problem.code == "unreviewed_filing" for problem in attempt.problems.get(row, ()))
    }
    if not workers or attempt.batch is None:
        return
    found = Filing.objects.filter(
        case__batch=attempt.batch, worker__in=set(workers.values()), state=State.PENDING
    ).values_list("worker", "case__batch_row")
    filed = {worker: number for worker, number in found if number is not None}
    for row, worker in workers.items():
        if worker in filed:
            attempt.problems[row] = [
                repeats_row(filed[worker]) if problem.code == "unreviewed_filing" else problem
                for problem in attempt.problems[row]
            ]


def check_renewal(attempt: BulkAttempt) -> None:
    """JL-4 for every row."""
    rows = _check_later(
        attempt,
        what="续订",
        needs_roster=attempt.policy.renewal_needs_roster,
        extra=lambda values, contract: refusals.of_renewal(values, previous_end=contract.end_on),
    )
    _judge_terms(attempt, rows, renews=True)


def check_change(attempt: BulkAttempt) -> None:
    """A change is of a contract in force."""
    rows = _check_later(attempt, what="变更", needs_roster=False, extra=lambda values, contract: [])
    _judge_terms(attempt, rows, renews=False)


def _judge_terms(attempt: BulkAttempt, rows: Sequence[_Later], *, renews: bool) -> None:
    people = {item.row: item.person for item in rows}
    terms = {item.row: {**item.held, **item.values} for item in rows}
    others = _other_sides(attempt, people, terms)
    place = Place.of(attempt.employer, attempt.policy, attempt.today)
    for item in rows:
        judged = facts.later_facts(
            item.values,
            place,
            item.person,
            held=item.held,
            contract=item.contract.pk,
            renews=renews,
            other_side=others.get(item.row),
        )
        _judge(attempt, item.row, law.check_contract(judged, attempt.today))


def check_ending(attempt: BulkAttempt) -> None:
    """JL-5 and JL-7 for every row. What was paid and is not filled in was nothing."""
    attempt.columns["severance_paid"] = [
        _NOTHING if paid is None else paid for paid in attempt.columns["severance_paid"]
    ]
    rows = _check_later(
        attempt,
        what="解除（终止）",
        needs_roster=attempt.policy.ending_needs_roster,
        extra=lambda values, contract: refusals.of_ending(
            values, start_on=contract.work_start_on, today=attempt.today
        ),
    )
    place = Place.of(attempt.employer, attempt.policy, attempt.today)
    together = workforce.at_ending(
        attempt.employer, [(item.row, item.values) for item in rows], today=attempt.today
    )
    for item in rows:
        ended = facts.ending_facts(
            item.values, place, item.person, held=item.held, contract=item.contract.pk
        )
        found = law.check_ending(ended, attempt.today)
        _judge(attempt, item.row, [*found, *together.get(item.row, ())])


def _open_later(kind: Filing.Kind) -> Callable[..., None]:
    def opened(
        attempt: BulkAttempt, rows: Sequence[int], keys: Sequence[int], now: datetime
    ) -> None:
        later = attempt.kept.of(LookedUp).later
        mine = [later[row].contract for row in rows]
        held = [later[row].held for row in rows]
        columns, code = attempt.columns, attempt.employer.credit_code

        def column(name: str) -> list[Any]:
            own = columns.get(name)
            if own is not None:
                return [own[row] for row in rows]
            return [values.get(name) for values in held]

        forms = column("employment_form")
        engaged = _engagements(forms, column("user_unit_code"), range(len(rows)), code)
        full_time = [is_full_time for is_full_time, _ in engaged]
        exclusive = full_time if attempt.policy.one_full_time_contract else [False] * len(rows)
        _copy_filings(
            attempt,
            keys,
            {
                "contract_id": [contract.pk for contract in mine],
                "worker_id": [contract.worker_id for contract in mine],
                "full_time": full_time,
                "exclusive": exclusive,
                "sex": [contract.worker.sex for contract in mine],
                "employment_form": forms,
                **{
                    name: column(name)
                    for name in ("name", "term_type", "job", "signed_on", "start_on", "end_on")
                },
                "ended_on": column("ended_on")
                if kind == Filing.Kind.ENDING
                else [None] * len(rows),
                "end_reason": (
                    column("end_reason") if kind == Filing.Kind.ENDING else [""] * len(rows)
                ),
            },
            kind=kind,
        )

    return opened


# --- shared --------------------------------------------------------------------------------


def _digests(attempt: BulkAttempt, rows: Sequence[int]) -> dict[int, bytes]:
    types, numbers = attempt.columns["document_type"], attempt.columns["document_number"]
    digests = {row: document_digest(types[row], numbers[row]) for row in rows}
    attempt.kept.of(LookedUp).digests = digests
    return digests


# Columns that every new contract writes, whether or not a row answered them.
_WRITTEN = frozenset(
    {
        "document_type", "document_number", "name", "sex", "birth_on", "work_start_on",
        "employment_form", "term_type", "job", "signed_on", "start_on", "end_on",
    }
)  # fmt: skip


def _answered(columns: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    """The columns that any row answered: most workbooks leave the optional ones out."""
    return {
        name: column for name, column in columns.items() if name in _WRITTEN or is_answered(column)
    }


def _rows(
    columns: Mapping[str, list[Any]], rows: Sequence[int]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """(index, values) of some rows, one after the other."""
    names = list(columns)
    if len(rows) == len(next(iter(columns.values()), ())):
        for row, cells in enumerate(zip(*columns.values(), strict=True)):
            yield row, dict(zip(names, cells, strict=True))
    else:
        for row in rows:
            yield row, {name: column[row] for name, column in columns.items()}


def _engagements(
    forms: Sequence[str], units: Sequence[str | None] | None, rows: Iterable[int], code: str
) -> list[tuple[bool, str]]:
    """How some rows engage the worker: whether by a full-time contract of the employer with this
    credit code, and for which user unit. Few ways differ, so each is asked about once."""
    known: dict[tuple[str, str | None], tuple[bool, str]] = {}
    result = []
    for row in rows:
        form, unit = key = (forms[row], units[row] if units else None)
        if key not in known:
            values = {"employment_form": form, "user_unit_code": unit}
            known[key] = (
                dispatch.is_full_time_contract(values, code),
                dispatch.user_unit_code(values),
            )
        result.append(known[key])
    return result


def _other_sides(
    attempt: BulkAttempt,
    people: Mapping[int, Background],
    terms: Mapping[int, Mapping[str, Any]] | None = None,
) -> dict[int, DispatchSide]:
    """What the other party filed of the dispatched workers among `people`, by row; one query.

    `terms` are the rows' answers with what holds on; without them the columns alone tell.
    """
    code, columns = attempt.employer.credit_code, attempt.columns
    if terms is None:
        forms = columns["employment_form"]
        terms = {row: attempt.values(row) for row in people if forms[row] == DISPATCH}
    workers = {
        row: person.worker.pk
        for row, person in people.items()
        if person.worker is not None
        and row in terms
        and terms[row].get("employment_form") == DISPATCH
    }
    sides = dispatch.other_sides(
        {worker: dispatch.other_party(terms[row], code) for row, worker in workers.items()}
    )
    return {row: sides[worker] for row, worker in workers.items() if worker in sides}


def _judge(attempt: BulkAttempt, row: int, found: Sequence[Finding]) -> None:
    """Weigh what the law says of a row, each finding pointing to a column of the workbook."""
    if found:
        assert attempt.kind.bulk is not None
        attempt.judge(row, pointed(found, attempt.kind.bulk.form))


def _picked(
    columns: Mapping[str, list[Any]], rows: Sequence[int], *names: str
) -> dict[str, Sequence[Any]]:
    return {name: picked(columns[name], rows) for name in names}


def _copy_filings(
    attempt: BulkAttempt, keys: Sequence[int], columns: dict[str, Any], *, kind: Filing.Kind
) -> None:
    columns.setdefault("ended_on", repeat(None, len(keys)))
    columns.setdefault("end_reason", repeat("", len(keys)))
    copy_columns(
        "contracts_filing",
        {"case_id": keys, "late_days": [days for _, days in attempt.lateness], **columns},
        {
            "employer_id": attempt.employer.pk,
            "agency_id": attempt.agency.pk,
            "region_code": attempt.employer.region_code,
            "kind": kind.value,
            "state": State.PENDING.value,
            "in_post": False,
            "filed_on": attempt.today,
        },
        len(keys),
        by=list(zip(columns["worker_id"], columns["contract_id"], strict=True)),
    )


def _void_new(keys: Sequence[int]) -> None:
    """A voided new filing leaves no contract behind."""
    Contract.objects.filter(pk__in=_contracts_of(keys)).update(state=Contract.State.VOID)
    _void_later(keys)


def _void_later(keys: Sequence[int]) -> None:
    Filing.objects.filter(case__in=keys).update(state=State.VOIDED)


def _contracts_of(keys: Sequence[int]) -> QuerySet[Filing, int]:
    return Filing.objects.filter(case__in=keys).values_list("contract", flat=True)


NEW_BULK = Bulk(form=NEW_FORM, check=check_new, begins=begin_new, opened=open_new, voided=_void_new)
RENEWAL_BULK = Bulk(
    form=RENEWAL_BATCH,
    notes=(prefilling.BLANK_GOES_ON,),
    complete=prefilling.complete,
    check=check_renewal,
    opened=_open_later(Filing.Kind.RENEWAL),
    voided=_void_later,
)
CHANGE_BULK = Bulk(
    form=CHANGE_BATCH,
    check=check_change,
    opened=_open_later(Filing.Kind.CHANGE),
    voided=_void_later,
)
ENDING_BULK = Bulk(
    form=ENDING_BATCH,
    check=check_ending,
    opened=_open_later(Filing.Kind.ENDING),
    voided=_void_later,
)
