"""What the filing of a new contract writes: the person, the thread that it begins, the filing."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.cases.actions import Refused
from yonggong.cases.attempts import Attempt
from yonggong.cases.models import Case
from yonggong.cases.statements import insert, insert_naming
from yonggong.codes.names import person_name
from yonggong.contracts import refusals
from yonggong.contracts.effects import mark, raced, row, save_again, terms
from yonggong.contracts.lookups import LookedUp, background_of, contract_of
from yonggong.contracts.models import Contract, Filing
from yonggong.registry import actions as registry
from yonggong.registry import people
from yonggong.registry.models import Worker


def begins(attempt: Attempt) -> int:
    """The thread that a new contract begins."""
    contract = Contract(employer=attempt.applicant.employer, **_thread(attempt))
    known = _confirmed(attempt)
    if known is not None or not _add_with_person(contract, attempt):
        contract.worker = known or _worker(attempt)
        insert(contract)
    attempt.among.kept.of(LookedUp).contract = contract
    return contract.pk


def _add_with_person(contract: Contract, attempt: Attempt) -> bool:
    """Write the thread and its person in one statement; False, and nothing written, where somebody
    confirmed the person meanwhile."""
    worker = registry.worker_of(**_particulars(attempt))
    if not insert_naming(contract, "worker", registry.keeping(worker)):
        return False
    contract.worker = registry.kept_as(worker, contract.worker_id)
    return True


def opened(case: Case, attempt: Attempt) -> Filing:
    contract = contract_of(attempt)
    columns = row(case, attempt, attempt.values, contract, contract.worker)
    return Filing(case=case, kind=Filing.Kind.NEW, **columns)


def amended(case: Case, attempt: Attempt) -> None:
    """A returned filing may correct even who the person is."""
    worker = _worker(attempt)
    Contract.objects.filter(pk=case.subject_key).update(worker=worker, **_thread(attempt))
    contract = Contract.objects.get(pk=case.subject_key)
    columns = row(case, attempt, attempt.values, contract, worker)
    save_again(Filing.objects.filter(case=case), columns)


def _worker(attempt: Attempt) -> Worker:
    """The person filed, whom the checks have mostly looked up already."""
    return _confirmed(attempt) or registry.get_or_add_worker(**_particulars(attempt))


def _confirmed(attempt: Attempt) -> Worker | None:
    """The person filed where the checks found them confirmed, held."""
    known = background_of(attempt)
    if known is None or known.worker is None or not known.worker.confirmed:
        return None
    return _not_joined_meanwhile(known.worker)


def _particulars(attempt: Attempt) -> dict[str, Any]:
    values = attempt.values
    return {
        "document_type": values["document_type"],
        "number": values["document_number"],
        "name": values["name"],
        "sex": values["sex"],
        "birth_on": values["birth_on"],
    }


def _not_joined_meanwhile(worker: Worker) -> Worker:
    """A known person, held so that nobody joins them to another until this is written."""
    if people.hold(worker.pk):
        return worker
    raise Refused([refusals.joined_meanwhile()])


def _thread(attempt: Attempt) -> dict[str, Any]:
    """The columns of `Contract` that follow the form of a new contract."""
    values = attempt.values
    own = terms(values, attempt.applicant.employer, attempt.policy)
    return {**own, "work_start_on": values["work_start_on"]}


def applied(case: Case, by: User, now: datetime) -> None:
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
        raise raced(error) from error


def voided(case: Case) -> None:
    Contract.objects.filter(pk=case.subject_key).update(state=Contract.State.VOID)
    mark(case)
