"""What withdrawing an approval takes back of a contract: it is made anew from what is still approved."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.cases.errors import Refused, refused
from yonggong.cases.life import State
from yonggong.cases.models import Case, Version
from yonggong.cases.revoking import built_on, by_approval, keep_what_is_built_on
from yonggong.codes.names import person_name
from yonggong.contracts.effects import mark, rules_of, terms
from yonggong.contracts.models import WITH_TERMS, Contract, Filing, OfficeEnding
from yonggong.contracts.threads import values_of_text
from yonggong.registry import people
from yonggong.registry.models import Employer, Worker
from yonggong.registry.people import Particulars

_BEGINS_TERM = (Filing.Kind.NEW, Filing.Kind.RENEWAL)


def new_revoked(case: Case, by: User, now: datetime) -> None:
    """The contract was never approved: it is void, its person as before."""
    contract, worker = _last_of_thread(case, Contract.State.ACTIVE)
    contract.state, contract.current = Contract.State.VOID, None
    contract.save(update_fields=["state", "current"])
    mark(case)
    _set_in_post(contract, [])
    if contract.exclusive:
        _give_exclusiveness_back(worker)
    _forget_person(worker, case, by=by, now=now)


def later_revoked(case: Case, by: User, now: datetime) -> None:
    """A renewal or a change: the contract as the filings before it have it."""
    contract, _ = _last_of_thread(case, Contract.State.ACTIVE)
    mark(case)
    held = _approved(contract)
    _rebuild(contract, held)
    _set_in_post(contract, held)


def ending_revoked(case: Case, by: User, now: datetime) -> None:
    """The contract goes on."""
    contract, worker = _last_of_thread(case, Contract.State.ENDED)
    if contract.employer.state == Employer.State.CANCELLED:
        raise refused(
            "", "cancelled", "该单位已经注销，合同不能恢复履行", "请先撤销其注销备案的审核"
        )
    mark(case)
    contract.exclusive = contract.exclusive and _stays_exclusive(contract, worker, now)
    contract.state, contract.ended_on = Contract.State.ACTIVE, None
    contract.save(update_fields=["state", "ended_on", "exclusive"])
    _set_in_post(contract, _approved(contract))


def _last_of_thread(case: Case, state: Contract.State) -> tuple[Contract, Worker]:
    """The contract of a case that nothing builds on, and its person, both locked. Raises
    `Refused`."""
    worker = people.lock_worker(Filing.objects.values_list("worker", flat=True).get(case=case))
    contract = (
        Contract.objects.select_for_update(of=("self",))
        .select_related("employer", "current")
        .get(pk=case.subject_key)
    )
    keep_what_is_built_on(case, Case.objects.filter(filing__contract=contract))
    if OfficeEnding.objects.filter(contract=contract).exists() or contract.state != state:
        raise refused(
            "",
            "ended_otherwise",
            f"该合同现为“{contract.get_state_display()}”，不是由本办件以后的备案办理的",
            "请核对合同沿革",
        )
    return contract, worker


def _rebuild(contract: Contract, held: list[Case]) -> None:
    """The contract's terms from the filings on it that are still approved."""
    if not any(case.filing.kind == Filing.Kind.NEW for case in held):
        raise refused(
            "",
            "unknown_before",
            "该合同由历史数据迁移而来，没有更早的备案内容可以恢复",
            "请办理变更备案",
        )
    last = held[-1]
    for name, value in terms(values_of_text(last), contract.employer, rules_of(last)).items():
        setattr(contract, name, value)
    contract.exclusive = (
        contract.exclusive and not _others(contract).filter(exclusive=True).exists()
    )
    contract.term_count = sum(case.filing.kind in _BEGINS_TERM for case in held)
    contract.current = last
    contract.save()


def _approved(contract: Contract) -> list[Case]:
    """The filings in force that say what the contract's terms are, in the order of approval."""
    rows = Case.objects.filter(
        filing__contract=contract, state=State.APPROVED, filing__kind__in=WITH_TERMS
    )
    return by_approval(rows.select_related("filing", "current__carried", "applicant__employer"))


def _set_in_post(contract: Contract, held: list[Case]) -> None:
    """In post is who works under the term last begun by the filings in force; nobody by none."""
    Filing.objects.filter(contract=contract, in_post=True).update(in_post=False)
    begun = [case for case in held if case.filing.kind in _BEGINS_TERM]
    if begun:
        Filing.objects.filter(case=begun[-1]).update(in_post=True)


# --- the person's other contracts ------------------------------------------------------------


def _others(contract: Contract, worker: Worker | None = None) -> QuerySet[Contract]:
    others = Contract.objects.filter(
        worker=worker or contract.worker_id, state=Contract.State.ACTIVE
    )
    return others.exclude(pk=contract.pk).select_related("employer", "current")


def _stays_exclusive(contract: Contract, worker: Worker, now: datetime) -> bool:
    """Whether a contract that goes on again excludes others; one that has run out gives way to what
    was approved since. Raises `Refused` naming that where both cannot be."""
    others = list(_others(contract, worker))
    same = [other for other in others if other.employer_id == contract.employer_id]
    beside = [other for other in others if other.exclusive]
    if same:
        raise _in_the_way(same)
    if not beside:
        return True
    if contract.has_run_out(timezone.localdate(now)):
        return False
    raise _in_the_way(beside)


def _in_the_way(contracts: list[Contract]) -> Refused:
    cases = [contract.current for contract in contracts if contract.current is not None]
    if cases:
        return built_on(cases)
    return refused("", "in_force", "此人已另有履行中的劳动合同", "请先核对该合同")


def _give_exclusiveness_back(worker: Worker) -> None:
    """Of the person's contracts that gave way the latest excludes others again, as long as none
    does."""
    others = Contract.objects.filter(worker=worker, state=Contract.State.ACTIVE, full_time=True)
    found = list(others.select_related("employer", "current").order_by("-end_on", "-pk"))
    if any(other.exclusive for other in found):
        return
    for other in found:
        held = other.current
        if (
            held is not None
            and terms(values_of_text(held), other.employer, rules_of(held))["exclusive"]
        ):
            Contract.objects.filter(pk=other.pk).update(exclusive=True)
            return


# --- the person ------------------------------------------------------------------------------


def _forget_person(worker: Worker, case: Case, *, by: User, now: datetime) -> None:
    """What the approval made of the person is undone; one whom nothing else confirms is as whoever
    filed last has them."""
    if people.take_back(worker=worker, why=case.reference, by=by, at=now) or _known(worker):
        return
    filed = (
        Version.objects.filter(case__filing__worker=worker, case__filing__kind=Filing.Kind.NEW)
        .select_related("case")
        .order_by("-at", "-pk")
        .first()
    )
    assert filed is not None, "the case itself was filed"
    values = filed.values_on(filed.case.definition.form)
    people.unconfirm(
        worker=worker,
        filed=Particulars(
            document_type=values["document_type"],
            number=values["document_number"],
            name=person_name(values["name"]),
            sex=values["sex"],
            birth_on=values["birth_on"],
        ),
    )


def _known(worker: Worker) -> bool:
    """Whether anything else than the approval taken back says who the person is."""
    approved = Q(filings__kind=Filing.Kind.NEW, filings__state=State.APPROVED)
    return (
        Contract.objects.filter(Q(migrated=True) | approved, worker=worker).exists()
        or worker.history.exists()
        or worker.joined.exists()
    )
