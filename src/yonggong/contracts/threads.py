"""What now holds of a contract: the values of its whole text, person included."""

from __future__ import annotations

from typing import Any

from yonggong.cases.models import Case
from yonggong.contracts.forms import NEW_FORM
from yonggong.contracts.models import Contract
from yonggong.registry.models import Worker


def held_values(contract: Contract) -> dict[str, Any]:
    """The values in force, by the fields of `NEW_FORM`; empty before the first approval.

    What a renewal or change does not ask for again was carried over when it was approved
    (`Carried`), so the current case tells all; but for who the person is, which may have been
    corrected since.
    """
    if contract.current is None:
        return {}
    return NEW_FORM.load(dumped_text(contract.current) | particulars(contract.worker))


def values_in_force(contract: Contract) -> dict[str, Any]:
    """`held_values`, with 用工之日 and the term as the thread itself has them: all that is known of
    a contract brought over from an older system, of which no filing tells."""
    own = {name: getattr(contract, name) for name in ("start_on", "end_on", "term_type")}
    return {**own, **held_values(contract), "work_start_on": contract.work_start_on}


def particulars(worker: Worker) -> dict[str, Any]:
    """Who the person is, as registered now, in the way that a form dumps it."""
    return {
        "document_type": worker.document_type,
        "document_number": worker.document_number,
        "name": worker.name,
        "sex": worker.sex,
        "birth_on": worker.birth_on.isoformat() if worker.birth_on else None,
    }


def values_of_text(case: Case) -> dict[str, Any]:
    """The values of a new, renewal or change case, by the fields of `NEW_FORM`."""
    return NEW_FORM.load(dumped_text(case))


def dumped_text(case: Case) -> dict[str, Any]:
    """The same as a form dumps it: what was filed, and what its approval carried over beside it,
    personal fields opened."""
    carried = getattr(case.version, "carried", None)
    filed = case.version.opened(NEW_FORM)
    return carried.opened(NEW_FORM) | filed if carried else filed
