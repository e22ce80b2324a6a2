"""The mobile numbers that contracts on file give for a worker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from yonggong.contracts.models import Contract
from yonggong.contracts.threads import held_values
from yonggong.registry.models import Employer, Worker


@dataclass(frozen=True, slots=True)
class OnRecord:
    """A worker's number as an approved contract has it, and where the employer is; `hands`: the
    employer, and who of it may have written the number in."""

    mobile: str
    region: str
    in_force: bool
    hands: frozenset[str]


def mobiles_of(worker: Worker) -> Iterator[OnRecord]:
    """Those of contracts in force and ended, the ones in force first. One that is the employer's own,
    or of who files for it, says nothing of the worker: whoever files may have written in theirs."""
    contracts = Contract.objects.filter(
        worker=worker,
        state__in=(Contract.State.ACTIVE, Contract.State.ENDED),
        current__isnull=False,
    ).select_related("employer", "worker", "current__current", "current__filed_by")
    for contract in contracts.order_by("state", "pk"):
        mobile = str(held_values(contract).get("mobile") or "")
        if mobile and mobile not in _own_numbers(contract):
            in_force = contract.state == Contract.State.ACTIVE
            region = contract.employer.region_code
            yield OnRecord(mobile, region, in_force, _hands(contract))


def vouching_regions(worker: Worker, mobile: str) -> Iterator[str]:
    """Where contracts in force give this number, as that of another employer, through nobody's hands
    of the first, gives it too: a number that one employer alone wrote may be one it chose, so as to
    be the worker here."""
    found = [one for one in mobiles_of(worker) if one.mobile == mobile]
    for one in found:
        if one.in_force and any(one.hands.isdisjoint(other.hands) for other in found):
            yield one.region


def _own_numbers(contract: Contract) -> set[str]:
    employer = contract.employer
    filed_by = contract.current.filed_by if contract.current else None
    return {
        employer.opened("contact_mobile"),
        employer.opened("operator_mobile"),
        employer.telephone,
        filed_by.mobile if filed_by else "",
    }


def _hands(contract: Contract) -> frozenset[str]:
    employer: Employer = contract.employer
    people = (employer.legal_representative, employer.contact, employer.operator)
    filed_by = contract.current.filed_by_id if contract.current else None
    named = {f"name {name}" for name in people if name}
    return frozenset(named | {f"unit {employer.pk}", f"account {filed_by}"})
