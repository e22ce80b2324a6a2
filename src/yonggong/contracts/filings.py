"""The four kinds of contract filing, and what they do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from yonggong import policy
from yonggong.accounts.models import User
from yonggong.cases.actions import Refused
from yonggong.cases.attempts import Attempt
from yonggong.cases.kinds import CaseKind, register
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.catalogue import own_titles
from yonggong.codes.names import person_name
from yonggong.contracts import bulk, checking, dispatch, findings, refusals
from yonggong.contracts.change import pages as change_pages
from yonggong.contracts.ending import pages as ending_pages
from yonggong.contracts.ending import papers as ending_papers
from yonggong.contracts.ending import workbook as ending_workbook
from yonggong.contracts.forms import (
    CHANGE_FORM,
    ENDING_FORM,
    NEW_FORM,
    RENEWAL_FORM,
    TERM_FIELD_NAMES,
)
from yonggong.contracts.lookups import LookedUp, background_of, contract_of
from yonggong.contracts.models import Carried, Contract, Filing
from yonggong.contracts.new import pages as new_pages
from yonggong.contracts.new import papers as new_papers
from yonggong.contracts.renewal import pages as renewal_pages
from yonggong.contracts.renewal import papers as renewal_papers
from yonggong.contracts.renewal import workbook as renewal_workbook
from yonggong.contracts.threads import held_values, particulars, stored_text, values_of_text
from yonggong.forms import Problem
from yonggong.integrity import constraint_of
from yonggong.policy import Policy
from yonggong.registry import actions as registry
from yonggong.registry import people
from yonggong.registry.models import Employer, Worker

Values = Mapping[str, Any]


# --- what submission writes ----------------------------------------------------------------


def _newly_hired_on(values: Values) -> date | None:
    """用工之日 of whoever is newly taken on; None of staff long at work, filed late for the first
    time with a later contract."""
    return None if values.get("earlier_contract") else values.get("work_start_on")


def _row(
    case: Case, attempt: Attempt, values: Values, contract: Contract, worker: Worker
) -> dict[str, Any]:
    """The columns of `Filing` that follow the form."""
    assert case.filed_at is not None
    code = attempt.employer.credit_code
    return {
        "contract": contract,
        "employer_id": case.employer_id,
        "worker": worker,
        "agency_id": case.agency_id,
        "region_code": case.region_code,
        "state": case.state,
        "full_time": dispatch.is_full_time_contract(values, code),
        "exclusive": dispatch.is_exclusive(values, code, attempt.policy),
        "name": values.get("name") or worker.name,
        "sex": values.get("sex") or worker.sex,
        "employment_form": values["employment_form"],
        "term_type": values["term_type"],
        "job": values["job"],
        "signed_on": values.get("signed_on"),
        "start_on": values["start_on"],
        "end_on": values.get("end_on"),
        "ended_on": values.get("ended_on"),
        "end_reason": values.get("end_reason") or "",
        "filed_on": case.filed_at.astimezone().date(),
        "late_days": case.late_days,
    }


def _save_filing(case: Case, kind: str, columns: dict[str, Any], *, new: bool) -> None:
    # Refused is raised out of the whole submission, so nothing has to be rolled back in part.
    try:
        if new:
            Filing.objects.bulk_create([Filing(case=case, kind=kind, **columns)])
        else:
            Filing.objects.filter(case=case).update(**columns)
    except IntegrityError as error:
        raise _raced(error) from error


_BY_ANOTHER = "其他单位或本单位其他经办人"
# What each of the database's rules holds apart, in the words of the check that came too early.
_HELD_APART: Mapping[str, Callable[[], Problem]] = {
    "contract_one_exclusive": lambda: refusals.full_time_elsewhere("其他单位"),
    "filing_one_pending": refusals.pending_on_contract,
    "filing_one_pending_exclusive": lambda: refusals.unreviewed(_BY_ANOTHER),
    "filing_one_pending_with_employer": lambda: refusals.unreviewed(_BY_ANOTHER),
}


def _raced(error: IntegrityError) -> Refused:
    """Two people filed the same at once: the database let one of them through. Raises `error`
    itself where it broke any other rule, which is no race."""
    words = _HELD_APART.get(constraint_of(error))
    if words is None:
        raise error
    return Refused([words()])


def _worker(attempt: Attempt) -> Worker:
    """The person filed, whom the checks have mostly looked up already."""
    known = background_of(attempt)
    if known is not None and known.worker is not None and known.worker.confirmed:
        return _not_joined_meanwhile(known.worker)
    values = attempt.values
    return registry.get_or_add_worker(
        document_type=values["document_type"],
        number=values["document_number"],
        name=values["name"],
        sex=values["sex"],
        birth_on=values["birth_on"],
    )


def _not_joined_meanwhile(worker: Worker) -> Worker:
    """A known person, held so that nobody joins them to another until this is written."""
    if people.hold(worker.pk):
        return worker
    raise Refused([refusals.joined_meanwhile()])


def _thread(attempt: Attempt) -> dict[str, Any]:
    """The columns of `Contract` that follow the form of a new contract."""
    values = attempt.values
    terms = _terms(values, attempt.employer, attempt.policy)
    return {**terms, "work_start_on": values["work_start_on"]}


def _terms(values: Values, employer: Employer, rules: Policy) -> dict[str, Any]:
    """The columns of `Contract` that every new term, and every change, may alter."""
    return {
        "full_time": dispatch.is_full_time_contract(values, employer.credit_code),
        "exclusive": dispatch.is_exclusive(values, employer.credit_code, rules),
        "start_on": values["start_on"],
        "end_on": values.get("end_on"),
        "term_type": values["term_type"],
        "user_unit_code": dispatch.user_unit_code(values),
    }


def _new_begins(attempt: Attempt) -> int:
    """The thread that a new contract begins."""
    contract = Contract.objects.create(
        employer=attempt.employer,
        worker=_worker(attempt),
        **_thread(attempt),
    )
    attempt.among.kept.of(LookedUp).contract = contract
    return contract.pk


def _new_opened(case: Case, attempt: Attempt) -> None:
    contract = contract_of(attempt)
    columns = _row(case, attempt, attempt.values, contract, contract.worker)
    _save_filing(case, Filing.Kind.NEW, columns, new=True)


def _new_amended(case: Case, attempt: Attempt) -> None:
    """A returned filing may correct even who the person is."""
    worker = _worker(attempt)
    Contract.objects.filter(pk=case.subject_key).update(worker=worker, **_thread(attempt))
    contract = Contract.objects.get(pk=case.subject_key)
    columns = _row(case, attempt, attempt.values, contract, worker)
    _save_filing(case, Filing.Kind.NEW, columns, new=False)


def _term_values(attempt: Attempt) -> dict[str, Any]:
    """The whole row's values of a filing whose form has only part of them (an ending)."""
    contract = contract_of(attempt)
    current = held_values(contract)
    return {
        **{name: current.get(name) for name in ("name", "sex", *TERM_FIELD_NAMES)},
        "start_on": contract.start_on,
        "end_on": contract.end_on,
        "term_type": contract.term_type,
        "employment_form": current.get("employment_form") or ("1" if contract.full_time else "2"),
        "job": current.get("job") or "",
        **attempt.values,
    }


def _later_opened(case: Case, attempt: Attempt) -> None:
    _save_filing(case, case.kind.removeprefix("contract."), _later_row(case, attempt), new=True)


def _later_amended(case: Case, attempt: Attempt) -> None:
    _save_filing(case, "", _later_row(case, attempt), new=False)


def _later_row(case: Case, attempt: Attempt) -> dict[str, Any]:
    contract = contract_of(attempt)
    return _row(case, attempt, _term_values(attempt), contract, contract.worker)


# --- what decisions write ------------------------------------------------------------------


def _mark(case: Case) -> None:
    """The filing's state follows its case."""
    Filing.objects.filter(case=case).update(state=case.state)


def _transferred(case: Case) -> None:
    """The filing lies with the agency that its case was handed to."""
    Filing.objects.filter(case=case).update(agency=case.agency_id)


def _new_applied(case: Case, by: User, now: datetime) -> None:
    filing = Filing.objects.select_related("contract__employer").get(case=case)
    worker = people.lock_worker(filing.worker_id)
    name = person_name(case.values["name"])  # filed, perhaps, before names had one form
    # Approved under another name since this was filed: whoever reviews must see to it first.
    if found := refusals.of_person(name, worker):
        raise Refused(found)
    _give_way(filing.contract, timezone.localdate(now))
    _activate(filing.contract, case)
    people.take_approved(
        worker=worker,
        approved=people.Particulars(
            document_type=case.values["document_type"],
            number=case.values["document_number"],
            name=name,
            sex=case.values["sex"],
            birth_on=case.values["birth_on"],
        ),
        why=case.reference,
        by=by,
        at=now,
    )
    Filing.objects.filter(case=case).update(state=case.state, in_post=True)


def _give_way(contract: Contract, on: date) -> None:
    """Look once more at the person's other contracts, and let those that have run out give up
    their exclusiveness to this one. A renewal approved at the same moment keeps it: then the
    database lets one of the two through."""
    others = list(
        Contract.objects.filter(worker=contract.worker_id, state=Contract.State.ACTIVE)
        .exclude(pk=contract.pk)
        .select_related("employer")
    )
    if any(other.employer_id == contract.employer_id for other in others):
        raise Refused([refusals.contract_in_force()])
    if not contract.exclusive:
        return
    full_time = [other for other in others if other.full_time]
    if running := refusals.still_running(full_time, on):
        raise Refused([refusals.full_time_elsewhere(running.employer.name)])
    if full_time:
        Contract.objects.filter(
            pk__in=[other.pk for other in full_time], exclusive=True, end_on__lt=on
        ).update(exclusive=False)


def _activate(contract: Contract, case: Case) -> None:
    contract.state, contract.current = Contract.State.ACTIVE, case
    try:
        with transaction.atomic():
            contract.save(update_fields=["state", "current"])
    except IntegrityError as error:
        raise _raced(error) from error


def _renewal_applied(case: Case, by: User, now: datetime) -> None:
    contract = _in_force(case)
    for name, value in _terms(case.values, contract.employer, _rules(case)).items():
        setattr(contract, name, value)
    contract.term_count += 1
    _save_contract(contract, case)
    Filing.objects.filter(contract=contract, in_post=True).update(in_post=False)
    Filing.objects.filter(case=case).update(state=case.state, in_post=True)


def _rules(case: Case) -> Policy:
    """What the province says on the day the case was filed."""
    assert case.filed_at is not None
    return policy.of(case.region_code, timezone.localdate(case.filed_at))


def _change_applied(case: Case, by: User, now: datetime) -> None:
    contract = _in_force(case)
    for name, value in _terms(case.values, contract.employer, _rules(case)).items():
        setattr(contract, name, value)
    _save_contract(contract, case)
    _mark(case)


def _save_contract(contract: Contract, case: Case) -> None:
    _carry_over(contract, case)
    contract.current = case
    try:
        with transaction.atomic():
            contract.save()
    except IntegrityError as error:
        raise _raced(error) from error


def _carry_over(contract: Contract, case: Case) -> None:
    """A renewal's or change's form does not ask for the person again: what was filed before is
    kept beside the version, so that it alone says all that now holds."""
    if contract.current is None:
        return
    own = case.definition.form.fields_by_name
    held = {**stored_text(contract.current), **particulars(contract.worker)}
    kept = {name: value for name, value in held.items() if name not in own}
    Carried.objects.create(version=case.version, contract=contract, data=kept)


def _ending_applied(case: Case, by: User, now: datetime) -> None:
    contract = _in_force(case)
    contract.state, contract.ended_on = Contract.State.ENDED, case.values["ended_on"]
    contract.save(update_fields=["state", "ended_on"])
    Filing.objects.filter(contract=contract, in_post=True).update(in_post=False)
    _mark(case)


def _in_force(case: Case) -> Contract:
    contract = (
        Contract.objects.select_related("employer")
        .select_for_update(of=("self",))
        .get(pk=case.subject_key)
    )
    found = refusals.of_contract(
        state=contract.state, rostered=True, needs_roster=False, what="本项备案"
    )
    if found:
        raise Refused(found)
    return contract


def _new_voided(case: Case) -> None:
    Contract.objects.filter(pk=case.subject_key).update(state=Contract.State.VOID)
    _mark(case)


def _present(case: Case) -> Values | None:
    """What now holds of the contract, for the fields that this case's form has."""
    if case.subject is None:
        return None
    earlier = (
        Case.objects.filter(
            filing__contract=case.subject,
            filing__state=State.APPROVED,
            filing__kind__in=(Filing.Kind.NEW, Filing.Kind.RENEWAL, Filing.Kind.CHANGE),
        )
        .exclude(pk=case.pk)
        .order_by("-decided_at")
    )
    if case.decided_at is not None:
        earlier = earlier.filter(decided_at__lt=case.decided_at)
    held = earlier.first()
    return values_of_text(held) if held else None


def _person(attempt: Attempt) -> str:
    return str(attempt.values["name"])


def _person_of_contract(attempt: Attempt) -> str:
    return contract_of(attempt).worker.name


NEW = register(
    CaseKind(
        name="contract.new",
        pages=new_pages.PAGES,
        papers=(new_papers.ROSTER,),
        makes_subject=True,
        frequent=True,
        title=own_titles()["contract.new"],
        form=NEW_FORM,
        bulk=replace(bulk.NEW_BULK, page="new"),
        subject_name=_person,
        refusals=checking.of_new,
        findings=findings.of_new,
        begins=_new_begins,
        opened=_new_opened,
        amended=_new_amended,
        applied=_new_applied,
        returned=_mark,
        voided=_new_voided,
        transferred=_transferred,
        event_field="signed_on",
        hired_on=_newly_hired_on,
        hired_field="work_start_on",
        deadline="contract_signed",
    )
)
RENEWAL = register(
    CaseKind(
        name="contract.renewal",
        pages=renewal_pages.PAGES,
        papers=(renewal_papers.ROSTER,),
        frequent=True,
        title=own_titles()["contract.renewal"],
        form=RENEWAL_FORM,
        bulk=renewal_workbook.WORKBOOK,
        subject_name=_person_of_contract,
        refusals=checking.of_renewal,
        findings=findings.of_renewal,
        opened=_later_opened,
        amended=_later_amended,
        applied=_renewal_applied,
        returned=_mark,
        voided=_mark,
        transferred=_transferred,
        present=_present,
        event_field="signed_on",
        deadline="contract_renewed",
    )
)
CHANGE = register(
    CaseKind(
        name="contract.change",
        pages=change_pages.PAGES,
        frequent=True,
        title=own_titles()["contract.change"],
        form=CHANGE_FORM,
        bulk=replace(bulk.CHANGE_BULK, page="new"),
        subject_name=_person_of_contract,
        refusals=checking.of_change,
        findings=findings.of_change,
        opened=_later_opened,
        amended=_later_amended,
        applied=_change_applied,
        returned=_mark,
        voided=_mark,
        transferred=_transferred,
        present=_present,
        event_field="changed_on",
        deadline="contract_changed",
    )
)
ENDING = register(
    CaseKind(
        name="contract.ending",
        pages=ending_pages.PAGES,
        papers=(ending_papers.ROSTER, ending_papers.CERTIFICATES),
        frequent=True,
        title=own_titles()["contract.ending"],
        form=ENDING_FORM,
        bulk=ending_workbook.WORKBOOK,
        subject_name=_person_of_contract,
        refusals=checking.of_ending,
        findings=findings.of_ending,
        opened=_later_opened,
        amended=_later_amended,
        applied=_ending_applied,
        returned=_mark,
        voided=_mark,
        transferred=_transferred,
        event_field="ended_on",
        deadline="contract_ended",
    )
)
