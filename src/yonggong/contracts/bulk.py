"""Contract filings by the workbook: the refusals and findings of single filing, for many rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import repeat
from typing import Any

from django.db.models import QuerySet

from yonggong import law
from yonggong.cases.bulk import Bulk, BulkAttempt, copy_columns, reserve
from yonggong.cases.life import State
from yonggong.contracts import background, facts, refusals
from yonggong.contracts.background import Background
from yonggong.contracts.forms import (
    CHANGE_FORM,
    ENDING_FORM,
    NEW_FORM,
    PART_TIME,
    RENEWAL_FORM,
    WORKER,
)
from yonggong.contracts.models import Contract, Filing
from yonggong.contracts.threads import held_values
from yonggong.forms import Field, FieldType, Form, Problem, Section
from yonggong.registry.actions import document_digest
from yonggong.vault.sealing import seal_many

# --- columns -------------------------------------------------------------------------------

_PERSON = Section(
    name="person",
    title="劳动者",
    fields=tuple(
        replace(item, fills={})
        for item in WORKER.fields
        if item.name in ("document_type", "document_number", "name")
    ),
)


def _with_person(form: Form) -> Form:
    """The form of a renewal or change, preceded by whose contract it is."""
    return Form(
        name=f"{form.name}-batch",
        title=form.title,
        sections=(_PERSON, *form.sections),
        checks=form.checks,
    )


RENEWAL_BATCH = _with_person(RENEWAL_FORM)
CHANGE_BATCH = _with_person(CHANGE_FORM)

# Jilin's template for endings, as given: manual 1.8 (JL-7).
ENDING_BATCH = Form(
    name="contract-ending-batch",
    title="解除（终止）劳动合同备案批量",
    sections=(
        Section(
            name="ending",
            title="解除（终止）",
            fields=(
                Field(
                    name="name",
                    label="姓名",
                    type=FieldType.PERSON_NAME,
                    required=True,
                    max_length=10,
                    hint="10个汉字以内",
                ),
                Field(
                    name="document_number",
                    label="身份证号码",
                    type=FieldType.ID_NUMBER,
                    required=True,
                    personal=True,
                    hint="18位准确的身份证号码",
                ),
                replace(
                    ENDING_FORM.fields_by_name["ended_on"],
                    label="终止或解除时间",
                    hint="格式：yyyy-mm-dd",
                ),
                replace(
                    ENDING_FORM.fields_by_name["end_reason"], label="终止或解除原因", hint="选择"
                ),
            ),
        ),
    ),
)

# --- new contracts -------------------------------------------------------------------------


def check_new(attempt: BulkAttempt) -> None:
    """JL-6 for every row: unreviewed filing, full-time contract elsewhere; then the law."""
    columns, employer = attempt.columns, attempt.employer.pk
    attempt.names = [name or "" for name in columns["name"]]
    attempt.subjects = [None] * attempt.size
    good = attempt.good()
    digests = _digests(attempt, good)
    known = background.of_digests([digests[row] for row in good], employer_id=employer)
    names = list(columns)
    look = _looker(attempt)
    for row, values in _rows(names, columns, attempt.size, good):
        person = known.get(digests[row])
        if person is not None:
            attempt.refuse(row, refusals.of_new(values, person, employer_id=employer, case_id=None))
        look(row, values, person)


def open_new(attempt: BulkAttempt, rows: Sequence[int], keys: Sequence[int], now: datetime) -> None:
    """Write workers that are new, their contracts and the filings."""
    columns = attempt.columns
    workers = _add_workers(attempt, rows)
    contracts = reserve("contracts_contract", len(rows))
    full_time = [columns["employment_form"][row] != PART_TIME for row in rows]
    copy_columns(
        "contracts_contract",
        {
            "id": contracts,
            "worker_id": workers,
            "full_time": full_time,
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
    """The workers' keys, by row; persons not known yet are added."""
    digests: dict[int, bytes] = attempt.found["digests"]
    known: dict[bytes, int] = background.keys_of([digests[row] for row in rows])
    new = [row for row in rows if digests[row] not in known]
    columns = attempt.columns
    added = reserve("registry_worker", len(new))
    known.update(zip((digests[row] for row in new), added, strict=True))
    if new:
        numbers = [columns["document_number"][row] for row in new]
        copy_columns(
            "registry_worker",
            {
                "id": added,
                "document_digest": [digests[row] for row in new],
                "document_sealed": seal_many(numbers),
                **_picked(columns, new, "document_type", "name", "sex", "birth_on"),
            },
            {},
            len(new),
        )
    return [known[digests[row]] for row in rows]


# --- renewals, changes, endings ------------------------------------------------------------


def _check_later(
    attempt: BulkAttempt,
    *,
    what: str,
    needs_roster: bool,
    extra: Callable[[Mapping[str, Any], Contract], list[Problem]],
    look: Callable[[int, dict[str, Any], Background, Contract], None],
) -> None:
    """Find each row's contract with this employer; refuse what JL-4, JL-5 and JL-6 refuse."""
    columns = attempt.columns
    attempt.names = [name or "" for name in columns["name"]]
    attempt.subjects = [None] * attempt.size
    good = attempt.good()
    if "document_type" not in columns:
        columns["document_type"] = ["01"] * attempt.size
    digests = _digests(attempt, good)
    people = background.of_digests([digests[row] for row in good], employer_id=attempt.employer.pk)
    held = [person.own.pk for person in people.values() if person.own is not None]
    waiting = background.contracts_waiting(held)
    rostered = background.contracts_rostered(held)
    for row, values in _rows(list(columns), columns, attempt.size, good):
        person = people.get(digests[row])
        if person is None or person.own is None:
            attempt.refuse(row, [refusals.no_contract_in_force(what)])
            continue
        contract = person.own
        attempt.subjects[row] = contract.pk
        attempt.found.setdefault("contracts", {})[row] = contract
        found = refusals.of_person(values["name"], person)
        found += refusals.of_contract(
            state=contract.state,
            rostered=contract.pk in rostered,
            needs_roster=needs_roster,
            what=what,
        )
        if contract.pk in waiting:
            found.append(refusals.pending_on_contract())
        attempt.refuse(row, found or extra(values, contract))
        look(row, values, person, contract)


def check_renewal(attempt: BulkAttempt) -> None:
    """JL-4 for every row."""
    _check_later(
        attempt,
        what="续订",
        needs_roster=attempt.policy.renewal_needs_roster,
        extra=lambda values, contract: refusals.of_renewal(values, previous_end=contract.end_on),
        look=_later_looker(attempt, without=("probation_end_on", "probation_pay")),
    )


def check_change(attempt: BulkAttempt) -> None:
    """A change is of a contract in force."""
    _check_later(
        attempt,
        what="变更",
        needs_roster=False,
        extra=lambda values, contract: [],
        look=_later_looker(attempt),
    )


def check_ending(attempt: BulkAttempt) -> None:
    """JL-5 and JL-7 for every row."""

    def look(row: int, values: dict[str, Any], person: Background, contract: Contract) -> None:
        held = {**held_values(contract), "work_start_on": contract.work_start_on}
        ended = facts.ending_facts(
            values,
            contract=_facts(attempt, held, person),
            policy=attempt.policy,
            region_code=attempt.employer.region_code,
            on=attempt.today,
        )
        attempt.judge(row, law.check_ending(ended, attempt.today))

    _check_later(
        attempt,
        what="解除（终止）",
        needs_roster=attempt.policy.ending_needs_roster,
        extra=lambda values, contract: refusals.of_ending(
            values, start_on=contract.work_start_on, today=attempt.today
        ),
        look=look,
    )


def _open_later(kind: Filing.Kind) -> Callable[..., None]:
    def opened(
        attempt: BulkAttempt, rows: Sequence[int], keys: Sequence[int], now: datetime
    ) -> None:
        contracts: dict[int, Contract] = attempt.found["contracts"]
        mine = [contracts[row] for row in rows]
        held = [held_values(contract) for contract in mine]
        columns = attempt.columns

        def column(name: str) -> list[Any]:
            own = columns.get(name)
            if own is not None:
                return [own[row] for row in rows]
            return [values.get(name) for values in held]

        forms = column("employment_form")
        _copy_filings(
            attempt,
            keys,
            {
                "contract_id": [contract.pk for contract in mine],
                "worker_id": [contract.worker_id for contract in mine],
                "full_time": [form != PART_TIME for form in forms],
                "sex": [values.get("sex") or "" for values in held],
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
    attempt.found["digests"] = digests
    return digests


def _rows(names: list[str], columns: Mapping[str, list[Any]], size: int, good: list[int]) -> Any:
    """(index, values) of the rows in `good`."""
    if len(good) == size:
        for row, cells in enumerate(zip(*columns.values(), strict=True)):
            yield row, dict(zip(names, cells, strict=True))
    else:
        for row in good:
            yield row, {name: column[row] for name, column in columns.items()}


def _picked(
    columns: Mapping[str, list[Any]], rows: Sequence[int], *names: str
) -> dict[str, list[Any]]:
    return {name: [columns[name][row] for row in rows] for name in names}


def _facts(attempt: BulkAttempt, values: Mapping[str, Any], person: Background | None) -> Any:
    return facts.contract_facts(
        values,
        policy=attempt.policy,
        region_code=attempt.employer.region_code,
        background=person,
        employer_id=attempt.employer.pk,
        on=attempt.today,
    )


def _looker(attempt: BulkAttempt) -> Callable[[int, dict[str, Any], Background | None], None]:
    def look(row: int, values: dict[str, Any], person: Background | None) -> None:
        attempt.judge(row, law.check_contract(_facts(attempt, values, person), attempt.today))

    return look


def _later_looker(
    attempt: BulkAttempt, without: tuple[str, ...] = ()
) -> Callable[[int, dict[str, Any], Background, Contract], None]:
    def look(row: int, values: dict[str, Any], person: Background, contract: Contract) -> None:
        known = {**held_values(contract), **values, "work_start_on": contract.work_start_on}
        for name in without:
            known.pop(name, None)
        attempt.judge(row, law.check_contract(_facts(attempt, known, person), attempt.today))

    return look


def _copy_filings(
    attempt: BulkAttempt, keys: Sequence[int], columns: dict[str, Any], *, kind: Filing.Kind
) -> None:
    columns.setdefault("ended_on", repeat(None, len(keys)))
    columns.setdefault("end_reason", repeat("", len(keys)))
    copy_columns(
        "contracts_filing",
        {"case_id": keys, "late_days": [days for _, days in attempt.found["late_days"]], **columns},
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
    )


def _void_new(keys: Sequence[int]) -> None:
    """A voided new filing leaves no contract behind."""
    Contract.objects.filter(pk__in=_contracts_of(keys)).update(state=Contract.State.VOID)
    _void_later(keys)


def _void_later(keys: Sequence[int]) -> None:
    Filing.objects.filter(case__in=keys).update(state=State.VOIDED)


def _contracts_of(keys: Sequence[int]) -> QuerySet[Filing, int]:
    return Filing.objects.filter(case__in=keys).values_list("contract", flat=True)


NEW_BULK = Bulk(form=NEW_FORM, check=check_new, opened=open_new, voided=_void_new)
RENEWAL_BULK = Bulk(
    form=RENEWAL_BATCH,
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
